"""The morning sheet on its way: planned once a house and business day, mailed to who is on duty."""

from __future__ import annotations

import datetime as dt
import functools
import logging
from email.headerregistry import Address
from typing import Any

from django.core.mail import EmailMessage
from django.db import router
from django.db.models import Q

from .. import clock
from ..choices import House, OutboxState, Role
from ..errors import NoAddress, RecoveryError
from ..hotel import Capability, Stay, get_hotel
from ..models import Brand, Complaint, HouseProfile, OutboxMessage, StaffMember
from ..outbox.channels import Channels
from ..outbox.database import run_atomic
from ..outbox.enqueue import digest, enqueue
from ..reports.morning_sheet import Line, Sheet, morning_sheet
from ..rules import clocks
from ..rules import sheet as rules
from ..rules.sheet_words import words
from . import houses, message_ids
from .actor import Actor
from .authority import check_may

log = logging.getLogger("recovery.shifts")

SHEET_DEPARTMENT, SHEET_MAIL = "sheet.department", "sheet.mail"


def plan_morning_sheets(*, by: Actor, now: dt.datetime) -> int:
    """Plan the sheets of the business day that has begun, once for each house. Returns how many houses.

    Asks the list of houses alone. A house whose morning is over gets none.
    """
    check_may(by, "plan_morning_sheets", property_code="")
    planned = 0
    for profile in HouseProfile.objects.order_by("pk"):
        try:
            day = houses.business_date(profile, now)
        except RecoveryError as error:
            log.warning("no morning sheet for %s: %s", profile.property_code, error.code)
            continue
        if profile.sheet_planned_on is None or profile.sheet_planned_on < day:
            using = router.db_for_write(HouseProfile)
            planned += run_atomic(functools.partial(_plan, profile, day, now), using=using)
    return planned


def _plan(profile: HouseProfile, day: dt.date, now: dt.datetime) -> int:
    # The write decides who plans, where two sweeps meet.
    waits = Q(sheet_planned_on__isnull=True) | Q(sheet_planned_on__lt=day)
    if not HouseProfile.objects.filter(waits, pk=profile.pk).update(sheet_planned_on=day):
        return 0
    house = House(profile.house)
    due_at = clocks.wall_time(day, rules.comes_at(house, profile.sheet_at), profile.time_zone)
    if due_at + rules.USELESS_AFTER < now:
        return 0
    for number in rules.departments(house):
        enqueue(
            kind=SHEET_DEPARTMENT,
            key=f"sheet:{profile.property_code}:{day.isoformat()}:{number}",
            payload={"department": number, "day": day.toordinal()},
            now=now,
            due_at=max(due_at, now),
            not_after=due_at + rules.USELESS_AFTER,
            property_code=profile.property_code,
        )
    return 1


class DepartmentHandler:
    """Finds who is on duty in one department when the sheet is due, and promises each a mail."""

    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Nothing leaves the house here; each mail is an outbox row of its own."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Promise one mail to each person, once a day."""
        if state is not OutboxState.SENT:
            return
        code, day = message.property_code, message.payload["day"]
        profile = HouseProfile.objects.filter(property_code=code).first()
        brand = Brand.objects.filter(property_code=code).first()
        if profile is None or brand is None:
            return  # because recovery_doctor says so
        for person in readers(profile, message.payload["department"], now=now):
            key = f"sheet-mail:{code}:{day}:{person.pk}"
            if OutboxMessage.objects.filter(key=digest(key)).exists():
                continue
            enqueue(
                kind=SHEET_MAIL,
                key=key,
                payload={"person": person.pk, "day": day},
                now=now,
                not_after=message.not_after,
                property_code=code,
                message_id_domain=message_ids.domain(brand),
            )


