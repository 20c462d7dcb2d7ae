"""What each ``{placeholder}`` stands for: flat strings (and two lists), made from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from ..choices import LetterKind, RemedyKey
from ..rules import money
from . import slots
from .dates import joined, long_date, nights_text
from .facts import CertificateFacts, LetterFacts, PaymentFacts, RedeemedFacts, RestoredFacts, WalkFacts
from .formatting import Value, formatted
from .words import load_phrases

COMMON = frozenset(
    {
        "hotel", "house_address", "house_phone", "house_email", "house_website", "house_legal_line",
        "guest_name", "guest_first_name",
        "signatory_name", "signatory_first_name", "signatory_title", "signatory_phone",
        "earlier_signatory", "reference", "written_on", "automatic", "stop_link",
    }
)  # fmt: skip
CERTIFICATE = frozenset(
    {
        "certificate_nights", "certificate_nights_title", "certificate_houses", "certificate_valid_from",
        "certificate_last_arrival", "certificate_included", "certificate_not_included",
        "certificate_transfer", "certificate_named_for", "certificate_nights_left", "certificate_why",
        "certificate_how_to_book", "certificate_code", "certificate_link",
    }
)  # fmt: skip
_APOLOGY = frozenset({"wrong", "impact", "explanation", "repairs", "changes", "own_sentence", "done"})
_RECEIPT = frozenset({"answer_by", "answered_by", "on_call_phone", "status_link"})
_WALK = frozenset(
    {
        "walk_hotel", "walk_address", "walk_phone", "walk_confirmation", "walk_map_url", "walk_map_site",
        "walk_distance", "walk_paid", "walk_taxi", "walk_dinner", "walk_manager_name",
        "walk_manager_phone", "walk_tomorrow",
    }
)  # fmt: skip
_REDEEMED = frozenset(
    {
        "redeemed_house", "redeemed_arrival", "redeemed_departure", "redeemed_nights",
        "redeemed_nights_left", "redeemed_last_arrival", "redeemed_cancel_until",
    }
)  # fmt: skip
_RESTORED = frozenset({"restored_nights", "restored_nights_left", "restored_last_arrival"})
_PAYMENT = frozenset({"payment_amount", "payment_means", "payment_arrives"})
_PROMISE = frozenset({"promise", "promise_who", "promise_by"})

#: Which placeholders the words of a kind may use.
ALLOWED: Mapping[LetterKind, frozenset[str]] = {
    LetterKind.RECEIPT: COMMON | _RECEIPT,
    LetterKind.WALK_CARD: COMMON | _WALK | {"wrong", "own_sentence"},
    LetterKind.APOLOGY: COMMON | CERTIFICATE | _APOLOGY | {"status_link"},
    LetterKind.CERTIFICATE: COMMON | CERTIFICATE | {"own_sentence"},
    LetterKind.REDEEMED: COMMON | _REDEEMED,
    LetterKind.RESTORED: COMMON | _RESTORED,
    LetterKind.ACKNOWLEDGEMENT: COMMON | _PROMISE | {"understood", "impact"},
    LetterKind.AGREED: COMMON | _PROMISE | {"repairs"},
    LetterKind.QUESTION: COMMON | {"question", "question_why"},
    LetterKind.QUESTION_REMINDER: COMMON | {"question", "question_why"},
    LetterKind.NO_NEWS: COMMON | _PROMISE,
    LetterKind.UPDATE: COMMON | _PROMISE | {"done", "still_open"},
    LetterKind.DELAY: COMMON | _PROMISE | {"before", "explanation", "meanwhile"},
    LetterKind.REPLY: COMMON | {"answer", "own_sentence"},
    LetterKind.SOLVED: COMMON | {"done", "done_by", "own_sentence"},
    LetterKind.WALK_BEFORE_TRAVEL: COMMON | _WALK | {"own_sentence"},
    LetterKind.PAYMENT_DONE: COMMON | _PAYMENT,
    LetterKind.CERTIFICATE_VOID: COMMON | {"void_why", "instead", "own_sentence"},
    LetterKind.CARE_CONTACT: COMMON | {"care", "own_sentence"},
}
#: Lists: alone on a line, one line for each entry.
LISTS = frozenset({"repairs", "walk_paid", "care"})
#: What may stand behind ``->``.
LINKS = frozenset({"certificate_link", "status_link", "stop_link", "walk_map_url"})


def first_missing(names: Iterable[str], facts: LetterFacts, language: str) -> str:
    """The first of these placeholders that has no value in this letter; empty where all have one."""
    found = values(facts, language)
    return next((name for name in names if not found.get(name)), "")


def values(facts: LetterFacts, language: str) -> dict[str, Value]:
    """Every placeholder of this letter; an empty one has nothing to say."""
    house, signatory = facts.house, facts.signatory
    found: dict[str, Value] = {
        "hotel": house.name,
        "house_address": ", ".join(house.address),
        "house_phone": house.phone,
        "house_email": house.email,
        "house_website": house.website,
        "house_legal_line": house.legal_line,
        "guest_name": facts.guest_name,
        "guest_first_name": facts.guest_first_name or facts.guest_name,
        "signatory_name": signatory.name,
        "signatory_first_name": signatory.first_name,
        "signatory_title": signatory.title,
        "signatory_phone": signatory.phone,
        "earlier_signatory": facts.earlier_signatory,
        "reference": facts.reference,
        "written_on": long_date(facts.written_on, language),
        "automatic": "yes" if facts.automatic else "",
        "stop_link": slots.marker(slots.STOP_LINK) if facts.automatic else "",
        "status_link": slots.marker(slots.STATUS_LINK) if facts.has_status_link else "",
        "wrong": facts.wrong,
        "impact": facts.impact,
        "explanation": facts.explanation,
        "repairs": facts.repairs,
        "changes": facts.changes,
        "own_sentence": facts.own_sentence,
        "understood": facts.understood,
        "promise": facts.promise,
        "promise_who": facts.promise_who,
        "promise_by": facts.promise_by,
        "question": facts.question,
        "question_why": facts.question_why,
        "answer": facts.answer,
        "done": facts.done,
        "done_by": facts.done_by,
        "still_open": facts.still_open,
        "before": facts.before,
        "meanwhile": facts.meanwhile,
        "void_why": facts.void_why,
        "instead": facts.instead,
        "care": facts.care,
        "answer_by": facts.answer_by,
        "answered_by": facts.answered_by,
        # What cannot wait needs a number even where nobody is on call.
        "on_call_phone": facts.on_call_phone or house.phone,
    }
    if facts.certificate is not None:
        found |= _certificate(facts, facts.certificate, language)
    if facts.walk is not None:
        found |= _walk(facts.walk)
    if facts.redeemed is not None:
        found |= _redeemed(facts.redeemed, language)
    if facts.restored is not None:
        found |= _restored(facts.restored, language)
    if facts.payment is not None:
        found |= _payment(facts.payment, language)
    return found


def _certificate(facts: LetterFacts, certificate: CertificateFacts, language: str) -> dict[str, Value]:
    phrases = load_phrases(language)
    extras = (
        (phrases["included_tax"], certificate.tax_included),
        (phrases["included_breakfast"], certificate.breakfast_included),
    )
    included = (phrases["included_room"], *(text for text, is_in in extras if is_in))
    left_out = tuple(text for text, is_in in extras if not is_in)
    nights = nights_text(certificate.nights, language)
    book = {
        (True, True): "book_by_phone_or_mail",
        (True, False): "book_by_phone",
        (False, True): "book_by_mail",
        (False, False): "book_in_person",
    }[bool(facts.house.phone), bool(facts.house.email)]
    transfer = "transfer_free" if certificate.transferable else "transfer_personal"
    own: dict[str, Value] = {
        "phone": facts.house.phone,
        "email": facts.house.email,
        "named_for": certificate.named_for,
    }
    return {
        "certificate_nights": nights,
        "certificate_nights_title": nights[:1].upper() + nights[1:],
        "certificate_houses": joined(certificate.houses, "or", language),
        "certificate_valid_from": long_date(certificate.valid_from_on, language),
        "certificate_last_arrival": long_date(certificate.last_arrival_on, language),
        "certificate_included": joined(included, "and", language),
        "certificate_not_included": joined(left_out, "and", language),
        "certificate_transfer": formatted(phrases[transfer], own) or "",
        "certificate_named_for": certificate.named_for,
        "certificate_nights_left": nights_text(certificate.nights_left, language),
        "certificate_why": certificate.why,
        "certificate_how_to_book": formatted(phrases[book], own) or "",
        "certificate_code": slots.marker(slots.CERTIFICATE_CODE),
        "certificate_link": slots.marker(slots.CERTIFICATE_LINK),
    }


def _walk(walk: WalkFacts) -> dict[str, Value]:
    return {
        "walk_hotel": walk.hotel,
        "walk_address": walk.address,
        "walk_phone": walk.phone,
        "walk_confirmation": walk.confirmation,
        "walk_map_url": walk.map_url,
        # A link says where it goes.
        "walk_map_site": (urlsplit(walk.map_url).hostname or "").removeprefix("www."),
        "walk_distance": walk.distance,
        "walk_paid": walk.paid,
        "walk_taxi": walk.taxi,
        "walk_dinner": walk.dinner,
        "walk_manager_name": walk.manager_name,
        "walk_manager_phone": walk.manager_phone,
        "walk_tomorrow": walk.tomorrow,
    }


def _redeemed(redeemed: RedeemedFacts, language: str) -> dict[str, Value]:
    departure, cancel_until = redeemed.departure_on, redeemed.cancel_until
    return {
        "redeemed_house": redeemed.house,
        "redeemed_arrival": long_date(redeemed.arrival_on, language),
        "redeemed_departure": long_date(departure, language) if departure else "",
        "redeemed_nights": nights_text(redeemed.nights, language),
        "redeemed_nights_left": nights_text(redeemed.nights_left, language),
        # Of no use to anyone when nothing is left.
        "redeemed_last_arrival": (
            long_date(redeemed.last_arrival_on, language) if redeemed.nights_left > 0 else ""
        ),
        "redeemed_cancel_until": long_date(cancel_until, language) if cancel_until else "",
    }


def _restored(restored: RestoredFacts, language: str) -> dict[str, Value]:
    return {
        "restored_nights": nights_text(restored.nights, language),
        "restored_nights_left": nights_text(restored.nights_left, language),
        "restored_last_arrival": long_date(restored.last_arrival_on, language),
    }


def _payment(payment: PaymentFacts, language: str) -> dict[str, Value]:
    phrases = load_phrases(language)
    amount = money.format_amount(Decimal(payment.amount), payment.currency, language)
    if payment.means == RemedyKey.POINTS:
        amount = formatted(phrases["points"], {"number": str(payment.units)}) or ""
    return {
        "payment_amount": amount,
        "payment_means": phrases[f"paid_{payment.means}"],
        "payment_arrives": long_date(payment.arrives_on, language),
    }
