"""The people in the story besides the guest: who they are, and what they may receive."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..choices import EventKind, LetterKind, LetterState, PartyRight, PartyRole, TaskKind
from ..errors import GuardianNeeded, GuestStays, HoldsCertificate, PartyEnded, RecoveryError
from ..models import Certificate, Complaint, GuestLink, Letter, Party
from ..rules import party_rights, text
from ..rules.choosing import one_of
from . import houses, letter_steps
from .actor import Actor
from .engine import Turn, verb
from .parties import GuestInput, correct, guest_of, party_values
from .tasks import create_task


@verb
def add_party(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    role: PartyRole,
    person: GuestInput,
    may: Sequence[PartyRight] | None = None,
    agreed_how: str = "",
    is_minor: bool = False,
    is_vip: bool = False,
    request_key: str | None = None,
    version: int | None = None,
) -> Party:
    """Add a person to the story: who pays, who booked, who speaks for a minor.

    ``may``: what they may receive; ``None`` is what their part brings by itself. ``agreed_how``: how the
    guest said that this person may know of it. The class of their address is reckoned, never typed.

    :raises TextMissing: if the person has no name.
    :raises BadEmail: if the address is not one.
    :raises RightNotForRole: if nobody in this part ever receives that.
    :raises AgreementMissing: if the guest has not agreed that they receive it.
    """
    part = one_of(PartyRole, role, field="part in the story")
    text.require(person.name.strip(), field="name")
    how = text.clean_line(agreed_how, field="how the guest agreed", limit=text.REASON)
    rights = _rights(part, may, agreed=bool(how))
    party = Party.objects.create(
        complaint=turn.complaint,
        role=part,
        is_minor=is_minor,
        is_vip=is_vip,
        agreed_how=how,
        agreed_at=turn.now if how else None,
        **_as_fields(rights),
        **party_values(None, person),
    )
    turn.record(EventKind.PARTY_ADDED, party=party.pk, role=part, may=sorted(rights))
    return party


@verb
def change_party(
    turn: Turn,
    /,
    *,
    party: Party,
    by: Actor,
    reason: str,
    person: GuestInput | None = None,
    may: Sequence[PartyRight] | None = None,
    agreed_how: str | None = None,
    is_minor: bool | None = None,
    is_vip: bool | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Party:
    """Change how we reach a person, and what they may receive. ``None`` leaves it as it is.

    An empty ``agreed_how`` takes the guest's agreement back. What was to go to them and may not any more is
    stopped, and the owner is asked to tell somebody who may know.

    :raises ReasonMissing: if no reason is given.
    :raises PartyEnded: if they were taken out of the story.
    :raises BadEmail: if the address is not one.
    :raises RightNotForRole: if nobody in this part ever receives that.
    :raises AgreementMissing: if the guest has not agreed that they receive it.
    """
    row = _in_the_story(turn, party)
    note = text.require_reason(reason)
    if person is not None:
        correct(row, person)
    if agreed_how is not None:
        row.agreed_how = text.clean_line(agreed_how, field="how the guest agreed", limit=text.REASON)
        row.agreed_at = turn.now if row.agreed_how else None
    rights = _rights(
        PartyRole(row.role), _rights_of(row) if may is None else may, agreed=bool(row.agreed_how)
    )
    for name, value in _as_fields(rights).items():
        setattr(row, name, value)
    row.is_minor = row.is_minor if is_minor is None else is_minor
    row.is_vip = row.is_vip if is_vip is None else is_vip
    fields = ["agreed_how", "agreed_at", "is_minor", "is_vip", *_as_fields(rights)]
    row.save(update_fields=fields)
    turn.record(EventKind.PARTY_CHANGED, party=row.pk, may=sorted(rights), reason_given=bool(note))
    _stop_what_is_not_theirs(turn, row)
    return row


@verb
def end_party(
    turn: Turn,
    /,
    *,
    party: Party,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Party:
    """Take a person out of the story: nothing goes to them any more, and their links open nothing.

    :raises ReasonMissing: if no reason is given.
    :raises PartyEnded: if they were taken out before.
    :raises GuestStays: if it is the guest of this complaint.
    :raises GuardianNeeded: if nobody else speaks for the minor.
    :raises HoldsCertificate: if a free night of theirs is still good.
    """
    row = _in_the_story(turn, party)
    note = text.require_reason(reason)
    if guest_of(turn.complaint) == row:
        raise GuestStays(name=row.name)
    if row.role == PartyRole.GUARDIAN and _is_last_guardian(row):
        raise GuardianNeeded(name=row.name)
    if Certificate.objects.filter(party=row, void_at__isnull=True, nights_left__gt=0).exists():
        raise HoldsCertificate(name=row.name)
    row.ended_at, row.ended_reason = turn.now, note
    row.save(update_fields=["ended_at", "ended_reason"])
    GuestLink.objects.filter(party=row, revoked_at__isnull=True).update(revoked_at=turn.now)
    turn.record(EventKind.PARTY_ENDED, party=row.pk)
    _stop_what_is_not_theirs(turn, row)
    return row


def _in_the_story(turn: Turn, party: Party) -> Party:
    row = turn.fresh(party)
    if row.ended_at is not None:
        raise PartyEnded(name=row.name)
    return row


def _rights(role: PartyRole, wanted: Sequence[PartyRight] | None, *, agreed: bool) -> Collection[PartyRight]:
    if wanted is None:
        return party_rights.at_once(role)
    rights = frozenset(one_of(PartyRight, right, field="what they may receive") for right in wanted)
    party_rights.check(role, rights, agreed=agreed)
    return rights


def _rights_of(party: Party) -> list[PartyRight]:
    """What stands in the record; a minor's own rights come back with the years."""
    return [right for right in PartyRight if getattr(party, f"may_{right.value}")]


def _as_fields(rights: Collection[PartyRight]) -> dict[str, bool]:
    return {f"may_{right.value}": right in rights for right in PartyRight}


def _is_last_guardian(party: Party) -> bool:
    others = Party.objects.filter(complaint=party.complaint_id, ended_at__isnull=True).exclude(pk=party.pk)
    return others.filter(is_minor=True).exists() and not others.filter(role=PartyRole.GUARDIAN).exists()


def _is_theirs(party: Party, letter: Letter) -> bool:
    """As a release would ask it: the text, and the code that it brings."""
    try:
        letter_steps.check_right(LetterKind(letter.kind), party, letter.certificate)
    except RecoveryError:
        return False
    return True


def _stop_what_is_not_theirs(turn: Turn, party: Party) -> None:
    """Texts on their way to somebody who may not have them any more do not go (L9)."""
    stopped = []
    rows = Letter.objects.filter(party=party, sent_at__isnull=True, stopped_at__isnull=True)
    for letter in rows.select_related("certificate").order_by("pk"):
        if letter.state not in (LetterState.DRAFT, LetterState.RELEASED):
            continue
        if not _is_theirs(party, letter) and letter_steps.stop(turn, letter, reason="not theirs any more"):
            stopped.append(letter.get_kind_display())
    if stopped:
        create_task(
            turn,
            kind=TaskKind.CALL,
            title=f"Stopped on the way to {party.name}: {', '.join(stopped)}. Tell whoever may know",
            assignee=turn.complaint.owner,
            due_at=turn.now + letter_steps.TELL_INSTEAD,
            zone=houses.profile_of(turn.complaint.property_code).time_zone,
        )
