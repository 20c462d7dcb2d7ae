"""Addresses of the guest pages. Only ``enter`` ever stands in a mail; it alone holds a token."""

from __future__ import annotations

from django.urls import path, re_path

from . import brand, views

app_name = "recovery_guest"
urlpatterns = [
    path("g/<str:token>/", views.enter, name="enter"),
    path("certificate/<uuid:link>/", views.certificate, name="certificate"),
    path("certificate/<uuid:link>/qr.svg", views.certificate_qr, name="certificate_qr"),
    path("certificate/<uuid:link>/certificate.pdf", views.certificate_paper, name="certificate_pdf"),
    path("status/<uuid:link>/", views.status, name="status"),
    path("stop/<uuid:link>/", views.stop, name="stop"),
    path("stop/<uuid:link>/saved/", views.stop_saved, name="stop_saved"),
    path("a/<str:token>/", views.answer_enter, name="answer_enter"),
    path("answer/<uuid:link>/", views.answer, name="answer"),
    path("brand/<path:property_code>.css", brand.stylesheet, name="brand"),
    path("logo/<path:property_code>.png", brand.logo, name="logo"),
    # A mail program cut the slash off or added a bracket: repaired, or refused like every bad link.
    re_path(r"^g/(?P<token>[\s\S]*)\Z", views.enter),
]
