"""Every stored own text held against this release: what keeps it from a guest, and what is only said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ..actions.letter_texts import problems_in, spoken
from ..choices import LetterKind
from ..errors import LetterFailed
from ..letters import wording
from ..models import LetterText
from ..models.letter_texts import GROUP, active_key


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing about one text. ``code``: of the refusal, or a word of this command."""

    text: int
    source: str
    kind: str
    language: str
    version: int
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        at = f":{self.line}" if self.line else ""
        whose = "every house" if self.source == GROUP else self.source
        return (
            f"{whose}, {self.kind} {self.language}, version {self.version}{at}: {self.message} [{self.code}]"
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found in all of them."""

    texts: int
    faults: tuple[Said, ...]
    notes: tuple[Said, ...]


def check_texts(rows: Iterable[LetterText], *, houses: frozenset[str] | None) -> Checked:
    """``houses``: codes that the adapter knows; ``None`` where it could not be asked. Reads only."""
    found = list(rows)
    faults = [said for row in found for said in _faults(row, houses)]
    bad = {said.text for said in faults}
    notes = [said for row in found for said in _notes(row, is_whole=row.pk not in bad)]
    return Checked(texts=len(found), faults=tuple(faults), notes=tuple(notes))


def _faults(row: LetterText, houses: frozenset[str] | None) -> Iterator[Said]:
    if row.active_key != active_key(row.property_code, row.kind, row.language):
        yield _said(
            row, "not_in_force", "No letter finds it: its key is another's. Withdraw it and save it again."
        )
    if houses is not None and row.property_code and row.property_code not in houses:
        yield _said(row, "property_unknown", "There is no such house any more. Withdraw it.")
    if row.kind not in LetterKind.values:
        yield _said(row, "unknown_choice", "There is no such text in this release. Withdraw it.")
        return
    if row.language not in spoken():
        known = ", ".join(spoken())
        message = f"No letter is written in it (there are: {known}). Add it to LANGUAGES, or withdraw it."
        yield _said(row, "language_not_spoken", message)
        return
    try:
        problems = problems_in(row.text, kind=LetterKind(row.kind), language=row.language)
    except LetterFailed as failure:
        yield _said(row, failure.code, failure.sentence)
        return
    for problem in problems:
        if not problem.is_warning:
            yield _said(row, problem.refusal.code, problem.refusal.sentence, line=problem.line)


def _notes(row: LetterText, *, is_whole: bool) -> Iterator[Said]:
    if not is_whole:
        return
    kind = LetterKind(row.kind)
    for problem in problems_in(row.text, kind=kind, language=row.language):
        yield _said(row, problem.refusal.code, problem.refusal.sentence, line=problem.line)
    if row.shipped_digest != wording.shipped_digest(kind, row.language):
        yield _said(row, "ours_changed", "Our own words have changed since. Compare them under Guest texts.")
    if row.property_code and LetterText.objects.filter(
        active_key=active_key("", row.kind, row.language), locked=True
    ):
        yield _said(row, "locked", "It waits: the group has locked this text, and its words are used.")


def _said(row: LetterText, code: str, message: str, *, line: int = 0) -> Said:
    return Said(
        text=row.pk,
        source=row.property_code or GROUP,
        kind=row.kind,
        language=row.language,
        version=row.version,
        line=line,
        code=code,
        message=" ".join(message.split()),
    )
