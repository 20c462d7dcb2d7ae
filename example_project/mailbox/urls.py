from django.urls import path

from . import views

app_name = "mailbox"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>/", views.index, name="mail"),
    path("<int:number>/body/", views.body, name="body"),
    path("<int:number>/<str:name>", views.paper, name="paper"),
]
