"""Guest texts as they hold at a house: whose words, and what may be filled in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...actions.letter_texts import problems_in
from ...choices import LetterKind
from ...letters import wording
from ...letters.placeholders import ALLOWED
from ...models import LetterText
from ...models.letter_texts import GROUP, SHIPPED
from ..fields import Moment, Word


class LetterTextRow(serializers.Serializer):
    """One text in one language. ``source``: shipped, group, or the house whose own words it is."""

    kind = Word(LetterKind)
    language = serializers.CharField()
    source = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Of own words; null for the shipped ones.")
    is_locked = serializers.BooleanField(help_text="By the group: no house says it in its own words.")
    is_broken = serializers.BooleanField(help_text="There are own words that cannot be used any more.")
    edited_by = serializers.CharField(allow_blank=True)
    edited_at = Moment(allow_null=True)


class LetterTextProblem(serializers.Serializer):
    """What is wrong with one line of own words. ``line`` 0: with the whole."""

    code = serializers.CharField()
    line = serializers.IntegerField()
    sentence = serializers.CharField()
    is_warning = serializers.BooleanField()


class LetterTextAnswer(LetterTextRow):
    """One text with its words. ``own_version``: for ``seen_version``, 0 where there are no own words."""

    words = serializers.CharField(help_text="What guests of this house read.")
    shipped_words = serializers.CharField()
    own_version = serializers.IntegerField()
    own_words = serializers.CharField(allow_blank=True)
    placeholders = serializers.ListField(child=serializers.CharField())
    problems = LetterTextProblem(many=True, help_text="Of the own words.")


def row_of(kind: LetterKind, language: str, chain: list[LetterText]) -> dict[str, Any]:
    """What ``LetterTextRow`` shows. ``chain``: own words in the order in which they count."""
    used = _used(kind, language, chain)
    return {
        "kind": kind,
        "language": language,
        "source": (used.property_code or GROUP) if used is not None else SHIPPED,
        "version": used.version if used is not None else None,
        "is_locked": bool(chain) and chain[0].locked,
        "is_broken": bool(chain) and chain[0] != used,
        "edited_by": used.edited_by if used is not None else "",
        "edited_at": used.edited_at if used is not None else None,
    }


def whole_of(
    kind: LetterKind, language: str, chain: list[LetterText], own: LetterText | None
) -> dict[str, Any]:
    """What ``LetterTextAnswer`` shows. ``own``: of this very house, or the group where it is asked for."""
    used, shipped = _used(kind, language, chain), wording.starting_words(kind, language)
    problems = problems_in(own.text, kind=kind, language=language) if own is not None else []
    return {
        **row_of(kind, language, chain),
        "words": used.text if used is not None else shipped,
        "shipped_words": shipped,
        "own_version": own.version if own is not None else 0,
        "own_words": own.text if own is not None else "",
        "placeholders": sorted(ALLOWED[kind]),
        "problems": [
            {
                "code": each.refusal.code,
                "line": each.line,
                "sentence": each.refusal.sentence,
                "is_warning": each.is_warning,
            }
            for each in problems
        ],
    }


def _used(kind: LetterKind, language: str, chain: list[LetterText]) -> LetterText | None:
    return next((row for row in chain if wording.is_sound(row.text, kind=kind, language=language)), None)
