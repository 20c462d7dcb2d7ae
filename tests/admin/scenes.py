"""For each verb: a complaint on which it can be done, and what a person types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from recovery import clock
from recovery.actions import (
    GuestInput,
    accept_task,
    add_party,
    hand_over,
    keep_task,
    raise_urgency,
    release_letter,
    set_hold,
)
from recovery.choices import Category, HoldKind, PartyRole, Urgency
from recovery.models import Complaint, OutboxMessage, Task
from tests import factories
from tests.factories import House


@dataclass(frozen=True)
class Scene:
    complaint: Complaint
    typed: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)


def _plain(house: House) -> Complaint:
    return factories.make_complaint(house=house)


def _wall(house: House, **delta: float) -> str:
    moment = clock.now() + dt.timedelta(**delta)
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") if house.code == "QUAY" else ""


def _task(house: House) -> tuple[Complaint, Task]:
    complaint = _plain(house)
    return complaint, complaint.tasks.get(step_key="seat")


def _with_payer(house: House, typed: dict[str, Any]) -> Scene:
    complaint = _plain(house)
    person = GuestInput(name="Harbour Ltd.", email="books@firm.example")
    party = add_party(complaint=complaint, by=house.by_desk, role=PartyRole.PAYER, person=person)
    return Scene(complaint, typed, {"party": party.pk})


def held(house: House) -> Scene:
    complaint = _plain(house)
    set_hold(complaint=complaint, by=house.by_manager, kind=HoldKind.LAWYER, reason="a letter came")
    return Scene(complaint, {"reason": "The lawyer agrees"})


def accept(house: House) -> Scene:
    complaint, task = _task(house)
    return Scene(complaint, {}, {"task": task.pk})


def offered(house: House) -> Scene:
    complaint = _plain(house)
    task = hand_over(complaint=complaint, by=house.by_desk, receiver=house.general_manager)
    return Scene(complaint, {}, {"task": task.pk})


def start(house: House) -> Scene:
    complaint, task = _task(house)
    accept_task(task=task, by=house.by_desk)
    return Scene(complaint, {}, {"task": task.pk})


def in_emergency(house: House) -> Scene:
    complaint = _plain(house)
    raise_urgency(complaint=complaint, by=house.by_desk, urgency=Urgency.EMERGENCY, reason="In tears")
    return Scene(complaint, {"reason": "It was the room next door"})


def promised(house: House) -> Scene:
    """Somebody said yes to what the guest was told."""
    complaint = _plain(house)
    task = factories.make_task(complaint=complaint, by=house.by_desk, told_guest=True, assignee=house.manager)
    accept_task(task=task, by=house.by_manager)
    return Scene(complaint, {}, {"task": task.pk})


def keep(house: House) -> Scene:
    complaint = _plain(house)
    task = complaint.tasks.get(step_key="substitute_room")
    return Scene(complaint, {f"proof_{k}": v for k, v in factories.ROOM.items()}, {"task": task.pk})


def move(house: House) -> Scene:
    complaint, task = _task(house)
    due = task.due_at + dt.timedelta(hours=30)
    return Scene(
        complaint, {"due_at": due.strftime("%Y-%m-%dT%H:%M"), "reason": "The taxi is late"}, {"task": task.pk}
    )


def ending(house: House) -> Scene:
    complaint, task = _task(house)
    return Scene(complaint, {"reason": "The guest went for a walk"}, {"task": task.pk})


def confirm(house: House) -> Scene:
    complaint, task = _task(house)
    keep_task(task=task, by=house.by_desk)
    return Scene(complaint, {}, {"task": task.pk})


def apology(house: House) -> Scene:
    return Scene(_plain(house), {**WORDS, "nights": "1", "why": factories.WHY})


def draft(house: House) -> Scene:
    return Scene(_plain(house), dict(WORDS), {"kind": "apology_letter"})


def release(house: House) -> Scene:
    complaint = _plain(house)
    return Scene(complaint, {}, {"letter": factories.make_letter(house=house, complaint=complaint).pk})


def stop(house: House) -> Scene:
    scene = release(house)
    return Scene(scene.complaint, {"reason": "We ring instead"}, scene.query)


def by_hand(house: House) -> Scene:
    complaint = _plain(house)
    letter = factories.make_apology(house=house, complaint=complaint, by_hand=True)
    return Scene(complaint, {}, {"letter": letter.pk})


def failed(house: House) -> Scene:
    complaint = _plain(house)
    letter = factories.make_letter(house=house, complaint=complaint)
    release_letter(letter=letter, by=house.by_general_manager)
    OutboxMessage.objects.update(state="dead", last_error="550 no such user")
    return Scene(complaint, {}, {"letter": letter.pk})


def granted(house: House) -> Scene:
    complaint = _plain(house)
    row = factories.make_compensation(house=house, complaint=complaint)
    return Scene(complaint, {"proof": "LH-40718"}, {"compensation": row.pk})


def certificate(house: House) -> Scene:
    complaint = _plain(house)
    row = factories.make_certificate(house=house, complaint=complaint)
    return Scene(complaint, {"reason": "Paid back in money instead"}, {"certificate": row.pk})


def without_code(house: House) -> Scene:
    scene = certificate(house)
    typed = {
        "stay_ref": factories.RETURN,
        "guest_name": "Daniel Whitfield",
        "id_seen": "on",
        "reason": "The phone is at the bottom of the sea",
        "nights": "1",
    }
    return Scene(scene.complaint, typed, scene.query)


def redeemed(house: House) -> Scene:
    complaint = _plain(house)
    row = factories.make_certificate(house=house, complaint=complaint)
    entry = factories.make_entry(house=house, certificate=row)
    return Scene(complaint, {"reason": "The trip was cancelled"}, {"entry": entry.pk})


def solved(house: House) -> Scene:
    complaint = _plain(house)
    factories.solve(house=house, complaint=complaint)
    return Scene(complaint, {"how": "By telephone; she is glad"})


def told(house: House) -> Scene:
    complaint = _plain(house)
    factories.solve(house=house, complaint=complaint)
    factories.tell(house=house, complaint=complaint)
    factories.apologise(house=house, complaint=complaint)
    return Scene(complaint, {"outcome": "recovered"})


def closed(house: House) -> Scene:
    complaint = _plain(house)
    factories.close(house=house, complaint=complaint)
    return Scene(complaint, {"reason": "The room is cold again"})


WORDS = {
    "wrong": factories.WORDS.wrong,
    "impact": factories.WORDS.impact,
    "explanation": factories.WORDS.explanation,
    "repairs": "\n".join(factories.WORDS.repairs),
    "changes": factories.WORDS.changes,
    "own_sentence": factories.WORDS.own_sentence,
}

SCENES: dict[str, Callable[[House], Scene]] = {
    "accept_hand_over": offered,
    "hand_over": lambda house: Scene(_plain(house), {"note": "She wants a quiet room"}),
    "accept_task": accept,
    "acknowledge": lambda house: Scene(_plain(house), {"channel": "phone"}),
    "add_contact": lambda house: Scene(
        _plain(house), {"kind": "chaser", "channel": "phone", "said": "Is there a room yet?"}
    ),
    "add_task": lambda house: Scene(
        _plain(house), {"what": "Ring the church", "due_at": _wall(house, days=2), "told_guest": "on"}
    ),
    "ask_next": accept,
    "raise_urgency": lambda house: Scene(_plain(house), {"urgency": "emergency", "reason": "In tears"}),
    "set_at_risk": lambda house: Scene(_plain(house), {"at_risk": "leaving"}),
    "take_back_emergency": in_emergency,
    "tell_happening": promised,
    "name_staff": lambda house: Scene(_plain(house), {"people": [house.desk.pk]}),
    "assign": lambda house: Scene(_plain(house), {"owner": house.desk.pk}),
    "break_task": ending,
    "close": told,
    "confirm_restatement": lambda house: Scene(
        _plain(house), {"restatement": "You booked for July, we wrote June.", "confirmation": "yes"}
    ),
    "confirm_task": confirm,
    "draft_letter": draft,
    "fulfil_compensation": granted,
    "grant_compensation": lambda house: Scene(
        _plain(house),
        {"remedy": "transport", "layer": "make_whole", "what": "The taxi", "face": "18.50", "units": "1"},
    ),
    "issue_certificate": lambda house: Scene(
        _plain(house), {"nights": "1", "why": factories.WHY, "send": "on", "number": "1"}
    ),
    "keep_task": keep,
    "mark_solved": lambda house: Scene(_plain(house), {"solution": "A room at The Lantern House"}),
    "move_task": move,
    "print_letter": by_hand,
    "record_hand_delivery": by_hand,
    "record_spoken_apology": lambda house: Scene(_plain(house), {"parts": ["regret", "responsibility"]}),
    "redeem_without_code": without_code,
    "release_letter": release,
    "add_party": lambda house: Scene(
        _plain(house),
        {"role": "payer", "name": "Harbour Ltd.", "email": "books@firm.example", "usual": "on"},
    ),
    "change_party": lambda house: _with_payer(
        house, {"name": "Harbour Ltd.", "may": ["money"], "reason": "another office"}
    ),
    "end_party": lambda house: _with_payer(house, {"reason": "not of this booking"}),
    "stop_writing_to": lambda house: _with_payer(house, {"stop": "yes", "reason": "said so on the phone"}),
    "set_hold": lambda house: Scene(_plain(house), {"kind": "lawyer", "reason": "their letter of Monday"}),
    "lift_hold": held,
    "relink_guest": lambda house: Scene(
        _plain(house), {"name": "Daniel Whitfield", "phone": "+44 7700 900212", "reason": "New number"}
    ),
    "reopen": closed,
    "retry_delivery": failed,
    "reverse_redemption": redeemed,
    "record_answers": lambda house: Scene(
        _plain(house), {"answer_booked": "In January", "answer_with_you": "2"}
    ),
    "run_overlay": lambda house: Scene(_plain(house), {"overlay": "P21"}),
    "run_playbook": lambda house: Scene(
        factories.make_complaint(house=house, category=Category.NOISE), {"category": "lost_reservation"}
    ),
    "send_written_apology": apology,
    "set_stance": lambda house: Scene(_plain(house), {"stance": "regret", "reason": "Still looking"}),
    "start_task": start,
    "stop_letter": stop,
    "tell_guest": solved,
    "void_certificate": certificate,
    "withdraw_task": ending,
}
