from __future__ import annotations

import datetime as dt
import enum
import hashlib
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import codes, tokens

KEY = "a key for tests, at least 32 characters"
ROW = UUID("8f14e45f-ceea-467a-9575-2b1c0f6d7a11")


def a_token(**changes: Any) -> str:
    return tokens.derive_token(**{"key": KEY, "uuid": ROW, "serial": 1, "purpose": "status", **changes})


def test_a_token_is_always_the_same_for_the_same_row() -> None:
    # A change of this value would kill every link that was ever sent.
    assert a_token() == "xtZD0AwhsNHG2hZc7qLcpILiTtcO7z8545zgQ5EMaWQ"


def test_key_row_serial_and_purpose_each_change_the_token() -> None:
    made = {
        a_token(),
        a_token(key=KEY + "!"),
        a_token(uuid=UUID(int=ROW.int + 1)),
        a_token(serial=2),
        a_token(purpose="stop"),
    }
    assert len(made) == 5


@given(st.uuids(), st.integers(0, 2**63), st.text(max_size=20).filter(str.isprintable))
def test_every_token_is_plausible(uuid: UUID, serial: int, purpose: str) -> None:
    token = a_token(uuid=uuid, serial=serial, purpose=purpose)
    assert len(token) == 43
    assert tokens.is_plausible_token(token)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 42,
        "a" * 44,
        "a" * 43,  # its last letter would carry bits that nothing derives
        "=" * 43,
        "a" * 42 + "\n",
        "a" * 41 + "A\n",
        "\u00e9" * 42 + "A",
        "A" * 1_000_000,
    ],
    ids=lambda text: ascii(text[-12:]),
)
def test_what_cannot_be_a_token_is_noticed_without_a_query(text: str) -> None:
    assert not tokens.is_plausible_token(text)


def test_the_digest_is_plain_sha256() -> None:
    assert tokens.digest_token(a_token()) == hashlib.sha256(a_token().encode()).hexdigest()


def test_even_hostile_text_has_a_digest() -> None:
    assert len(tokens.digest_token("\ud800\0")) == 64


def test_the_first_key_makes_new_codes() -> None:
    assert tokens.choose_key({"2026": "n" * 32, "2025": "o" * 32}) == ("2026", "n" * 32)


def test_without_keys_nothing_can_be_made() -> None:
    with pytest.raises(errors.NoKeys):
        tokens.choose_key({})
    with pytest.raises(errors.NoKeys):
        tokens.key_named({}, "2026")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(errors.KeyTooShort) as refusal:
        tokens.choose_key({"2026": "n" * 31})
    assert "2026" in refusal.value.sentence
    assert "nnn" not in refusal.value.sentence


def test_an_old_key_is_found_by_its_name() -> None:
    assert tokens.key_named({"2026": "n" * 32, "2025": "o" * 32}, "2025") == "o" * 32


def test_a_key_that_was_removed_is_missed_by_name() -> None:
    with pytest.raises(errors.KeyGone, match="2024"):
        tokens.key_named({"2026": "n" * 32}, "2024")


def test_a_request_digest_keeps_its_parts_apart() -> None:
    made = {
        tokens.request_digest(actor="staff:1", verb="close", key="k"),
        tokens.request_digest(actor="staff:1", verb="clos", key="ek"),
        tokens.request_digest(actor="staff:1close", verb="", key="k"),
        tokens.request_digest(actor='staff:1","', verb="close", key="k"),
    }
    assert len(made) == 4
    assert all(len(digest) == 64 for digest in made)


def test_a_fingerprint_does_not_depend_on_the_order_of_names() -> None:
    assert tokens.fingerprint({"a": 1, "b": [2, None]}) == tokens.fingerprint({"b": (2, None), "a": 1})


def test_amounts_count_by_value_and_moments_by_instant() -> None:
    copenhagen = dt.timezone(dt.timedelta(hours=2))
    assert tokens.fingerprint(Decimal("10")) == tokens.fingerprint(Decimal("10.00"))
    assert tokens.fingerprint(Decimal("-0.00")) == tokens.fingerprint(Decimal("0"))
    assert tokens.fingerprint(Decimal("1200")) == tokens.fingerprint(Decimal("1.2E+3"))
    assert tokens.fingerprint(dt.datetime(2026, 7, 4, 14, tzinfo=copenhagen)) == tokens.fingerprint(
        dt.datetime(2026, 7, 4, 12, tzinfo=dt.UTC)
    )


def test_a_choice_counts_like_its_stored_value() -> None:
    class Word(enum.StrEnum):
        ONE = "one"

    assert tokens.fingerprint({"word": Word.ONE}) == tokens.fingerprint({"word": "one"})


def test_values_that_differ_have_different_fingerprints() -> None:
    values: list[object] = [
        None,
        True,
        False,
        0,
        1,
        "1",
        "",
        "True",
        "int:1",
        Decimal("1"),
        Decimal("1.1"),
        Decimal("11"),
        Decimal("0.0000000000000000000000000000000000000001"),
        Decimal("1.0000000000000000000000000000000000000001"),
        dt.date(2026, 7, 4),
        dt.datetime(2026, 7, 4),  # noqa: DTZ001 because hosts without USE_TZ have these
        dt.datetime(2026, 7, 4, tzinfo=dt.UTC),
        "2026-07-04",
        ROW,
        str(ROW),
        [],
        {},
        [[]],
        ["a", "b"],
        ["ab"],
        ["a,b"],
        {"a": "b"},
    ]
    assert len({tokens.fingerprint(value) for value in values}) == len(values)


@given(st.decimals(), st.decimals())
def test_decimals_have_one_fingerprint_exactly_when_equal(one: Decimal, other: Decimal) -> None:
    if one.is_finite() and other.is_finite():
        assert (tokens.fingerprint(one) == tokens.fingerprint(other)) == (one == other)


@pytest.mark.parametrize(
    "value", [1.5, b"x", object(), {1: "a"}, {"a": {2.5}}], ids=["float", "bytes", "object", "int key", "set"]
)
def test_a_value_without_one_written_form_is_a_mistake(value: object) -> None:
    with pytest.raises(TypeError):
        tokens.fingerprint(value)


def test_huge_numbers_and_broken_text_are_no_obstacle() -> None:
    assert tokens.fingerprint([10**10_000, Decimal("1E+900000"), "\ud800\0"])


def test_a_reference_is_eight_letters_in_two_groups() -> None:
    assert tokens.new_reference(b"\0" * 5) == "R-0000-0000"
    assert tokens.new_reference(b"\xff" * 16) == "R-ZZZZ-ZZZZ"


@given(st.binary(min_size=tokens.REFERENCE_BYTES, max_size=5))
def test_different_bytes_make_different_references(data: bytes) -> None:
    other = bytes([data[0] ^ 1]) + data[1:]
    reference = tokens.new_reference(data)
    assert reference != tokens.new_reference(other)
    assert set(reference[2:]) <= set(codes.ALPHABET) | {"-"}


def test_too_few_random_bytes_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="5 bytes"):
        tokens.new_reference(b"1234")
