"""Guest texts: whose words hold where, and the way to a house's own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, path
from django.utils.translation import gettext

from ..actions.letter_texts import spoken
from ..choices import LetterKind
from ..letters import wording
from ..models import LetterText
from . import letter_text_page, text
from .desk import Desk
from .playbook_pages import EVERY, house_of, house_tabs
from .scoped import ReadOnlyMixin


class LetterTextAdminMixin(ReadOnlyMixin):
    """Pages of our own: the list is what a guest reads at a house, and not a list of rows."""

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # Not on the index, like the playbooks: eight tables there are enough.
        return {}

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            # Verbs open their own transactions, whatever ATOMIC_REQUESTS says.
            wrapped = transaction.non_atomic_requests(self.admin_site.admin_view(view))
            return path(route, wrapped, name=f"recovery_{name}")

        return [
            at("", self.list_view, "lettertext_changelist"),
            at("<slug:kind>/<slug:language>/", self.page_view, "letter_text"),
            at("<slug:kind>/<slug:language>/frame/", self.frame_view, "letter_text_frame"),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        return _show_all(self._enter(request))

    def page_view(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        return letter_text_page.show(self._enter(request), _known(kind, language), language)

    def frame_view(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        return letter_text_page.show_frame(self._enter(request), _known(kind, language), language)

    def _enter(self, request: HttpRequest) -> Desk:
        """:raises PermissionDenied: if this person may not look at guest texts."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Desk.of(request, self.admin_site)


def _known(kind: str, language: str) -> LetterKind:
    """:raises Http404: if there is no such text, or none in that language."""
    if kind not in LetterKind.values or language not in spoken():
        raise Http404
    return LetterKind(kind)


class LetterTextAdmin(LetterTextAdminMixin, admin.ModelAdmin):
    """Guest texts on the stock admin."""


def links(desk: Desk) -> list[tuple[str, str]]:
    """The way there from the queue, for who may look."""
    if not desk.user.has_perm("recovery.view_lettertext"):
        return []
    try:
        return [(gettext("Guest texts"), desk.url("lettertext_changelist"))]
    except NoReverseMatch:  # because a host that registers its own classes may leave these pages out
        return []


def _show_all(desk: Desk) -> HttpResponse:
    """Every text in every language, as it holds at one house."""
    code, languages = house_of(desk), spoken()
    chains = LetterText.objects.chains(
        code, [(kind, each) for kind in LetterKind.values for each in languages]
    )
    rows = [
        {
            "label": kind.label,
            "cells": [_cell(desk, code, kind, each, chains[kind, each]) for each in languages],
        }
        for kind in LetterKind
    ]
    context = {
        "rows": rows,
        "languages": [text.language(each) for each in languages],
        "tabs": house_tabs(desk, code, "lettertext_changelist"),
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/letter_texts.html", context, title=gettext("Guest texts"))


def _cell(desk: Desk, code: str, kind: LetterKind, language: str, chain: list[LetterText]) -> dict[str, Any]:
    broken = [row for row in chain if not wording.is_sound(row.text, kind=kind, language=language)]
    used = next((row for row in chain if row not in broken), None)
    return {
        "url": desk.url("letter_text", kind, language, house=code or EVERY),
        "whose": letter_text_page.whose(used),
        "is_own": used is not None,
        "locked": bool(chain) and chain[0].locked,
        "broken": bool(broken),
        "language": text.language(language),
    }
