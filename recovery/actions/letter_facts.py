"""From our records to the facts of a letter: the only place where a record becomes a guest's text.

The internal cause and the supplier have no field in the facts, so they cannot leak.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from .. import conf
from ..choices import Layer, LetterKind, MailMode, RemedyKey, TaskKind
from ..errors import LetterNotSendable
from ..letters import (
    CertificateFacts,
    EnglishFacts,
    HouseFacts,
    LetterFacts,
    PaymentFacts,
    RedeemedFacts,
    RestoredFacts,
    SignatoryFacts,
    WalkFacts,
    title_of,
)
from ..letters.dates import moment_text
from ..models import (
    Brand,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    HouseProfile,
    Letter,
    Party,
    StaffMember,
    Task,
)
from ..rules import languages, mail_policy, text
from ..rules.mail_contract import CONTRACT
from . import houses

#: Texts that show the other hotel.
_WALKS = (LetterKind.WALK_CARD, LetterKind.WALK_BEFORE_TRAVEL)


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """What staff write for one guest, in the guest's language. Empty means: leave it out."""

    #: One sentence that names what went wrong.
    wrong: str = ""
    #: What it cost the guest.
    impact: str = ""
    #: What happened, in one line, after the responsibility.
    explanation: str = ""
    #: What was done and is paid, one line each.
    repairs: tuple[str, ...] = ()
    #: What we changed so that it does not happen again.
    changes: str = ""
    #: A sentence that belongs to this guest alone.
    own_sentence: str = ""
    #: What went wrong, in English, for a guest whose language is a guess.
    wrong_in_english: str = ""
    #: The matter in our words, for the guest to correct.
    understood: str = ""
    #: What is done next, or was agreed; who and by when come from the task.
    promise: str = ""
    question: str = ""
    question_why: str = ""
    #: The answer to what the guest wrote.
    answer: str = ""
    #: What is done, and by whom, if that may be said.
    done: str = ""
    done_by: str = ""
    still_open: str = ""
    #: What we had told the guest before it took longer, and what helps until then.
    before: str = ""
    meanwhile: str = ""
    #: Why a certificate was withdrawn, and what comes in its place.
    void_why: str = ""
    instead: str = ""
    #: What is paid for a guest who was harmed, one line each.
    care: tuple[str, ...] = ()
    #: Walk card only: what the tasks' proof does not say, or says in another language.
    walk: Mapping[str, str] | None = None


def build(
    *,
    kind: LetterKind,
    complaint: Complaint,
    party: Party,
    signatory: StaffMember,
    now: dt.datetime,
    words: LetterWords,
    certificate: Certificate | None = None,
    entry: CertificateEntry | None = None,
    promise: Task | None = None,
    payment: Compensation | None = None,
) -> LetterFacts:
    """The facts of one letter as they are now. ``entry``: nights redeemed, or given back.

    :raises NoBrand: if the property has no brand.
    :raises LetterNotSendable: if a walk card lacks the held room.
    """
    profile, brand = houses.profile_of(complaint.property_code), houses.brand_of(complaint.property_code)
    answer = _promised_answer(complaint) if kind == LetterKind.RECEIPT else None
    who, by = promised(kind, promise, profile, party.language)
    return LetterFacts(
        kind=kind,
        language=party.language,
        house=house_facts(brand),
        guest_name=party.name,
        guest_first_name=party.first_name,
        signatory=SignatoryFacts(
            name=signatory.name_for_guests,
            first_name=text.first_name(signatory.name_for_guests),
            title=signatory.title or title_of(signatory.roles, party.language),
            phone=signatory.phone,
        ),
        reference=complaint.reference,
        written_on=houses.local_date(profile, now),
        stance=complaint.stance,
        **_sentences(words),
        promise_who=who,
        promise_by=by,
        answer_by=_in_words(answer.due_at, profile, party.language) if answer else "",
        answered_by=_assignee(answer, complaint) if answer else "",
        on_call_phone=profile.on_call_phone or brand.phone,
        certificate=certificate_facts(certificate) if certificate else None,
        walk=_walk(complaint, signatory, words.walk or {}) if kind in _WALKS else None,
        redeemed=_redeemed(certificate, entry) if certificate and entry and not entry.reverses_id else None,
        restored=_restored(certificate, entry) if certificate and entry and entry.reverses_id else None,
        payment=_payment(payment, profile) if payment else None,
        earlier_signatory=earlier_signatory(complaint, party, signatory),
        automatic=CONTRACT[kind].mode == MailMode.AUTO,
        has_status_link=kind == LetterKind.RECEIPT,
        english_below=_english(
            party,
            signatory,
            answer,
            profile,
            promise_by=promised(kind, promise, profile, languages.ENGLISH)[1],
        ),
    )


