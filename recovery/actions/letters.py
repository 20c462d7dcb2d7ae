"""Letters and apologies: draft, look, release, stop, hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..choices import ApologyPart, Channel, EventKind, LetterKind, LetterState
from ..errors import LetterNotDraft, TimeOrder
from ..models import Apology, Certificate, Complaint, Letter, Party, StaffMember, Task
from ..outbox.enqueue import digest
from ..rules import text
from ..rules.choosing import one_of
from ..rules.mail_contract import CONTRACT
from . import (
    apologies,
    certificate_steps,
    houses,
    letter_steps,
    lifecycle,
    moments,
    second_readers,
    waiting_letters,
)
from .actor import Actor
from .engine import Turn, verb
from .letter_facts import LetterWords
from .letter_gate import SetAside
from .parties import recipient
from .tasks import finish

__all__ = [
    "LetterWords",
    "SetAside",
    "draft_letter",
    "print_letter",
    "record_hand_delivery",
    "record_spoken_apology",
    "release_letter",
    "send_written_apology",
    "stop_letter",
]

#: Texts with which a person answers a guest who wrote.
_ANSWERS = (LetterKind.ACKNOWLEDGEMENT, LetterKind.REPLY)


@verb
def draft_letter(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    kind: LetterKind,
    words: LetterWords | None = None,
    party: Party | None = None,
    signatory: StaffMember | None = None,
    certificate: Certificate | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Write a guest text from the facts and the words of staff; nothing is sent.

    It waits as a task of the owner. Where the contract lets it go by itself, it does so after two hours
    unless somebody stops it or writes it anew.

    :raises LetterFailed: if a fact that the text needs is missing; it names the fact.
    :raises NotForThisParty: if the guest named is not the one who may have it.
    :raises NeedsSignatory: if the role that must sign is not staffed.
    :raises WrongSignatory: if somebody else is to sign.
    """
    what = one_of(LetterKind, kind, field="kind")
    letter = letter_steps.draft(
        turn,
        kind=what,
        party=party or recipient(turn.complaint, CONTRACT[what].right),
        words=words,
        signatory=signatory,
        certificate=certificate,
    )
    waiting_letters.replace_drafts(turn, letter)
    waiting_letters.wait(turn, letter)
    return letter


