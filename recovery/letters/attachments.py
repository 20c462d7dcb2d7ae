"""The papers that travel with a mail, made at the moment of sending from frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..choices import LetterKind
from . import pdf, slots
from .facts import LetterFacts
from .qr import qr_png
from .render import Rendered


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One attachment. Holds live secrets: never store it."""

    name: str
    content: bytes
    mimetype: str


def papers(
    kind: LetterKind,
    frozen: Mapping[str, Any],
    rendered: Rendered,
    secrets: Mapping[str, str],
    logo: bytes = b"",
) -> list[Paper]:
    """What belongs to a letter of this kind: PDFs, or the QR alone where PDFs cannot be made.

    :raises GlyphMissing: if no font can print a character.
    """
    facts = LetterFacts.from_json(frozen)
    if not pdf.is_pdf_available():
        return _qr_alone(secrets) if kind in (LetterKind.APOLOGY, LetterKind.CERTIFICATE) else []
    content = document(kind, facts, rendered, secrets, logo)
    made = [Paper(name=NAMES[kind], content=content, mimetype="application/pdf")] if content else []
    if kind == LetterKind.APOLOGY and facts.certificate is not None:
        # Once more by itself, because it may be given away, and the letter may not.
        alone = pdf.certificate_pdf(facts, secrets, logo=logo or None)
        made.append(Paper(name=NAMES[LetterKind.CERTIFICATE], content=alone, mimetype="application/pdf"))
    return made


#: What the guest finds in the downloads folder a year later.
NAMES = {
    LetterKind.APOLOGY: "letter.pdf",
    LetterKind.CERTIFICATE: "certificate.pdf",
    LetterKind.WALK_CARD: "walk-card.pdf",
}


def document(
    kind: LetterKind,
    facts: LetterFacts,
    rendered: Rendered,
    secrets: Mapping[str, str],
    logo: bytes = b"",
) -> bytes | None:
    """The paper form of a letter as PDF; ``None`` for texts that exist only as mail.

    :raises PdfNotInstalled: if the extra is missing.
    """
    if kind == LetterKind.APOLOGY:
        return pdf.letter_pdf(facts, rendered, secrets, logo=logo or None)
    if kind == LetterKind.CERTIFICATE:
        return pdf.certificate_pdf(facts, secrets, logo=logo or None)
    if kind == LetterKind.WALK_CARD:
        return pdf.walk_card_pdf(facts, rendered, logo=logo or None)
    return None


def _qr_alone(secrets: Mapping[str, str]) -> list[Paper]:
    link = secrets.get(slots.CERTIFICATE_LINK)
    if not link:
        return []
    return [Paper(name="certificate-qr.png", content=qr_png(link), mimetype="image/png")]
