"""Texts that wait: for a person who presses send, for the end of a veto, or for what keeps them.

Each has one task for the owner, so that a letter which nobody pressed cannot be forgotten. What is held is
released by the verb that makes it sendable, never by a delivery.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..choices import (
    Channel,
    EventKind,
    HoldReason,
    Lane,
    LetterKind,
    LetterState,
    MailMode,
    OutboxState,
    TaskKind,
)
from ..errors import (
    AddressNotTrusted,
    LetterTooLate,
    MailHeld,
    NoAddress,
    NoSender,
    RecoveryError,
    WritingStopped,
)
from ..models import Certificate, Letter, OutboxMessage, StaffMember, Task
from ..outbox.channels import Channels
from ..outbox.database import run_atomic
from ..outbox.enqueue import enqueue
from ..rules import mail_switchboard
from ..rules.mail_contract import CONTRACT
from . import houses, letter_facts, letter_steps, mail_situation, second_readers
from .actor import Actor
from .engine import Turn, turn_for_delivery
from .tasks import AFTER_PROMISE, create_task, finish_fulfilled, withdraw_unique

#: What is held for these reasons reaches the guest only if somebody rings.
_TELEPHONE = frozenset({HoldReason.ENOUGH, HoldReason.TOO_LATE, HoldReason.BOUNCED, HoldReason.ADDRESS})
#: And that soon.
RING_WITHIN = dt.timedelta(hours=1)
#: What has become needless, and asks nothing of anybody.
_NEEDLESS = frozenset({HoldReason.STOPPED, HoldReason.MERGED, HoldReason.ENDED})
#: Texts that the system drafts: a new draft by a person takes their place.
_DRAFTED = frozenset({LetterKind.SOLVED, LetterKind.DELAY, LetterKind.CERTIFICATE_VOID})


#: How long a text can be stopped that the contract would send at once, where the house wants a veto.
VETO = dt.timedelta(hours=2)


def is_off(turn: Turn, kind: LetterKind) -> bool:
    """Whether this house does not send such a text."""
    return mail_switchboard.is_off(houses.profile_of(turn.complaint.property_code).mail_modes, kind)


def begin(turn: Turn, letter: Letter) -> None:
    """Send what goes by itself in this house, or let it wait."""
    if letter.mode == MailMode.AUTO:
        send_by_itself(turn, letter)
    else:
        wait(turn, letter)


def wait(turn: Turn, letter: Letter) -> None:
    """Put a draft on the board; one that may go by itself gets its moment, too."""
    if letter.mode == MailMode.VETO:
        goes_at = turn.now + (CONTRACT[LetterKind(letter.kind)].veto or VETO)
        enqueue(
            kind=letter_steps.LETTER_VETO,
            key=letter_steps.veto_key(letter),
            payload={"letter": letter.pk},
            now=turn.now,
            due_at=goes_at,
            lane=Lane.URGENT,
            property_code=turn.complaint.property_code,
        )
        profile = houses.profile_of(turn.complaint.property_code)
        when = letter_facts.short_time(goes_at, profile)
        _ask(turn, letter, f"Goes by itself at {when} unless you stop it")
        return
    if second_readers.is_needed(turn.complaint, letter.kind) and turn.by.is_person:
        _ask_to_read(turn, letter)
        return
    _ask(turn, letter, "Look at it and send it")


def _ask_to_read(turn: Turn, letter: Letter) -> None:
    """It goes to a colleague, because whoever wrote it does not see what they meant to write."""
    readers = second_readers.others_for(turn.complaint, letter, now=turn.now)
    if readers:
        _ask(turn, letter, "Read it as the second person, and send it", assignee=readers[0])
    else:
        _ask(turn, letter, "Leave it for a quarter of an hour, read it once more, and send it")


def replace_drafts(turn: Turn, letter: Letter) -> None:
    """Somebody wrote it anew: what the system had drafted, or would send, does not go."""
    rows = Letter.objects.filter(
        complaint=turn.complaint, party=letter.party, kind=letter.kind, released_at__isnull=True
    )
    for row in rows.filter(stopped_at__isnull=True).exclude(pk=letter.pk):
        if row.kind in _DRAFTED or row.mode == MailMode.VETO:
            letter_steps.stop(turn, row, reason="written anew")


def send_by_itself(turn: Turn, letter: Letter) -> None:
    """Release it without a person, or hold it and say why."""

    def release() -> Letter:
        return letter_steps.release(turn, letter, by_person=False)

    try:
        # In a savepoint, because a release that is refused half-way must leave a draft behind.
        run_atomic(release, using=turn.using)
    except MailHeld as refusal:
        hold(turn, letter, HoldReason(refusal.params["because"]))
    except (NoAddress, AddressNotTrusted, NoSender):
        hold(turn, letter, HoldReason.ADDRESS)
    except WritingStopped:
        hold(turn, letter, HoldReason.STOPPED)
    except LetterTooLate:
        hold(turn, letter, HoldReason.TOO_LATE)
    except RecoveryError:
        hold(turn, letter, HoldReason.PERSON)  # because only a person can complete it


def hold(turn: Turn, letter: Letter, because: HoldReason) -> None:
    """Keep a draft, visible with its reason. What is needless for good is stopped instead."""
    if because in _NEEDLESS:
        letter_steps.stop(turn, letter, reason=str(because.label))
        return
    letter.refresh_from_db()  # because a release that was refused may have frozen words already
    letter.held_because = because
    letter.save(update_fields=["held_because"])
    turn.record(EventKind.LETTER_HELD, letter=letter.pk, reason=because)
    withdraw_unique(turn, letter_steps.waiting_key(letter), reason="held")
    _ask(turn, letter, "Telephone" if because in _TELEPHONE else "Held")


def release_held(turn: Turn) -> None:
    """The guest is answered: what waited for that goes now, if nothing else keeps it."""
    held = Letter.objects.filter(
        complaint=turn.complaint, held_because=HoldReason.UNANSWERED, stopped_at__isnull=True
    )
    for letter in held.select_related("party", "signatory", "certificate", "task").order_by("pk"):
        send_by_itself(turn, letter)


def hold_waiting(turn: Turn) -> None:
    """The guest has written: what was released by itself and waits for the morning waits for the answer."""
    rows = Letter.objects.filter(
        complaint=turn.complaint,
        mode__in=(MailMode.AUTO, MailMode.VETO),
        released_at__isnull=False,
        released_by="",
        by_hand=False,
        sent_at__isnull=True,
        stopped_at__isnull=True,
    )
    for letter in rows.order_by("pk"):
        counts = not CONTRACT[LetterKind(letter.kind)].exempt_from_counts
        if counts and letter_steps.stop(turn, letter, reason="the guest wrote before it went"):
            hold(turn, _copy(letter), HoldReason.UNANSWERED)


def hold_everything(turn: Turn) -> None:
    """A hold was set: what was on its way is a draft again, whoever released it (L8)."""
    rows = Letter.objects.filter(
        complaint=turn.complaint,
        released_at__isnull=False,
        sent_at__isnull=True,
        handed_over_at__isnull=True,
        stopped_at__isnull=True,
    )
    for letter in rows.order_by("pk"):
        if letter_steps.stop(turn, letter, reason="put on hold before it went"):
            hold(turn, _copy(letter), HoldReason.ON_HOLD)


def release_from_hold(turn: Turn) -> None:
    """The hold is lifted: what goes by itself goes, if it is in time; the rest waits for a person again."""
    held = Letter.objects.filter(
        complaint=turn.complaint,
        held_because=HoldReason.ON_HOLD,
        released_at__isnull=True,
        stopped_at__isnull=True,
    )
    for letter in held.select_related("party", "signatory", "certificate", "task").order_by("pk"):
        if letter.mode in (MailMode.AUTO, MailMode.VETO):
            send_by_itself(turn, letter)
            continue
        letter.held_because = ""
        letter.save(update_fields=["held_because"])
        withdraw_unique(turn, letter_steps.waiting_key(letter), reason="the hold was lifted")
        wait(turn, letter)


def _copy(letter: Letter) -> Letter:
    """The same words as a new draft, because one letter is one delivery for ever."""
    Letter.objects.filter(pk=letter.pk).update(unique_key=None)  # because the copy takes its place
    letter.pk, letter._state.adding = None, True
    letter.released_at = letter.stopped_at = None
    letter.released_by = letter.stopped_reason = letter.body_hash = letter.reading = ""
    letter.save()
    return letter


def record_answer(turn: Turn, channel: Channel) -> None:
    """A person has answered the guest: receipts are needless, the promise to answer is kept, mail goes on."""
    current = turn.complaint
    if current.acknowledged_at is None:
        current.acknowledged_at, current.acknowledged_by = turn.now, turn.by.name
        current.save(update_fields=["acknowledged_at", "acknowledged_by"])
    supersede(turn, EventKind.ACKNOWLEDGED, reason="a person answered first")
    finish_fulfilled(turn, mail_situation.ANSWER, evidence={"channel": str(channel)})
    turn.record(EventKind.ACKNOWLEDGED, guest_visible=True, channel=channel)
    release_held(turn)


def stop_about(
    turn: Turn,
    task: Task,
    *,
    reason: str,
    kinds: Collection[LetterKind] = (LetterKind.DELAY, LetterKind.NO_NEWS),
) -> None:
    """Unsent news of a promise is untrue once it has ended, or the guest knows (L9)."""
    rows = Letter.objects.filter(task=task, kind__in=kinds, sent_at__isnull=True, stopped_at__isnull=True)
    for letter in rows.order_by("pk"):
        letter_steps.stop(turn, letter, reason=reason)


def _after_promise(turn: Turn, task: Task) -> None:
    stop_about(turn, task, reason=f"the promise is {task.state.label}")


AFTER_PROMISE.append(_after_promise)


def supersede(
    turn: Turn, event: EventKind, *, certificate: Certificate | None = None, reason: str = ""
) -> None:
    """What has just become true makes unsent texts untrue (L9); with ``certificate`` only those about it."""
    kinds = [kind for kind, row in CONTRACT.items() if event in row.untrue_after]
    rows = Letter.objects.filter(
        complaint=turn.complaint, kind__in=kinds, sent_at__isnull=True, stopped_at__isnull=True
    )
    if certificate is not None:
        rows = rows.filter(certificate=certificate)
    for letter in rows.order_by("pk"):
        letter_steps.stop(turn, letter, reason=reason or f"untrue since: {event.label}")


def _ask(turn: Turn, letter: Letter, what: str, *, assignee: StaffMember | None = None) -> None:
    needs_call = letter.held_because in _TELEPHONE
    because = f" – {letter.get_held_because_display()}" if letter.held_because else ""
    create_task(
        turn,
        kind=TaskKind.LETTER,
        title=f"{what}: {letter.get_kind_display()} for {letter.party.name}{because}",
        assignee=assignee or turn.complaint.owner,
        due_at=turn.now + RING_WITHIN if needs_call else max(letter.due_at, turn.now),
        zone=houses.profile_of(turn.complaint.property_code).time_zone,
        unique_key=letter_steps.waiting_key(letter),
    )


class VetoHandler:
    """The time in which a draft could be stopped is over. There is nothing to send here but the release."""

    #: A second look finds that it was released, stopped or held.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Nothing leaves the house here; the mail is an outbox row of its own."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Take the step of the release, as the system."""
        rows = Letter.objects.select_related("complaint__owner", "party", "certificate", "signatory", "task")
        letter = rows.filter(pk=message.payload["letter"]).first()
        if letter is None:
            return
        turn = turn_for_delivery(letter.complaint, by=Actor.system("veto"), now=now)
        letter = turn.fresh(letter)
        if letter.state is LetterState.DRAFT and not letter.held_because:
            send_by_itself(turn, letter)
