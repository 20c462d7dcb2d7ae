"""Own words for guest texts: a house's or the group's. Letters that are released keep theirs."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import Max

from .. import conf
from ..choices import LetterKind
from ..errors import (
    LanguageNotSpoken,
    LetterTextChanged,
    LetterTextLocked,
    NotAllowed,
    NotWorded,
    TextMissing,
    TextTooLong,
)
from ..letters import wording
from ..letters.dates import CALENDARS
from ..letters.wording import Problem
from ..models import LetterText
from ..models.letter_texts import active_key
from ..rules import text as rules_text
from ..rules.choosing import one_of
from . import lookups
from .actor import Actor
from .authority import works_everywhere
from .engine import Turn, verb

__all__ = ["lock_letter_text", "problems_in", "withdraw_letter_text", "word_letter_text"]

#: Characters of a language code that is said back.
_SHOWN = 12


def word_letter_text(
    *,
    by: Actor,
    kind: LetterKind,
    language: str,
    property_code: str,
    words: str,
    seen_version: int | None = None,
    request_key: str | None = None,
) -> LetterText:
    """Say a guest text in own words. An empty property: for every house that has none of its own.

    They are checked completely and used for letters from now on, drafts included; what is released keeps
    its words. ``seen_version``: of the own words that the person started from, 0 where there were none.

    :raises BadLetterText: naming the first thing that is wrong; ``problems_in`` lists them all.
    :raises Unprintable: if no font can print a character of it, and the text has a paper form.
    :raises LanguageNotSpoken: if no letter is written in that language.
    :raises LetterTextLocked: if the group lets no house say this in its own words.
    :raises LetterTextChanged: if somebody saved another version meanwhile.
    :raises PropertyUnknown: if the adapter knows no such property.
    :raises TextTooLong, TextMissing: if there is more in it than in any letter, or nothing.
    :raises UnknownChoice: if there is no such text.
    :raises NotAllowed: if it is for every house, and the person does not work for every house.
    """
    if property_code:
        lookups.find_property(property_code)
    try:
        return _word(
            by=by,
            kind=kind,
            language=language,
            property_code=property_code,
            words=words,
            seen_version=seen_version,
            request_key=request_key,
        )
    except IntegrityError:
        # Two people saved at the same moment; the unique keys let one of them through.
        raise LetterTextChanged() from None


@verb.named("word_letter_text")
def _word(
    turn: Turn,
    /,
    *,
    by: Actor,
    kind: LetterKind,
    language: str,
    property_code: str,
    words: str,
    seen_version: int | None,
    request_key: str | None = None,
) -> LetterText:
    what = _check(by, kind, language, property_code)
    group = _in_force("", what, language)
    if property_code and group is not None and group.locked:
        raise LetterTextLocked(**group.details(), name=group.locked_by)
    before = group if not property_code else _in_force(property_code, what, language)
    if seen_version is not None and seen_version != (before.version if before else 0):
        raise LetterTextChanged()
    cleaned = _clean(words)
    for problem in problems_in(cleaned, kind=what, language=language):
        if not problem.is_warning:
            raise problem.refusal
    rows = LetterText.objects.filter(property_code=property_code, kind=what, language=language)
    version = (rows.aggregate(latest=Max("version"))["latest"] or 0) + 1
    rows.active().update(active_key=None, retired_at=turn.now, retired_by=turn.by.name[:120])
    row: LetterText = LetterText.objects.create(
        property_code=property_code,
        kind=what,
        language=language,
        version=version,
        text=cleaned,
        shipped_digest=wording.shipped_digest(what, language),
        # A new version of what is locked stays locked.
        locked=before.locked if before else False,
        locked_by=before.locked_by if before else "",
        locked_at=before.locked_at if before else None,
        edited_by=turn.by.name[:120],
        edited_at=turn.now,
        active_key=active_key(property_code, what, language),
    )
    return row


@verb
def withdraw_letter_text(
    turn: Turn,
    /,
    *,
    by: Actor,
    kind: LetterKind,
    language: str,
    property_code: str,
    request_key: str | None = None,
) -> LetterText:
    """Take own words out of force; they are kept. The group's hold again, else ours.

    :raises NotWorded: if there are none here.
    :raises LanguageNotSpoken, UnknownChoice: if there is no such text.
    :raises NotAllowed: if it is for every house, and the person does not work for every house.
    """
    # Not refused for a language that is no longer spoken: what was left of it must be withdrawable.
    what = _check(by, kind, language, property_code, is_gone_too=True)
    row = _in_force(property_code, what, language)
    if row is None:
        raise NotWorded(kind=what.label, language=language)
    row.active_key, row.retired_at, row.retired_by = None, turn.now, turn.by.name[:120]
    row.save(update_fields=["active_key", "retired_at", "retired_by"])
    return row


@verb
def lock_letter_text(
    turn: Turn,
    /,
    *,
    by: Actor,
    kind: LetterKind,
    language: str,
    locked: bool = True,
    request_key: str | None = None,
) -> LetterText:
    """Let every house say this in the group's words and no others; ``locked=False`` takes it back.

    Own words of a house are kept, and hold again once it is unlocked.

    :raises NotWorded: if the group has no own words for it: save them first, ours unchanged if need be.
    :raises LanguageNotSpoken, UnknownChoice: if there is no such text.
    :raises NotAllowed: if the person does not work for every house.
    """
    what = _check(by, kind, language, "", is_gone_too=True)
    row = _in_force("", what, language)
    if row is None:
        raise NotWorded(kind=what.label, language=language)
    if row.locked != locked:
        row.locked = locked
        row.locked_by, row.locked_at = (turn.by.name[:120], turn.now) if locked else ("", None)
        row.save(update_fields=["locked", "locked_by", "locked_at"])
    return row


def problems_in(words: str, *, kind: LetterKind, language: str, told_in: str = "en") -> list[Problem]:
    """Everything that is wrong with own words, each with its line; warnings last. Empty: nothing is known."""
    found = wording.check(words, kind=kind, language=language, told_in=told_in)
    if any(not problem.is_warning for problem in found):
        return found
    # Printed last, because only words that make a letter can be printed.
    missing = wording.unprintable(words, kind=kind, language=language)
    return [Problem(line=0, refusal=missing), *found] if missing else found


def spoken() -> tuple[str, ...]:
    """The languages in which letters are written here."""
    return tuple(code for code in conf.current().LANGUAGES if code in CALENDARS)


def _check(
    by: Actor, kind: LetterKind, language: str, property_code: str, *, is_gone_too: bool = False
) -> LetterKind:
    what = one_of(LetterKind, kind, field="kind")
    known = spoken()
    stored = is_gone_too and LetterText.objects.filter(kind=what, language=language).exists()
    if language not in known and not stored:
        raise LanguageNotSpoken(language=rules_text.soft_line(language, limit=_SHOWN), known=", ".join(known))
    if not property_code and not works_everywhere(by):
        raise NotAllowed()
    return what


def _in_force(property_code: str, kind: LetterKind, language: str) -> LetterText | None:
    key = active_key(property_code, kind, language)
    found: LetterText | None = LetterText.objects.filter(active_key=key).first()
    return found


def _clean(words: str) -> str:
    if len(words) > wording.LIMIT:
        raise TextTooLong(field="the text", length=len(words), limit=wording.LIMIT)
    if rules_text.is_blank(words):
        raise TextMissing(field="the text")
    if rules_text.unwanted_in(words):
        return words  # because it is refused with the name of each, and must not be cleaned before
    return rules_text.clean_text(words, field="the text", limit=wording.LIMIT) + "\n"
