"""Every letter as the guest sees it, in files that a reviewer reads.

``RECOVERY_UPDATE_GOLDEN=1`` writes them anew; then look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recovery.choices import LetterKind, Stance
from recovery.letters import LetterFacts, preview

from . import samples

FOLDER = Path(__file__).resolve().parent / "golden"


def letters() -> dict[str, LetterFacts]:
    found = {
        f"{language}/{kind.value}": samples.facts(kind, language)
        for language in samples.LANGUAGES
        for kind in LetterKind
    }
    for language in samples.LANGUAGES:
        regret = samples.facts(LetterKind.APOLOGY, language, stance=Stance.REGRET)
        found[f"{language}/apology_letter_regret"] = regret
    return found


@pytest.mark.parametrize("name", letters())
@pytest.mark.parametrize("part", ["txt", "html"])
def test_a_letter_looks_as_it_was_approved(name: str, part: str) -> None:
    shown = preview(letters()[name])
    made = f"Subject: {shown.subject}\n\n{shown.text}" if part == "txt" else shown.html
    path = FOLDER / f"{name}.{part}"
    if os.environ.get("RECOVERY_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")

    assert made == path.read_text(encoding="utf-8")
