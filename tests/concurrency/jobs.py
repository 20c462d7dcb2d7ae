"""What racers do. Arguments and answers are JSON, so that a job runs in a thread or in another process.

Every job answers with outcomes: ``"ok …"``, ``"refused CODE"``, or ``"error …"``, which nobody may see.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DatabaseError, OperationalError, models, transaction

from recovery import actions, clock
from recovery.actions import Actor
from recovery.choices import Category, Channel, ContactKind, Stance
from recovery.errors import RecoveryError
from recovery.models import Certificate, CertificateEntry, Complaint, StaffMember, Task
from recovery.outbox import claim
from recovery.outbox.database import is_transient
from tests.concurrency.hotel import next_stay, past_stay
from tests.factories import RETURN, WHY


def attempt(do: Callable[[], Any]) -> str:
    """One verb, and what became of it."""
    try:
        answer = do()
    except RecoveryError as refusal:
        return f"refused {refusal.code}"
    except Exception as error:  # because an error that nobody expected is what the test looks for
        return f"error {type(error).__name__}: {error}"
    return f"ok {answer.pk}" if isinstance(answer, models.Model) else f"ok {answer}"


def actor(staff: int) -> Actor:
    return Actor.for_staff(StaffMember.objects.get(pk=staff))


def redeem(*, staff: int, codes: Sequence[str], request_key: str = "", first_stay: int = 0) -> list[str]:
    """Redeem every code in this order, each for a stay of its own, counted from ``first_stay``."""
    by = actor(staff)
    return [
        attempt(
            lambda number=number, code=code: actions.redeem_certificate(
                by=by, stay_ref=next_stay(number), code=code, request_key=request_key or None
            )
        )
        for number, code in enumerate(codes, start=first_stay)
    ]


def open_complaint(*, staff: int, request_key: str, summary: str = "No room at the desk") -> list[str]:
    return [
        attempt(
            lambda: actions.open_complaint(
                by=actor(staff),
                category=Category.LOST_RESERVATION,
                channel=Channel.EMAIL,
                summary=summary,
                stay_ref=RETURN,
                request_key=request_key,
            )
        )
    ]


def issue(*, staff: int, complaint: int, request_key: str, nights: int = 1) -> list[str]:
    return [
        attempt(
            lambda: actions.issue_certificate(
                complaint=Complaint.objects.get(pk=complaint),
                by=actor(staff),
                nights=nights,
                why=WHY,
                request_key=request_key,
            )
        )
    ]


def work(
    *, staff: int, complaints: Sequence[int], seed: int, rounds: int, backwards: bool = False
) -> list[str]:
    """Verbs of every kind on a few complaints, as a busy desk does them."""
    dice, by = random.Random(seed), actor(staff)
    outcomes = []
    for turn in range(rounds):
        pk = complaints[(-turn if backwards else turn) % len(complaints)]
        complaint = Complaint.objects.get(pk=pk)
        choice = dice.choice(VERBS)
        outcomes.append(attempt(lambda: choice(complaint, by, f"{seed}.{turn}")))  # noqa: B023 called at once
    return outcomes


def _talk(complaint: Complaint, by: Actor, word: str) -> Any:
    return actions.add_contact(
        complaint=complaint,
        by=by,
        kind=ContactKind.CHASER,
        channel=Channel.EMAIL,
        words=f"Is there news? {word}",
    )


def _stance(complaint: Complaint, by: Actor, word: str) -> Any:
    return actions.set_stance(
        complaint=complaint, by=by, stance=Stance.RESPONSIBILITY, reason=f"we typed the wrong month {word}"
    )


def _promise(complaint: Complaint, by: Actor, word: str) -> Any:
    due_at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    task = actions.add_task(complaint=complaint, by=by, title=f"Ring the church {word}", due_at=due_at)
    return actions.accept_task(task=task, by=by)


def _keep(complaint: Complaint, by: Actor, word: str) -> Any:
    due_at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    task = actions.add_task(complaint=complaint, by=by, title=f"Iron the suit {word}", due_at=due_at)
    return actions.keep_task(task=task, by=by)


def _answer(complaint: Complaint, by: Actor, word: str) -> Any:
    return actions.acknowledge(complaint=complaint, by=by, channel=Channel.PHONE)


def _give(complaint: Complaint, by: Actor, word: str) -> Any:
    return actions.assign(complaint=complaint, by=by, owner=by.staff)


VERBS = (_talk, _stance, _promise, _keep, _answer, _give)


def accept(*, staff: int, task: int) -> list[str]:
    by = actor(staff)
    return [attempt(lambda: actions.accept_task(task=Task.objects.get(pk=task), by=by))]


def take_over(*, staff: int, task: int) -> list[str]:
    by = actor(staff)
    return [attempt(lambda: actions.accept_hand_over(task=Task.objects.get(pk=task), by=by))]


def change_shifts() -> list[str]:
    return [attempt(lambda: actions.change_shifts(by=Actor.system("sweep"), now=clock.now()))]


def answer(*, staff: int, complaints: Sequence[int]) -> list[str]:
    """Record a person's answer to every complaint."""
    by = actor(staff)
    return [attempt(lambda pk=pk: _answer(Complaint.objects.get(pk=pk), by, "")) for pk in complaints]


