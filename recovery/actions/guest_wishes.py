"""What a guest asks for through a private link."""

from __future__ import annotations

from ..choices import ActorKind, EventKind, LetterKind, LetterState, LinkPurpose, MailMode
from ..errors import NotAllowed, PartyEnded, WrongState
from ..models import GuestLink, Letter, Party
from ..rules import text
from ..rules.mail_contract import CONTRACT
from . import letter_steps
from .actor import Actor
from .engine import Turn, verb


@verb
def stop_writing(
    turn: Turn, /, *, link: GuestLink, by: Actor, stop: bool, request_key: str | None = None
) -> Party:
    """The guest asks us not to write about this again, or takes that back.

    Stops what the system sends by itself; a letter that a person sends is not stopped.

    :raises NotAllowed: if a guest uses another guest's link.
    :raises WrongState: if the link is for something else, or works no more.
    """
    if by.kind is ActorKind.GUEST_LINK and by != Actor.for_link(link):
        raise NotAllowed()
    if link.purpose != LinkPurpose.STOP or not turn.fresh(link).works(now=turn.now):
        raise WrongState()
    party = turn.fresh(link.party)
    _wish(turn, party, stop=stop, reason_given=False)
    GuestLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=turn.now)
    return party


@verb
def stop_writing_to(
    turn: Turn,
    /,
    *,
    party: Party,
    by: Actor,
    stop: bool,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Party:
    """Record that the guest told one of us not to write about this again, or took that back.

    As through the link in a mail: what the system sends by itself stops, what a person sends does not.
    ``reason``: in which words, and to whom.

    :raises ReasonMissing: if nobody says how the guest put it.
    :raises PartyEnded: if they were taken out of the story.
    """
    row = turn.fresh(party)
    if row.ended_at is not None:
        raise PartyEnded(name=row.name)
    note = text.require_reason(reason)
    _wish(turn, row, stop=stop, reason_given=bool(note))
    return row


def _wish(turn: Turn, party: Party, *, stop: bool, reason_given: bool) -> None:
    """Keep what the guest wants, once, by whichever way they said it."""
    if bool(party.stopped_writing_at) == stop:
        return
    party.stopped_writing_at = turn.now if stop else None
    party.save(update_fields=["stopped_writing_at"])
    turn.record(EventKind.WRITING_STOPPED, party=party.pk, stopped=stop, reason_given=reason_given)
    if stop:
        _stop_what_waits(turn, party)


def _stop_what_waits(turn: Turn, party: Party) -> None:
    """What the system had promised by itself and has not sent yet does not go any more."""
    waiting = Letter.objects.filter(party=party, released_at__isnull=False, sent_at__isnull=True)
    for letter in waiting.order_by("pk"):
        went_alone = letter.mode == MailMode.VETO and not letter.released_by
        stops = went_alone or not CONTRACT[LetterKind(letter.kind)].ignores_stop
        if stops and letter.state is LetterState.RELEASED:
            letter_steps.stop(turn, letter, reason="the guest asked us to stop writing")
