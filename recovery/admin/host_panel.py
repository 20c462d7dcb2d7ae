"""The panel and the badge that stand on the host's own pages."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ..hotel import Hotel, get_hotel
from . import host_marks, text
from .certificates import state_of
from .desk import Desk
from .host_marks import Marks, Sight

#: More certificates than these nobody reads on a booking's page; the list of certificates has all.
MOST_CERTIFICATES = 20

VERB = "open_complaint"


def hotel() -> Hotel:
    """The adapter. :raises NoHotel: if the host names none."""
    return get_hotel()


def of_stay(seen: Sight, row: Any) -> SafeString:
    """The panel of one booking."""
    (ref,) = hotel().refs_of_stays([row])
    stay = hotel().get_stay(ref) if ref else None
    if stay is None:
        return _unknown(seen, gettext("The hotel’s adapter knows no stay for this record."))
    desk = seen.desk
    if not desk.sees(stay.property_code):
        return render_problem(gettext("This stay is at a house whose complaints are not yours."))
    marks = host_marks.of_stays(seen, [stay.ref])[stay.ref]
    url = desk.url("complaint_open", stay=stay.ref) if desk.may(VERB, stay.property_code) else ""
    return _panel(seen, marks, url)


def of_guest(seen: Sight, row: Any) -> SafeString:
    """The panel of one guest. Its button leads to their stays: a complaint is about one of them."""
    (ref,) = hotel().refs_of_guests([row])
    guest = hotel().get_guest(ref) if ref else None
    if ref is None or guest is None:
        return _unknown(seen, gettext("The hotel’s adapter knows no guest for this record."))
    url = seen.desk.url("complaint_find", guest=ref) if seen.opens else ""
    return _panel(seen, host_marks.of_guests(seen, [ref])[ref], url)


def badge(desk: Desk, marks: Marks) -> SafeString:
    """The same in a word or two, for a column: a link where there is one complaint to go to."""
    words: list[SafeString] = []
    count, nights = len(marks.complaints), marks.nights(desk)
    if count:
        shown = ngettext("%(count)s complaint", "%(count)s complaints", count) % {"count": count}
        mark = text.badge("alert", shown)
        url = desk.url("complaint_change", marks.complaints[0].pk) if count == 1 else ""
        words.append(format_html('<a href="{}">{}</a>', url, mark) if url else mark)
    if nights:
        shown = ngettext("%(count)s free night", "%(count)s free nights", nights) % {"count": nights}
        words.append(text.badge("good", shown))
    return format_html_join(" ", "{}", ((word,) for word in words)) if words else SafeString("–")


def render_problem(sentence: str) -> SafeString:
    """Why there is nothing else to see."""
    return format_html('<div class="rcv"><p class="rcv-quiet">{}</p></div>', sentence)


def _unknown(seen: Sight, sentence: str) -> SafeString:
    url = seen.desk.url("complaint_find") if seen.opens else ""
    return SafeString(
        render_to_string("recovery/admin/host_panel.html", {"problem": sentence, "find_url": url})
    )


def _panel(seen: Sight, marks: Marks, url: str) -> SafeString:
    desk = seen.desk
    complaints = [
        {
            "row": row,
            "url": desk.url("complaint_change", row.pk),
            "grave": text.severity_in_short(row),
            "state": text.complaint_state(row),
        }
        for row in marks.complaints
    ]
    certificates = [
        {
            "row": row,
            "url": desk.url("certificate_change", row.pk),
            "state": text.certificate_state(state_of(desk, row)),
            "last_arrival": text.day(row.last_arrival_on),
        }
        for row in marks.certificates[:MOST_CERTIFICATES]
    ]
    context = {
        "seen": seen,
        "open_url": url,
        "complaints": complaints,
        "certificates": certificates,
        "more": len(marks.certificates) - len(certificates),
    }
    return SafeString(render_to_string("recovery/admin/host_panel.html", context))
