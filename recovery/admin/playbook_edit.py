"""A house's own words for a playbook: TOML, every mistake with its line, the difference beside it."""

from __future__ import annotations

import difflib
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..actions import edit_playbook, restore_playbook
from ..actions.playbook_editing import WORDS, problems_in
from ..errors import NotAllowed, RecoveryError
from ..models import Playbook
from ..models.playbooks import InForce
from ..rules.playbook.shipped import text_of
from . import playbook_pages, text
from .desk import Desk

#: Lines of the shared part around each difference.
_AROUND = 2


class EditForm(forms.Form):
    """The words, and which version they were edited from."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = forms.CharField(
        label=_("The playbook, as TOML"),
        max_length=WORDS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 40, "spellcheck": "false", "wrap": "off"}),
        help_text=_(
            "Steps, people, times, words. Danish stands beside English: title and title_da. "
            "The version counts by itself; key and category stay."
        ),
    )

    def main_fields(self) -> list[Any]:
        return list(self.visible_fields())

    def more_fields(self) -> list[Any]:
        return []


def show(desk: Desk, key: str) -> HttpResponse:
    """GET shows the words; a POST checks them, saves them, or goes back to the shipped ones."""
    code = playbook_pages.house_of(desk)
    desk.require("edit_playbook", code)
    found = Playbook.objects.in_force(code, [key])[key]
    if desk.request.method != "POST":
        return _page(desk, key, code, found, _fresh(key, found))
    if "restore" in desk.request.POST:
        return _restore(desk, key, code)
    form = EditForm(desk.request.POST, label_suffix="")
    if not form.is_valid():
        return _page(desk, key, code, found, form)
    words = form.cleaned_data["words"]
    problems = problems_in(words, key=key)
    if problems or "look" in desk.request.POST:
        return _page(desk, key, code, found, form, problems=problems)
    try:
        row = edit_playbook(
            by=desk.actor,
            playbook=key,
            property_code=code,
            words=words,
            seen_version=form.cleaned_data["seen_version"],
            request_key=str(form.cleaned_data["request_key"]),
        )
    except RecoveryError as error:
        form.add_error(None, text.sentence(error))
        return _page(desk, key, code, found, form)
    messages.success(
        desk.request,
        gettext("Version %(version)s holds from now on. Complaints that run keep their steps.")
        % {"version": row.version},
    )
    return HttpResponseRedirect(_address(desk, key, code))


def _restore(desk: Desk, key: str, code: str) -> HttpResponse:
    try:
        restore_playbook(
            by=desk.actor,
            playbook=key,
            property_code=code,
            request_key=desk.request.POST.get("restore_key", "")[:64] or None,
        )
        messages.success(desk.request, gettext("The version before it holds again."))
    except NotAllowed as error:
        messages.error(desk.request, text.sentence(error))
    except RecoveryError as error:
        messages.error(desk.request, text.sentence(error))
    return HttpResponseRedirect(_address(desk, key, code))


def _address(desk: Desk, key: str, code: str) -> str:
    return desk.url("playbook", key, house=code or playbook_pages.EVERY)


def _fresh(key: str, found: InForce) -> EditForm:
    return EditForm(
        initial={
            "words": _words(key, found),
            "seen_version": found.book.version,
            "request_key": uuid.uuid4(),
        },
        label_suffix="",
    )


def _words(key: str, found: InForce) -> str:
    copy = found.row or found.broken
    return copy.text if copy is not None else text_of(key)


def _page(
    desk: Desk, key: str, code: str, found: InForce, form: EditForm, *, problems: Any = ()
) -> HttpResponse:
    words = str(form["words"].value() or "")
    context = {
        "form": form,
        "problems": [{"line": line, "what": problem} for line, problem in problems],
        "looked": form.is_bound and not problems and not form.errors,
        "difference": difference(text_of(key), words),
        "notes": playbook_pages.notes(found),
        "has_copy": found.row is not None and found.row.property_code == code,
        "restore_key": uuid.uuid4(),
        "where": desk.house_name(code) if code else gettext("every house"),
        "tabs": playbook_pages.house_tabs(desk, code, "playbook_edit", key),
        "back": _address(desk, key, code),
    }
    title = gettext("Edit %(key)s · %(title)s") % {
        "key": key,
        "title": found.book.told("title", get_language()),
    }
    return desk.page("recovery/admin/playbook_edit.html", context, title=title)


def difference(shipped: str, words: str) -> list[tuple[str, str]]:
    """What differs from the shipped playbook: ``+``, ``-``, a space for what both have, ``…`` between."""
    before, after = shipped.splitlines(), words.replace("\r\n", "\n").splitlines()
    found: list[tuple[str, str]] = []
    for line in difflib.unified_diff(before, after, lineterm="", n=_AROUND):
        if line.startswith(("---", "+++")):
            continue
        found.append(("…", "") if line.startswith("@@") else (line[:1], line[1:]))
    return found
