"""What other verbs set off: the texts that follow from money paid, nights moved, a repair, a delay.

Nothing here may stop the verb that calls it: where a text cannot be written, the deed still counts.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from ..choices import LetterKind, LetterState, MailMode, PartyRight, PartyRole, RemedyKey, TaskKind
from ..errors import NeedsSignatory, RecoveryError
from ..models import Certificate, CertificateEntry, Compensation, Letter, Party, Task
from ..outbox.database import run_atomic
from ..rules import mail_policy
from . import houses, letter_steps, mail_situation, receipts, waiting_letters
from .engine import Turn
from .parties import recipient
from .tasks import create_task

P = ParamSpec("P")


def beside(function: Callable[Concatenate[Turn, P], None]) -> Callable[Concatenate[Turn, P], None]:
    """In a savepoint: a text that cannot be written leaves nothing behind, and asks the owner to ring."""

    @functools.wraps(function)
    def call(turn: Turn, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            run_atomic(lambda: function(turn, *args, **kwargs), using=turn.using)
        except RecoveryError as refusal:
            _ask_to_ring(turn, "Ring the guest: a text could not be written", detail=refusal.sentence)

    return call


#: A guest in the house hears of the repair within this time, everybody else as the contract says.
IN_HOUSE = dt.timedelta(minutes=10)
#: A delay of a promise for sooner than this is told by telephone.
DELAY_HORIZON = dt.timedelta(hours=4)


@beside
def after_payment(turn: Turn, row: Compensation) -> None:
    """Refund, credit or points are proved: who paid is told by how much and until when."""
    remedy = RemedyKey(row.remedy.key)
    party = _payer(turn, row)
    if (
        remedy not in mail_policy.MONEY_ARRIVES
        or party is None
        or not _can_be_written_to(turn, LetterKind.PAYMENT_DONE, party)
    ):
        return
    letter = letter_steps.draft(turn, kind=LetterKind.PAYMENT_DONE, party=party, payment=row)
    waiting_letters.begin(turn, letter)


def after_redemption(turn: Turn, certificate: Certificate, entry: CertificateEntry) -> None:
    """Nights were used: the guest learns where, when, and what to do if it was somebody else."""
    _about_nights(turn, LetterKind.REDEEMED, certificate, entry)


@beside
def after_reversal(turn: Turn, certificate: Certificate, entry: CertificateEntry) -> None:
    """Nights went back. A guest who never heard that they were used hears nothing now either."""
    used = Letter.objects.filter(certificate=certificate, kind=LetterKind.REDEEMED).order_by("-pk").first()
    if used is not None and used.state is LetterState.STOPPED:
        return
    _about_nights(turn, LetterKind.RESTORED, certificate, entry)


@beside
def after_void(turn: Turn, certificate: Certificate) -> None:
    """A certificate that the guest holds works no more: a manager rings, then writes."""
    carried = certificate.letters.filter(kind__in=(LetterKind.APOLOGY, LetterKind.CERTIFICATE))
    had_it = (LetterState.SENT, LetterState.HANDED_OVER)
    if not any(letter.state in had_it for letter in carried):
        return
    party = certificate.party
    try:
        off = waiting_letters.is_off(turn, LetterKind.CERTIFICATE_VOID)
        if party.may_receive(PartyRight.CERTIFICATE) and not off:
            letter = letter_steps.draft(
                turn, kind=LetterKind.CERTIFICATE_VOID, party=party, certificate=certificate
            )
            waiting_letters.wait(turn, letter)
            return
    except NeedsSignatory:
        pass  # because a house without that role still has to ring
    _ask_to_ring(
        turn, f"Ring {party.name}: the certificate that was sent works no more. Say what replaces it"
    )


@beside
def after_solving(turn: Turn) -> None:
    """The fix is delivered: a draft waits in case nobody tells the guest by voice."""
    complaint = turn.complaint
    party = recipient(complaint, PartyRight.STATUS)
    if complaint.told_at is not None or not _can_be_written_to(turn, LetterKind.SOLVED, party):
        return
    if not party.may_receive(PartyRight.STATUS) or _has_draft(turn, LetterKind.SOLVED):
        return
    profile = houses.profile_of(complaint.property_code)
    if mail_policy.merges(LetterKind.SOLVED, mail_situation.of(turn, LetterKind.SOLVED, party, profile)):
        return
    today = houses.local_date(profile, turn.now)
    soon = IN_HOUSE if houses.is_in_house(complaint, today=today) else None
    letter = letter_steps.draft(turn, kind=LetterKind.SOLVED, party=party, due_within=soon)
    waiting_letters.wait(turn, letter)


@beside
def after_delay(turn: Turn, task: Task, *, horizon: dt.timedelta) -> None:
    """A promise takes longer: a draft with the new time. ``horizon``: how long it still takes."""
    if not task.is_promise or task.fulfils or horizon < DELAY_HORIZON:
        return
    party = recipient(turn.complaint, PartyRight.STATUS)
    if not party.may_receive(PartyRight.STATUS) or not _can_be_written_to(turn, LetterKind.DELAY, party):
        return
    if _has_draft(turn, LetterKind.DELAY, task=task):
        return
    letter = letter_steps.draft(turn, kind=LetterKind.DELAY, party=party, promise=task)
    waiting_letters.wait(turn, letter)


def _about_nights(turn: Turn, kind: LetterKind, certificate: Certificate, entry: CertificateEntry) -> None:
    if certificate.party.may_receive(PartyRight.CERTIFICATE) and not waiting_letters.is_off(turn, kind):
        letter = letter_steps.draft(
            turn, kind=kind, party=certificate.party, certificate=certificate, entry=entry
        )
        if letter.mode == MailMode.AUTO:
            letter_steps.release_or_hand_over(turn, letter)
        else:
            waiting_letters.wait(turn, letter)


def _payer(turn: Turn, row: Compensation) -> Party | None:
    """Who paid, if that is known and may have money; else whoever it was given to."""
    payers = turn.complaint.parties.filter(role=PartyRole.PAYER, may_money=True, ended_at__isnull=True)
    paid = next((party for party in payers.order_by("pk") if party.may_receive(PartyRight.MONEY)), None)
    if paid is not None:
        return paid
    if row.party.may_receive(PartyRight.MONEY):
        return row.party
    guardian = recipient(turn.complaint, PartyRight.MONEY)
    return guardian if row.party.is_minor and guardian.may_receive(PartyRight.MONEY) else None


def _can_be_written_to(turn: Turn, kind: LetterKind, party: Party) -> bool:
    """Whether a mail could reach this guest: an address that is read, a house that sends this text."""
    return (
        receipts.is_readable(party)
        and receipts.can_send(turn.complaint)
        and not waiting_letters.is_off(turn, kind)
    )


def _has_draft(turn: Turn, kind: LetterKind, *, task: Task | None = None) -> bool:
    rows = Letter.objects.filter(
        complaint=turn.complaint, kind=kind, released_at__isnull=True, stopped_at__isnull=True
    )
    return (rows.filter(task=task) if task is not None else rows).exists()


def _ask_to_ring(turn: Turn, title: str, *, detail: str = "") -> None:
    create_task(
        turn,
        kind=TaskKind.CALL,
        title=title,
        detail=detail,
        assignee=turn.complaint.owner,
        due_at=turn.now + DELAY_HORIZON,
        zone=houses.profile_of(turn.complaint.property_code).time_zone,
    )
