"""Playbooks: what holds where, who has read it, a house's own words, and sentences to practise with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, path
from django.utils.translation import gettext

from ..rules import playbook as rules
from . import playbook_edit, playbook_pages, practice
from .desk import Desk
from .scoped import ReadOnlyMixin


class PlaybookAdminMixin(ReadOnlyMixin):
    """Pages of our own: the list is what holds at a house, and not a list of rows."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # Not on the index: a desk comes here from the queue, and eight tables there are enough.
        return {}

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            # Verbs open their own transactions, whatever ATOMIC_REQUESTS says.
            wrapped = transaction.non_atomic_requests(self.admin_site.admin_view(view))
            return path(route, wrapped, name=f"recovery_{name}")

        return [
            at("", self.list_view, "playbook_changelist"),
            at("practice/", self.practice_view, "playbook_practice"),
            at("<slug:key>/", self.page_view, "playbook"),
            at("<slug:key>/edit/", self.edit_view, "playbook_edit"),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        return playbook_pages.show_all(self._enter(request))

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        return playbook_pages.show_one(self._enter(request), self._known(key))

    def edit_view(self, request: HttpRequest, key: str) -> HttpResponse:
        return playbook_edit.show(self._enter(request), self._known(key))

    def practice_view(self, request: HttpRequest) -> HttpResponse:
        return practice.show(self._enter(request))

    def _enter(self, request: HttpRequest) -> Desk:
        """:raises PermissionDenied: if this person may not look at playbooks."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Desk.of(request, self.admin_site)

    def _known(self, key: str) -> str:
        """:raises Http404: if we ship no playbook with that key."""
        if key not in rules.shipped():
            raise Http404
        return key


class PlaybookAdmin(PlaybookAdminMixin, admin.ModelAdmin):
    """Playbooks on the stock admin."""


def links(request: HttpRequest, site: AdminSite) -> list[tuple[str, str, bool]]:
    """The way there from the queue: label, address, whether this person may look."""
    desk = Desk.of(request, site)
    may = bool(desk.user.has_perm("recovery.view_playbook"))
    try:
        return [
            (gettext("Playbooks"), desk.url("playbook_changelist"), may),
            (gettext("Practise"), desk.url("playbook_practice"), may),
        ]
    except NoReverseMatch:  # because a host that registers its own classes may leave these pages out
        return []