def fate(*, staff: int, code: str, certificate: int, does: Iterable[str]) -> list[str]:
    """Things that happen to one certificate, in this order, whether or not they are refused."""
    by = actor(staff)

    def row() -> Certificate:
        return Certificate.objects.get(pk=certificate)

    def give_back() -> Any:
        taken = CertificateEntry.objects.filter(certificate=certificate, kind="redeem").order_by("?").first()
        if taken is None:
            return None
        return actions.reverse_redemption(entry=taken, by=by, reason="the trip was cancelled")

    can: dict[str, Callable[[], Any]] = {
        "redeem": lambda: actions.redeem_certificate(by=by, stay_ref=past_stay(certificate), code=code),
        "reverse": give_back,
        "void": lambda: actions.void_certificate(certificate=row(), by=by, reason="issued by mistake"),
        "expire": lambda: actions.expire_due_certificates(by=Actor.system("sweep"), now=clock.now()),
    }
    return [f"{name} {attempt(can[name])}" for name in does]


def hosted(*, staff: int, complaints: Sequence[int], word: str, tries: int) -> list[str]:
    """Two verbs in a transaction of the host, which reads first, and repeats what the database undid."""
    by = actor(staff)
    for number in range(1, tries + 1):
        try:
            with transaction.atomic():
                for pk in complaints:
                    _talk(Complaint.objects.get(pk=pk), by, word)
            return [f"ok {number}"]
        except OperationalError as error:
            if not is_transient(error, using="default"):
                return [f"error {error}"]
            time.sleep(random.uniform(0.01, 0.05) * number)
    return ["undone"]


def hosted_opening(*, staff: int, request_key: str) -> list[str]:
    """One post in a host with ATOMIC_REQUESTS: the whole request is one transaction."""
    try:
        with transaction.atomic():
            return open_complaint(staff=staff, request_key=request_key)
    except DatabaseError as error:
        return [f"error {type(error).__name__}: {error}"]


def claim_all(*, limit: int) -> list[str]:
    """Ids of what this worker could claim until nothing was left."""
    mine: list[str] = []
    while rows := claim.claim(ids=None, using="default", limit=limit):
        mine += [str(row.pk) for row in rows]
    return mine


JOBS: dict[str, Callable[..., list[str]]] = {
    function.__name__: function
    for function in (
        redeem,
        open_complaint,
        issue,
        work,
        answer,
        accept,
        take_over,
        change_shifts,
        fate,
        hosted,
        hosted_opening,
        claim_all,
    )
}
