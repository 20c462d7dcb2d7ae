"""Which words a letter is made of: the house's own, the group's, or ours. Never none.

Own words were checked when they were saved. A later release, another language, a hand in the database may
break them all the same: then the next ones are used, the letter goes, and one task says which text it is.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import IntegrityError

from ..choices import LetterKind, Role, TaskKind
from ..errors import LetterFailed
from ..letters import LetterFacts, Rendered, render, wording
from ..letters.dates import known_language
from ..letters.english import LANGUAGE as ENGLISH
from ..letters.words import Words
from ..models import LetterText
from ..outbox.database import run_atomic
from . import houses
from .engine import Turn
from .tasks import create_task

#: Somebody must put it right by then; until then ours go.
REPAIR_WITHIN = dt.timedelta(hours=24)


@dataclass(kw_only=True)
class Written:
    """A letter, and whose words it was made of."""

    rendered: Rendered
    #: By language; a language that is not there was written in ours.
    rows: dict[str, LetterText] = field(default_factory=dict)
    #: What could not be used.
    broken: list[LetterText] = field(default_factory=list)

    @property
    def wording(self) -> LetterText | None:
        return self.rows.get(self.rendered.language)

    @property
    def wording_below(self) -> LetterText | None:
        """Of the English below; ``None`` where there is none."""
        return self.rows.get(ENGLISH) if self.rendered.english else None


def write(facts: LetterFacts) -> Written:
    """The letter for these facts in the words that hold at its house. Reads only.

    :raises LetterFailed: if ours need something that the facts do not have.
    """
    kind, language = LetterKind(facts.kind), known_language(facts.language)
    languages = (language, ENGLISH) if facts.english_below is not None else (language,)
    pairs = [(str(kind), code) for code in dict.fromkeys(languages)]
    chains = LetterText.objects.chains(facts.house.property_code, pairs)
    rows: dict[str, LetterText] = {}
    broken: list[LetterText] = []
    for (_kind, code), chain in chains.items():
        for row in chain:
            if wording.is_sound(row.text, kind=kind, language=code):
                rows[code] = row
                break
            broken.append(row)
    own = {code: _read(row) for code, row in rows.items()}
    try:
        return Written(rendered=render(facts, own), rows=rows, broken=broken)
    except LetterFailed:
        if not own:
            raise
        # Sound, and not for these facts: what ours can say is said in ours.
        return Written(rendered=render(facts), broken=[*broken, *rows.values()])


def tell(turn: Turn, written: Written) -> None:
    """One open task for each text that could not be used, however many letters met it."""
    for row in written.broken:
        _ask_to_repair(turn, row)


def _ask_to_repair(turn: Turn, row: LetterText) -> None:
    code = turn.complaint.property_code
    whose = row.property_code or "every house"

    def ask() -> None:
        create_task(
            turn,
            kind=TaskKind.OTHER,
            title=f"Put right own words: {row.get_kind_display()} ({row.language}) of {whose}",
            detail=(
                f"Version {row.version} cannot be used as it is, so the guest gets the words that stand "
                "behind it. See under “Guest texts” what is wrong and save it again, or withdraw it. "
                "manage.py recovery_check_texts names every fault."
            ),
            role=Role.GENERAL_MANAGER,
            due_at=turn.now + REPAIR_WITHIN,
            zone=houses.profile_of(code).time_zone,
            unique_key=f"letter-text:{row.pk}",
        )

    # Two letters of two complaints may meet it at once: the second finds the task of the first.
    with suppress(IntegrityError):
        run_atomic(ask, using=turn.using)


def _read(row: LetterText) -> Words:
    return wording.own_words(row.text, kind=LetterKind(row.kind), language=row.language)
