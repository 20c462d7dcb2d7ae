from __future__ import annotations

import datetime as dt

import pytest

from recovery.choices import ContactKind, Outcome, Role, Severity, Urgency, UrgencyCause
from recovery.errors import NotAnEmergency, TooLateToTakeBack
from recovery.rules import urgency

NOW = dt.datetime(2027, 7, 17, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("kind", list(ContactKind))
def test_only_complaining_counts(kind: ContactKind) -> None:
    assert urgency.counts(kind) == (kind is ContactKind.COMPLAINT)


@pytest.mark.parametrize(
    ("number", "expected"), [(1, Urgency.NORMAL), (2, Urgency.EMERGENCY), (5, Urgency.EMERGENCY)]
)
def test_complaint_number_two_is_an_emergency(number: int, expected: Urgency) -> None:
    assert urgency.after_complaint(number) is expected


@pytest.mark.parametrize(
    ("stay", "similar", "outcome", "expected"),
    [
        (True, False, "", (Urgency.EMERGENCY, UrgencyCause.SAME_STAY)),
        (True, True, Outcome.RECOVERED, (Urgency.EMERGENCY, UrgencyCause.SAME_STAY)),
        (False, True, Outcome.RECOVERED, (Urgency.FAST, UrgencyCause.RECURRENCE)),
        (False, True, Outcome.LOST, (Urgency.EMERGENCY, UrgencyCause.UNRECOVERED)),
        (False, True, "", (Urgency.EMERGENCY, UrgencyCause.UNRECOVERED)),
        (False, False, "", None),
    ],
)
def test_what_went_before_makes_a_new_complaint_urgent(
    stay: bool, similar: bool, outcome: str, expected: tuple[Urgency, UrgencyCause] | None
) -> None:
    found = urgency.on_opening(earlier_in_stay=stay, similar=similar, similar_outcome=outcome)

    assert found == expected


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_circumstances_raise_severity_by_one_and_never_to_five(before: int, after: int) -> None:
    assert urgency.raised_severity(Severity(before), already_raised=False) == after
    assert urgency.raised_severity(Severity(before), already_raised=True) == before


@pytest.mark.parametrize("current", list(Urgency))
def test_a_missed_promise_never_makes_a_complaint_less_urgent(current: Urgency) -> None:
    assert not urgency.is_higher(current, urgency.after_failure(current))


def test_an_emergency_can_be_taken_back_for_half_an_hour() -> None:
    urgency.check_take_back(Urgency.EMERGENCY, NOW - dt.timedelta(minutes=30), now=NOW)

    with pytest.raises(TooLateToTakeBack):
        urgency.check_take_back(Urgency.EMERGENCY, NOW - dt.timedelta(minutes=30, seconds=1), now=NOW)


@pytest.mark.parametrize("current", [Urgency.NORMAL, Urgency.FAST])
def test_what_is_no_emergency_cannot_be_taken_back(current: Urgency) -> None:
    with pytest.raises(NotAnEmergency):
        urgency.check_take_back(current, NOW, now=NOW)


def test_in_an_emergency_authority_is_one_level_higher() -> None:
    desk = (Role.FRONT_DESK.value,)

    assert urgency.roles_with_authority(desk, Urgency.FAST) == desk
    assert set(urgency.roles_with_authority(desk, Urgency.EMERGENCY)) == {"FD", "DM"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GENERAL_MANAGER])
def test_everybody_has_somebody_above(role: Role) -> None:
    assert len(urgency.roles_with_authority((role.value,), Urgency.EMERGENCY)) == 2


def test_a_role_of_the_hosts_own_gains_nothing_and_breaks_nothing() -> None:
    assert urgency.roles_with_authority(("CONCIERGE",), Urgency.EMERGENCY) == ("CONCIERGE",)