def _english(
    party: Party, signatory: StaffMember, answer: Task | None, profile: HouseProfile, *, promise_by: str
) -> EnglishFacts | None:
    """For a guest whose language is a guess: what is made of words, in English, too."""
    if not languages.needs_english(party.language, party.language_source, conf.current().LANGUAGES):
        return None
    return EnglishFacts(
        signatory_title=signatory.title or title_of(signatory.roles, languages.ENGLISH),
        answer_by=_in_words(answer.due_at, profile, languages.ENGLISH) if answer else "",
        promise_by=promise_by,
    )


def _sentences(words: LetterWords) -> dict[str, Any]:
    """What staff wrote, under the names that the facts have for it."""
    return {each.name: getattr(words, each.name) for each in dataclasses.fields(words) if each.name != "walk"}


def next_promise(complaint: Complaint) -> Task | None:
    """The next promise to the guest that somebody has said yes to; that we answer is none."""
    open_ones = Task.objects.open().filter(complaint=complaint, told_guest_at__isnull=False)
    accepted = open_ones.filter(accepted_at__isnull=False, assignee__isnull=False).exclude(fulfils="answer")
    return accepted.select_related("assignee").order_by("due_at", "pk").first()


def promised(kind: LetterKind, promise: Task | None, profile: HouseProfile, language: str) -> tuple[str, str]:
    """Who keeps the promise that a letter speaks of, and by when; empty until somebody has said yes.

    Read again at release, because a promise can move between draft and letter.
    """
    if promise is None or promise.accepted_at is None or promise.assignee is None:
        return "", ""
    if kind == LetterKind.DELAY and promise.moved_at is None:
        return "", ""  # because the time that it has is the one that will not be kept
    return promise.assignee.name_for_guests, _in_words(promise.due_at, profile, language)


def earlier_signatory(
    complaint: Complaint, party: Party, signatory: StaffMember, *, before: Letter | None = None
) -> str:
    """Who wrote to this guest last, if somebody else does now: a change of hand is said (L14)."""
    sent = Letter.objects.filter(
        complaint=complaint, party=party, released_at__isnull=False, stopped_at__isnull=True
    )
    if before is not None:
        sent = sent.exclude(pk=before.pk)
    last = sent.select_related("signatory").order_by("-released_at", "-pk").first()
    if last is None or last.signatory_id == signatory.pk:
        return ""
    return last.signatory.name_for_guests


def house_facts(brand: Brand) -> HouseFacts:
    """The letterhead."""
    return HouseFacts(
        property_code=brand.property_code,
        name=brand.name,
        address=brand.address_lines,
        phone=brand.phone,
        email=brand.reply_to or brand.sender_email,
        website=brand.website,
        legal_line=brand.legal_line,
        colour=brand.colour,
        paper=brand.paper,
    )


def certificate_facts(certificate: Certificate) -> CertificateFacts:
    """What stands on the face of a certificate."""
    return CertificateFacts(
        nights=certificate.nights,
        houses=_house_names(certificate.houses),
        valid_from_on=certificate.valid_from_on,
        last_arrival_on=certificate.last_arrival_on,
        tax_included=certificate.tax_included,
        breakfast_included=certificate.breakfast_included,
        transferable=certificate.transferable,
        named_for=certificate.party.name,
        nights_left=certificate.nights_left,
        why=certificate.why,
    )


def _house_names(codes: list[str]) -> tuple[str, ...]:
    wanted = Brand.objects.order_by("pk")
    if codes:
        wanted = wanted.filter(property_code__in=codes)
    return tuple(brand.name for brand in wanted)


def _promised_answer(complaint: Complaint) -> Task | None:
    return Task.objects.open().filter(complaint=complaint, kind=TaskKind.PROMISE, fulfils="answer").first()


def _assignee(task: Task, complaint: Complaint) -> str:
    return (task.assignee or complaint.owner).name_for_guests


