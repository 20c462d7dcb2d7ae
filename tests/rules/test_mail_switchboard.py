"""A house may send its mail more strictly than the contract, never more laxly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import LetterKind, MailMode
from recovery.errors import BadMailModes, MailModeLaxer
from recovery.rules import mail_switchboard
from recovery.rules.mail_contract import CONTRACT

WORDS = ["off", "draft", *MailMode.values]


@pytest.mark.parametrize(
    "modes",
    [
        {},
        {"receipt": "off"},
        {"payment_done": "draft", "apology_letter": "person", "certificate": "click"},
        {"certificate_redeemed": "veto"},
    ],
)
def test_what_is_stricter_is_taken(modes: dict[str, str]) -> None:
    assert mail_switchboard.check(modes) == modes


@pytest.mark.parametrize(
    ("kind", "word"),
    [("solved", "auto"), ("apology_letter", "auto"), ("certificate", "veto"), ("walk_card", "auto")],
)
def test_what_is_laxer_is_refused_by_name(kind: str, word: str) -> None:
    with pytest.raises(MailModeLaxer) as refusal:
        mail_switchboard.check({kind: word})

    assert refusal.value.params["contract"] == CONTRACT[LetterKind(kind)].mode
    assert kind in refusal.value.sentence


@pytest.mark.parametrize(
    "modes",
    [
        [],
        "off",
        None,
        7,
        {"newsletter": "off"},
        {"receipt": "never"},
        {"receipt": ["off"]},
        {"receipt": None},
    ],
)
def test_what_is_no_switch_is_named(modes: Any) -> None:
    with pytest.raises(BadMailModes):
        mail_switchboard.check(modes)


@given(st.dictionaries(st.sampled_from(LetterKind.values), st.sampled_from(WORDS)))
def test_whatever_is_taken_is_off_or_at_least_as_strict(modes: dict[str, str]) -> None:
    try:
        taken = mail_switchboard.check(modes)
    except MailModeLaxer:
        return
    strict = mail_switchboard.STRICTNESS.index
    for kind in LetterKind:
        own = mail_switchboard.mode_of(taken, kind)
        assert own is None or strict(own) >= strict(CONTRACT[kind].mode)
        assert mail_switchboard.is_off(taken, kind) is (taken.get(kind.value) == "off")


def test_rows_of_another_version_have_no_effect() -> None:
    assert (
        mail_switchboard.mode_of({"receipt": "sometimes", "newsletter": "auto"}, LetterKind.RECEIPT) is None
    )
    assert mail_switchboard.mode_of({"receipt": ["off"]}, LetterKind.RECEIPT) is None