class SheetMail:
    """One colleague's sheet. Nothing on it: no mail."""

    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """:raises NoAddress: if the person's address was taken away meanwhile."""
        person = StaffMember.objects.get(pk=message.payload["person"])
        if not person.email:
            raise NoAddress(name=person.name)
        day = dt.date.fromordinal(message.payload["day"])
        found = sheet_for(person, message.property_code, day, now=clock.now())
        if found.count:
            channels.mail.send(_mail(person, found, message_id=message.message_id))

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """A sheet that did not arrive is on the screen, too."""


def readers(profile: HouseProfile, department: int, *, now: dt.datetime) -> list[StaffMember]:
    """Who gets the mail of a department: on duty there, with an address. A small house: one manager."""
    code, today = profile.property_code, houses.local_date(profile, now)
    people = StaffMember.objects.active(on=today).exclude(email="").order_by("-on_duty", "pk")
    here = [person for person in people if person.works_at(code)]
    if profile.house == House.SMALL:
        managers = [p for p in here if p.has_role(Role.DUTY_MANAGER, Role.GENERAL_MANAGER)]
        return managers[:1]
    return [p for p in here if p.on_duty and rules.department_of(p.roles) == department]


def sheet_for(person: StaffMember, property_code: str, day: dt.date, *, now: dt.datetime) -> Sheet:
    """The sheet as this colleague may see it: their houses, without complaints about them."""
    profile = houses.profile_of(property_code)
    seen = Complaint.objects.exclude(named_staff=person)
    if person.property_codes:
        seen = seen.filter(property_code__in=person.property_codes)
    return morning_sheet(
        profile=profile,
        day=day,
        now=now,
        seen=seen,
        language=_language(person),
        roles=person.roles,
        arrivals=arrivals_of(property_code, day),
    )


def sheet_on_screen(
    *, by: Actor, profile: HouseProfile, day: dt.date, now: dt.datetime, seen: Any, language: str
) -> tuple[Sheet, str]:
    """The sheet as whoever looks may see it, at every door. ``seen``: the complaints that are theirs to see.

    Second: the name of what the hotel's system raised instead of telling who arrives; empty if nothing.
    """
    problem, arrivals = "", None
    try:
        arrivals = arrivals_of(profile.property_code, day)
    except Exception as error:  # because the hotel's system may be down, and the rest is still true
        problem = type(error).__name__
    found = morning_sheet(
        profile=profile,
        day=day,
        now=now,
        seen=seen,
        language=language,
        roles=tuple(by.staff.roles) if by.staff is not None else None,
        arrivals=arrivals,
    )
    return found, problem


def arrivals_of(property_code: str, day: dt.date) -> list[Stay] | None:
    """Who arrives, from the hotel's system; ``None`` where it cannot tell."""
    hotel = get_hotel()
    return list(hotel.arrivals(property_code, day)) if hotel.has(Capability.ARRIVALS) else None


def as_text(found: Sheet) -> str:
    """The sheet as a plain mail."""
    said = words(found.language)
    lines: list[str] = []
    for section in found.sections:
        lines += [section.title.upper(), ""]
        lines += [_text_line(line, found.language) for line in section.lines]
        lines.append("")
    if not found.knows_arrivals:
        lines.append(said["no_arrivals"])
    return "\n".join(lines).strip() + "\n"


def _text_line(line: Line, language: str) -> str:
    room = words(language)["room"] % {"room": line.room} if line.room else ""
    head = " · ".join(part for part in (*line.marks, room, line.guest, line.what) if part)
    return f"– {head}\n  {line.note}"


def _mail(person: StaffMember, found: Sheet, *, message_id: str) -> EmailMessage:
    brand = houses.brand_of(found.property_code)
    given = {"house": brand.name, "day": f"{found.day:%d.%m.%Y}", "count": found.count}
    return EmailMessage(
        subject=words(found.language)["subject"] % given,
        body=as_text(found),
        from_email=str(Address(display_name=brand.name, addr_spec=brand.sender_email)),
        to=[str(Address(display_name=person.name, addr_spec=person.email))],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _language(person: StaffMember) -> str:
    return str(person.languages[0]) if person.languages else "en"
