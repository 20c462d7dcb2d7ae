from __future__ import annotations

import dataclasses

import pytest

from recovery.choices import LetterKind
from recovery.errors import LetterFailed
from recovery.letters import Rendered, render, title_of

from . import samples

each_language = pytest.mark.parametrize("language", samples.LANGUAGES)


@each_language
def test_a_receipt_thanks_and_promises_a_person_and_says_nothing_of_the_matter(language: str) -> None:
    facts = samples.facts(LetterKind.RECEIPT, language, wrong="The bed was broken.", impact="No sleep.")

    rendered = render(facts)

    assert rendered.blocks[1].lines[0].text in (
        "Thank you for telling us.",
        "Tak, fordi du sagde det til os.",
        "danke, dass Sie es uns gesagt haben.",
        "Merci de nous l'avoir dit.",
        "Gracias por decírnoslo.",
    )
    for needed in (facts.answered_by, facts.answer_by, facts.on_call_phone):
        assert needed in " ".join(rendered.text.split())
    assert "bed was broken" not in rendered.text
    assert rendered.slots == ("status_link", "stop_link")


@each_language
def test_a_receipt_without_a_time_is_held(language: str) -> None:
    with pytest.raises(LetterFailed, match="answer_by is missing"):
        render(samples.facts(LetterKind.RECEIPT, language, answer_by=""))


def test_what_cannot_wait_has_a_number_even_where_nobody_is_on_call() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en", on_call_phone="", answered_by="")

    text = " ".join(render(facts).text.split())

    assert f"please ring {facts.house.phone}." in text
    assert "One of us will read it" in text


@each_language
def test_a_walk_card_holds_everything_for_tonight(language: str) -> None:
    facts = samples.facts(LetterKind.WALK_CARD, language)
    walk = facts.walk
    assert walk is not None

    rendered = render(facts)
    text = " ".join(rendered.text.split())

    for value in (getattr(walk, field.name) for field in dataclasses.fields(walk)):
        for line in (value,) if isinstance(value, str) else value:
            assert line in text, line
    assert rendered.slots == ()


@pytest.mark.parametrize(
    "gap", ["hotel", "address", "phone", "confirmation", "manager_phone", "manager_name"]
)
def test_a_walk_card_with_a_gap_is_held(gap: str) -> None:
    facts = samples.facts(LetterKind.WALK_CARD, "en")
    assert facts.walk is not None

    with pytest.raises(LetterFailed, match=f"walk_{gap} is missing"):
        render(dataclasses.replace(facts, walk=dataclasses.replace(facts.walk, **{gap: ""})))


def test_a_walk_card_on_which_nothing_is_paid_is_held() -> None:
    facts = samples.facts(LetterKind.WALK_CARD, "en")
    assert facts.walk is not None

    with pytest.raises(LetterFailed, match="walk_paid is missing"):
        render(dataclasses.replace(facts, walk=dataclasses.replace(facts.walk, paid=())))


def test_a_link_to_a_map_says_where_it_goes() -> None:
    html = render(samples.facts(LetterKind.WALK_CARD, "en")).html

    assert "Open the map at openstreetmap.org</a>" in html


@each_language
def test_a_certificate_says_what_it_gives(language: str) -> None:
    facts = samples.facts(LetterKind.CERTIFICATE, language)
    certificate = facts.certificate
    assert certificate is not None

    text = " ".join(render(facts).text.split())

    last = {
        "en": "Wednesday 18 July 2029",
        "da": "onsdag den 18. juli 2029",
        "de": "Mittwoch, 18. Juli 2029",
        "fr": "mercredi 1er août 2029",
        "es": "miércoles 18 de julio de 2029",
    }[language]
    nights = {
        "en": "one night",
        "da": "to overnatninger",
        "de": "zwei Nächte",
        "fr": "une nuit",
        "es": "dos noches",
    }[language]
    for needed in (certificate.why, certificate.named_for, *certificate.houses, last, nights, "Promotional"):
        assert needed in text


