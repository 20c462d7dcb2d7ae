"""The steps of every guest text: draft, freeze, release, stop. Verbs take them under their lock."""

from __future__ import annotations

import dataclasses
import datetime as dt

from ..choices import (
    AddressClass,
    ApologyMode,
    EventKind,
    HoldReason,
    LetterKind,
    LetterState,
    LinkPurpose,
    MailMode,
    PartyRight,
    Stance,
    TaskKind,
)
from ..errors import (
    AddressNotTrusted,
    CertificateVoid,
    LetterNotDraft,
    LetterNotSendable,
    LetterTooLate,
    MailHeld,
    MailOff,
    MinorNotWrittenTo,
    NeedsAPerson,
    NoAddress,
    NoSender,
    NotForThisParty,
    PartyEnded,
)
from ..letters import LetterFacts, Rendered, first_missing, slots
from ..models import (
    Apology,
    Brand,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    HouseProfile,
    Letter,
    OutboxMessage,
    Party,
    StaffMember,
    Task,
)
from ..outbox.enqueue import cancel, digest, enqueue
from ..rules import languages, mail_policy, mail_switchboard, stances
from ..rules.mail_contract import CONTRACT, MISSING, speaks_of_a_promise
from . import (
    apologies,
    houses,
    letter_facts,
    letter_gate,
    letter_repeats,
    letter_wording,
    links,
    mail_situation,
    message_ids,
    second_readers,
    signatories,
)
from .engine import Turn
from .letter_facts import LetterWords
from .letter_gate import SetAside
from .tasks import create_task, finish_fulfilled, finish_unique, withdraw_unique

#: The kind of outbox row that carries a letter.
LETTER_MAIL = "letter.mail"
#: What a released letter with a certificate inside fulfils.
CERTIFICATE_TOLD = "certificate_told"

#: The kind of outbox row at which a draft goes by itself unless somebody has stopped it.
LETTER_VETO = "letter.veto"

#: A text that was stopped on its way is told within this time by somebody, to somebody who may know.
TELL_INSTEAD = dt.timedelta(hours=4)

_BY_ITSELF = (MailMode.AUTO, MailMode.VETO)
_SLOT_PURPOSE = {
    slots.STATUS_LINK: LinkPurpose.STATUS,
    slots.STOP_LINK: LinkPurpose.STOP,
    slots.CERTIFICATE_LINK: LinkPurpose.CERTIFICATE,
}


def draft(
    turn: Turn,
    *,
    kind: LetterKind,
    party: Party,
    words: LetterWords | None = None,
    signatory: StaffMember | None = None,
    certificate: Certificate | None = None,
    entry: CertificateEntry | None = None,
    promise: Task | None = None,
    payment: Compensation | None = None,
    due_within: dt.timedelta | None = None,
) -> Letter:
    """Write a draft from the facts as they are now. ``due_within``: sooner than the contract says.

    :raises NotForThisParty: if the guest named is not the one who may have it.
    :raises MailOff: if the house does not send this text.
    :raises LetterNotSendable: if the words cannot make a letter of this kind.
    :raises NeedsSignatory: if the role that must sign is not staffed.
    :raises WrongSignatory: if somebody else is to sign.
    :raises OwnerNotHere: if the signatory does not work at this property.
    :raises CertificateVoid: if the certificate that it would carry was withdrawn.
    """
    row, party = CONTRACT[kind], turn.fresh(party)
    profile = houses.profile_of(turn.complaint.property_code)
    check_on(kind, profile)
    check_right(kind, party, certificate)
    signer = signatory or signatories.default(turn, kind)
    signatories.check(turn.complaint, kind, signer)
    today = houses.local_date(profile, turn.now)
    houses.check_works_here(signer, turn.complaint.property_code, today=today)
    is_void = certificate is not None and certificate.void_at is not None
    if certificate is not None and is_void and kind != LetterKind.CERTIFICATE_VOID:
        raise CertificateVoid(reason=certificate.void_reason)
    if promise is None and speaks_of_a_promise(kind):
        promise = letter_facts.next_promise(turn.complaint)
    facts = letter_facts.build(
        kind=kind,
        complaint=turn.complaint,
        party=party,
        signatory=signer,
        now=turn.now,
        words=words or LetterWords(),
        certificate=certificate,
        entry=entry,
        promise=promise,
        payment=payment,
    )
    written = letter_wording.write(facts)
    rendered = written.rendered
    due = turn.now + (due_within or row.draft_due)
    letter = Letter.objects.create(
        complaint=turn.complaint,
        party=party,
        certificate=certificate,
        task=promise,
        kind=kind,
        language=rendered.language,
        mode=_mode(turn, kind, party, profile),
        signatory=signer,
        facts=facts.to_json(),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        wording=written.wording,
        wording_below=written.wording_below,
        drafted_at=turn.now,
        drafted_by=turn.by.name[:120],
        drafted_by_key=second_readers.key_of(turn.by),
        due_at=due,
        not_after=due + row.not_after,
    )
    turn.record(EventKind.LETTER_DRAFTED, letter=letter.pk, letter_kind=kind)
    letter_wording.tell(turn, written)
    return letter


