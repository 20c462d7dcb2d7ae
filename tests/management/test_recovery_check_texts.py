"""``recovery_check_texts``: every stored own text, each fault with its place and its code; 1 on faults."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from recovery import actions
from recovery.actions import Actor
from recovery.choices import LetterKind, Role
from recovery.letters.wording import starting_words
from recovery.models import LetterText
from tests import factories as make
from tests.factories import House


@pytest.fixture
def quay(db: None) -> House:
    return make.make_house()


def words(new: str = "Thank you, from all of us.") -> str:
    return starting_words(LetterKind.RECEIPT, "en").replace(
        "Thank you for telling us.\n\n[if", f"{new}\n\n[if"
    )


def save(house: House, *, code: str = "QUAY", by: Actor | None = None, text: str = "") -> LetterText:
    return actions.word_letter_text(
        by=by or house.by_general_manager,
        kind=LetterKind.RECEIPT,
        language="en",
        property_code=code,
        words=text or words(),
    )


def run(*args: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("recovery_check_texts", *args, stdout=out)
    except SystemExit as exit:
        return int(str(exit.code)), out.getvalue()
    return 0, out.getvalue()


def spoil(row: LetterText, **values: Any) -> None:
    LetterText.objects.filter(pk=row.pk).update(**values)


def test_without_own_words_nothing_is_wrong(db: None) -> None:
    assert run() == (0, "0 text(s), 0 fault(s).\n")


def test_whole_words_are_counted(quay: House) -> None:
    save(quay)

    assert run() == (0, "1 text(s), 0 fault(s).\n")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": words("{guest_nam} is here.")}, "placeholder_unknown"),
        ({"text": words("{guest_name.__class__}")}, "placeholder_broken"),
        ({"text": words("It is {answered_by}.")}, "placeholder_unguarded"),
        ({"text": words("It is 20 EUR.")}, "letter_fact_typed"),
        ({"text": words().replace("{answer_by}", "then")}, "letter_fact_missing"),
        ({"text": words("We are sorry if you were disturbed.")}, "letter_tone"),
        ({"text": words("Thank\x01 you")}, "letter_characters"),
        ({"text": words().replace("[include=footer]", "")}, "bad_letter_text"),
        ({"text": ""}, "bad_letter_text"),
        ({"language": "nb", "active_key": "QUAY:receipt:nb"}, "language_not_spoken"),
        ({"kind": "brochure", "active_key": "QUAY:brochure:en"}, "unknown_choice"),
        ({"property_code": "SOLD", "active_key": "SOLD:receipt:en"}, "property_unknown"),
        ({"active_key": "elsewhere"}, "not_in_force"),
    ],
)
def test_each_fault_has_its_code_and_ends_with_one(quay: House, values: dict[str, Any], code: str) -> None:
    spoil(save(quay), **values)

    status, said = run("--json")

    found = json.loads(said)
    assert status == 1
    assert code in {fault["code"] for fault in found["faults"]}
    assert all(fault["message"] and fault["version"] == 1 for fault in found["faults"])


def test_what_no_font_can_print_is_a_fault(quay: House) -> None:
    pytest.importorskip("typst")
    text = starting_words(LetterKind.APOLOGY, "en")
    row = actions.word_letter_text(
        by=quay.by_general_manager,
        kind=LetterKind.APOLOGY,
        language="en",
        property_code="QUAY",
        words=text,
    )
    spoil(row, text=text.replace("The mistake is ours,", "\U000104a0 The mistake is ours,"))

    status, said = run()

    assert status == 1
    assert "\U000104a0" in said and "[letter_unprintable]" in said


def test_a_line_names_house_text_version_and_line(quay: House) -> None:
    row = save(quay)
    spoil(row, text=words("{guest_nam} is here."))

    status, said = run()

    line = words("{guest_nam} is here.").splitlines().index("{guest_nam} is here.") + 1
    assert status == 1
    assert said.startswith(f"QUAY, receipt en, version 1:{line}: There is no {{guest_nam}}")
    assert "Did you mean {guest_name}?" in said
    assert said.endswith("1 text(s), 1 fault(s).\n")


def test_what_is_only_said_ends_with_nought(quay: House) -> None:
    ida = Actor.for_staff(make.make_staff(name="Ida Holm", roles=(Role.GENERAL_MANAGER,), houses=()))
    own = save(quay, text=words("Somebody will be with you shortly."))
    spoil(own, shipped_digest="0000")
    save(quay, code="", by=ida)
    actions.lock_letter_text(by=ida, kind=LetterKind.RECEIPT, language="en")

    status, said = run()

    assert status == 0
    notes = [line for line in said.splitlines() if line.startswith("note: QUAY")]
    codes = dict.fromkeys(note.rpartition("[")[2].rstrip("]") for note in notes)
    assert list(codes) == ["letter_tone_noted", "ours_changed", "locked"]


def test_withdrawn_words_and_other_houses_are_left_out(quay: House) -> None:
    strand = make.make_house(code="STRAND")
    spoil(save(strand, code="STRAND"), text="broken {")
    spoil(save(quay), text="broken {")
    actions.withdraw_letter_text(
        by=quay.by_general_manager, kind=LetterKind.RECEIPT, language="en", property_code="QUAY"
    )

    assert run("--property", "QUAY") == (0, "0 text(s), 0 fault(s).\n")
    assert run()[0] == 1
