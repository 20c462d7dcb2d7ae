from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.choices import AddressClass
from recovery.rules import addresses


def class_of(email: str, *, shared_by: int = 1, proven: bool = True) -> AddressClass:
    return addresses.classify_address(email, shared_by=shared_by, proven=proven)


@pytest.mark.parametrize(
    "email", ["anna@example.com", "Anna.Holm+hotel@mail.example.dk", "na@firma.dk", "x@example.com"]
)
def test_a_proven_address_is_the_guests_own(email: str) -> None:
    assert class_of(email) == AddressClass.OWN
    assert class_of(email, shared_by=2) == AddressClass.OWN


def test_an_address_that_was_only_typed_is_unproven() -> None:
    assert class_of("anna@example.com", proven=False) == AddressClass.UNPROVEN


@pytest.mark.parametrize("email", ["", " ", "\t\n"])
def test_no_address_is_none(email: str) -> None:
    assert class_of(email) == AddressClass.NONE


@pytest.mark.parametrize(
    "email",
    [
        "aholm.123456@guest.booking.com",
        "AHOLM.123456@GUEST.BOOKING.COM",
        "0a1b2c@m.expediapartnercentral.com",
        "anna-1a2b3c@guest.airbnb.com",
        "x1y2@reply.airbnb.com",
        "abc@agoda-messaging.com",
        "abc@messages.homeaway.com",
        "abc@eu.guest.booking.com",
    ],
)
def test_the_alias_of_an_agency_is_a_relay(email: str) -> None:
    assert class_of(email) == AddressClass.RELAY
    assert class_of(email, proven=False) == AddressClass.RELAY


@pytest.mark.parametrize(
    "email", ["anna@booking.com", "anna@notguest.booking.com", "guest.booking.com@example.com"]
)
def test_a_domain_that_only_looks_like_an_agency_is_no_relay(email: str) -> None:
    assert class_of(email) == AddressClass.OWN


@pytest.mark.parametrize(
    "email",
    [
        "noemail@hotel.example.com",
        "no-email@example.com",
        "no.mail@example.com",
        "No_Email@Example.com",
        "noreply@booking.com",
        "do-not-reply@example.com",
        "none@none.com",
        "anna@noemail.com",
        "na@na.com",
        "test@test.com",
        "x@x.x",
        "x@x.xx",
        "aa@aa.com",
        "xxx@gmail.com",
        "unknown@example.com",
        "guest4711@example.invalid",
        "ingen@example.dk",
        "n/a",
        "-",
        "ask guest",
        "anna@",
        "@example.com",
        "anna@localhost",
    ],
)
def test_a_placeholder_is_a_dummy(email: str) -> None:
    assert class_of(email) == AddressClass.DUMMY
    assert class_of(email, shared_by=9, proven=False) == AddressClass.DUMMY


def test_an_address_of_three_guests_is_shared_even_when_it_is_a_relay() -> None:
    assert class_of("office@example.com", shared_by=3) == AddressClass.SHARED
    assert class_of("tours@guest.booking.com", shared_by=3) == AddressClass.SHARED
    assert class_of("office@example.com", shared_by=40, proven=False) == AddressClass.SHARED


@pytest.mark.parametrize(
    ("address_class", "secret", "held"),
    [
        (AddressClass.OWN, True, False),
        (AddressClass.RELAY, False, False),
        (AddressClass.UNPROVEN, False, False),
        (AddressClass.SHARED, False, True),
        (AddressClass.DUMMY, False, True),
        (AddressClass.NONE, False, True),
    ],
)
def test_secrets_go_to_the_guests_own_address_only(
    address_class: AddressClass, secret: bool, held: bool
) -> None:
    assert addresses.may_carry_secret(address_class) is secret
    assert addresses.is_held(address_class) is held


def test_every_class_has_been_thought_of() -> None:
    assert set(AddressClass) == {
        AddressClass.OWN,
        AddressClass.RELAY,
        AddressClass.UNPROVEN,
        AddressClass.SHARED,
        AddressClass.DUMMY,
        AddressClass.NONE,
    }


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" anna@example.com ", "anna@example.com"),
        ("Anna.Holm@Example.COM", "Anna.Holm@example.com"),
        ("o'neil+stay@example.co.uk", "o'neil+stay@example.co.uk"),
        ("anna@s\u00f8nderj.example", "anna@xn--snderj-bya.example"),
        ("anna@S\u00d8NDERJ.example", "anna@xn--snderj-bya.example"),
        ("anna@stra\u00dfe.example", "anna@xn--strae-oqa.example"),
        ("anna@\u4f8b\u3048.example", "anna@xn--r8jz45g.example"),
        ("anna@xn--strae-oqa.example", "anna@xn--strae-oqa.example"),
        ("anna@\uff45xample.com", "anna@example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_an_address_is_stored_as_a_mail_server_wants_it(typed: str, stored: str) -> None:
    assert addresses.check_email(typed) == stored
    assert addresses.check_email(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "@",
        "anna@",
        "@example.com",
        "anna@example",
        "anna@@example.com",
        "anna@example..com",
        "anna@.example.com",
        "anna@example.com.",
        "anna@-example.com",
        "anna@example-.com",
        "anna@exa_mple.com",
        "anna@192.0.2.1",
        "anna@[192.0.2.1]",
        ".anna@example.com",
        "anna.@example.com",
        "an..na@example.com",
        "an na@example.com",
        '"anna holm"@example.com',
        "Anna Holm <anna@example.com>",
        "anna@example.com, bo@example.com",
        "anna@example.com\n",
        "anna@example.com\r\nBcc: bo@example.com",
        "anna\n@example.com",
        "anna@exam\nple.com",
        "anna@example.com\0",
        "\u00e5nna@example.com",
        "anna@exam\u200dple.com",
        "anna@\U0001f600.example",
        "anna@\ud800.example",
        "anna@e\u202examp\u202cle.com",
        "anna\uff20example.com",
        "anna@bo\uff20example.com",
        "anna@example\u2024com\uff0f",
        "a" * 65 + "@example.com",
        "anna@" + "a" * 64 + ".com",
        "anna@" + "\u00f8" * 60 + ".example",
        "anna@" + ".".join(["a" * 61] * 4) + ".com",
        "anna@" + "\u00e6." * 100 + "com",
        "a" * 1_000_000,
        "@" * 1_000_000,
        "a@" + "a." * 500_000 + "com",
    ],
    ids=lambda typed: ascii(typed[:24]),
)
def test_what_no_mail_can_be_sent_to_is_refused(typed: str) -> None:
    with pytest.raises(errors.BadEmail):
        addresses.check_email(typed)


@given(st.text(max_size=80) | st.builds("{}@{}".format, st.text(max_size=9), st.text(max_size=20)))
def test_anything_typed_is_either_refused_or_plain_ascii_on_one_line(typed: str) -> None:
    try:
        stored = addresses.check_email(typed)
    except errors.BadEmail:
        return
    assert stored.isascii()
    assert stored.isprintable()
    assert " " not in stored
    assert len(stored) <= addresses.LONGEST_ADDRESS
    assert addresses.check_email(stored) == stored


@given(st.emails())
def test_ordinary_addresses_are_accepted(email: str) -> None:
    assert addresses.check_email(email).lower() == email.lower()


@given(st.text(max_size=40), st.integers(0, 5), st.booleans())
def test_every_text_has_a_class(email: str, shared_by: int, proven: bool) -> None:
    assert class_of(email, shared_by=shared_by, proven=proven) in AddressClass
