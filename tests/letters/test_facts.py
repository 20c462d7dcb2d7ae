from __future__ import annotations

import dataclasses
import json

import pytest

from recovery.choices import LetterKind
from recovery.errors import TextTooLong, UnknownChoice
from recovery.letters import LetterFacts

from . import samples


@pytest.mark.parametrize("language", samples.LANGUAGES)
@pytest.mark.parametrize("kind", LetterKind)
def test_facts_survive_json(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)

    stored = json.loads(json.dumps(facts.to_json()))

    assert LetterFacts.from_json(stored) == facts
    assert all(type(key) is str for key in stored)


def test_facts_of_a_later_version_can_be_read() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en")

    assert LetterFacts.from_json({**facts.to_json(), "colour_of_the_sky": "blue"}) == facts


def test_facts_cannot_be_changed() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en")

    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.guest_name = "Somebody else"  # type: ignore[misc]


def test_a_line_break_in_a_name_becomes_a_space() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en", guest_name="Eve\r\nBcc: all@example.com")

    assert facts.guest_name == "Eve Bcc: all@example.com"


def test_characters_that_hide_or_turn_text_are_taken_out() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en", guest_name="\u202eAn\x00na\ue000\u2066 Holm\ue001\u2069")

    assert facts.guest_name == "Anna Holm"


def test_a_name_is_stored_composed() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "da", guest_name="Sa\u030arup")

    assert facts.guest_name == "Sårup"


@pytest.mark.parametrize("field", ["guest_name", "wrong", "own_sentence"])
def test_a_megabyte_is_refused_by_name(field: str) -> None:
    with pytest.raises(TextTooLong) as refusal:
        samples.facts(LetterKind.APOLOGY, "en", **{field: "A" * 1_000_000})

    assert refusal.value.params["field"] == field
    assert refusal.value.code == "text_too_long"


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(TextTooLong):
        samples.facts(LetterKind.APOLOGY, "en", repairs=("A taxi.",) * 13)


def test_empty_entries_of_a_list_are_left_out() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en", repairs=("A taxi.", " ", "\x00"))

    assert facts.repairs == ("A taxi.",)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://", 'https://x.example/"onclick="', "data:text/html,x", "//x.example"],
)
def test_a_map_that_is_not_a_web_address_is_left_out(url: str) -> None:
    walk = samples.facts(LetterKind.WALK_CARD, "en").walk
    assert walk is not None

    assert dataclasses.replace(walk, map_url=url).map_url == ""


def test_a_kind_or_stance_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownChoice):
        dataclasses.replace(samples.facts(LetterKind.APOLOGY, "en"), stance="remorse")
    with pytest.raises(UnknownChoice):
        dataclasses.replace(samples.facts(LetterKind.APOLOGY, "en"), kind="postcard")
