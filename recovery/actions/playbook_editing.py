"""Edited copies: a house's or the group's own words for a playbook. Running complaints keep theirs."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import Max

from ..errors import NotAllowed, NotEdited, PlaybookChanged, TextTooLong
from ..models import Playbook
from ..models.playbooks import active_key
from ..rules import playbook as rules
from ..rules.playbook import Problem
from . import lookups
from .actor import Actor
from .authority import works_everywhere
from .engine import Turn, verb
from .playbook_reading import in_force

#: Characters. The longest that we ship has a quarter of it.
WORDS = 60_000


def edit_playbook(
    *,
    by: Actor,
    playbook: str,
    property_code: str,
    words: str,
    seen_version: int | None = None,
    request_key: str | None = None,
) -> Playbook:
    """Save a house's own version, as TOML text. An empty property: for every house.

    It is checked completely and used for complaints from now on; those that run keep their steps. Its
    version is counted on by itself, whatever ``version`` says in the text. ``seen_version``: of the
    text that the person started from.

    :raises BadPlaybook: naming the first thing that is wrong; ``problems_in`` lists them all.
    :raises OwnershipFixed: if it tries to switch ownership off.
    :raises PlaybookUnknown: if we ship no playbook with that key.
    :raises PlaybookChanged: if somebody saved another version meanwhile.
    :raises PropertyUnknown: if the adapter knows no such property.
    :raises TextTooLong: if it is longer than any playbook is.
    :raises NotAllowed: if it is for every house, and the person does not work for every house.
    """
    if property_code:
        lookups.find_property(property_code)
    try:
        return _edit(
            by=by,
            playbook=playbook,
            property_code=property_code,
            words=words,
            seen_version=seen_version,
            request_key=request_key,
        )
    except IntegrityError:
        # Two people saved at the same moment; the unique keys let one of them through.
        raise PlaybookChanged(key=playbook) from None


@verb.named("edit_playbook")
def _edit(
    turn: Turn,
    /,
    *,
    by: Actor,
    playbook: str,
    property_code: str,
    words: str,
    seen_version: int | None,
    request_key: str | None = None,
) -> Playbook:
    found = in_force(property_code, playbook)
    _check_house(by, property_code)
    if seen_version is not None and found.book.version != seen_version:
        raise PlaybookChanged(key=playbook)
    words = _clean(words)
    problems = problems_in(words, key=playbook)
    if problems:
        raise problems[0][1].as_refusal(playbook)
    data, _problems, _line = rules.read_toml(words)
    shipped = rules.shipped()[playbook]
    rows = Playbook.objects.filter(property_code=property_code, key=playbook)
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    # Above every version that anybody could have seen here, so that a number is never two texts.
    version = max(latest, shipped.version, found.book.version) + 1
    rows.active().update(active_key=None, retired_at=turn.now)
    row: Playbook = Playbook.objects.create(
        property_code=property_code,
        key=playbook,
        version=version,
        text=words,
        data={**data, "version": version},
        shipped_version=shipped.version,
        edited_by=turn.by.name[:120],
        edited_at=turn.now,
        active_key=active_key(property_code, playbook),
    )
    return row


@verb
def restore_playbook(
    turn: Turn,
    /,
    *,
    by: Actor,
    playbook: str,
    property_code: str,
    request_key: str | None = None,
) -> Playbook:
    """Take a house's own version out of force: the group's or the shipped one holds again.

    :raises PlaybookUnknown: if we ship no playbook with that key.
    :raises NotEdited: if the house has no version of its own.
    :raises NotAllowed: if it is for every house, and the person does not work for every house.
    """
    in_force(property_code, playbook)
    _check_house(by, property_code)
    row: Playbook | None = Playbook.objects.filter(active_key=active_key(property_code, playbook)).first()
    if row is None:
        raise NotEdited(key=playbook)
    row.active_key, row.retired_at = None, turn.now
    row.save(update_fields=["active_key", "retired_at"])
    return row


def problems_in(words: str, *, key: str) -> list[tuple[int, Problem]]:
    """Everything that is wrong with an edited text, each with its line; empty when it can be saved."""
    data, problems, line = rules.read_toml(words)
    if problems:
        return [(line, problem) for problem in problems]
    shipped = rules.shipped()[key]
    problems = rules.find_problems({**data, "version": 1} if data else data)
    for name, wanted in (("key", shipped.key), ("category", shipped.category)):
        given = data.get(name)
        if data and (str(given) if given is not None else None) != wanted:
            fix = f'Write {name} = "{wanted}".' if wanted else f"Take the line {name} out."
            problems.append(Problem(path=(name,), problem=f"{name} cannot be changed", fix=fix))
    return sorted(
        ((rules.line_of(words, problem.path), problem) for problem in problems), key=lambda pair: pair[0]
    )


def _clean(words: str) -> str:
    if len(words) > WORDS:
        raise TextTooLong(field="the playbook", length=len(words), limit=WORDS)
    return words.replace("\r\n", "\n").strip() + "\n"


def _check_house(by: Actor, property_code: str) -> None:
    """What holds for every house is changed by somebody who works for every house."""
    if not property_code and not works_everywhere(by):
        raise NotAllowed()
