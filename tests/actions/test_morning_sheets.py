"""The morning sheet: what stands on it, and one mail to each person, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from recovery import actions
from recovery.actions import Actor
from recovery.actions.morning_sheets import arrivals_of, as_text, sheet_for
from recovery.choices import House as HouseKind
from recovery.choices import Role
from recovery.models import Complaint, HouseProfile, OutboxMessage, StaffMember
from recovery.outbox import relay
from recovery.reports.morning_sheet import Sheet, morning_sheet
from tests import factories as make
from tests.factories import House

from . import travel

SWEEP = Actor.system("sweep")


def sheet(house: House, day: dt.date, **given: Any) -> Sheet:
    values: dict[str, Any] = {
        "profile": HouseProfile.objects.get(property_code=house.code),
        "day": day,
        "now": travel.now(),
        "seen": Complaint.objects.all(),
        "language": "en",
        "arrivals": arrivals_of(house.code, day),
    }
    return morning_sheet(**(values | given))


def keys(found: Sheet) -> list[str]:
    return [section.key for section in found.sections]


def lines(found: Sheet, key: str) -> list[Any]:
    return [line for section in found.sections if section.key == key for line in section.lines]


def mette(strand: House, **given: Any) -> Complaint:
    return make.make_complaint(house=strand, category="noise", summary="Drums above room 1", **given)


def test_who_leaves_today_stands_first_with_a_line_to_say(strand: House) -> None:
    mette(strand)

    found = sheet(strand, dt.date(2027, 7, 19))

    (line,) = lines(found, "leaving")
    assert (line.room, line.guest) == ("1", "Mette Bjerregaard")
    assert line.note.startswith("Say: “")


def test_who_stays_stands_by_room_with_the_next_step(strand: House) -> None:
    mette(strand)
    make.make_complaint(house=strand, category="wifi", summary="No signal", stay_ref=make.NO_ADDRESS)

    found = sheet(strand, dt.date(2027, 7, 17))

    assert [line.room for line in lines(found, "in_house")] == ["1", "5"]
    assert lines(found, "leaving") == []


def test_a_promise_for_today_stands_with_time_and_person(strand: House) -> None:
    complaint = mette(strand)
    make.make_task(
        complaint=complaint, by=strand.by_desk, told_guest=True, title="Another room", in_minutes=60
    )
    make.make_task(
        complaint=complaint, by=strand.by_desk, told_guest=True, title="Next week", in_minutes=60 * 48
    )

    (line,) = lines(sheet(strand, dt.date(2027, 7, 17)), "promises")

    assert line.what == "Another room"
    assert "14:12" in line.note
    assert "Asha Patel" in line.note


def test_who_comes_back_stands_with_what_happened_last_time(strand: House, quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    make.make_certificate(house=quay, complaint=complaint)

    found = sheet(strand, dt.date(2028, 5, 12))

    (line,) = lines(found, "arriving")
    assert line.guest == "Daniel Whitfield"
    assert "earlier complaint" in line.note
    assert "certificate" in line.note


def test_an_arrival_without_a_history_is_no_line(quay: House) -> None:
    assert keys(sheet(quay, dt.date(2027, 7, 17))) == []


def test_without_arrivals_the_sheet_says_so_once(strand: House, hotel: Any) -> None:
    hotel.cannot = frozenset({"arrivals"})
    mette(strand)

    found = sheet(strand, dt.date(2027, 7, 17))

    assert not found.knows_arrivals
    assert as_text(found).count("does not tell who arrives") == 1


def test_what_rests_is_a_line_for_managers_within_the_hour(strand: House) -> None:
    complaint = mette(strand)
    for task in complaint.tasks.all():
        actions.withdraw_task(task=task, by=strand.by_desk, reason="done by hand")
    day = dt.date(2027, 7, 17)
    assert lines(sheet(strand, day), "resting") == []

    travel.later(minutes=61)

    assert len(lines(sheet(strand, day), "resting")) == 1
    assert lines(sheet(strand, day, roles=("FD",)), "resting") == []


def test_the_kitchen_reads_its_own_lines_only(strand: House) -> None:
    complaint = mette(strand)
    kitchen = make.make_staff(name="Per Kok", roles=(Role.FOOD_BEVERAGE,), houses=("STRAND",))
    actions.add_task(
        complaint=complaint,
        by=strand.by_desk,
        title="Breakfast to the room",
        due_at=travel.now() + dt.timedelta(hours=1),
        assignee=kitchen,
        told_guest=True,
    )
    make.make_complaint(house=strand, category="wifi", summary="No signal", stay_ref=make.NO_ADDRESS)

    found = sheet_for(kitchen, "STRAND", dt.date(2027, 7, 17), now=travel.now())

    assert "Breakfast" in as_text(found)
    assert "No signal" not in as_text(found)


def test_whom_the_guest_named_does_not_read_of_it(strand: House) -> None:
    complaint = mette(strand)
    complaint.named_staff.add(strand.desk)

    found = sheet_for(strand.desk, "STRAND", dt.date(2027, 7, 17), now=travel.now())

    assert found.sections == ()


def test_it_is_written_in_the_readers_language(strand: House) -> None:
    mette(strand)
    StaffMember.objects.filter(pk=strand.desk.pk).update(languages=["da"])
    reader = StaffMember.objects.get(pk=strand.desk.pk)

    found = sheet_for(reader, "STRAND", dt.date(2027, 7, 19), now=travel.now())

    assert "REJSER I DAG" in as_text(found)


def test_the_queries_are_the_same_for_one_complaint_and_for_many(
    strand: House, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make.make_complaint(
            house=strand,
            category="wifi",
            summary=f"No signal {number}",
            stay_ref="",
            property_code="STRAND",
            guest=actions.GuestInput(name=f"Guest {number}", phone="+45 00 11 22 33"),
        )

    with django_assert_max_num_queries(7):
        sheet(strand, dt.date(2027, 7, 17))


# --- the mails -----------------------------------------------------------------------------------


def at(hour: int, minute: int = 0, *, day: dt.date = dt.date(2027, 7, 19)) -> dt.datetime:
    return travel.go_to(dt.datetime.combine(day, dt.time(hour, minute), travel.SKAGEN))


def with_mail(house: House) -> None:
    for person in (house.desk, house.manager, house.general_manager):
        email = f"{person.name.split()[0].lower()}@strand.example"
        StaffMember.objects.filter(pk=person.pk).update(email=email)


def plan() -> int:
    return actions.plan_morning_sheets(by=SWEEP, now=travel.now())


def to() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox if "lines for today" in message.subject)


@pytest.mark.django_db(transaction=True)
def test_at_seven_everybody_on_duty_gets_one_mail(strand: House) -> None:
    with_mail(strand)
    mette(strand)
    relay.drain(handlers=actions.HANDLERS)
    mail.outbox.clear()
    at(6, 30)
    plan()
    relay.drain(handlers=actions.HANDLERS)
    assert to() == []

    at(7)
    for _ in range(3):
        plan()
        relay.drain(handlers=actions.HANDLERS)

    assert len(to()) == 3
    assert len(set(to())) == 3


@pytest.mark.django_db(transaction=True)
def test_nothing_to_say_is_no_mail(strand: House) -> None:
    with_mail(strand)
    at(6)
    plan()
    at(7)
    relay.drain(handlers=actions.HANDLERS)

    assert to() == []


@pytest.mark.django_db(transaction=True)
def test_a_small_house_has_one_mail_at_eight_to_its_manager(strand: House) -> None:
    HouseProfile.objects.update(house=HouseKind.SMALL)
    with_mail(strand)
    mette(strand)
    relay.drain(handlers=actions.HANDLERS)
    mail.outbox.clear()
    at(7)
    plan()
    relay.drain(handlers=actions.HANDLERS)
    assert to() == []

    at(8)
    relay.drain(handlers=actions.HANDLERS)

    assert [address.partition("<")[2] for address in to()] == ["tom@strand.example>"]


def test_it_is_planned_once_a_house_and_day(strand: House, django_assert_num_queries: Any) -> None:
    at(6)
    assert plan() == 1
    rows = OutboxMessage.objects.filter(kind="sheet.department").count()

    with django_assert_num_queries(1):
        assert plan() == 0

    assert OutboxMessage.objects.filter(kind="sheet.department").count() == rows


def test_a_house_that_is_prepared_at_noon_gets_none_for_that_morning(strand: House) -> None:
    at(13)

    assert plan() == 0
    at(6, day=dt.date(2027, 7, 20))
    assert plan() == 1


@pytest.mark.parametrize(
    ("day", "zone_offset"), [(dt.date(2027, 3, 28), 2), (dt.date(2027, 10, 31), 1), (dt.date(2027, 7, 1), 2)]
)
def test_seven_is_seven_on_the_wall_whatever_the_clock_did(
    strand: House, day: dt.date, zone_offset: int
) -> None:
    at(5, 30, day=day)
    plan()

    due = OutboxMessage.objects.filter(kind="sheet.department").first()
    assert due is not None
    assert due.due_at.astimezone(dt.UTC).hour == 7 - zone_offset
