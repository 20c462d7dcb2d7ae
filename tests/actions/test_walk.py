"""P01, the walked guest: severity, order, owners, due times (S4-05, -07, -08, -19 to -24)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery import actions
from recovery.choices import (
    Category,
    Channel,
    GuestType,
    Layer,
    LetterKind,
    RemedyKey,
    Role,
    Severity,
    Stance,
)
from recovery.errors import AlreadyGranted, BadPlaybook, LetterNotSendable, NeedsSignatory, WrongSignatory
from recovery.hotel import get_hotel
from recovery.models import Complaint, StaffMember, Task
from tests import factories as make
from tests.factories import House

from . import travel
from .travel import BRISTOL, WEDDING

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
TOLD = WEDDING.astimezone(dt.UTC)


def step(complaint: Complaint, key: str) -> Task:
    found: Task = complaint.tasks.get(step_key=key)
    return found


def due(complaint: Complaint, key: str) -> dt.datetime:
    return step(complaint, key).due_at


def test_a_walk_is_five_without_a_choice(complaint: Complaint) -> None:
    assert complaint.severity == Severity.GRAVE
    assert complaint.stance == Stance.RESPONSIBILITY


@pytest.mark.parametrize("chosen", list(Severity))
def test_nobody_can_lower_a_walk(quay: House, chosen: Severity) -> None:
    assert make.make_complaint(house=quay, severity=chosen).severity == Severity.GRAVE


def test_a_reservation_that_is_found_with_a_room_free_is_no_walk(quay: House) -> None:
    complaint = make.make_complaint(house=quay, room_was_free=True)

    assert complaint.severity == Severity.IMPAIRED
    task = complaint.tasks.get()
    assert (task.step_key, task.role) == ("check_in", Role.FRONT_DESK)
    assert task.due_at == TOLD + 5 * MINUTE
    assert complaint.playbooks == [], "so that nothing of the walk's bundle is given unasked"


def test_the_walk_can_still_begin_when_the_free_room_was_not_free(quay: House) -> None:
    complaint = make.make_complaint(house=quay, room_was_free=True)

    actions.run_playbook(complaint=complaint, by=quay.by_manager, category=Category.LOST_RESERVATION)

    assert complaint.tasks.filter(step_key="substitute_room").exists()
    assert complaint.tasks.filter(step_key="check_in").count() == 1


def keys(complaint: Complaint) -> set[str]:
    return set(complaint.tasks.values_list("step_key", flat=True))


def test_who_dines_at_the_event_is_given_something_else_than_dinner(quay: House) -> None:
    wedding = make.make_complaint(
        house=quay, guest_type=GuestType.EVENT, guest_deadline=WEDDING + 2 * HOUR, purpose="best man"
    )
    next_week = make.make_complaint(
        house=quay, guest_type=GuestType.EVENT, guest_deadline=WEDDING + 24 * 5 * HOUR
    )
    meeting = make.make_complaint(
        house=quay, guest_type=GuestType.BUSINESS, guest_deadline=WEDDING + 2 * HOUR
    )

    assert "instead_of_dinner" in keys(wedding) and "dinner" not in keys(wedding)
    for complaint in (next_week, meeting):
        assert "dinner" in keys(complaint) and "instead_of_dinner" not in keys(complaint)


def test_what_is_booked_instead_of_dinner_stands_on_the_walk_card(quay: House) -> None:
    complaint = make.make_complaint(house=quay, guest_type=GuestType.EVENT, guest_deadline=WEDDING + 2 * HOUR)
    words = "Breakfast for two at the Ferry Kitchen, Sunday from nine"
    task = step(complaint, "instead_of_dinner")
    actions.keep_task(task=task, by=quay.by_desk, evidence={"dinner": words})

    assert words in make.make_walk_card(house=quay, complaint=complaint).text


def test_a_walk_card_has_a_map_though_nobody_had_time_to_find_one(quay: House, complaint: Complaint) -> None:
    letter = make.make_walk_card(house=quay, complaint=complaint)

    assert "https://www.openstreetmap.org/search?query=11%20Chandlers%20Row%2C%20Bristol" in letter.text


def test_a_guest_who_has_not_come_yet_is_rung_before_the_journey(quay: House, complaint: Complaint) -> None:
    told_by_mail = make.make_complaint(house=quay, channel=Channel.EMAIL)

    assert due(told_by_mail, "call_before") == TOLD + 30 * MINUTE
    assert step(told_by_mail, "call_before").role == Role.DUTY_MANAGER
    assert "call_before" not in keys(complaint)


def test_the_way_back_is_offered_to_who_booked_more_than_one_night(quay: House, complaint: Complaint) -> None:
    assert due(complaint, "offer_return") == dt.datetime(2027, 7, 18, 9, tzinfo=BRISTOL)

    Complaint.objects.filter(pk=complaint.pk).update(departure_on=complaint.arrival_on + dt.timedelta(days=1))
    Complaint.objects.filter(pk=complaint.pk).update(playbooks=[])
    complaint.tasks.all().delete()
    actions.run_playbook(complaint=complaint, by=quay.by_manager, category=Category.LOST_RESERVATION)

    assert "ask_again" in keys(complaint) and "offer_return" not in keys(complaint)


def test_nobody_is_charged_as_a_no_show_before_the_night_audit(quay: House, complaint: Complaint) -> None:
    assert due(complaint, "mark_walked") == dt.datetime(2027, 7, 18, 5, tzinfo=BRISTOL)

    travel.go_to(dt.datetime(2027, 7, 18, 2, tzinfo=BRISTOL))

    late = make.make_complaint(house=quay)
    assert due(late, "mark_walked") == dt.datetime(2027, 7, 18, 5, tzinfo=BRISTOL)


def test_a_free_room_takes_nothing_from_a_safety_case(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, category=Category.SAFETY, room_was_free=True, severity=Severity.IRRITATION
    )

    assert complaint.severity == Severity.GRAVE


def test_a_guest_whom_the_system_does_not_know_is_helped_all_the_same(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, stay_ref="", property_code="QUAY", guest=actions.GuestInput(name="Dan Whitfield")
    )

    assert (complaint.stay_ref, complaint.severity) == ("", Severity.GRAVE)
    assert complaint.tasks.filter(step_key="substitute_room").exists()
    assert complaint.parties.get().name == "Dan Whitfield"


def test_the_finder_brings_a_cancelled_june_for_a_july_arrival() -> None:
    matches = get_hotel().find_stays("Daniel Whitfeld", around=WEDDING.date())

    found = next(match for match in matches if match.stay.ref == make.LOST)
    assert found.stay.is_cancelled
    assert {"cancelled", "other_month", "similar_name"} <= set(found.why)


def test_the_six_steps_come_in_their_order(complaint: Complaint) -> None:
    titles = [task.title[0] for task in complaint.tasks.order_by("position") if task.title[0].isdigit()]

    assert titles == ["1", "2", "3", "4", "5", "5", "6"]


@pytest.mark.parametrize(
    ("key", "role"),
    [
        ("apologise", Role.DUTY_MANAGER),
        ("substitute_room", Role.DUTY_MANAGER),
        ("pay", Role.DUTY_MANAGER),
        ("dinner", Role.FRONT_DESK),
        ("ask_what_else", Role.DUTY_MANAGER),
        ("ask_again", Role.DUTY_MANAGER),
        ("apology_letter", Role.GENERAL_MANAGER),
    ],
)
def test_each_step_has_a_named_owner_in_its_role(complaint: Complaint, key: str, role: Role) -> None:
    task = step(complaint, key)

    assert task.role == role
    assert task.assignee is not None
    assert task.assignee.has_role(role)


@pytest.mark.parametrize(
    ("key", "after"),
    [
        ("seat", MINUTE),
        ("apologise", 5 * MINUTE),
        ("substitute_room", 15 * MINUTE),
        ("pay", 30 * MINUTE),
        ("dinner", 30 * MINUTE),
        ("ask_what_else", 2 * HOUR),
        ("apology_letter", 24 * HOUR),
    ],
)
def test_each_step_is_due_from_the_guests_first_word(
    complaint: Complaint, key: str, after: dt.timedelta
) -> None:
    assert due(complaint, key) == TOLD + after


def test_two_calls_are_due_by_themselves(complaint: Complaint) -> None:
    calls = complaint.tasks.filter(step_key__in=("ask_what_else", "ask_again")).order_by("due_at")

    assert [task.due_at.astimezone(BRISTOL) for task in calls] == [
        WEDDING + 2 * HOUR,
        dt.datetime(2027, 7, 18, 9, tzinfo=BRISTOL),
    ]
    assert {task.assignee for task in calls} == {complaint.owner}


def test_the_clock_runs_from_what_the_guest_said_and_not_from_typing(quay: House) -> None:
    complaint = make.make_complaint(house=quay, told_at=WEDDING - 4 * MINUTE)

    assert due(complaint, "substitute_room") == TOLD + 11 * MINUTE
    assert due(complaint, "seat") == TOLD  # never due in the past


def test_the_wedding_pulls_the_room_forward(quay: House) -> None:
    complaint = make.make_complaint(house=quay, guest_deadline=WEDDING + 24 * MINUTE)

    assert due(complaint, "substitute_room") == TOLD + 9 * MINUTE
    assert due(complaint, "dinner") == TOLD + 9 * MINUTE


def test_a_deadline_far_away_changes_nothing(quay: House) -> None:
    complaint = make.make_complaint(house=quay, guest_deadline=WEDDING + 4 * HOUR)

    assert due(complaint, "substitute_room") == TOLD + 15 * MINUTE


@pytest.mark.parametrize("minutes", [30, 10, 0, -60])
def test_with_the_deadline_near_everything_before_it_is_due_in_time_or_now(quay: House, minutes: int) -> None:
    complaint = make.make_complaint(house=quay, guest_deadline=WEDDING + minutes * MINUTE)

    latest = max(TOLD, TOLD + (minutes - 15) * MINUTE)
    assert due(complaint, "substitute_room") <= latest
    assert due(complaint, "apologise") <= latest


def test_what_comes_after_the_wedding_is_not_pulled_before_it(quay: House) -> None:
    complaint = make.make_complaint(house=quay, guest_deadline=WEDDING + 30 * MINUTE)

    assert due(complaint, "ask_what_else") == TOLD + 2 * HOUR
    assert due(complaint, "apology_letter") == TOLD + 24 * HOUR


def test_at_one_in_the_night_tomorrow_is_after_this_nights_sleep(quay: House) -> None:
    travel.go_to(dt.datetime(2027, 7, 18, 1, tzinfo=BRISTOL))
    complaint = make.make_complaint(house=quay)

    assert due(complaint, "ask_again") == dt.datetime(2027, 7, 18, 9, tzinfo=BRISTOL)


def test_a_house_says_when_its_day_starts(quay: House) -> None:
    quay.profile.business_day_starts = dt.time(0)
    quay.profile.save()
    travel.go_to(dt.datetime(2027, 7, 18, 1, tzinfo=BRISTOL))

    complaint = make.make_complaint(house=quay)

    assert due(complaint, "ask_again") == dt.datetime(2027, 7, 19, 9, tzinfo=BRISTOL)
    assert complaint.opened_on == dt.date(2027, 7, 18)


def test_the_desk_finds_and_pays_the_room_without_asking(quay: House, complaint: Complaint) -> None:
    make.find_room(house=quay, complaint=complaint)

    granted = make.make_compensation(house=quay, complaint=complaint, by=quay.by_desk)

    assert granted.face == 412
    assert not complaint.tasks.filter(kind="approval").exists()


@pytest.mark.parametrize("remedy", [RemedyKey.SUBSTITUTE_ROOM, RemedyKey.TRANSPORT, RemedyKey.DINNER])
def test_the_bundle_is_pre_approved_for_the_desk(
    quay: House, complaint: Complaint, remedy: RemedyKey
) -> None:
    granted = make.make_compensation(
        house=quay, complaint=complaint, by=quay.by_desk, remedy=remedy, layer=Layer.GOODWILL, face=96
    )

    assert granted.pre_approved_by == "P01"


def test_the_room_needs_the_hotel_the_distance_and_the_confirmation(
    quay: House, complaint: Complaint
) -> None:
    fields = {field["key"] for field in step(complaint, "substitute_room").evidence_fields}

    assert {"hotel", "distance_km", "confirmation"} <= fields


def test_the_letter_finishes_step_six_and_is_signed_by_the_general_manager(
    quay: House, complaint: Complaint
) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    assert letter.signatory == quay.general_manager
    assert step(complaint, "apology_letter").done_at is not None
    assert due(complaint, "apology_letter") <= TOLD + 72 * HOUR


def test_at_five_nobody_else_signs(quay: House, complaint: Complaint) -> None:
    with pytest.raises(WrongSignatory) as refusal:
        make.make_apology(house=quay, complaint=complaint, signatory=quay.manager)

    assert "Tom Ridley" in refusal.value.sentence


def test_a_house_without_a_general_manager_is_told_so(quay: House, complaint: Complaint) -> None:
    StaffMember.objects.filter(pk=quay.general_manager.pk).update(active_until=dt.date(2027, 7, 1))

    with pytest.raises(NeedsSignatory) as refusal:
        actions.send_written_apology(complaint=complaint, by=quay.by_manager, words=make.WORDS)

    assert "QUAY" in refusal.value.sentence


def test_the_walk_card_finishes_its_step(quay: House, complaint: Complaint) -> None:
    letter = make.make_walk_card(house=quay, complaint=complaint)

    actions.release_letter(letter=letter, by=quay.by_desk)

    assert step(complaint, "walk_card").done_at is not None


def test_a_room_that_is_not_held_cannot_stand_on_a_card(quay: House, complaint: Complaint) -> None:
    with pytest.raises(LetterNotSendable):
        actions.draft_letter(complaint=complaint, by=quay.by_manager, kind=LetterKind.WALK_CARD)


def test_a_playbook_is_started_once(quay: House, complaint: Complaint) -> None:
    with pytest.raises(AlreadyGranted):
        actions.run_playbook(complaint=complaint, by=quay.by_manager, category=Category.LOST_RESERVATION)


def test_a_failure_without_a_playbook_says_so(quay: House, complaint: Complaint) -> None:
    with pytest.raises(BadPlaybook):
        actions.run_playbook(complaint=complaint, by=quay.by_manager, category=Category.OTHER)


def test_a_complaint_keeps_the_steps_that_it_started_with(quay: House, complaint: Complaint) -> None:
    task = step(complaint, "dinner")

    assert (task.playbook_key, task.playbook_version, task.due_rule) == ("P01", 1, "30m")
    assert complaint.playbooks[0]["key"] == "P01"


def test_starting_a_playbook_does_not_ask_for_every_step_who_is_there(quay: House) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            make.make_complaint(house=quay, stay_ref="", property_code=quay.code)
        return sum("recovery_staffmember" in query["sql"] for query in queries)

    before = count()
    for number in range(20):
        make.make_staff(name=f"Colleague {number}")

    assert count() == before <= 10


def test_a_walk_is_written_down_in_one_breath(quay: House, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(75):
        make.make_complaint(house=quay)