@verb
def release_letter(
    turn: Turn,
    /,
    *,
    letter: Letter,
    by: Actor,
    by_hand: bool = False,
    set_aside: SetAside | None = None,
    self_checked: bool = False,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Freeze a draft and promise its delivery: by mail, or on paper with ``by_hand``.

    The first answer of a person and a reply answer the guest who wrote, as ``acknowledge`` does.

    From severity 4 on an apology is sent by somebody who did not write it: the second reader. Where nobody
    else can read it, whoever wrote it waits a quarter of an hour and says ``self_checked``.

    ``set_aside``: what stops the letter and goes all the same, and why. Stored with the name.

    :raises NeedsAPerson: if the system alone would send what a person must release.
    :raises MailHeld, LetterTooLate, NotForThisParty: if the mail contract keeps it from going.
    :raises NoAddress: if the guest has no usable address; release it by hand.
    :raises AddressNotTrusted: if a certificate would go to an address that is not the guest's own.
    :raises LetterNotSendable: if an apology does not fit its stance.
    :raises LetterBlocked: if its words, a figure or a time in it stop it; ``findings`` says which, and why.
    :raises LetterForbidden: if it holds what nobody can set aside.
    :raises NeedsSecondReader: if whoever wrote it would send it.
    :raises SelfCheckTooSoon, NeedsSelfCheck: if whoever is alone has not read it once more.
    """
    row = letter_steps.release(
        turn,
        turn.fresh(letter),
        by_person=by.is_person,
        by_hand=by_hand,
        set_aside=set_aside,
        self_checked=self_checked,
    )
    if by.is_person and row.kind in _ANSWERS:
        waiting_letters.record_answer(turn, Channel.LETTER if by_hand else Channel.EMAIL)
    return row


@verb.named("release_letter")
def send_written_apology(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    words: LetterWords,
    nights: int = 1,
    why: str = "",
    party: Party | None = None,
    signatory: StaffMember | None = None,
    by_hand: bool = False,
    set_aside: SetAside | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Write, sign and send the apology, with a free-night certificate inside when ``nights`` > 0.

    One transaction: either the certificate exists and its letter is promised, or neither.
    A certificate issued before and not sent yet travels inside instead of a second one.

    From severity 4 on the answer is a draft: it waits for a second reader, who sends it.

    :raises BadNights: if the nights are not 0 to 14.
    :raises AboveAuthority: if the certificate is above what this person may give.
    :raises LetterNotSendable: if the words do not make an apology in this stance.
    :raises LetterBlocked, LetterForbidden: as ``release_letter``.
    """
    who = party or recipient(turn.complaint)
    certificate = None
    if nights != 0:
        certificate_steps.check_nights(nights)
        certificate = certificate_steps.unsent(turn.complaint) or certificate_steps.issue(
            turn, party=who, nights=nights, why=why
        )
    letter = letter_steps.draft(
        turn, kind=LetterKind.APOLOGY, party=who, words=words, signatory=signatory, certificate=certificate
    )
    if by.is_person and second_readers.is_needed(turn.complaint, letter.kind):
        letter_steps.keep_for_reader(turn, letter, by_hand=by_hand, set_aside=set_aside)
        waiting_letters.replace_drafts(turn, letter)
        waiting_letters.wait(turn, letter)
        return letter
    return letter_steps.release(turn, letter, by_person=by.is_person, by_hand=by_hand, set_aside=set_aside)


@verb
def stop_letter(
    turn: Turn,
    /,
    *,
    letter: Letter,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Keep a letter from going.

    :raises LetterNotDraft: if it is too late: it was sent, or is being sent this moment.
    """
    row = turn.fresh(letter)
    if not letter_steps.stop(turn, row, reason=text.require_reason(reason)):
        raise LetterNotDraft(state=row.state.label)
    return row


@verb
def print_letter(
    turn: Turn, /, *, letter: Letter, by: Actor, request_key: str | None = None, version: int | None = None
) -> Letter:
    """Record that a letter was printed with its live code, to be handed over.

    :raises LetterNotDraft: if it was not released by hand, or was handed over already.
    """
    row = turn.fresh(letter)
    if not row.by_hand or row.state is not LetterState.RELEASED:
        raise LetterNotDraft(state=row.state.label)
    turn.record(EventKind.LETTER_PRINTED, letter=row.pk)
    return row


@verb
def record_hand_delivery(
    turn: Turn,
    /,
    *,
    letter: Letter,
    by: Actor,
    at: dt.datetime | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Record that the guest has the paper in hand: delivered by this person at that time.

    :raises LetterNotDraft: if it was not released by hand, or was handed over already.
    """
    row = turn.fresh(letter)
    if not row.by_hand or row.state is not LetterState.RELEASED:
        raise LetterNotDraft(state=row.state.label)
    when = moments.meant(at, now=turn.now, field="when") if at is not None else turn.now
    if when > turn.now:
        raise TimeOrder(earlier="now", later="The hand-over")
    if row.released_at is not None and when < row.released_at:
        raise TimeOrder(earlier="its release", later="The hand-over")
    row.handed_over_at, row.handed_over_by = when, turn.by.name[:120]
    row.save(update_fields=["handed_over_at", "handed_over_by"])
    turn.record(EventKind.LETTER_HANDED_OVER, guest_visible=True, letter=row.pk)
    lifecycle.told_in_writing(turn, row)
    for task in Task.objects.open().filter(complaint=turn.complaint, unique_key=digest(f"hand:{row.pk}")):
        finish(turn, task, evidence={"handed_over_by": turn.by.name})
    return row


@verb
def record_spoken_apology(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    parts: Sequence[ApologyPart],
    spoken_by: StaffMember | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Apology:
    """Record that somebody apologised in person, and which components they said.

    :raises TextMissing: if no component was said.
    :raises OwnerNotHere: if who spoke does not work at this property.
    """
    if spoken_by is not None:
        code = turn.complaint.property_code
        today = houses.local_date(houses.profile_of(code), turn.now)
        houses.check_works_here(spoken_by, code, today=today)
    return apologies.speak(turn, parts, name=spoken_by.name if spoken_by else turn.by.name)