def short_time(moment: dt.datetime, profile: HouseProfile) -> str:
    """A time for staff, on the property's clock."""
    return f"{moment.astimezone(ZoneInfo(profile.time_zone)):%Y-%m-%d %H:%M}"


def _in_words(moment: dt.datetime, profile: HouseProfile, language: str) -> str:
    local = moment.astimezone(ZoneInfo(profile.time_zone))
    return moment_text(local, language)


def _proof(complaint: Complaint, step: str) -> dict[str, str]:
    task = (
        Task.objects.filter(complaint=complaint, step_key=step, done_at__isnull=False).order_by("-pk").first()
    )
    return dict(task.evidence) if task else {}


def _walk(complaint: Complaint, manager: StaffMember, typed: Mapping[str, str]) -> WalkFacts:
    """The card from the proof of the tasks: only a room that is held can stand on it."""
    room = _proof(complaint, "substitute_room")
    missing = [name for name in ("hotel", "address", "phone", "confirmation") if not room.get(name)]
    if missing:
        raise LetterNotSendable(missing="first finish the step that finds and holds the other room")
    paid = typed.get("paid", "")
    lines = [line.strip() for line in paid.splitlines() if line.strip()] or list(_paid(complaint))
    if not lines:
        raise LetterNotSendable(missing="say what we pay at the other hotel, or grant it first")
    return WalkFacts(
        hotel=room["hotel"],
        address=room["address"],
        phone=room["phone"],
        confirmation=room["confirmation"],
        map_url=typed.get("map_url", "") or _map_of(room["address"]),
        distance=typed.get("distance", "") or f"{Decimal(room.get('distance_km', '0')).normalize():f} km",
        paid=tuple(lines),
        taxi=typed.get("taxi", "") or _proof(complaint, "transport").get("transport", ""),
        dinner=typed.get("dinner", "") or _dinner(complaint),
        manager_name=manager.name_for_guests,
        manager_phone=manager.phone or houses.brand_of(complaint.property_code).phone,
        tomorrow=typed.get("tomorrow", ""),
    )


def _dinner(complaint: Complaint) -> str:
    """Dinner tonight, or what was booked because the guest dines at an event."""
    proofs = (_proof(complaint, step).get("dinner", "") for step in ("dinner", "instead_of_dinner"))
    return next((words for words in proofs if words), "")


def _map_of(address: str) -> str:
    """A map for a guest who is in a hurry: nobody at the desk looks for a link while the guest waits."""
    return f"https://www.openstreetmap.org/search?query={quote(address)}"


def _paid(complaint: Complaint) -> tuple[str, ...]:
    """What was granted and we pay elsewhere, in the words in which it was granted."""
    elsewhere = (RemedyKey.SUBSTITUTE_ROOM, RemedyKey.TRANSPORT, RemedyKey.DINNER)
    rows = complaint.compensations.filter(void_at__isnull=True, remedy__key__in=elsewhere).order_by("pk")
    return tuple(row.what for row in rows if row.layer in (Layer.MAKE_WHOLE, Layer.GOODWILL))


def _payment(row: Compensation, profile: HouseProfile) -> PaymentFacts:
    paid = houses.local_date(profile, row.fulfilled_at or row.granted_at)
    remedy = RemedyKey(row.remedy.key)
    return PaymentFacts(
        amount=str(row.face),
        currency=row.currency,
        means=remedy.value,
        units=row.units,
        arrives_on=paid + mail_policy.MONEY_ARRIVES[remedy],
    )


def _restored(certificate: Certificate, entry: CertificateEntry) -> RestoredFacts:
    return RestoredFacts(
        nights=entry.nights,
        nights_left=certificate.nights_left,
        last_arrival_on=certificate.last_arrival_on,
    )


def _redeemed(certificate: Certificate, entry: CertificateEntry) -> RedeemedFacts:
    brand = Brand.objects.filter(property_code=entry.property_code).first()
    until = entry.cancel_until
    return RedeemedFacts(
        house=brand.name if brand else entry.property_code,
        arrival_on=entry.arrival_on or entry.on,
        departure_on=entry.departure_on,
        nights=-entry.nights,
        nights_left=certificate.nights_left,
        last_arrival_on=certificate.last_arrival_on,
        # What has passed is no offer: at the desk on the day of arrival there is nothing to cancel.
        cancel_until=until if until is not None and until >= entry.on else None,
    )
