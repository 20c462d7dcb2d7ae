"""The apology and the certificate that a real guest would get, before any table of ours exists.

Facts come from the adapter alone. Nothing is sent or stored but files in one folder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db.models import DateField

from .. import clock, conf
from ..choices import LetterKind, Role, Stance
from ..errors import RecoveryError
from ..hotel import Guest, Hotel, ModelHotel, Property, Stay
from ..hotel.connecting.masking import masked_name
from ..hotel.path_check import inspect_path
from ..letters import (
    CertificateFacts,
    HouseFacts,
    LetterFacts,
    SignatoryFacts,
    attachments,
    fill,
    render,
    sample_secrets,
    title_of,
)
from ..letters.dates import long_date
from ..letters.pdf import is_pdf_available
from ..rules import expiry, languages, text
from .preview_words import WORDS, PreviewWords

#: Stays that are read until one has all that a letter needs.
_MOST_STAYS = 40


@dataclass(kw_only=True)
class Preview:
    """What was written. ``guest`` is masked: the terminal is no place for a name."""

    guest: str
    stay: str
    paths: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def make(hotel: Hotel, *, stay_ref: str, folder: Path) -> Preview:
    """Write letter and certificate for a stay into the folder.

    :raises CommandError: if no stay has what a letter needs; it says what is missing.
    """
    stay, guest = _this_stay(hotel, stay_ref) if stay_ref else _recent_stay(hotel)
    house = _house(hotel, stay)
    letter = _facts(guest, stay, house)
    preview = Preview(guest=masked_name(guest.name), stay=stay.ref)
    preview.notes += _notes(hotel, guest, letter.language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in _files(letter, preview.notes):
            path = folder / name
            path.write_bytes(content)
            path.chmod(0o600)  # because it holds a guest's name and nights
            preview.paths.append(path)
    except OSError as error:
        raise CommandError(
            f"{folder} cannot be written ({error.strerror}): name another with --out."
        ) from error
    return preview


# --- which stay ----------------------------------------------------------------------------------


def _this_stay(hotel: Hotel, ref: str) -> tuple[Stay, Guest]:
    stay = hotel.get_stay(ref)
    if stay is None:
        raise CommandError(f"There is no stay “{ref}”: the adapter's get_stay found none.")
    why = _lacks(stay)
    if why or stay.guest is None:
        raise CommandError(f"No letter can be written for the stay “{ref}”: {why}.")
    return stay, stay.guest


def _recent_stay(hotel: Hotel) -> tuple[Stay, Guest]:
    if not isinstance(hotel, ModelHotel):
        raise CommandError(
            f"{type(hotel).__name__} cannot list its stays: name one with --stay REF, as get_stay knows it."
        )
    reasons: dict[str, int] = {}
    second_best: tuple[Stay, Guest] | None = None
    for stay in _stays(hotel, reasons):
        why = _lacks(stay)
        if why or stay.guest is None:
            reasons[why] = reasons.get(why, 0) + 1
        elif stay.guest.email:
            return stay, stay.guest
        else:
            second_best = second_best or (stay, stay.guest)
    if second_best is not None:
        return second_best
    if not reasons:
        raise CommandError(f"{hotel.stay_model} has no rows yet: add a booking, or name one with --stay REF.")
    said = "; ".join(f"{why} ({count})" for why, count in reasons.items())
    raise CommandError(f"None of the stays that were read has what a letter needs: {said}.")


def _stays(hotel: ModelHotel, reasons: dict[str, int]) -> Iterator[Stay]:
    """The latest arrivals that lie behind us, as far as the database can tell; then the newest rows."""
    try:
        rows = list(_rows(hotel))
    except DatabaseError as error:
        raise CommandError(
            f"{hotel.stay_model} cannot be read ({type(error).__name__}: {error}): is the database migrated?"
        ) from error
    for row in rows:
        try:
            yield hotel.stay_from(row)
        except Exception as error:  # because a host's row may raise anything; it is counted and told
            why = f"reading it raises {type(error).__name__}: {error}"[:160]
            reasons[why] = reasons.get(why, 0) + 1


def _rows(hotel: ModelHotel) -> Any:
    rows = hotel.stay_rows()
    route = inspect_path(hotel.stay_class, hotel.arrival) if hotel.arrival else None
    if route is None or not route.lookup or not isinstance(route.field, DateField) or route.is_many:
        return rows.order_by("-pk")[:_MOST_STAYS]
    today = clock.stored(clock.now())
    until = today if "Time" in type(route.field).__name__ else today.date()
    past = rows.filter(**{f"{route.lookup}__lte": until}).order_by(f"-{route.lookup}", "-pk")[:_MOST_STAYS]
    return past if past else rows.order_by("-pk")[:_MOST_STAYS]


def _lacks(stay: Stay) -> str:
    """What keeps a letter from being written; empty when nothing does."""
    if stay.guest is None:
        return "it has no guest"
    if not stay.guest.name:
        return "its guest has no name"
    if stay.guest.is_minor:
        return "its guest is a minor, who is never written to"
    if stay.arrival_on is None:
        return "it has no day of arrival"
    return ""


# --- what the letter says ------------------------------------------------------------------------


def _house(hotel: Hotel, stay: Stay) -> Property:
    house = hotel.get_property(stay.property_code)
    if house is None:
        known = ", ".join(f"“{each.code}”" for each in list(hotel.properties())[:8]) or "none"
        raise CommandError(
            f"The stay “{stay.ref}” is in the house “{stay.property_code}”, and properties() knows: {known}. "
            f"Make stay_property and property_code agree."
        )
    return house


def _facts(guest: Guest, stay: Stay, house: Property) -> LetterFacts:
    language, _source = languages.choose(
        said="", booked=guest.language, before="", offered=conf.current().LANGUAGES
    )
    words = WORDS.get(language, WORDS["en"])
    today = clock.now().astimezone(house.zone).date()
    arrival = long_date(stay.arrival_on, language) if stay.arrival_on else ""
    return LetterFacts(
        kind=LetterKind.APOLOGY,
        language=language,
        house=HouseFacts(
            property_code=house.code,
            name=house.name,
            address=house.address,
            phone=house.phone,
            email=house.email,
        ),
        guest_name=guest.name,
        guest_first_name=guest.first_name or text.first_name(guest.name),
        signatory=SignatoryFacts(
            name=words.signatory,
            first_name=text.first_name(words.signatory),
            title=title_of([Role.GENERAL_MANAGER.value], language),
            phone=house.phone,
        ),
        reference="R-XXXX-XXXX",
        written_on=today,
        stance=Stance.RESPONSIBILITY,
        wrong=words.wrong.format(arrival=arrival),
        impact=words.impact,
        explanation=words.explanation,
        repairs=(words.repair,),
        changes=words.changes,
        certificate=_certificate(guest, house, words, today),
    )


def _certificate(guest: Guest, house: Property, words: PreviewWords, today: dt.date) -> CertificateFacts:
    months = conf.current().CERTIFICATE_MONTHS
    return CertificateFacts(
        nights=1,
        houses=(house.name,),
        valid_from_on=today,
        last_arrival_on=expiry.last_arrival(issued_on=today, months=months),
        tax_included=True,
        breakfast_included=False,
        transferable=True,
        named_for=guest.name,
        nights_left=1,
        why=words.why,
    )


def _files(letter: LetterFacts, notes: list[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file: mail and paper, of the letter and of the certificate alone."""
    for stem, facts in (
        ("letter", letter),
        ("certificate", replace(letter, kind=LetterKind.CERTIFICATE)),
    ):
        rendered = render(facts)
        secrets = sample_secrets(rendered.language)
        filled = fill(rendered, secrets)
        yield f"{stem}.html", filled.html.encode()
        yield f"{stem}.txt", f"{filled.subject}\n\n{filled.text}".encode()
        paper = _paper(lambda: attachments.document(facts.kind, facts, rendered, secrets), notes)  # noqa: B023
        if paper:
            yield f"{stem}.pdf", paper


def _paper(make_pdf: Callable[[], bytes | None], notes: list[str]) -> bytes | None:
    if not is_pdf_available():
        return None
    try:
        return make_pdf()
    except RecoveryError as error:
        notes.append(f"No PDF: {error.sentence}")
        return None


def _notes(hotel: Hotel, guest: Guest, language: str) -> list[str]:
    """What would be different for this guest."""
    notes = []
    if not guest.email:
        notes.append("This guest has no e-mail address: the letter would be printed and handed over.")
    if not hotel.may_write_to(guest):
        notes.append("may_write_to says no: this guest would get no letter.")
    if guest.language and guest.language.partition("-")[0] != language.partition("-")[0]:
        notes.append(
            f"This guest's language is “{guest.language}”, for which there are no words: “{language}” it is."
        )
    if not is_pdf_available():
        notes.append("No PDFs: pip install “django-service-recovery[pdf]”.")
    return notes
