from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import AddressClass, LetterKind, Role, Severity
from recovery.errors import AddressNotTrusted, NoAddress, WritingStopped
from recovery.rules import mail_policy
from recovery.rules.mail_contract import CONTRACT

LONDON = ZoneInfo("Europe/London")
KINDS = list(LetterKind)
ANY_HOUR = [kind for kind in KINDS if CONTRACT[kind].any_hour]


def at(hour: int, minute: int = 0, *, day: int = 17) -> dt.datetime:
    return dt.datetime(2027, 7, day, hour, minute, tzinfo=LONDON)


def send_at(kind: LetterKind, now: dt.datetime, *, departed: bool = False) -> dt.datetime:
    return mail_policy.send_at(kind, now=now, zone="Europe/London", departed=departed).astimezone(LONDON)


def test_every_kind_of_letter_has_its_row() -> None:
    assert set(CONTRACT) == set(LetterKind)


@pytest.mark.parametrize(
    ("now", "departed", "goes"),
    [
        (at(7, 59), False, at(8)),
        (at(8), False, at(8)),
        (at(20, 59), False, at(20, 59)),
        (at(21), False, at(8, day=18)),
        (at(22, 30), False, at(8, day=18)),
        (at(0, 30), False, at(8)),
        (at(8, 30), True, at(9)),
        (at(18, 59), True, at(18, 59)),
        (at(19), True, at(9, day=18)),
        (at(22, 30), True, at(9, day=18)),
    ],
)
def test_a_certificate_waits_for_the_morning(now: dt.datetime, departed: bool, goes: dt.datetime) -> None:
    assert send_at(LetterKind.CERTIFICATE, now, departed=departed) == goes


@pytest.mark.parametrize("kind", ANY_HOUR)
def test_what_a_guest_waits_for_goes_at_any_hour(kind: LetterKind) -> None:
    wait = CONTRACT[kind].wait

    assert send_at(kind, at(3)) == at(3) + wait


def test_the_receipt_waits_two_minutes_for_a_person() -> None:
    assert send_at(LetterKind.RECEIPT, at(12)) == at(12, 2)


@given(st.integers(0, 2 * 365 * 24 * 60), st.booleans())
def test_no_certificate_ever_goes_in_quiet_hours_or_in_the_past(minutes: int, departed: bool) -> None:
    instant = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)

    goes = send_at(LetterKind.CERTIFICATE, instant, departed=departed)

    opens, closes = (dt.time(9), dt.time(19)) if departed else (dt.time(8), dt.time(21))
    assert opens <= goes.time() < closes
    assert instant <= goes < instant + dt.timedelta(hours=15)


def test_a_night_in_which_the_clock_is_changed_still_has_a_morning() -> None:
    night = dt.datetime(2027, 3, 27, 23, tzinfo=LONDON)

    assert send_at(LetterKind.CERTIFICATE, night) == dt.datetime(2027, 3, 28, 8, tzinfo=LONDON)


def check_address(kind: LetterKind, address: AddressClass, *, stopped: bool = False) -> None:
    mail_policy.check_address(kind, name="Daniel Whitfield", address_class=address, stopped=stopped)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", [AddressClass.SHARED, AddressClass.DUMMY, AddressClass.NONE])
def test_nothing_goes_where_nobody_reads(kind: LetterKind, address: AddressClass) -> None:
    with pytest.raises(NoAddress) as refusal:
        check_address(kind, address)

    assert "Daniel Whitfield" in refusal.value.sentence


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", [AddressClass.RELAY, AddressClass.UNPROVEN])
def test_a_secret_goes_to_the_guests_own_address_only(kind: LetterKind, address: AddressClass) -> None:
    if CONTRACT[kind].carries_secret or CONTRACT[kind].own_address:
        with pytest.raises(AddressNotTrusted):
            check_address(kind, address)
    else:
        check_address(kind, address)


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_goes_to_the_guests_own_address(kind: LetterKind) -> None:
    check_address(kind, AddressClass.OWN)


def test_a_guest_who_said_stop_gets_no_receipt_but_every_letter_of_a_person() -> None:
    automatic = {LetterKind.RECEIPT, LetterKind.QUESTION_REMINDER, LetterKind.NO_NEWS}
    for kind in automatic:
        with pytest.raises(WritingStopped):
            check_address(kind, AddressClass.OWN, stopped=True)
    for kind in set(LetterKind) - automatic - {LetterKind.PAYMENT_DONE}:
        check_address(kind, AddressClass.OWN, stopped=True)


@pytest.mark.parametrize("severity", list(Severity))
def test_the_general_manager_signs_the_apology_for_the_gravest(severity: Severity) -> None:
    expected = Role.GENERAL_MANAGER if severity is Severity.GRAVE else None
    assert mail_policy.signed_by(LetterKind.WALK_BEFORE_TRAVEL, severity) == Role.DUTY_MANAGER

    assert mail_policy.signed_by(LetterKind.APOLOGY, severity) == expected
    assert mail_policy.signed_by(LetterKind.RECEIPT, severity) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_becomes_too_late_one_day(kind: LetterKind) -> None:
    row = CONTRACT[kind]

    assert row.wait < row.not_after <= dt.timedelta(hours=72)


def test_letters_with_a_code_carry_a_secret() -> None:
    carriers = {kind for kind in KINDS if CONTRACT[kind].carries_secret}

    assert carriers == {LetterKind.APOLOGY, LetterKind.CERTIFICATE}


@pytest.mark.parametrize(
    ("roles", "may"),
    [(["DM"], True), (["EMP", "GM"], True), (["FD", "RES"], False), ([], False)],
)
def test_a_higher_role_may_sign_for_a_lower_one(roles: list[str], may: bool) -> None:
    assert mail_policy.may_sign(Role.DUTY_MANAGER, roles) is may
