"""The Danish of the staff's pages: complete, whole, and compiled as it is written."""

from __future__ import annotations

import ast
import gettext as plain_gettext
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import translation

from recovery import errors
from recovery.admin import text
from recovery.choices import AlarmReason, Category, LetterState, Role
from tests.conftest import ROOT

PACKAGE = ROOT / "recovery"
CATALOGUE = PACKAGE / "locale" / "da" / "LC_MESSAGES" / "django.po"
#: ``%(name)s``, ``%%`` and ``{name}``: what a sentence is filled in with.
SLOT = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
#: Parameters of refusals that hold our own words; the door translates them, too.
OURS = frozenset({"field", "later", "earlier", "missing", "problem"})
#: Danish says it with the same word.
SAME_IN_BOTH = frozenset({"1 – irritation"})
#: Only who sets the project up reads these, in English: a path, a file, a class.
TECHNICAL = ("hotel", "letters", "rules/playbook")


@dataclass
class Entry:
    """One message of the catalogue, with what is said in its place; two of it where there is a plural."""

    msgid: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)
    flags: str = ""


def entries_of(catalogue: Path) -> list[Entry]:
    """Every message but the header."""
    found = [_entry(block) for block in catalogue.read_text(encoding="utf-8").split("\n\n")]
    return [entry for entry in found if entry.msgid]


def _entry(block: str) -> Entry:
    entry, words, last = Entry(), {}, ""
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.flags += line
        elif (match := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line)) is not None:
            last = match[1]
            words[last] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            words[last] += ast.literal_eval(line)
    entry.msgid, entry.plural = words.pop("msgid", ""), words.pop("msgid_plural", "")
    entry.said = {int(name[7:-1] or 0) if "[" in name else 0: said for name, said in words.items()}
    return entry


ENTRIES = entries_of(CATALOGUE)


def test_every_message_is_said_in_danish() -> None:
    empty = [entry.msgid for entry in ENTRIES if not all(entry.said.values())]
    halves = [entry.msgid for entry in ENTRIES if len(entry.said) != (2 if entry.plural else 1)]

    assert len(ENTRIES) > 1_400
    assert (empty, halves) == ([], [])


def test_none_is_a_guess_or_left_over() -> None:
    assert [entry.msgid for entry in ENTRIES if "fuzzy" in entry.flags] == []
    assert "#~" not in CATALOGUE.read_text(encoding="utf-8")


def test_each_is_filled_in_with_the_same_things() -> None:
    wrong = [
        entry.msgid
        for entry in ENTRIES
        for number, said in entry.said.items()
        if sorted(SLOT.findall(said)) != sorted(SLOT.findall(entry.plural if number else entry.msgid))
    ]

    assert wrong == []


def test_a_sentence_stays_a_sentence() -> None:
    """A full stop, a question mark or a colon at the end is there in both, and no blanks around it."""
    wrong = [
        entry.msgid
        for entry in ENTRIES
        for said in entry.said.values()
        if (entry.msgid[-1] in ".?:!") != (said[-1] in ".?:!") or said != said.strip()
    ]

    assert wrong == []


def test_no_sentence_was_left_in_english() -> None:
    same = [entry.msgid for entry in ENTRIES if " " in entry.msgid and entry.msgid in entry.said.values()]

    assert {words for words in same if "%(" not in words} <= SAME_IN_BOTH


def test_the_compiled_catalogue_holds_the_same() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = plain_gettext.GNUTranslations(file)

    for entry in ENTRIES:
        for number, said in entry.said.items():
            here = compiled.ngettext(entry.msgid, entry.plural, number + 1) if entry.plural else None
            assert (here or compiled.gettext(entry.msgid)) == said, entry.msgid


def test_everything_that_is_marked_is_in_the_catalogue(tmp_path: Path) -> None:
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        pytest.skip("needs xgettext and msgmerge: the package gettext of your system")
    copy = tmp_path / "recovery"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
    known = {(entry.msgid, entry.plural) for entry in ENTRIES}

    command = [sys.executable, "-m", "django", "makemessages", "--locale", "da"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)

    marked = {(entry.msgid, entry.plural) for entry in entries_of(copy / CATALOGUE.relative_to(PACKAGE))}
    assert sorted(marked - known) == [], "make messages, translate these, make messages again"
    assert sorted(known - marked) == [], "nobody says these any more: make messages"


# --- refusals ------------------------------------------------------------------------------------


def test_every_refusal_has_a_danish_sentence() -> None:
    messages = {getattr(errors, name).message for name in errors.__all__}
    known = {entry.msgid for entry in ENTRIES}

    assert sorted(messages - known) == []


def _our_words() -> Iterator[str]:
    """What verbs and rules fill refusals in with, read from the source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).as_posix().startswith(TECHNICAL):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            for given in call.keywords:
                words = given.value.value if isinstance(given.value, ast.Constant) else None
                if given.arg in OURS and isinstance(words, str):
                    yield words


def test_what_a_refusal_is_filled_in_with_is_in_the_catalogue() -> None:
    known = {entry.msgid for entry in ENTRIES}

    assert sorted(set(_our_words()) - known) == [], "mark it in recovery/errors/words.py"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.AlreadyClosed(), "Klagen er lukket. Åbn den igen først."),
        (errors.TextMissing(field="what happened"), "“hvad der skete” er tomt. Skriv noget der."),
        (errors.TaskFinished(state=LetterState.SENT.label), "Opgaven er allerede sendt."),
        (
            errors.StanceLocked(category=Category.SAFETY.label),
            "Ved sikkerhed, helbred, tyveri må kun direktøren ændre holdningen.",
        ),
        (
            errors.WrongOrder(
                missing="first record what was done (mark solved); first tell the guest that it is solved"
            ),
            "Det kan ikke noteres endnu: notér først, hvad der blev gjort (Det er løst); "
            "sig først til gæsten, at det er løst.",
        ),
        (
            errors.NeedsSignatory(role=Role.GENERAL_MANAGER.label, property_code="QUAY"),
            "Brevet skal underskrives i rollen direktør, og QUAY har ingen i den rolle.",
        ),
    ],
)
def test_a_refusal_is_said_in_danish(error: errors.RecoveryError, sentence: str) -> None:
    with translation.override("da"):
        assert text.sentence(error) == sentence

    with translation.override("en"):
        assert text.sentence(error) == error.sentence


def test_choices_are_danish() -> None:
    with translation.override("da"):
        assert str(Role.DUTY_MANAGER.label) == "vagtchef"
        assert str(AlarmReason.ASKED.label) == "kan du tage den her?"
