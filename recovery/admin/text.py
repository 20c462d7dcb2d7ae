"""Words and small marks that every admin page shares: sentences, moments, badges. Always escaped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..choices import (
    CertificateState,
    ComplaintState,
    LanguageSource,
    OutboxState,
    Severity,
    TaskState,
    Urgency,
)
from ..errors import RecoveryError
from ..models import Complaint, Party
from ..rules import clocks, languages, money
from ..rules.lamps import LampState

#: Less than this left, and a due time is said to be soon.
SOON = dt.timedelta(minutes=15)

#: Parameters of refusals that are our own words and not somebody's input.
_OUR_WORDS = frozenset({"field", "later", "earlier", "missing", "problem"})
_BETWEEN = "; "

_IN_SHORT = {
    Severity.IRRITATION: _("irritation"),
    Severity.IMPAIRED: _("impaired"),
    Severity.TOUCHED: _("touched"),
    Severity.LOST: _("lost"),
    Severity.GRAVE: _("grave"),
}
_COMPLAINT_TONES = {
    ComplaintState.OPEN: "alert",
    ComplaintState.SOLVED: "soon",
    ComplaintState.CLOSED: "quiet",
}
_TASK_TONES = {
    TaskState.SAID: "soon",
    TaskState.ACCEPTED: "plain",
    TaskState.STARTED: "plain",
    TaskState.BROKEN: "alert",
    TaskState.DONE: "good",
    TaskState.CONFIRMED: "good",
    TaskState.WITHDRAWN: "quiet",
}
_CERTIFICATE_TONES = {
    CertificateState.VALID: "good",
    CertificateState.USED: "quiet",
    CertificateState.EXPIRED: "alert",
    CertificateState.VOID: "alert",
}
_OUTBOX_TONES = {
    OutboxState.DEAD: "alert",
    OutboxState.UNKNOWN: "alert",
    OutboxState.TOO_LATE: "alert",
    OutboxState.SENT: "good",
    OutboxState.CANCELLED: "quiet",
}


def sentence(error: RecoveryError) -> str:
    """The refusal in the language of whoever reads it."""
    params = {name: _translated(name, value) for name, value in error.params.items()}
    message = gettext(error.message)
    return message % params if params else message


def _translated(name: str, value: Any) -> Any:
    if name not in _OUR_WORDS or not isinstance(value, str):
        return value
    # What is missing comes as one sentence of several, and each is in the catalogue by itself.
    return _BETWEEN.join(gettext(part) for part in value.split(_BETWEEN) if part)


def badge(tone: str, words: Any) -> SafeString:
    """A word with a colour, never a colour alone."""
    return format_html('<span class="rcv-badge rcv-badge--{}">{}</span>', tone, words)


def urgency(complaint: Any) -> SafeString:
    """Fast or Emergency, and why."""
    tone = "alert" if complaint.urgency == Urgency.EMERGENCY else "soon"
    words = [complaint.get_urgency_display(), complaint.get_urgency_cause_display()]
    return badge(tone, " – ".join(str(word) for word in words if word))


def not_happening() -> SafeString:
    """What the desk must know before it answers the guest."""
    return badge("alert", gettext("NOT HAPPENING"))


def moment(
    value: dt.datetime | None, zone: str, *, now: dt.datetime | None = None, is_short_today: bool = False
) -> str:
    """A point in time on the property's wall, as ``<time>``. The year only where it is not this one."""
    if value is None:
        return ""
    local = value.astimezone(clocks.zone_named(zone))
    here = now.astimezone(local.tzinfo) if now else None
    this_year = here is None or here.year == local.year
    is_today = here is not None and here.date() == local.date()
    shown = date_format(
        local, "H:i" if is_short_today and is_today else "j M H:i" if this_year else "j M Y H:i"
    )
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


