"""Guest texts over HTTP: whose words hold at a house, own words, the lock of the group."""

from __future__ import annotations

from typing import Any

import pytest

from recovery import actions
from recovery.actions import Actor
from recovery.choices import Channel, LetterKind, Role
from recovery.letters.wording import starting_words
from recovery.models import Letter, LetterText
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.factories import House

from .asking import Caller, at, make_caller, problem

HOUSE = "?property=QUAY"
ONE = {"kind": "receipt", "language": "en"}


def words(new: str = "Thank you, from all of us.") -> str:
    return starting_words(LetterKind.RECEIPT, "en").replace(
        "Thank you for telling us.\n\n[if", f"{new}\n\n[if"
    )


def say(caller: Caller, *, key: str = "", **given: Any) -> Any:
    body = {"property_code": "QUAY", "words": words()} | given
    return caller.post(at("letter-text-wording", **ONE), body, key=key)


@pytest.fixture
def group(quay: House, hotel: Any) -> Caller:
    """Who works for every house."""
    return make_caller(*[name for name, _label in VERB_PERMISSIONS], username="ida", houses=())


def test_every_text_of_a_house_is_listed(caller: Caller) -> None:
    found = caller.get(at("letter-texts") + HOUSE).json()

    assert [(row["kind"], row["language"]) for row in found] == [
        (kind, language) for kind in LetterKind.values for language in ("en", "da")
    ]
    assert found[0] == {
        "kind": LetterKind.values[0],
        "language": "en",
        "source": "shipped",
        "version": None,
        "is_locked": False,
        "is_broken": False,
        "edited_by": "",
        "edited_at": None,
    }


def test_one_is_shown_with_ours_and_what_may_be_filled_in(caller: Caller) -> None:
    found = caller.get(at("letter-text", **ONE) + HOUSE).json()

    assert found["words"] == found["shipped_words"] == starting_words(LetterKind.RECEIPT, "en")
    assert (found["own_words"], found["own_version"], found["problems"]) == ("", 0, [])
    assert "guest_name" in found["placeholders"]


def test_own_words_hold_at_once_and_a_letter_says_which_they_were(caller: Caller, quay: House) -> None:
    answer = say(caller, seen_version=0)

    found = answer.json()
    assert answer.status_code == 200
    assert (found["source"], found["version"], found["own_version"]) == ("QUAY", 1, 1)
    assert found["words"] == found["own_words"] == LetterText.objects.get().text
    complaint = make.make_complaint(house=quay, channel=Channel.EMAIL)
    letter = Letter.objects.get(complaint=complaint, kind=LetterKind.RECEIPT)
    assert caller.get(at("letter", letter=letter.pk)).json()["wording"] == "QUAY:1"
    row = next(row for row in caller.get(at("letter-texts") + HOUSE).json() if row["source"] != "shipped")
    assert (row["kind"], row["language"], row["edited_by"]) == ("receipt", "en", "Visitor")


def test_a_repetition_saves_once(caller: Caller) -> None:
    first, second = say(caller, key="4711"), say(caller, key="4711")

    assert first.json() == second.json()
    assert LetterText.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"words": words("{guest_nam}")}, 400, "placeholder_unknown"),
        ({"words": words("{guest_name.__class__}")}, 400, "placeholder_broken"),
        ({"words": words("We are sorry if you were disturbed.")}, 400, "letter_tone"),
        ({"words": words().replace("{answer_by}", "then")}, 400, "letter_fact_missing"),
        ({"words": ""}, 400, "text_missing"),
        ({"words": 5}, 400, "invalid"),
        ({"seen_version": 7}, 412, "letter_text_changed"),
        ({"property_code": ""}, 403, "not_allowed"),
        ({"property_code": "STRAND"}, 404, "property_unknown"),
        ({"colour": "blue"}, 400, "invalid"),
    ],
)
def test_what_is_refused_has_its_code_and_changes_nothing(
    caller: Caller, strand: House, given: dict[str, Any], status: int, code: str
) -> None:
    found = problem(say(caller, **given))

    assert (found["status"], found["code"]) == (status, code)
    assert LetterText.objects.count() == 0


def test_warnings_stand_in_the_answer(caller: Caller) -> None:
    found = say(caller, words=words("Somebody will be with you shortly.")).json()

    assert {each["code"] for each in found["problems"]} == {"letter_tone_noted"}
    assert all(each["is_warning"] and each["line"] > 0 for each in found["problems"])