@pytest.mark.parametrize(
    ("tax", "breakfast", "expected"),
    [
        (True, True, ["Included: the room, all taxes and breakfast"]),
        (True, False, ["Included: the room and all taxes", "Not included: breakfast"]),
        (False, False, ["Included: the room", "Not included: all taxes and breakfast"]),
    ],
)
def test_what_is_not_included_is_said_too(tax: bool, breakfast: bool, expected: list[str]) -> None:
    facts = samples.facts(LetterKind.CERTIFICATE, "en")
    assert facts.certificate is not None
    certificate = dataclasses.replace(facts.certificate, tax_included=tax, breakfast_included=breakfast)

    lines = render(dataclasses.replace(facts, certificate=certificate)).text.splitlines()

    assert [line for line in lines if line.lower().startswith(("included", "not included"))] == expected


def test_a_personal_certificate_says_so() -> None:
    facts = samples.facts(LetterKind.CERTIFICATE, "en")
    assert facts.certificate is not None
    certificate = dataclasses.replace(facts.certificate, transferable=False)

    text = render(dataclasses.replace(facts, certificate=certificate)).text

    assert "It is personal to Maria Lindqvist." in text
    assert "anyone you give it to" not in text


def test_a_house_without_mail_is_booked_by_telephone() -> None:
    facts = samples.facts(LetterKind.CERTIFICATE, "en")
    facts = dataclasses.replace(facts, house=dataclasses.replace(facts.house, email=""))

    assert "Ring +44 1947 555 010, say when" in render(facts).text


@each_language
def test_a_redeemed_certificate_says_where_when_and_what_is_left(language: str) -> None:
    rendered = render(samples.facts(LetterKind.REDEEMED, language))

    expected = {
        "en": [
            "Friday 21 April 2028",
            "Left on the certificate: no nights",
            "If this was not you, please ring",
        ],
        "da": ["fredag den 21. april 2028", "Tilbage på gavebeviset: én overnatning", "Er det ikke dig"],
        "de": ["Freitag, 21. April 2028", "Noch auf dem Gutschein: eine Nacht", "Wenn Sie das nicht waren"],
        "fr": ["vendredi 21 avril 2028", "Reste sur le bon : une nuit", "Si ce n'était pas vous"],
        "es": ["viernes 21 de abril de 2028", "Queda en el bono: ninguna noche", "Si no ha sido usted"],
    }
    for needed in expected[language]:
        assert needed in rendered.text
    assert rendered.slots == ("stop_link",)


def test_a_letter_that_a_person_sends_offers_no_stop_link() -> None:
    assert "stop_link" not in render(samples.facts(LetterKind.APOLOGY, "en")).slots


def test_a_frozen_letter_is_the_same_after_the_words_have_changed() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en")
    rendered = render(facts)
    stored = rendered.freeze(facts)

    thawed = Rendered.thaw(subject=rendered.subject, text="older words", html=rendered.html, frozen=stored)

    assert thawed.blocks == rendered.blocks
    assert thawed.parts == rendered.parts
    assert thawed.body_hash != rendered.body_hash


def test_a_letter_frozen_without_its_blocks_is_made_again_only_when_nothing_has_changed() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en")
    rendered = render(facts)
    stored = facts.to_json()

    assert (
        Rendered.thaw(subject=rendered.subject, text=rendered.text, html=rendered.html, frozen=stored)
        == rendered
    )
    with pytest.raises(LetterFailed, match="changed"):
        Rendered.thaw(subject=rendered.subject, text="older words", html=rendered.html, frozen=stored)


def test_a_letter_in_an_unknown_language_is_written_in_the_first_that_is_known() -> None:
    facts = dataclasses.replace(samples.facts(LetterKind.RECEIPT, "en"), language="tlh")

    assert render(facts).language == "en"


def test_a_title_is_in_the_language_of_the_letter() -> None:
    assert title_of(["EMP", "DM", "GM"], "da-DK") == "direktør"
    assert title_of(["DM"], "en") == "Duty Manager"
    assert title_of(["GM"], "de-AT") == "Hoteldirektion"
    assert title_of(["DM"], "fr") == "responsable de permanence"
    assert title_of(["FD"], "es") == "recepción"
    assert title_of(["EMP"], "en") == ""
