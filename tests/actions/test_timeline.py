"""History: one event for each effect, ids and figures only, at one time, announced after commit."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from recovery import actions, clock
from recovery.actions import Actor
from recovery.choices import EventKind
from recovery.errors import WrongOrder
from recovery.hotel import MemoryHotel
from recovery.models import Complaint, TimelineEvent
from recovery.models.scope import AppendOnly
from recovery.signals import happened
from tests import factories as make
from tests.factories import House

from . import calls, travel

#: What each verb must leave behind, besides what follows from it.
EVENTS = {
    "accept_hand_over": ["task.done", "task.withdrawn", "hand_over.accepted"],
    "hand_over": ["task.added", "hand_over.offered", "alarm.raised", "task.added"],
    "log_duty": [],
    "accept_task": ["task.accepted"],
    "ask_next": ["task.asked", "alarm.raised", "task.added"],
    "raise_urgency": [
        "urgency.raised",
        *["task.added"] * 8,  # the steps of complaint number two
        "playbook.run",
        "alarm.raised",
        "task.added",
    ],
    "set_at_risk": ["at_risk.set", "task.added"],
    "take_back_emergency": ["emergency.taken_back"],
    "tell_happening": ["happening.told"],
    "acknowledge": ["complaint.acknowledged"],
    "add_contact": ["contact.added", "task.added", "letter.drafted", "letter.released"],
    "add_task": ["task.added"],
    "assign": ["complaint.assigned"],
    "break_task": ["task.broken"],
    "close": ["complaint.closed"],
    "confirm_restatement": ["restatement.confirmed"],
    "confirm_task": ["task.confirmed"],
    "draft_letter": ["letter.drafted", "task.added"],
    "fulfil_compensation": ["compensation.fulfilled"],
    "grant_compensation": ["compensation.granted"],
    "issue_certificate": [
        "compensation.granted",
        "compensation.fulfilled",
        "certificate.issued",
        "letter.drafted",
        "letter.released",
    ],
    "add_party": ["party.added"],
    "change_party": ["party.changed"],
    "end_party": ["party.ended"],
    "set_hold": ["complaint.held"],
    "lift_hold": ["complaint.hold_lifted"],
    "stop_writing_to": ["writing.stopped"],
    "keep_task": ["task.done"],
    "log_and_done": [
        "complaint.opened",
        "contact.added",
        "complaint.acknowledged",
        "restatement.confirmed",
        "complaint.solved",
        "guest.told",
        "complaint.closed",
    ],
    "mark_solved": ["task.added", "complaint.solved", "task.added", "letter.drafted", "task.added"],
    "move_task": ["task.moved"],
    "name_staff": ["staff.named", *["task.asked"] * 7],
    "open_complaint": [
        "complaint.opened",
        "contact.added",
        "task.added",
        "letter.drafted",
        "letter.released",
        *["task.added"] * 17,
        "playbook.run",
        # A duty manager without an e-mail address is rung by a colleague.
        "alarm.raised",
        "task.added",
    ],
    "print_letter": ["letter.printed"],
    "record_hand_delivery": ["letter.handed_over", "task.done"],
    "record_spoken_apology": ["apology.spoken", "task.done"],
    "redeem_certificate": ["certificate.redeemed", "letter.drafted", "letter.released"],
    "redeem_without_code": ["certificate.redeemed", "letter.drafted", "letter.released"],
    "release_letter": ["letter.released", "task.done", "task.done"],
    "relink_guest": ["guest.relinked"],
    "reopen": ["task.added", "complaint.reopened"],
    "retry_delivery": ["delivery.retried"],
    "reverse_redemption": ["letter.stopped", "certificate.reversed"],
    "run_playbook": [*["task.added"] * 16, "playbook.run"],
    "send_written_apology": [
        "compensation.granted",
        "compensation.fulfilled",
        "certificate.issued",
        "letter.drafted",
        "letter.released",
    ],
    "record_answers": ["answers.recorded"],
    "run_overlay": [*["task.added"] * 8, "playbook.run"],
    "set_stance": ["stance.set"],
    "start_task": ["task.started"],
    "stop_letter": ["letter.stopped"],
    "stop_writing": ["writing.stopped", "letter.stopped"],
    "tell_guest": ["guest.told", "task.done", "letter.stopped", "task.withdrawn"],
    "void_certificate": ["certificate.voided", "letter.stopped"],
    "withdraw_task": ["task.withdrawn"],
}


def actor_for(name: str, house: House, arguments: dict[str, Any]) -> Actor:
    return Actor.for_link(arguments["link"]) if name == "stop_writing" else house.by_general_manager


@pytest.mark.parametrize("name", sorted(calls.CALLS))
def test_each_effect_leaves_one_event_at_one_time(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    before = set(TimelineEvent.objects.values_list("pk", flat=True))
    now = travel.later(minutes=1)

    calls.verb(name)(by=actor_for(name, quay, arguments), **arguments)

    events = TimelineEvent.objects.exclude(pk__in=before).order_by("pk")
    assert sorted(events.values_list("kind", flat=True)) == sorted(EVENTS[name])
    assert set(events.values_list("at", flat=True)) == ({now} if EVENTS[name] else set())


def test_every_kind_of_event_has_a_verb_or_a_delivery_behind_it() -> None:
    by_verbs = {kind for kinds in EVENTS.values() for kind in kinds}
    elsewhere = {
        "letter.sent",
        "letter.failed",
        "letter.held",
        "rule.overridden",
        "certificate.expired",
        "recovery.failed",
        "step.skipped",
    }

    assert by_verbs | elsewhere == set(EventKind.values)


def test_history_holds_ids_and_figures_and_no_words_of_anybody(quay: House, hotel: MemoryHotel) -> None:
    stay = hotel.get_stay(make.RETURN)
    assert stay is not None
    assert stay.arrival_on is not None
    # Long enough for every verb that uses a free night of it.
    hotel.put(dataclasses.replace(stay, departure_on=stay.arrival_on + dt.timedelta(days=9)))
    for name in sorted(calls.CALLS):
        arguments = calls.CALLS[name](quay)
        calls.verb(name)(by=actor_for(name, quay, arguments), **arguments)

    everything = list(TimelineEvent.objects.values_list("data", flat=True))
    words = {value for data in everything for value in _texts(data)}
    assert json.loads(json.dumps(everything)) == everything
    assert words
    assert all(re.fullmatch(r"[a-z0-9_.]{0,40}|P[0-9]{2}", word) for word in words), words
    assert not any("daniel" in word or "whitfield" in word for word in words)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def test_a_guest_is_not_named_in_history(quay: House) -> None:
    arguments = calls.CALLS["stop_writing"](quay)
    actions.stop_writing(by=Actor.for_link(arguments["link"]), **arguments)

    names = set(TimelineEvent.objects.values_list("actor_name", flat=True))

    assert names == {"Asha Patel", "guest"}


def test_history_says_who_did_it(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)

    event = complaint.timeline.get(kind="complaint.solved")
    assert (event.actor_kind, event.actor_name) == ("staff", "Tom Ridley")


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.save(update_fields=["kind"]),
        lambda event: event.delete(),
        lambda event: TimelineEvent.objects.update(kind="complaint.closed"),
        lambda event: TimelineEvent.objects.all().delete(),
        lambda event: event.complaint.timeline.all().delete(),
        lambda event: event.complaint.timeline.update(data={}),
        lambda event: TimelineEvent.objects.bulk_update([event], ["kind"]),
        lambda event: TimelineEvent.objects.update_or_create(pk=event.pk, defaults={"kind": "x"}),
    ],
)
def test_history_is_never_changed(complaint: Complaint, change: Any) -> None:
    before = list(TimelineEvent.objects.order_by("pk").values())

    with pytest.raises(AppendOnly), transaction.atomic():
        change(complaint.timeline.order_by("pk")[0])

    assert list(TimelineEvent.objects.order_by("pk").values()) == before


def test_a_copy_of_an_event_cannot_overwrite_it(complaint: Complaint) -> None:
    event = complaint.timeline.order_by("pk")[0]
    copy = TimelineEvent(pk=event.pk, complaint=complaint, at=event.at, kind="complaint.closed")

    with pytest.raises(Exception, match=r"(?i)unique|duplicate"), transaction.atomic():
        copy.save()

    assert TimelineEvent.objects.get(pk=event.pk).kind == "complaint.opened"


# --- announced -----------------------------------------------------------------------------------


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    """Every announcement, as a host would hear it."""
    found: list[dict[str, Any]] = []

    def listen(sender: Any, **given: Any) -> None:
        found.append(given)

    happened.connect(listen)
    yield found
    happened.disconnect(listen)


def test_a_host_hears_of_each_event_after_commit(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        complaint = make.make_complaint(house=quay, category="other")
        assert heard == []

    assert [given["event"] for given in heard] == [
        "complaint.opened",
        "contact.added",
        "complaint.acknowledged",
    ]
    first = heard[0]
    assert (first["complaint_id"], first["reference"], first["property_code"]) == (
        complaint.pk,
        complaint.reference,
        "QUAY",
    )
    assert first["at"] == travel.now()
    assert first["at"].tzinfo is not None
    assert json.dumps(first["data"])


def test_a_host_hears_nothing_of_what_was_refused(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    complaint = make.make_complaint(house=quay)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WrongOrder):
        make.tell(house=quay, complaint=complaint)

    assert heard == []


def test_a_host_hears_nothing_of_what_it_rolled_back_itself(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        make.make_complaint(house=quay)
        raise ZeroDivisionError

    assert heard == []
    assert not Complaint.objects.exists()


def test_a_receiver_that_fails_fails_alone(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    def fail(sender: Any, **given: Any) -> None:
        raise ZeroDivisionError

    happened.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            complaint = make.make_complaint(house=quay, category="other")
    finally:
        happened.disconnect(fail)

    assert Complaint.objects.get() == complaint
    assert len(heard) == 3


def test_the_clock_is_read_once_for_a_verb(quay: House) -> None:
    _running["now"] = travel.WEDDING

    with clock.stand_in(running_time):
        complaint = make.make_complaint(house=quay)

    assert complaint.timeline.values("at").distinct().count() == 1
    assert complaint.opened_at == complaint.timeline.order_by("pk")[0].at


_running = {"now": travel.WEDDING}


def running_time(real: dt.datetime) -> dt.datetime:
    """A clock that is a second later whenever it is read."""
    _running["now"] += dt.timedelta(seconds=1)
    return _running["now"]
