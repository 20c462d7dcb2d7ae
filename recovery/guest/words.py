"""The words of the guest pages, one file for each language, because gettext is silent without USE_I18N."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from .. import conf
from ..letters.dates import known_language
from ..letters.formatting import formatted, typeset

_FOLDER = Path(__file__).resolve().parent / "words"


class Words:
    """The words of one page in one language. In a template: ``{{ words.title }}``."""

    def __init__(self, language: str, section: str) -> None:
        self.language = known_language(language)
        self._texts = load(self.language)[section]

    def __getitem__(self, key: str) -> str:
        """A sentence without placeholders."""
        return typeset(self._texts[key])

    def say(self, key: str, **values: str) -> str:
        """A sentence, filled in.

        :raises LetterFailed: if a value is missing.
        """
        return typeset(formatted(self._texts[key], values) or "")


@cache
def load(language: str) -> Mapping[str, Mapping[str, str]]:
    """All words of a language: section, key, sentence."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def browser_language(request: HttpRequest) -> str:
    """The language for a page that belongs to nobody we know: the browser's, if we have it."""
    header = request.headers.get("Accept-Language", "")
    for wanted, _weight in parse_accept_lang_header(header):
        base = wanted.partition("-")[0]
        # Only what the house offers: it has read those words.
        if base in conf.current().LANGUAGES and known_language(wanted) == base:
            return base
    return known_language("")
