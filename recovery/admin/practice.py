"""Would you send this? One sentence at a time, the answer, and why. Nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from ..rules import practice
from . import text
from .desk import Desk

_ANSWERS = ("yes", "no")


def show(desk: Desk) -> HttpResponse:
    """GET asks; GET with an answer says why. No POST: nothing changes, for nobody."""
    given = desk.request.GET
    language = _language(given.get("language", ""))
    every = practice.sentences(language)
    number = _number(given.get("sentence", ""), len(every))
    sentence, answer = every[number], given.get("answer", "")

    def to(**query: Any) -> str:
        return desk.url("playbook_practice", **query)

    context = {
        "sentence": sentence,
        "number": number,
        "count": len(every),
        "language": language,
        "tabs": [(text.language(code), to(language=code), code == language) for code in practice.LANGUAGES],
        "answer": answer if answer in _ANSWERS else "",
        "is_right": (answer == "yes") == sentence.is_fit_to_send,
        "why": [practice.why(code, language) for code in sentence.reasons],
        "better": [words for code in sentence.reasons if (words := practice.better(code, language))],
        "next": to(language=language, sentence=(number + 1) % len(every)),
        "back": desk.url("playbook_changelist"),
    }
    return desk.page("recovery/admin/practice.html", context, title=gettext("Would you send this?"))


def _language(asked: str) -> str:
    if asked in practice.LANGUAGES:
        return asked
    mine = (get_language() or "").partition("-")[0]
    return mine if mine in practice.LANGUAGES else practice.LANGUAGES[0]


def _number(asked: str, count: int) -> int:
    return int(asked) % count if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