def day(value: dt.date | None) -> str:
    """A local date, as ``<time>``."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "j M Y"))


def due(value: dt.datetime, zone: str, *, now: dt.datetime) -> SafeString:
    """A due time as a badge: late, soon, or by when. Today's is an hour alone: it is read at a glance."""
    shown = moment(value, zone, now=now, is_short_today=True)
    if value < now:
        return badge("alert", format_html(gettext("Late: {}"), shown))
    if value - now <= SOON:
        return badge("soon", format_html(gettext("Soon: {}"), shown))
    return badge("plain", format_html(gettext("By {}"), shown))


def name(value: Any) -> SafeString:
    """A person's or place's own words, kept from turning the sentence around them."""
    return format_html("<bdi>{}</bdi>", value)


def severity(complaint: Complaint) -> SafeString:
    """What happened to the guest, and whether it is urgent."""
    tone = "alert" if complaint.severity >= Severity.LOST else "plain"
    shown = badge(tone, complaint.get_severity_display())
    if complaint.urgency != Urgency.NORMAL:
        return format_html("{} {}", urgency(complaint), shown)
    return shown


def severity_in_short(complaint: Complaint) -> SafeString:
    """The same in a word, for a narrow column."""
    tone = "alert" if complaint.severity >= Severity.LOST else "plain"
    shown = badge(tone, f"{complaint.severity} {_IN_SHORT[Severity(complaint.severity)]}")
    if complaint.urgency != Urgency.NORMAL:
        return format_html("{}<br>{}", badge("alert", complaint.get_urgency_display()), shown)
    return shown


def complaint_state(complaint: Complaint) -> SafeString:
    state = complaint.state
    return badge(_COMPLAINT_TONES.get(state, "plain"), state.label)


def lamps(complaint: Complaint, *, is_short: bool = False) -> SafeString:
    """Heard, respected, handled: a filled or an empty circle, a word, and what is missing. No colour alone.

    ``is_short``: what is missing is said on hover, and to whoever listens instead of looks.
    """
    return format_html(
        '<ul class="rcv-lamps">{}</ul>',
        format_html_join("", "{}", ((_lamp(state, is_short=is_short),) for state in complaint.lamps)),
    )


def _lamp(state: LampState, *, is_short: bool) -> SafeString:
    missing = "; ".join(str(gap.label) for gap in state.missing)
    said = missing or gettext("yes")
    return format_html(
        '<li class="rcv-lamp rcv-lamp--{}" title="{}">'
        '<span class="rcv-lamp-mark" aria-hidden="true">{}</span>'
        ' {}<span class="{}">: {}</span></li>',
        "on" if state.is_on else "off",
        gettext("missing: %(what)s") % {"what": missing} if missing else said,
        "●" if state.is_on else "○",
        state.lamp.label,
        "rcv-heard-only" if is_short else "rcv-lamp-why",
        said,
    )


def task_state(state: TaskState) -> SafeString:
    return badge(_TASK_TONES[state], state.label)


def certificate_state(state: CertificateState) -> SafeString:
    return badge(_CERTIFICATE_TONES[state], state.label)


def outbox_state(state: str) -> SafeString:
    return badge(_OUTBOX_TONES.get(OutboxState(state), "plain"), OutboxState(state).label)


def amount(value: Decimal, currency: str) -> str:
    """An amount as the reader's language writes it."""
    return money.format_amount(value, currency, get_language() or "en")


def language(code: str) -> str:
    """The name of a language, in the reader's language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def guest_language(party: Party) -> str:
    """The language in which a guest is written to, and that it is a guess where it is one."""
    name = language(party.language)
    if party.language_source != LanguageSource.GUESSED:
        return name
    if languages.needs_english(party.language, party.language_source, conf.current().LANGUAGES):
        return gettext("%(language)s, a guess: English stands below it") % {"language": name}
    return gettext("%(language)s, a guess") % {"language": name}


#: Said wherever a look-up finds nothing: the words for the guest, never "not found" alone (S4-05).
FIND_IT = _("I am going to find this for you.")
