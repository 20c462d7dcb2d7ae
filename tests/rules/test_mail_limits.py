"""The limits of guest mail as one decision: how often, when, by whom, and what keeps a text from going."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import AddressClass, Category, HoldReason, LetterKind, MailMode, Severity, Urgency
from recovery.errors import MailHeld, NeedsAPerson
from recovery.rules import mail_policy
from recovery.rules.mail_contract import CONTRACT
from recovery.rules.mail_policy import Decision, Outcome, Situation
from recovery.rules.mail_switchboard import STRICTNESS

ZONE = "Europe/London"
NOON = dt.datetime(2027, 7, 17, 12, tzinfo=ZoneInfo(ZONE))
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
KINDS = list(LetterKind)
#: What the system sends by itself, and what counts for it.
COUNTED, UNCOUNTED = LetterKind.PAYMENT_DONE, LetterKind.REDEEMED


def situation(**facts: Any) -> Situation:
    """An ordinary complaint at noon, in a hotel."""
    given: dict[str, Any] = {
        "now": NOON,
        "zone": ZONE,
        "departed": False,
        "small_house": False,
        "severity": Severity.IMPAIRED,
        "category": Category.WIFI,
    }
    return Situation(**given | facts)


def alone(kind: LetterKind, **facts: Any) -> Decision:
    return mail_policy.decide(kind, situation(**facts), by_person=False)


def pressed(kind: LetterKind, **facts: Any) -> Decision:
    return mail_policy.decide(kind, situation(**facts), by_person=True)


# --- L1: never too many --------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(0, 6 * 24 * 60), st.integers(0, 2), st.booleans()), min_size=1, max_size=40
    )
)
def test_however_much_is_asked_for_nobody_gets_more_than_the_limits_allow(
    asked: list[tuple[int, int, bool]],
) -> None:
    """Three complaints of one guest; the pauses are in minutes."""
    now, sent = NOON, [[], [], []]  # type: tuple[dt.datetime, list[list[dt.datetime]]]
    for pause, complaint, departed in asked:
        now += dt.timedelta(minutes=pause)
        everywhere = [at for mails in sent for at in mails if at > now - 7 * DAY]
        decision = alone(
            COUNTED, now=now, departed=departed, own=tuple(sent[complaint]), everywhere=tuple(everywhere)
        )
        if decision.at is not None:
            assert now <= decision.at <= now + CONTRACT[COUNTED].not_after
            sent[complaint].append(decision.at)

    for mails in sent:
        assert len(mails) <= 4
        assert most_within(mails, DAY) <= 1
        assert most_within(mails, 7 * DAY) <= 2
    assert most_within([at for mails in sent for at in mails], 7 * DAY) <= 3


def most_within(mails: list[dt.datetime], span: dt.timedelta) -> int:
    return max((sum(start <= at < start + span for at in mails) for start in mails), default=0)


def test_the_second_mail_of_a_day_waits_for_the_next() -> None:
    assert alone(COUNTED, own=(NOON - HOUR,), everywhere=(NOON - HOUR,)).at == NOON + 23 * HOUR


def test_what_would_wait_longer_than_it_is_of_use_becomes_a_call() -> None:
    lately = (NOON - 2 * DAY, NOON - DAY)

    assert alone(COUNTED, own=lately, everywhere=lately).because is HoldReason.ENOUGH


def test_four_in_the_life_of_a_complaint_are_enough() -> None:
    long_ago = tuple(NOON - days * 30 * DAY for days in range(1, 5))

    assert alone(COUNTED, own=long_ago).because is HoldReason.ENOUGH


def test_the_receipt_of_the_guests_own_act_is_not_counted() -> None:
    lately = tuple(NOON - hours * HOUR for hours in range(1, 6))

    assert alone(UNCOUNTED, own=lately, everywhere=lately, unanswered=True).at == NOON


# --- L2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "merged"), [(-13, False), (-12, True), (0, True), (12, True), (13, False)])
def test_a_letter_within_twelve_hours_says_it_too(hours: int, merged: bool) -> None:
    due = situation(letters_due=(NOON + hours * HOUR,))

    assert mail_policy.merges(LetterKind.SOLVED, due) is merged
    assert not mail_policy.merges(LetterKind.REPLY, due)


# --- L3 ------------------------------------------------------------------------------------------


def test_in_the_night_it_waits_for_the_morning() -> None:
    night = NOON.replace(hour=23)

    assert alone(COUNTED, now=night).at == NOON.replace(day=18, hour=8)
    assert alone(COUNTED, now=night, departed=True).at == NOON.replace(day=18, hour=9)


def test_a_guest_who_has_just_written_is_awake() -> None:
    night = NOON.replace(hour=23)
    minutes = dt.timedelta(minutes=1)

    assert pressed(LetterKind.REPLY, now=night, guest_wrote_at=night - 30 * minutes).at == night
    assert pressed(LetterKind.REPLY, now=night, guest_wrote_at=night - 31 * minutes).at != night
    assert alone(COUNTED, now=night, guest_wrote_at=night - minutes).at != night


def test_an_apology_goes_at_any_hour_only_when_a_person_sends_it() -> None:
    night = NOON.replace(hour=23)

    assert pressed(LetterKind.APOLOGY, now=night).at == night
    assert alone(LetterKind.APOLOGY, now=night).at == NOON.replace(day=18, hour=8)


# --- L4 ------------------------------------------------------------------------------------------


def test_nothing_goes_by_itself_while_the_guest_waits_for_an_answer() -> None:
    assert alone(COUNTED, unanswered=True).because is HoldReason.UNANSWERED
    assert alone(LetterKind.APOLOGY, unanswered=True).because is HoldReason.UNANSWERED
    assert pressed(LetterKind.APOLOGY, unanswered=True).outcome is Outcome.SEND


# --- L5 and L6 -----------------------------------------------------------------------------------

DELICATE = [
    *({"severity": severity} for severity in Severity if severity >= Severity.TOUCHED),
    {"urgency": Urgency.EMERGENCY},
    {"category": Category.PESTS},
    {"category": Category.PRIVACY},
    {"low_score": True},
    {"vip": True},
    {"minor": True},
]


@pytest.mark.parametrize("facts", DELICATE)
def test_in_a_grave_or_delicate_case_a_named_person_presses(facts: dict[str, Any]) -> None:
    assert alone(LetterKind.APOLOGY, **facts).outcome is Outcome.PERSON
    assert pressed(LetterKind.APOLOGY, **facts).outcome is Outcome.SEND


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("severity", list(Severity))
def test_the_system_alone_sends_only_what_the_contract_lets_it(kind: LetterKind, severity: Severity) -> None:
    at = situation(severity=severity)

    assert mail_policy.release_at(kind, at, by_person=True) is not None
    mode = CONTRACT[kind].mode
    if mode is MailMode.AUTO or (mode is MailMode.VETO and severity < Severity.TOUCHED):
        mail_policy.release_at(kind, at, by_person=False)
    else:
        with pytest.raises(NeedsAPerson):
            mail_policy.release_at(kind, at, by_person=False)


def test_in_a_small_house_every_apology_waits_for_a_person() -> None:
    assert alone(LetterKind.APOLOGY).outcome is Outcome.SEND
    assert alone(LetterKind.APOLOGY, small_house=True).outcome is Outcome.PERSON


@pytest.mark.parametrize("category", [Category.SAFETY, Category.STAFF_CONDUCT])
def test_what_is_about_harm_or_one_of_us_never_goes_by_itself(category: Category) -> None:
    assert alone(LetterKind.APOLOGY, category=category).outcome is Outcome.NEVER
    assert alone(COUNTED, category=category).outcome is Outcome.SEND  # because it says nothing of the matter


@pytest.mark.parametrize("kind", [LetterKind.CERTIFICATE_VOID, LetterKind.CARE_CONTACT])
def test_two_texts_are_never_automatic_at_all(kind: LetterKind) -> None:
    assert alone(kind, house_mode=MailMode.AUTO).outcome is Outcome.NEVER


# --- L8, L13, L15 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"on_hold": True}, HoldReason.ON_HOLD),
        ({"ended": True}, HoldReason.ENDED),
        ({"bounced": True}, HoldReason.BOUNCED),
        ({"address_class": AddressClass.SHARED}, HoldReason.ADDRESS),
        ({"address_class": AddressClass.DUMMY}, HoldReason.ADDRESS),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_stop_keeps_every_text_from_everybody(
    kind: LetterKind, facts: dict[str, Any], reason: HoldReason
) -> None:
    assert alone(kind, **facts) == pressed(kind, **facts) == Decision(outcome=Outcome.HOLD, because=reason)


def test_one_question_at_a_time() -> None:
    assert pressed(LetterKind.QUESTION, question_open=True).because is HoldReason.QUESTION
    assert pressed(LetterKind.REPLY, question_open=True).outcome is Outcome.SEND


def test_a_guest_who_said_stop_gets_what_a_person_sends_and_what_they_did_themselves() -> None:
    assert alone(LetterKind.APOLOGY, stopped=True).because is HoldReason.STOPPED
    assert alone(COUNTED, stopped=True).because is HoldReason.STOPPED
    assert alone(UNCOUNTED, stopped=True).outcome is Outcome.SEND
    assert pressed(LetterKind.APOLOGY, stopped=True).outcome is Outcome.SEND


# --- by hand -------------------------------------------------------------------------------------


def test_on_paper_no_address_and_no_count_matters() -> None:
    many = tuple(NOON - hours * HOUR for hours in range(1, 6))
    at = situation(address_class=AddressClass.DUMMY, bounced=True, stopped=True, own=many, everywhere=many)

    assert mail_policy.release_at(COUNTED, at, by_person=False, by_hand=True) == NOON
    with pytest.raises(MailHeld) as refusal:
        mail_policy.release_at(COUNTED, at, by_person=False)
    assert refusal.value.params["because"] == HoldReason.ADDRESS


@given(
    st.sampled_from(KINDS), st.sampled_from(list(MailMode)), st.booleans(), st.sampled_from(list(Severity))
)
def test_a_house_is_never_laxer_than_the_contract(
    kind: LetterKind, house_mode: MailMode, small: bool, severity: Severity
) -> None:
    strict = STRICTNESS.index

    plain = mail_policy.mode_of(kind, situation(small_house=small, severity=severity))
    switched = mail_policy.mode_of(
        kind, situation(small_house=small, severity=severity, house_mode=house_mode)
    )

    assert strict(switched) >= strict(plain) >= strict(CONTRACT[kind].mode)
