"""A letter on the screen, exactly as it goes; and on paper, the only place with its live code."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from ..actions import houses, letter_reading, letter_steps, links
from ..choices import AddressClass, LetterKind, LetterState
from ..errors import PdfNotInstalled, RecoveryError
from ..letters import Filled, LetterFacts, attachments, fill
from ..models import Letter, OutboxMessage
from . import deliveries, letter_previews, text
from .desk import Desk
from .letter_previews import Shown

#: Mails are laid out with inline styles. In this frame they may; nothing else may do anything.
_FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)


def letter_page(desk: Desk, letter: Letter) -> HttpResponse:
    """One letter: its state, its words, and what can be done with it."""
    complaint = letter.complaint
    known = context(desk, letter)
    found = {
        **known,
        "complaint": complaint,
        "guest": letter.party,
        "back": desk.url("complaint_change", complaint.pk),
        "buttons": buttons(desk, letter, known["message"]),
        "house": desk.house_name(complaint.property_code),
    }
    return desk.page("recovery/admin/letter.html", found, title=letter.get_kind_display())


def context(desk: Desk, letter: Letter) -> dict[str, Any]:
    """What any page about one letter shows of it."""
    complaint = letter.complaint
    zone = desk.zone(complaint.property_code)
    message = deliveries.of_letters([letter]).get(letter.pk)
    shown, problem = None, ""
    try:
        shown = letter_previews.letter(desk, letter)
        brand = houses.brand_of(complaint.property_code)
        sender = f"{letter.signatory.name_for_guests}, {brand.name} <{brand.sender_email}>"
    except RecoveryError as error:
        problem, sender = text.sentence(error), ""
    return {
        "letter": letter,
        "letter_state": state_badge(letter, message.state if message else ""),
        "letter_problem": problem,
        "message": message,
        "shown": shown,
        "remarks": remarks_of(shown) if shown is not None and letter.state is LetterState.DRAFT else [],
        "sender": sender,
        "address_class": AddressClass(letter.party.address_class).label,
        "language": _language(letter, shown),
        "released_at": text.moment(letter.released_at, zone, now=desk.now),
        "sent_at": text.moment(letter.sent_at, zone, now=desk.now),
        "handed_over_at": text.moment(letter.handed_over_at, zone, now=desk.now),
        "frame_url": desk.url("complaint_letter_html", complaint.pk, letter.pk),
        "pdf_url": _pdf_url(desk, letter, shown),
    }


def _language(letter: Letter, shown: Shown | None) -> str:
    name = text.language(letter.language)
    if shown is None or not shown.rendered.english:
        return name
    return gettext("%(language)s, and English below") % {"language": name}


def _pdf_url(desk: Desk, letter: Letter, shown: Shown | None) -> str:
    if shown is None or shown.kind not in attachments.NAMES:
        return ""
    return desk.url("complaint_letter_pdf", letter.complaint_id, letter.pk)


def state_badge(letter: Letter, delivery: str) -> str:
    """Where a letter stands; a failed delivery beats "released"."""
    if letter.state is LetterState.RELEASED and delivery:
        return text.outbox_state(delivery)
    tones = {
        LetterState.DRAFT: "soon",
        LetterState.RELEASED: "soon" if letter.by_hand else "plain",
        LetterState.SENT: "good",
        LetterState.HANDED_OVER: "good",
        LetterState.STOPPED: "quiet",
    }
    if letter.held_because:
        reason = {"reason": letter.get_held_because_display()}
        return text.badge("soon", gettext("held: %(reason)s") % reason)
    label = gettext("to be handed over") if letter.by_hand and letter.state is LetterState.RELEASED else ""
    return text.badge(tones[letter.state], label or letter.state.label)


def buttons(desk: Desk, letter: Letter, message: OutboxMessage | None) -> list[tuple[str, str, bool]]:
    """What can be done with a letter now: label, address, whether it is the next step."""
    complaint, state = letter.complaint, letter.state
    found: list[tuple[str, str, bool]] = []

    def offer(verb: str, label: str, *, first: bool = False) -> None:
        if desk.may(verb, complaint.property_code):
            found.append((label, desk.verb_url(complaint, verb, letter=letter.pk), first))

    if state is LetterState.DRAFT:
        offer("release_letter", gettext("Look and send"), first=True)
    if state is LetterState.RELEASED and letter.by_hand:
        offer("print_letter", gettext("Print"), first=True)
        offer("record_hand_delivery", gettext("I handed it over"), first=True)
    if state is LetterState.RELEASED and message is not None and message.state in deliveries.FAILED:
        offer("retry_delivery", gettext("Try again"), first=True)
    if state in (LetterState.DRAFT, LetterState.RELEASED):
        offer("stop_letter", gettext("Stop it"))
    return found


# --- frames ------------------------------------------------------------------------------------


def letter_html(desk: Desk, letter: Letter) -> HttpResponse:
    """The HTML of the mail, for the frame."""
    try:
        return frame(desk, letter_previews.letter(desk, letter))
    except RecoveryError as error:
        return not_yet(desk, [text.sentence(error)])


def letter_pdf(desk: Desk, letter: Letter) -> HttpResponse:
    """The paper with made-up secrets."""
    try:
        return sample_pdf(letter_previews.letter(desk, letter))
    except RecoveryError as error:
        return not_yet(desk, [text.sentence(error)])


def frame(desk: Desk, shown: Shown) -> HttpResponse:
    """The HTML of a letter; with what an apology still lacks instead, where it lacks something."""
    if shown.missing:
        first = gettext("An apology in this stance still needs: %(parts)s.") % {
            "parts": ", ".join(shown.missing)
        }
        return not_yet(desk, [first], words=shown.filled.text)
    return _framed(shown.filled.html)


def not_yet(desk: Desk, problems: list[str], *, words: str = "") -> HttpResponse:
    """The frame when there is no letter to show."""
    found = {"problems": problems, "words": words}
    return _framed(render_to_string("recovery/admin/frame.html", found, request=desk.request))


def read_through(desk: Desk, shown: Shown) -> HttpResponse:
    """The frame with what a careful reader would say about the letter."""
    found = {"remarks": remarks_of(shown)}
    return _framed(render_to_string("recovery/admin/remarks_frame.html", found, request=desk.request))


def remarks_of(shown: Shown) -> list[letter_reading.Remark]:
    """In the language of whoever sits here."""
    return shown.remarks(get_language() or "en")


def sample_pdf(shown: Shown) -> HttpResponse:
    """:raises RecoveryError: if the paper cannot be made."""
    content = shown.pdf()
    if content is None:
        return _framed(shown.filled.html)
    return _pdf(content, attachments.NAMES[shown.kind])


def _framed(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _FRAME_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


# --- paper -------------------------------------------------------------------------------------


def rehearse(desk: Desk, letter: Letter) -> None:
    """:raises RecoveryError: if this letter cannot be printed here."""
    shown = letter_previews.letter(desk, letter)
    try:
        shown.pdf()
    except PdfNotInstalled:
        return  # because it is printed from a page then


def paper(desk: Desk, letter: Letter) -> HttpResponse:
    """The letter with its live code, for the printer: never kept by browser or proxy.

    A PDF; where PDFs cannot be made, or the text exists only as mail, the mail's own page.
    """
    kind = LetterKind(letter.kind)
    rendered, secrets = letter_steps.frozen(letter), links.secrets_for(letter)
    logo = bytes(houses.brand_of(letter.complaint.property_code).logo)
    try:
        facts = LetterFacts.from_json(letter.facts)
        content = attachments.document(kind, facts, rendered, secrets, logo)
    except PdfNotInstalled:
        content = None
    if content is not None:
        return _pdf(content, attachments.NAMES[kind])
    filled: Filled = fill(rendered, secrets)
    return _framed(filled.html)