def release(
    turn: Turn,
    letter: Letter,
    *,
    by_person: bool,
    by_hand: bool = False,
    set_aside: SetAside | None = None,
    self_checked: bool = False,
) -> Letter:
    """Freeze the words and promise their delivery, by mail or by hand.

    :raises LetterNotDraft: if it was released or stopped before.
    :raises MailOff: if the house does not send this text.
    :raises NeedsAPerson: if the system alone would send what a person must release.
    :raises MailHeld: if the mail contract keeps it from going now.
    :raises LetterTooLate: if it should have gone long ago.
    :raises NotForThisParty: if the guest is not the one who may have it.
    :raises NoAddress, AddressNotTrusted, WritingStopped, NoSender: if it cannot go by mail.
    :raises LetterNotSendable: if an apology does not fit its stance.
    :raises LetterBlocked, LetterForbidden: if something that is known to be wrong stops it.
    :raises NeedsSecondReader, SelfCheckTooSoon, NeedsSelfCheck: if it must be read once more.
    :raises LetterUnchanged: if this guest got exactly this text before.
    :raises AlreadyApologised: if this guest has a written apology in this stance.
    """
    complaint, party, kind = turn.complaint, turn.fresh(letter.party), LetterKind(letter.kind)
    by_hand = by_hand or letter.by_hand  # because whoever wrote it may have said so
    if letter.state is not LetterState.DRAFT:
        raise LetterNotDraft(state=letter.state.label)
    profile = houses.profile_of(complaint.property_code)
    check_on(kind, profile)
    check_right(kind, party, letter.certificate)
    situation = mail_situation.of(turn, kind, party, profile, letter=letter, alone=not by_person)
    if not by_person and mail_policy.mode_of(kind, situation) not in _BY_ITSELF:
        raise NeedsAPerson(severity=complaint.severity)
    signatories.check(complaint, kind, letter.signatory)
    brand = houses.brand_of(complaint.property_code)
    if not by_hand:
        check_mail(kind, party, brand, stopped=situation.stopped)
        if turn.now > letter.not_after:
            raise LetterTooLate(when=letter_facts.short_time(letter.not_after, profile))
    if kind == LetterKind.APOLOGY:
        _carry_solved(turn, letter)
    goes_at = mail_policy.release_at(kind, situation, by_person=by_person, by_hand=by_hand)
    rendered = _freeze(turn, letter, profile, alone=not by_person and letter.mode == MailMode.VETO)
    if kind == LetterKind.APOLOGY:
        stances.check_apology(Stance(complaint.stance), rendered.parts)
    reading = second_readers.read(turn, letter, is_self_checked=self_checked)
    letter_gate.check(turn, letter, LetterFacts.from_json(letter.facts), rendered, set_aside)
    row = CONTRACT[kind]
    if row.mode != MailMode.AUTO:
        letter_repeats.check_not_again(letter, party, rendered)
    if kind == LetterKind.APOLOGY:
        letter_repeats.check_first_apology(complaint, letter, party, profile)
    letter.by_hand, letter.reading = by_hand, reading or ""
    letter.released_at, letter.released_by = turn.now, turn.by.name[:120] if by_person else ""
    letter.due_at, letter.held_because = goes_at, ""
    letter.not_after = letter.due_at + row.not_after
    letter.save()
    for slot in rendered.slots:
        if slot in _SLOT_PURPOSE:
            purpose = _SLOT_PURPOSE[slot]
            bound = letter.certificate if purpose == LinkPurpose.CERTIFICATE else None
            links.make_link(turn, party=party, purpose=purpose, certificate=bound)
    turn.record(
        EventKind.LETTER_RELEASED, guest_visible=True, letter=letter.pk, letter_kind=kind, by_hand=by_hand
    )
    if kind == LetterKind.APOLOGY:
        Apology.objects.create(
            complaint=complaint,
            mode=ApologyMode.WRITTEN,
            stance=complaint.stance,
            parts=[str(part) for part in rendered.parts],
            by=letter.signatory.name_for_guests,
            at=turn.now,
            letter=letter,
        )
    if by_hand:
        _ask_to_hand_over(turn, letter, profile)
    else:
        enqueue(
            kind=LETTER_MAIL,
            key=outbox_key(letter),
            payload={"letter": letter.pk},
            now=turn.now,
            lane=row.lane,
            due_at=letter.due_at,
            not_after=letter.not_after,
            property_code=complaint.property_code,
            message_id_domain=message_ids.domain(brand),
        )
    if not row.exempt_from_counts:
        _stop_old_news(turn, letter)
    finish_unique(turn, waiting_key(letter), evidence={"letter": str(letter.pk)})
    cancel(key=veto_key(letter), now=turn.now)
    finish_fulfilled(turn, str(kind), evidence={"letter": str(letter.pk)})
    if kind == LetterKind.APOLOGY:
        apologies.settle_owed(turn, [str(p) for p in rendered.parts], evidence={"letter": str(letter.pk)})
    if letter.certificate is not None and kind != LetterKind.CERTIFICATE_VOID:
        finish_fulfilled(turn, CERTIFICATE_TOLD, evidence={"letter": str(letter.pk)})
    return letter


