"""Complaint number two is an emergency; what we fail while making good is a second failure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from recovery import actions, errors
from recovery.choices import (
    AlarmReason,
    AlarmWay,
    AtRisk,
    Category,
    Channel,
    ContactKind,
    EventKind,
    Layer,
    Outcome,
    RemedyKey,
    Role,
    Severity,
    TaskKind,
    Urgency,
    UrgencyCause,
)
from recovery.models import Alarm, Complaint, Contact, StaffMember
from tests import factories as make
from tests.factories import House

from . import travel

pytestmark = pytest.mark.django_db


def noise(house: House, **given: object) -> Complaint:
    values = {"category": Category.NOISE, "summary": "Music under the room", "stay_ref": make.BY_AGENCY}
    return make.make_complaint(house=house, **(values | given))


def again(
    house: House, complaint: Complaint, kind: ContactKind = ContactKind.COMPLAINT, **given: object
) -> Contact:
    values = {"channel": Channel.PHONE, "words": "It is still loud."} | given
    return actions.add_contact(complaint=complaint, by=house.by_desk, kind=kind, **values)


def test_the_second_complaint_makes_an_emergency_that_a_manager_owns(quay: House) -> None:
    complaint = noise(quay)
    assert complaint.owner == quay.desk
    travel.later(minutes=20)

    again(quay, complaint)

    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY
    assert complaint.urgency_cause == UrgencyCause.SECOND_COMPLAINT
    assert complaint.urgency_since == travel.now()
    assert complaint.owner == quay.manager
    assert complaint.severity == Severity.LOST, "3 and one more"
    alarm = Alarm.objects.get(reason=AlarmReason.EMERGENCY)
    assert (alarm.person, alarm.complaint) == (quay.manager, complaint)
    in_person = complaint.tasks.get(playbook_key="P15", step_key="in_person")
    assert in_person.assignee == quay.manager
    assert in_person.due_at == travel.now() + dt.timedelta(minutes=5)


@pytest.mark.parametrize(
    "kind", [kind for kind in ContactKind if kind is not ContactKind.COMPLAINT], ids=lambda kind: kind.value
)
def test_what_is_no_complaint_changes_nothing(quay: House, kind: ContactKind) -> None:
    complaint = noise(quay)

    again(quay, complaint, kind)

    complaint.refresh_from_db()
    assert (complaint.urgency, complaint.severity, complaint.owner) == (Urgency.NORMAL, 3, quay.desk)
    assert not Alarm.objects.exists()


def test_a_second_complaint_by_another_way_counts_as_one(quay: House) -> None:
    complaint = noise(quay)

    again(quay, complaint, channel=Channel.QR)

    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY


def test_the_third_complaint_calls_the_general_manager_once(quay: House) -> None:
    complaint = noise(quay)
    for _ in range(3):
        again(quay, complaint)

    alarms = Alarm.objects.filter(reason=AlarmReason.THIRD_COMPLAINT)
    assert [alarm.person for alarm in alarms] == [quay.general_manager]


def test_severity_rises_once_however_often_it_happens(quay: House) -> None:
    complaint = noise(quay, severity=Severity.IRRITATION)
    for _ in range(4):
        again(quay, complaint)

    complaint.refresh_from_db()
    assert complaint.severity == Severity.IMPAIRED


def test_a_second_complaint_in_the_same_stay_on_another_matter_is_an_emergency(quay: House) -> None:
    first = noise(quay)

    second = noise(quay, category=Category.DIRTY_ROOM, summary="Dust on the lamps")

    assert second.urgency == Urgency.EMERGENCY
    assert second.urgency_cause == UrgencyCause.SAME_STAY
    assert second.repeats == first
    assert second.owner == quay.manager


def test_the_same_failure_within_a_year_is_fast_when_the_first_was_put_right(quay: House) -> None:
    first = noise(quay, stay_ref=make.RETURN)
    make.close(house=quay, complaint=first)
    travel.later(days=200)

    second = noise(quay, stay_ref=make.LOST)

    assert (second.urgency, second.urgency_cause) == (Urgency.FAST, UrgencyCause.RECURRENCE)
    assert second.severity == Severity.LOST
    assert second.repeats == first
    assert second.owner == quay.desk


def test_the_same_failure_is_an_emergency_when_the_first_was_never_put_right(quay: House) -> None:
    first = noise(quay, stay_ref=make.RETURN)
    make.solve(house=quay, complaint=first)
    make.tell(house=quay, complaint=first)
    make.apologise(house=quay, complaint=first)
    actions.close(complaint=first, by=quay.by_manager, outcome=Outcome.LOST)
    travel.later(days=20)

    second = noise(quay, stay_ref=make.LOST)

    assert (second.urgency, second.urgency_cause) == (Urgency.EMERGENCY, UrgencyCause.UNRECOVERED)


def test_a_failure_longer_than_a_year_ago_is_another_story(quay: House) -> None:
    noise(quay, stay_ref=make.RETURN)
    travel.later(days=366)

    assert noise(quay, stay_ref=make.LOST).urgency == Urgency.NORMAL


def test_an_emergency_lends_the_desk_the_managers_authority(quay: House) -> None:
    complaint = noise(quay)
    gift = {"remedy": RemedyKey.FOLIO_CREDIT, "layer": Layer.GOODWILL, "face": Decimal("150")}
    with pytest.raises(errors.AboveAuthority):
        make.make_compensation(house=quay, complaint=complaint, by=quay.by_desk, **gift)

    again(quay, complaint)

    granted = make.make_compensation(house=quay, complaint=complaint, by=quay.by_desk, **gift)
    assert granted.face == Decimal("150")


def test_an_emergency_is_taken_back_with_all_that_it_raised(quay: House) -> None:
    complaint = noise(quay)
    again(quay, complaint)
    travel.later(minutes=29)

    actions.take_back_emergency(complaint=complaint, by=quay.by_manager, reason="It was the room next door.")

    complaint.refresh_from_db()
    assert (complaint.urgency, complaint.severity, complaint.urgency_since) == (Urgency.NORMAL, 3, None)
    kinds = set(complaint.timeline.values_list("kind", flat=True))
    assert {EventKind.URGENCY_RAISED, EventKind.EMERGENCY_TAKEN_BACK} <= kinds


def test_an_emergency_that_was_taken_back_can_come_again(quay: House) -> None:
    complaint = noise(quay)
    again(quay, complaint)
    actions.take_back_emergency(complaint=complaint, by=quay.by_manager, reason="It was the room next door.")
    travel.later(minutes=1)

    again(quay, complaint)

    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY
    assert Alarm.objects.filter(reason=AlarmReason.EMERGENCY).count() == 2
    assert complaint.tasks.get(kind=TaskKind.CALL).assignee == quay.manager


def test_after_half_an_hour_an_emergency_stays_one(quay: House) -> None:
    complaint = noise(quay)
    again(quay, complaint)
    travel.later(minutes=31)

    with pytest.raises(errors.TooLateToTakeBack):
        actions.take_back_emergency(complaint=complaint, by=quay.by_manager, reason="It was next door.")


def test_what_is_written_up_late_at_night_is_measured_and_rings_nobody(quay: House) -> None:
    complaint = noise(quay, told_at=travel.now() - dt.timedelta(hours=5))

    again(quay, complaint, told_at=travel.now() - dt.timedelta(hours=4))

    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY
    assert set(Alarm.objects.values_list("way", flat=True)) == {AlarmWay.QUIET}


def test_a_grave_complaint_rings_its_owner_unless_the_owner_wrote_it(quay: House) -> None:
    make.make_complaint(house=quay)

    assert Alarm.objects.get().reason == AlarmReason.GRAVE
    assert Alarm.objects.get().person == quay.manager

    Alarm.objects.all().delete()
    make.make_complaint(house=quay, by=quay.by_manager, stay_ref=make.BY_AGENCY)
    assert not Alarm.objects.filter(reason=AlarmReason.GRAVE).exists()


def test_a_colleague_can_raise_it_and_never_lower_it(quay: House) -> None:
    complaint = noise(quay)

    actions.raise_urgency(
        complaint=complaint, by=quay.by_desk, urgency=Urgency.EMERGENCY, reason="The guest is in tears."
    )
    actions.raise_urgency(complaint=complaint, by=quay.by_desk, urgency=Urgency.FAST, reason="Calmer now.")

    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY
    assert complaint.severity == 3, "how a guest feels is no severity"


def test_a_guest_who_will_post_is_the_general_managers_matter(quay: House) -> None:
    complaint = noise(quay)

    actions.set_at_risk(complaint=complaint, by=quay.by_desk, at_risk=AtRisk.WILL_POST)

    task = complaint.tasks.get(assignee=quay.general_manager, kind=TaskKind.CALL)
    assert task.due_at == travel.now() + dt.timedelta(hours=1)


def test_a_manager_whom_the_guest_named_does_not_get_the_emergency(quay: House) -> None:
    second = make.make_staff(name="Ines Ferro", roles=(Role.DUTY_MANAGER,))
    complaint = noise(quay)
    complaint.named_staff.add(quay.manager)

    again(quay, complaint)

    complaint.refresh_from_db()
    assert complaint.owner == second


def test_whom_the_guest_named_cannot_handle_the_complaint(quay: House) -> None:
    complaint = noise(quay)
    complaint.named_staff.add(quay.desk)

    with pytest.raises(errors.NamedInComplaint):
        again(quay, complaint)

    assert complaint.contacts.count() == 1


def test_a_house_without_any_manager_says_so_and_loses_nothing(quay: House) -> None:
    complaint = noise(quay)
    StaffMember.objects.filter(pk__in=[quay.manager.pk, quay.general_manager.pk]).update(
        active_until=dt.date(2027, 1, 1)
    )

    with pytest.raises(errors.NobodyOnDuty):
        again(quay, complaint)

    assert complaint.contacts.count() == 1
