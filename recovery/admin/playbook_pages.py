"""The playbooks of a house, and one of them as a colleague reads it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..actions import acknowledge_playbook
from ..choices import GuestType, RemedyKey, Role
from ..errors import RecoveryError
from ..models import Playbook
from ..models.playbooks import InForce
from ..reports.unread_playbooks import Unread, unread_playbooks
from ..rules import clocks
from ..rules import playbook as rules
from . import guidance, text
from .desk import Desk

#: In the address: the words that hold for every house.
EVERY = "every"


def house_of(desk: Desk) -> str:
    """The house that the address names, else the first of this person; empty for every house.

    :raises Http404: if this person does not work there.
    """
    asked = desk.request.GET.get("house", "")
    if asked == EVERY and desk.codes is None:
        return ""
    if not asked and desk.houses:
        return desk.houses[0].code
    if not desk.sees(asked) or asked not in desk.house_names:
        raise Http404
    return asked


def house_tabs(desk: Desk, code: str, name: str, *args: Any) -> list[tuple[str, str, bool]]:
    """The houses of this person as tabs: label, address, whether it is this one."""
    houses = [(house.code, house.name, house.code) for house in desk.houses]
    if desk.codes is None:
        houses.append((EVERY, gettext("every house"), ""))
    return [(label, desk.url(name, *args, house=key), mine == code) for key, label, mine in houses]


def show_all(desk: Desk) -> HttpResponse:
    """Every playbook as it holds at one house; for managers, how many have not read it."""
    code = house_of(desk)
    found = Playbook.objects.in_force(code)
    unread = Counter(row.playbook.book.key for row in _unread(desk, code))
    staff, language = desk.actor.staff, get_language()
    rows = [
        {
            "title": each.book.told("title", language),
            "key": each.book.key,
            "kind": each.book.category.label if each.book.category else gettext("lies over every kind"),
            "url": desk.url("playbook", each.book.key, house=code or EVERY),
            "whose": _whose(each),
            "is_read": staff is not None and each.mark in staff.playbooks_read,
            "unread": unread[each.book.key],
            "notes": notes(each),
        }
        for each in found.values()
    ]
    context = {
        "rows": rows,
        "tabs": house_tabs(desk, code, "playbook_changelist"),
        "manages": _manages(desk, code),
        "practice": desk.url("playbook_practice"),
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/playbooks.html", context, title=gettext("Playbooks"))


def show_one(desk: Desk, key: str) -> HttpResponse:
    """One playbook in full. A POST says: I have read it."""
    code = house_of(desk)
    if desk.request.method == "POST":
        return _read_it(desk, key, code)
    found = Playbook.objects.in_force(code, [key])[key]
    book, language, staff = found.book, get_language(), desk.actor.staff
    context = {
        "book": book,
        "found": found,
        "steps": [_step(book, step, language) for step in book.steps],
        "variants": [_variant(kind, each, language) for kind, each in book.guest_types.items()],
        "questions": [each.told("text", language) for each in book.questions],
        "cue_cards": book.told("cue_cards", language),
        "can_do": book.told("can_do", language),
        "facts": _facts(book, language),
        "kind": book.category.label if book.category else gettext("lies over every kind"),
        "whose": _whose(found),
        "notes": notes(found),
        "read_at": _read_at(staff, found, desk, code),
        "may_read": staff is not None and desk.may("acknowledge_playbook", code),
        "request_key": uuid.uuid4(),
        "unread": _unread(desk, code, key),
        "manages": _manages(desk, code),
        "edit": desk.url("playbook_edit", key, house=code or EVERY)
        if desk.may("edit_playbook", code)
        else "",
        "tabs": house_tabs(desk, code, "playbook", key),
        "back": desk.url("playbook_changelist", house=code or EVERY),
    }
    return desk.page("recovery/admin/playbook.html", context, title=f"{key} · {book.told('title', language)}")


def notes(found: InForce) -> list[str]:
    """What somebody must look at."""
    said = []
    if found.broken is not None:
        said.append(
            gettext(
                "The edited version %(version)s does not fit this release any more. The words below are used."
            )
            % {"version": found.broken.version}
        )
    if found.row is not None and found.row.is_behind:
        said.append(
            gettext("We ship version %(new)s by now; these words were edited from version %(old)s.")
            % {"new": rules.shipped()[found.book.key].version, "old": found.row.shipped_version}
        )
    return said


def _read_it(desk: Desk, key: str, code: str) -> HttpResponse:
    seen, request_key = (desk.request.POST.get(name, "") for name in ("version", "request_key"))
    try:
        acknowledge_playbook(
            by=desk.actor,
            playbook=key,
            property_code=code,
            seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            request_key=request_key[:64] or None,
        )
        messages.success(desk.request, gettext("Thank you. It is noted that you have read it."))
    except RecoveryError as error:
        messages.error(desk.request, text.sentence(error))
    return HttpResponseRedirect(desk.url("playbook", key, house=code or EVERY))


def _manages(desk: Desk, code: str) -> bool:
    return desk.may("edit_playbook", code)


def _unread(desk: Desk, code: str, key: str = "") -> list[Unread]:
    """Who has not read what, for whoever answers for it."""
    if not code or not _manages(desk, code):
        return []
    today = clocks.local_date(desk.now, desk.zone(code))
    return unread_playbooks(code, today=today, key=key)


def _whose(found: InForce) -> str:
    version = {"version": found.book.version}
    if found.row is None:
        return gettext("as shipped, version %(version)s") % version
    by = {**version, "name": found.row.edited_by}
    if found.row.property_code:
        return gettext("this house's own, version %(version)s, by %(name)s") % by
    return gettext("the group's own, version %(version)s, by %(name)s") % by


def _read_at(staff: Any, found: InForce, desk: Desk, code: str) -> str:
    at = staff.playbooks_read.get(found.mark) if staff is not None else None
    if not at:
        return ""
    moment = dt.datetime.fromisoformat(at)
    return text.moment(moment, desk.zone(code), now=desk.now)


_MARKS = (
    ("repair", _("repair")),
    ("alternative", _("alternative, due at once when there is no time for the repair")),
    ("visits_guest", _("somebody knocks")),
)


def _step(book: rules.Playbook, step: rules.Step, language: str | None) -> dict[str, Any]:
    names = {each.key: each.told("title", language) for each in book.steps}
    marks = [str(words) for name, words in _MARKS if getattr(step, name)]
    if step.miracle:
        marks.append(gettext("a small miracle, up to %(percent)s %% of a night") % {"percent": step.miracle})
    return {
        "title": step.told("title", language),
        "detail": step.told("detail", language),
        "role": Role(step.role).label,
        "due": step.due,
        "after": names.get(step.after, ""),
        "marks": marks,
        "can_do": step.told("can_do", language),
        "brief": (step.told("brief", language) or book.told("brief", language)) if step.visits_guest else "",
        "asks": [guidance.label(each) for each in rules.evidence_of(step)],
    }


def _variant(kind: GuestType, each: rules.GuestVariant, language: str | None) -> dict[str, Any]:
    changed = [(step.told("title", language), step.due) for step in (*each.changed.values(), *each.extra)]
    return {"kind": kind.label, "suggest": each.told("suggest", language), "changed": changed}


def _facts(book: rules.Playbook, language: str | None) -> list[tuple[str, list[str]]]:
    rows = [
        (gettext("How we speak about fault"), [book.told("stance", language)]),
        (gettext("Put back at once, unasked"), list(book.told("make_whole", language))),
        (gettext("Beyond that"), [book.told("goodwill", language)]),
        (gettext("Give, in this order"), [str(RemedyKey(key).label) for key in book.remedies]),
        (
            gettext("Without asking anybody"),
            sorted(str(RemedyKey(key).label) for key in book.pre_approved),
        ),
    ]
    return [(label, [line for line in lines if line]) for label, lines in rows if any(lines)]