def keep_for_reader(
    turn: Turn, letter: Letter, *, by_hand: bool = False, set_aside: SetAside | None = None
) -> None:
    """Refuse now what a release would refuse later, while whoever wrote it is still there.

    :raises NoAddress, AddressNotTrusted, WritingStopped, NoSender, LetterNotSendable, LetterBlocked,
        LetterForbidden, AlreadyApologised: as ``release``.
    """
    complaint, party = turn.complaint, letter.party
    profile = houses.profile_of(complaint.property_code)
    if not by_hand:
        brand = houses.brand_of(complaint.property_code)
        stopped = party.stopped_writing_at is not None
        check_mail(LetterKind(letter.kind), party, brand, stopped=stopped)
    facts = facts_today(letter, turn.complaint, profile, turn.now)
    rendered = letter_wording.write(facts).rendered
    stances.check_apology(Stance(turn.complaint.stance), rendered.parts)
    letter_gate.check(turn, letter, facts, rendered, set_aside)
    letter_repeats.check_not_again(letter, party, rendered)
    letter_repeats.check_first_apology(complaint, letter, party, profile)
    if by_hand:
        letter.by_hand = True
        letter.save(update_fields=["by_hand"])


def release_or_hand_over(turn: Turn, letter: Letter) -> Letter:
    """For texts that the system sends by itself: by mail where it can be read, else on paper."""
    try:
        return release(turn, letter, by_person=turn.by.is_person)
    except (NoAddress, AddressNotTrusted, NoSender, MailHeld):
        return release(turn, letter, by_person=turn.by.is_person, by_hand=True)


