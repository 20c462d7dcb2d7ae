"""How many labelled sentences are found, and how many good ones are flagged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from recovery.rules.tone import check_text, components

LANGUAGES = ("en", "da", "de", "fr", "es")
HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A sentence and what a person says of it: issues, or else parts of an apology and moves."""

    text: str
    codes: frozenset[str]

    @property
    def issues(self) -> frozenset[str]:
        return frozenset(code for code in self.codes if not code.startswith(("C_", "M_")))

    @property
    def good(self) -> frozenset[str]:
        return self.codes - self.issues


@dataclass
class Measured:
    """Counts for one language."""

    bad: int = 0
    caught: int = 0
    clean: int = 0
    flagged: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    #: False alarms by code; a sentence may raise several.
    false: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The part of the bad sentences in which a right code is found."""
        return self.caught / max(1, self.bad)

    @property
    def false_alarms(self) -> float:
        """The part of the good sentences in which any issue is found."""
        return len(self.flagged) / max(1, self.clean)


def sentences(path: Path) -> list[Labelled]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Labelled(text=row["text"], codes=frozenset(row.get("codes", row.get("label", ())))) for row in rows
    ]


def measure(rows: Iterable[Labelled], language: str) -> Measured:
    """With fault open, because then every rule is on."""
    counts = Measured()
    for row in rows:
        found = {finding.code.value for finding in check_text(row.text, language=language, fault_open=True)}
        counts.wanted.update(row.codes)
        if row.good:
            found_good = {code.value for code in components(row.text, language)}
            counts.found.update(row.good & found_good)
        if row.issues:
            counts.bad += 1
            counts.found.update(row.issues & found)
            if row.issues & found:
                counts.caught += 1
            else:
                counts.missed.append((" ".join(sorted(row.issues)), row.text))
        else:
            counts.clean += 1
            counts.false.update(found)
            if found:
                counts.flagged.append((" ".join(sorted(found)), row.text))
    return counts
