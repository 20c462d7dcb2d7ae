"""What people and host databases really contain must come out as text, or be refused with a code."""

from __future__ import annotations

import dataclasses

import pytest

from recovery.choices import LetterKind
from recovery.letters import LetterFacts, fill, render
from recovery.letters.slots import marker

from . import samples

NAMES = [
    "Eve\r\nBcc: all@example.com",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{x.__class__}",
    "{certificate_code}",
    "{guest_name?}",
    "%(reference)s %s",
    "{{ settings.SECRET_KEY }}{% debug %}",
    marker("certificate_code"),
    "\ue000stop_link\ue001 Holm",
    "An\x00na",
    "Zoë 🌸 Ångström",
    "\u202eevil\u202c \u2066name\u2069",
    "A\u2028B\u2029C",
    "Robert'); DROP TABLE letters;--",
    "# not a note",
    "[panel] [code]",
    "subject: something else",
    "Open -> {stop_link}",
    "a" * 200,
]


def with_name(kind: LetterKind, name: str) -> LetterFacts:
    """The sample letter in which everybody and everything has this name."""
    facts = samples.facts(kind, "en", guest_name=name, own_sentence=name, wrong=name, repairs=(name, name))
    changes: dict[str, object] = {
        "house": dataclasses.replace(facts.house, name=name, address=(name,)),
        "signatory": dataclasses.replace(facts.signatory, name=name, first_name=name, title=name),
    }
    if facts.certificate is not None:
        changes["certificate"] = dataclasses.replace(
            facts.certificate, named_for=name, houses=(name,), why=name
        )
    if facts.walk is not None:
        changes["walk"] = dataclasses.replace(facts.walk, hotel=name, address=name, paid=(name,), taxi=name)
    if facts.redeemed is not None:
        changes["redeemed"] = dataclasses.replace(facts.redeemed, house=name)
    return dataclasses.replace(facts, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_only_ever_text(kind: LetterKind, name: str) -> None:
    try:
        rendered = render(with_name(kind, name))
    except Exception as refusal:
        assert getattr(refusal, "code", "") == "letter_failed", refusal
        assert "missing" in str(refusal)  # nothing was left of the name
        return

    expected = render(samples.facts(kind, "en")).slots
    assert rendered.slots == expected
    assert len(rendered.subject.splitlines()) == 1
    assert len(rendered.subject) <= 180
    assert "<script" not in rendered.html
    assert "<img" not in rendered.html
    assert not set(rendered.text + rendered.html) & set("\x00\r\u202e\u2066\u2028\u2029")
    filled = fill(rendered, samples.SECRETS)
    code = samples.SECRETS["certificate_code"]
    assert filled.text.count(code) == (1 if "certificate_code" in expected else 0)


def test_braces_of_a_name_stay_braces() -> None:
    rendered = render(with_name(LetterKind.RECEIPT, "{certificate_code} {x.__class__}"))

    assert "Dear {certificate_code} {x.__class__}," in rendered.text


def test_a_name_of_markers_only_is_a_missing_name() -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en", guest_name="\ue000\ue001")

    assert facts.guest_name == ""


def test_an_emoji_and_a_long_word_reach_the_guest() -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, "en", own_sentence="🌸 " + "a" * 300))

    assert "🌸 " in rendered.text.replace("\n", " ")
    assert "a" * 300 in rendered.text