def check_mail(kind: LetterKind, party: Party, brand: Brand, *, stopped: bool) -> None:
    """Whether a text of this kind can go to this guest by mail, as things are now.

    :raises NoAddress, AddressNotTrusted, WritingStopped: if it must not go to this guest's address.
    :raises NoSender: if the house has no address to send from.
    """
    mail_policy.check_address(
        kind,
        name=party.name,
        address_class=AddressClass(party.address_class),
        stopped=stopped,
    )
    if not brand.sender_email:
        raise NoSender(property_code=brand.property_code)


def stop(turn: Turn, letter: Letter, *, reason: str) -> bool:
    """Keep a letter from going. False: too late, it was sent or is being sent this moment.

    A delivery that failed is stopped for good: nobody can try it again.
    """
    if letter.state not in (LetterState.DRAFT, LetterState.RELEASED):
        return False
    if letter.by_hand:
        withdraw_unique(turn, f"hand:{letter.pk}", reason=reason)
    elif letter.state is LetterState.RELEASED:
        has_failed = OutboxMessage.objects.failed().filter(key=digest(outbox_key(letter))).exists()
        if not has_failed and not cancel(key=outbox_key(letter), now=turn.now):
            return False
    letter.stopped_at, letter.stopped_reason, letter.held_because = turn.now, reason[:200], ""
    letter.save(update_fields=["stopped_at", "stopped_reason", "held_because"])
    cancel(key=veto_key(letter), now=turn.now)
    withdraw_unique(turn, waiting_key(letter), reason=reason)
    turn.record(EventKind.LETTER_STOPPED, letter=letter.pk)
    return True


def check_right(kind: LetterKind, party: Party, certificate: Certificate | None) -> None:
    """Whether this person may have what the text brings.

    :raises PartyEnded: if they were taken out of the story.
    :raises MinorNotWrittenTo: if they are a minor: the guardian is written to.
    :raises NotForThisParty: if it is not for them.
    """
    if party.ended_at is not None:
        raise PartyEnded(name=party.name)
    if party.is_minor:
        raise MinorNotWrittenTo(name=party.name)
    rights = [CONTRACT[kind].right]
    if certificate is not None and CONTRACT[kind].carries_secret:
        rights.append(PartyRight.CERTIFICATE)
    for right in rights:
        if not party.may_receive(right):
            raise NotForThisParty(name=party.name, right=right.label)


def check_on(kind: LetterKind, profile: HouseProfile) -> None:
    """:raises MailOff: if the house does not send this text."""
    if mail_switchboard.is_off(profile.mail_modes, kind):
        raise MailOff(kind=kind.label)


def _mode(turn: Turn, kind: LetterKind, party: Party, profile: HouseProfile) -> MailMode:
    """Who sends this text in this case and this house."""
    house = mail_switchboard.mode_of(profile.mail_modes, kind)
    if CONTRACT[kind].mode != MailMode.VETO:
        return mail_switchboard.stricter(CONTRACT[kind].mode, house)  # because no case changes it
    return mail_policy.mode_of(kind, mail_situation.of(turn, kind, party, profile, alone=False))


def outbox_key(letter: Letter) -> str:
    """The key of the delivery of a letter: one letter is one delivery, for ever."""
    return mail_situation.LETTER_KEY.format(letter.pk)


def waiting_key(letter: Letter) -> str:
    """What makes “look at this draft” one task."""
    return f"waiting:{letter.pk}"


def veto_key(letter: Letter) -> str:
    """The key of the moment at which a draft goes by itself."""
    return f"veto:{letter.pk}"


def frozen(letter: Letter) -> Rendered:
    """The letter as it was frozen at release, or as it would be if it were released now."""
    return Rendered.thaw(subject=letter.subject, text=letter.text, html=letter.html, frozen=letter.facts)


