from __future__ import annotations

import pytest

from recovery.choices import LetterKind
from recovery.errors import LetterFailed
from recovery.letters import SLOTS, fill, preview, render, sample_secrets
from recovery.letters.slots import fill_html, fill_text, marker, slots_in

from . import samples


def test_what_is_stored_holds_no_secret() -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, "en"))

    assert rendered.slots == ("certificate_code", "certificate_link")
    for secret in samples.SECRETS.values():
        assert secret not in rendered.text + rendered.html


def test_every_slot_is_filled() -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, "en"))

    filled = fill(rendered, samples.SECRETS)

    for body in (filled.text, filled.html):
        assert samples.SECRETS["certificate_code"] in body
        assert samples.SECRETS["certificate_link"] in body
        assert slots_in(body) == ()
    assert f'href="{samples.SECRETS["certificate_link"]}"' in filled.html


@pytest.mark.parametrize("slot", ["certificate_code", "certificate_link"])
def test_a_missing_secret_holds_the_letter(slot: str) -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, "en"))

    with pytest.raises(LetterFailed, match=slot):
        fill(rendered, {**samples.SECRETS, slot: ""})


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("certificate_link", "javascript:alert(1)"),
        ("certificate_link", 'https://x.example/" onmouseover="x'),
        ("certificate_link", "https://x.example/a b"),
        ("certificate_link", "/recovery/c/x/"),
        ("certificate_code", "7K3M<b>"),
        ("certificate_code", "7K3M 9QXA"),
    ],
)
def test_a_secret_that_is_not_what_it_should_be_is_refused_without_being_repeated(
    slot: str, value: str
) -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, "en"))

    with pytest.raises(LetterFailed) as refusal:
        fill(rendered, {**samples.SECRETS, slot: value})

    assert value not in str(refusal.value)


def test_an_ampersand_in_a_link_is_escaped_in_html_only() -> None:
    secrets = {"status_link": "https://x.example/?a=1&b=2"}

    assert fill_html(marker("status_link"), secrets) == "https://x.example/?a=1&amp;b=2"
    assert fill_text(marker("status_link"), secrets) == "https://x.example/?a=1&b=2"


@pytest.mark.parametrize("text", ["\ue000password\ue001", "\ue000\ue001", "\ue000", "a\ue001", "\uf8ff"])
def test_a_marker_without_a_meaning_holds_the_letter(text: str) -> None:
    with pytest.raises(LetterFailed):
        fill_text(text, samples.SECRETS)


def test_a_preview_goes_the_same_way_with_secrets_that_are_plainly_not_real() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")

    shown = preview(facts)

    assert shown == fill(render(facts), sample_secrets("da"))
    assert "XXXX-XXXX-XXXX" in shown.text
    assert 'href="#"' in shown.html
    assert set(sample_secrets("da")) == set(SLOTS)
