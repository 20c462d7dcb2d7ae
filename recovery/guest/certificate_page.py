"""What the certificate's page says. The words on its face are those of the letter and of the PDF."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from .. import conf
from ..actions import houses, letter_facts, links
from ..actions.letter_facts import LetterWords
from ..choices import CertificateState, EntryKind, LetterKind
from ..letters import LetterFacts, pdf, slots
from ..letters.compose import Block, Line, compose
from ..letters.dates import long_date, nights_text
from ..letters.placeholders import values
from ..letters.words import load_part, load_phrases
from ..models import Brand, Certificate, CertificateEntry, GuestLink, Letter
from .house import House, house_of
from .words import Words

#: Letters that carry a certificate; whoever signed the first of them signs the page.
_CARRIERS = (LetterKind.APOLOGY, LetterKind.CERTIFICATE)


@dataclass(frozen=True, kw_only=True)
class Face:
    """A certificate that can be used. Holds the live code: never store or log it."""

    kicker: str
    heading: tuple[str, ...]
    dedication: tuple[str, ...]
    why: str
    facts: tuple[Line, ...]
    #: Said below the facts: nights used, the day that has passed.
    remarks: tuple[str, ...]
    notes: tuple[str, ...]
    code: str
    signatory: str
    signatory_title: str
    has_pdf: bool


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A certificate that cannot be used any more: what happened, and that we want to hear from you."""

    title: str
    text: str
    lines: tuple[str, ...]
    help: str


@dataclass(frozen=True, kw_only=True)
class CertificatePage:
    language: str
    tab: str
    house: House
    until: str
    face: Face | None
    ended: Ended | None
    words: Words


def certificate_page(link: GuestLink, certificate: Certificate, *, now: dt.datetime) -> CertificatePage:
    """The page of a certificate as it stands now.

    :raises NoBrand, NoProfile, KeyGone: if the project lacks what the page needs.
    """
    words, shared = Words(link.party.language, "certificate"), Words(link.party.language, "page")
    language = words.language
    profile = houses.profile_of(certificate.property_code)
    today = houses.local_date(profile, now)
    state = state_of(certificate, today=today)
    house = house_of(certificate.property_code, language)
    is_valid = state is CertificateState.VALID
    return CertificatePage(
        language=language,
        tab=words.say("tab", hotel=house.name),
        house=house,
        until=shared.say("until", date=long_date(houses.local_date(profile, link.expires_at), language)),
        face=_face(link, certificate, words, today=today) if is_valid else None,
        ended=None if is_valid else _ended(certificate, state, words),
        words=words,
    )


def is_usable(certificate: Certificate, *, now: dt.datetime) -> bool:
    """Whether there is a code to show: nights are left and nobody would refuse them at the desk."""
    profile = houses.profile_of(certificate.property_code)
    return state_of(certificate, today=houses.local_date(profile, now)) is CertificateState.VALID


def state_of(certificate: Certificate, *, today: dt.date) -> CertificateState:
    return certificate.state(today=today, grace_days=conf.current().CERTIFICATE_GRACE_DAYS)


def paper(link: GuestLink, certificate: Certificate) -> bytes:
    """The certificate as PDF, as it stands now.

    :raises PdfNotInstalled: if the extra is missing.
    :raises GlyphMissing: if no font can print a character.
    """
    logo = bytes(houses.brand_of(certificate.property_code).logo)
    return pdf.certificate_pdf(_facts(link, certificate), _secrets(link, certificate), logo=logo or None)


def _face(link: GuestLink, certificate: Certificate, words: Words, *, today: dt.date) -> Face:
    language = words.language
    facts, secrets = _facts(link, certificate), _secrets(link, certificate)
    panel = compose(load_part("panel_certificate", language), values(facts, language), stance=facts.stance)
    remarks = []
    if certificate.nights_left < certificate.nights:
        whole, left = (nights_text(n, language) for n in (certificate.nights, certificate.nights_left))
        remarks.append(words.say("partly", nights=whole, left=left))
    if today > certificate.last_arrival_on:
        remarks.append(words["late"])
    return Face(
        kicker=load_phrases(language)["certificate_title"],
        heading=_texts(panel, "heading", secrets),
        dedication=_texts(panel, "dedication", secrets),
        why=certificate.why,
        facts=_lines(panel, "facts", secrets),
        remarks=tuple(remarks),
        notes=_texts(panel, "small", secrets),
        code=secrets[slots.CERTIFICATE_CODE],
        signatory=facts.signatory.name,
        signatory_title=f"{facts.signatory.title}, {facts.house.name}",
        has_pdf=pdf.is_pdf_available(),
    )


def _facts(link: GuestLink, certificate: Certificate) -> LetterFacts:
    """As in the letter that carried it, but with today's telephone number, dates and nights left."""
    letters = Letter.objects.filter(certificate=certificate, kind__in=_CARRIERS)
    letter = letters.select_related("signatory").order_by("pk").first()
    facts = letter_facts.build(
        kind=LetterKind.CERTIFICATE,
        complaint=link.complaint,
        party=link.party,
        signatory=letter.signatory if letter else link.complaint.owner,
        now=certificate.issued_at,
        words=LetterWords(),
        certificate=certificate,
    )
    left = dataclasses.replace(letter_facts.certificate_facts(certificate), nights=certificate.nights_left)
    return dataclasses.replace(facts, certificate=left)


def _secrets(link: GuestLink, certificate: Certificate) -> dict[str, str]:
    return {
        slots.CERTIFICATE_CODE: links.code_of(certificate),
        slots.CERTIFICATE_LINK: links.url_of(link),
    }


def _lines(panel: tuple[Block, ...], layout: str, secrets: dict[str, str]) -> tuple[Line, ...]:
    """The lines of one layout, as they stand on paper."""
    return tuple(
        dataclasses.replace(line, text=slots.fill_text(line.text, secrets))
        for block in panel
        if block.layout == layout and block.medium != "mail"
        for line in block.typeset
    )


def _texts(panel: tuple[Block, ...], layout: str, secrets: dict[str, str]) -> tuple[str, ...]:
    return tuple(line.text for line in _lines(panel, layout, secrets))


def _ended(certificate: Certificate, state: CertificateState, words: Words) -> Ended:
    language, key = words.language, state.value
    lines: tuple[str, ...] = ()
    if state is CertificateState.USED:
        text = words["used_text"]
        lines = tuple(_used_line(entry, words) for entry in _redemptions(certificate))
    elif state is CertificateState.EXPIRED:
        text = words.say("expired_text", date=long_date(certificate.last_arrival_on, language))
    else:
        text = words["void_text"]
    return Ended(title=words[f"{key}_title"], text=text, lines=lines, help=words[f"{key}_help"])


def _redemptions(certificate: Certificate) -> list[CertificateEntry]:
    rows = CertificateEntry.objects.filter(certificate=certificate, kind=EntryKind.REDEEM)
    return list(rows.filter(reversed_by__isnull=True).order_by("seq"))


def _used_line(entry: CertificateEntry, words: Words) -> str:
    brand = Brand.objects.filter(property_code=entry.property_code).only("name").first()
    line = words.say(
        "used_line",
        nights=nights_text(-entry.nights, words.language),
        house=brand.name if brand else entry.property_code,
        arrival=long_date(entry.arrival_on or entry.on, words.language),
    )
    return line[:1].upper() + line[1:]