def facts_today(letter: Letter, complaint: Complaint, profile: HouseProfile, now: dt.datetime) -> LetterFacts:
    """The facts of a draft as a release now would freeze them: today's date, and where we stand today."""
    kind, facts = LetterKind(letter.kind), LetterFacts.from_json(letter.facts)
    who, by = letter_facts.promised(kind, letter.task, profile, letter.language)
    below = facts.english_below
    if below is not None:
        _who, in_english = letter_facts.promised(kind, letter.task, profile, languages.ENGLISH)
        below = dataclasses.replace(below, promise_by=in_english)
    if kind == LetterKind.APOLOGY and not is_news_that_it_is_solved(complaint):
        facts = dataclasses.replace(facts, done="", done_by="")
    return dataclasses.replace(
        facts,
        english_below=below,
        earlier_signatory=letter_facts.earlier_signatory(
            complaint, letter.party, letter.signatory, before=letter
        ),
        written_on=houses.local_date(profile, now),
        stance=complaint.stance,
        promise_who=who,
        promise_by=by,
    )


def missing_fact(letter: Letter) -> str:
    """The first thing that a draft lacks before it can be sent; empty where it is whole."""
    facts = LetterFacts.from_json(letter.facts)
    return first_missing(CONTRACT[LetterKind(letter.kind)].facts, facts, letter.language)


def _freeze(turn: Turn, letter: Letter, profile: HouseProfile, *, alone: bool) -> Rendered:
    """Render once more with today's date and stance, and keep that for ever.

    ``alone``: nobody pressed, so the guest gets the line with which such mail is stopped (L15).
    """
    facts = facts_today(letter, turn.complaint, profile, turn.now)
    if alone:
        facts = dataclasses.replace(facts, automatic=True)
    written = letter_wording.write(facts)
    rendered = written.rendered
    letter.wording, letter.wording_below = written.wording, written.wording_below
    letter_wording.tell(turn, written)
    letter.subject, letter.text, letter.html = rendered.subject, rendered.text, rendered.html
    letter.body_hash = rendered.body_hash
    letter.facts = rendered.freeze(facts)
    missing = first_missing(CONTRACT[LetterKind(letter.kind)].facts, facts, rendered.language)
    if missing:
        raise LetterNotSendable(missing=MISSING.get(missing, missing.replace("_", " ")))
    return rendered


def is_news_that_it_is_solved(complaint: Complaint) -> bool:
    """It is solved, and the guest does not know yet."""
    return complaint.solved_at is not None and complaint.told_at is None and complaint.closed_at is None


def _carry_solved(turn: Turn, letter: Letter) -> None:
    """What waits to say that it is solved travels inside the apology: one mail, not two (L2)."""
    if not is_news_that_it_is_solved(turn.complaint):
        return
    rows = Letter.objects.filter(
        complaint=turn.complaint,
        party=letter.party,
        kind=LetterKind.SOLVED,
        sent_at__isnull=True,
        handed_over_at__isnull=True,
        stopped_at__isnull=True,
    )
    waiting = list(rows.order_by("-pk"))
    written = next((row for row in waiting if row.facts["done"] and row.language == letter.language), None)
    if not letter.facts["done"] and written is not None:
        letter.facts = {**letter.facts, "done": written.facts["done"]}
    if letter.facts["done"]:
        for row in waiting:
            stop(turn, row, reason=str(HoldReason.MERGED.label))


def _stop_old_news(turn: Turn, letter: Letter) -> None:
    """Where a letter says something, “still at it” is no news any more."""
    rows = Letter.objects.filter(
        complaint=turn.complaint, kind=LetterKind.NO_NEWS, sent_at__isnull=True, stopped_at__isnull=True
    )
    for row in rows.exclude(pk=letter.pk).order_by("pk"):
        stop(turn, row, reason="another letter says more")


def _ask_to_hand_over(turn: Turn, letter: Letter, profile: HouseProfile) -> None:
    create_task(
        turn,
        kind=TaskKind.HAND_DELIVERY,
        title=f"Print and hand over: {letter.get_kind_display()} for {letter.party.name}",
        assignee=turn.complaint.owner,
        due_at=letter.due_at,
        zone=profile.time_zone,
        unique_key=f"hand:{letter.pk}",
    )