def test_withdrawn_ours_hold_again(caller: Caller) -> None:
    say(caller)
    path, body = at("letter-text-withdrawal", **ONE), {"property_code": "QUAY"}

    found = caller.post(path, body).json()

    assert (found["source"], found["own_version"]) == ("shipped", 0)
    assert problem(caller.post(path, body))["code"] == "letter_text_not_worded"


def test_the_group_speaks_for_every_house_and_locks(caller: Caller, group: Caller) -> None:
    say(caller)
    path = at("letter-text-lock", **ONE)
    assert problem(group.post(path, {"locked": True}))["code"] == "letter_text_not_worded"
    assert say(group, property_code="", words=words("The group says so.")).json()["source"] == "group"

    found = group.post(path, {"locked": True}).json()

    assert (found["is_locked"], found["version"]) == (True, 1)
    there = caller.get(at("letter-text", **ONE) + HOUSE).json()
    assert (there["source"], there["is_locked"], there["own_version"]) == ("group", True, 1)
    assert problem(say(caller))["code"] == "letter_text_locked"
    assert problem(caller.post(path, {"locked": False}))["status"] == 403
    assert group.post(path, {"locked": False}).json()["is_locked"] is False
    assert caller.get(at("letter-text", **ONE) + HOUSE).json()["source"] == "QUAY"


def test_without_a_house_who_works_everywhere_reads_the_groups(caller: Caller, group: Caller) -> None:
    say(group, property_code="", words=words("The group says so."))

    assert group.get(at("letter-text", **ONE)).json()["source"] == "group"
    assert problem(caller.get(at("letter-text", **ONE)))["status"] == 400


def test_broken_own_words_say_so(caller: Caller, quay: House) -> None:
    say(caller)
    LetterText.objects.update(text="broken {")

    found = caller.get(at("letter-text", **ONE) + HOUSE).json()

    assert (found["source"], found["is_broken"]) == ("shipped", True)
    assert [each["code"] for each in found["problems"]][:1] != []
    assert found["words"] == found["shipped_words"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?property=", 400), ("?property=STRAND", 404), ("?property=%00", 400), ("?x=1", 400)],
)
def test_without_a_house_of_the_callers_nothing_is_shown(
    caller: Caller, strand: House, query: str, status: int
) -> None:
    for path in (at("letter-texts"), at("letter-text", **ONE)):
        assert problem(caller.get(path + query))["status"] == status


def test_a_text_that_there_is_not_is_not_there(caller: Caller) -> None:
    for where in ({"kind": "brochure", "language": "en"}, {"kind": "receipt", "language": "nb"}):
        assert problem(caller.get(at("letter-text", **where) + HOUSE))["code"] == "not_found"
    body = {"property_code": "QUAY", "words": words()}
    there = at("letter-text-wording", kind="receipt", language="nb")
    assert problem(caller.post(there, body))["code"] == "language_not_spoken"
    there = at("letter-text-wording", kind="brochure", language="en")
    assert problem(caller.post(there, body))["code"] == "unknown_choice"


def test_without_the_permission_nothing_is_changed(quay: House, hotel: Any) -> None:
    hotel.access = {"desk": frozenset({"QUAY"})}
    desk = make_caller("release_letter", username="desk")

    assert problem(say(desk))["status"] == 403
    assert problem(desk.post(at("letter-text-withdrawal", **ONE), {"property_code": "QUAY"}))["status"] == 403
    assert desk.get(at("letter-texts") + HOUSE).status_code == 200


def test_words_in_a_language_that_is_spoken_no_more_can_be_withdrawn_over_http(
    caller: Caller, quay: House, settings: Any
) -> None:
    ida = Actor.for_staff(make.make_staff(name="Ida Holm", roles=(Role.GENERAL_MANAGER,), houses=()))
    danish = starting_words(LetterKind.RECEIPT, "da")
    actions.word_letter_text(
        by=ida, kind=LetterKind.RECEIPT, language="da", property_code="QUAY", words=danish
    )
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("en",)}

    path = at("letter-text-withdrawal", kind="receipt", language="da")

    assert caller.post(path, {"property_code": "QUAY"}).json()["own_version"] == 0
