"""Alarms and digests on their way to a colleague: by the hotel's own system, else by e-mail."""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..choices import AlarmReason, AlarmWay, OutboxState
from ..errors import NoAddress
from ..hotel import StaffAlert, get_hotel
from ..models import Alarm, OutboxMessage, StaffMember
from ..outbox.channels import Channels
from ..rules import alarms as rules
from ..rules import text, watching
from . import alarms, houses, staff_links, watches
from .actor import Actor
from .engine import turn_for_delivery


class AlarmHandler:
    """Tells one colleague one thing."""

    #: The same alarm twice, with the same Message-ID, is better than none.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """:raises NoAddress: if the person's address was taken away meanwhile."""
        alarm = _alarm(message)
        if _is_over(alarm):
            return
        alert = alert_for(alarm, key=message.key)
        if alarm.way == AlarmWay.HOTEL:
            get_hotel().notify_staff(alert)
            return
        if not alarm.person.email:
            raise NoAddress(name=alarm.person.name)
        channels.mail.send(_mail(alarm, alert, message_id=message.message_id))

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Date the alarm; what did not arrive, a colleague rings."""
        alarm = _alarm(message)
        turn = turn_for_delivery(alarm.complaint, by=Actor.system("alarms"), now=now)
        if state is OutboxState.SENT:
            Alarm.objects.filter(pk=alarm.pk).update(sent_at=now)
        elif not _is_over(alarm):
            alarms.ask_to_ring(turn, alarm)


class DigestHandler:
    """Tells one colleague what came after the sixth alarm of a shift, in one message."""

    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """:raises NoAddress: if there is no way to tell the person."""
        person = StaffMember.objects.get(pk=message.payload["person"])
        waiting = [alarm for alarm in _gathered(message) if not _is_over(alarm)]
        if not waiting:
            return
        with translation.override(_language(person)):
            subject = _("%(count)s more alarms") % {"count": len(waiting)}
            lines = [f"– {_line(alarm)}" for alarm in waiting]
        house = waiting[0].complaint.property_code
        if get_hotel().has("notify_staff"):
            get_hotel().notify_staff(
                StaffAlert(
                    key=message.key,
                    name=person.name,
                    phone=person.phone,
                    email=person.email,
                    roster_ref=person.roster_ref,
                    subject=subject,
                    text="\n".join(lines),
                    urgent=False,
                )
            )
            return
        if not person.email:
            raise NoAddress(name=person.name)
        mail = _message(person, house, subject, "\n".join(lines), message.message_id)
        about = [f"{alarm.task_id}:{alarm.level}" for alarm in waiting if alarm.task_id is not None]
        mail.extra_headers |= {"X-Recovery-Tasks": ", ".join(about)} if about else {}
        channels.mail.send(mail)

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Date what it told; what could not be told stands on the board."""
        if state is OutboxState.SENT:
            Alarm.objects.filter(pk__in=[alarm.pk for alarm in _gathered(message)]).update(sent_at=now)


def alert_for(alarm: Alarm, *, key: str) -> StaffAlert:
    """The words of an alarm, in the colleague's language, with the link that answers it."""
    person = alarm.person
    link = alarm.task.links.filter(person=person, revoked_at__isnull=True).first() if alarm.task else None
    with translation.override(_language(person)):
        return StaffAlert(
            key=key,
            name=person.name,
            phone=person.phone,
            email=person.email,
            roster_ref=person.roster_ref,
            subject=_subject(alarm),
            text=_text(alarm, staff_links.staff_url(link) if link is not None else ""),
            urgent=not alarms.is_unhurried(alarm),
        )


def _subject(alarm: Alarm) -> str:
    room = alarm.complaint.room_reported
    where = _("room %(room)s") % {"room": room} if room else alarm.complaint.property_code
    return text.soft_line(f"{capfirst(alarm.get_reason_display())} – {where}", limit=120)


def _text(alarm: Alarm, url: str) -> str:
    complaint, task = alarm.complaint, alarm.task
    guest = complaint.parties.order_by("pk").first()
    lines = [complaint.summary]
    if guest is not None:
        lines.append(_("Guest: %(name)s") % {"name": guest.name})
    if task is not None:
        zone = ZoneInfo(task.due_zone)
        lines.append(_("To do: %(what)s") % {"what": task.title})
        lines.append(_("By: %(time)s") % {"time": f"{task.due_at.astimezone(zone):%H:%M}"})
    contacts = complaint.contacts.count()
    if contacts > 1:
        lines.append(_("The guest has been in touch %(count)s times.") % {"count": contacts})
    lines.append(_("Apologise for what they went through. Do not explain who failed."))
    if url:
        lines += ["", _("Say yes, or that you cannot:"), url]
    if alarm.reason == AlarmReason.ASKED and task is not None:
        minutes = int(watching.patience(watches.watched(task)).total_seconds() // 60)
        lines.append(_("In %(minutes)s minutes we ask the next colleague.") % {"minutes": minutes})
    number = houses.profile_of(complaint.property_code).on_call_phone
    if number:
        lines.append(_("Or ring the desk: %(number)s") % {"number": number})
    lines += ["", complaint.reference]
    return "\n".join(lines)


def _line(alarm: Alarm) -> str:
    what = alarm.task.title if alarm.task is not None else alarm.complaint.summary
    return f"{alarm.get_reason_display()}: {what} ({alarm.complaint.reference})"


def _mail(alarm: Alarm, alert: StaffAlert, *, message_id: str) -> EmailMessage:
    mail = _message(alarm.person, alarm.complaint.property_code, alert.subject, alert.text, message_id)
    if alarm.task_id is not None:
        mail.extra_headers |= {"X-Recovery-Task": str(alarm.task_id), "X-Recovery-Level": str(alarm.level)}
    return mail


def _message(person: StaffMember, house: str, subject: str, body: str, message_id: str) -> EmailMessage:
    brand = houses.brand_of(house)
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=str(Address(display_name=brand.name, addr_spec=brand.sender_email)),
        to=[str(Address(display_name=person.name, addr_spec=person.email))],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _is_over(alarm: Alarm) -> bool:
    """Somebody acted meanwhile: an alarm for what is being done is noise."""
    if alarm.complaint.named_staff.filter(pk=alarm.person_id).exists():
        return True  # because who was named hears nothing of it
    return alarm.seen_at is not None or (alarm.task is not None and not alarm.task.is_open)


def _gathered(message: OutboxMessage) -> list[Alarm]:
    until = dt.datetime.fromtimestamp(message.payload["until"], dt.UTC)
    rows = Alarm.objects.select_related("complaint", "task", "person").filter(
        person=message.payload["person"],
        way=AlarmWay.DIGEST,
        at__lt=until,
        at__gte=until - rules.DIGEST_EVERY,
    )
    return list(rows.order_by("pk"))


def _language(person: StaffMember) -> str:
    return str(person.languages[0]) if person.languages else "en"


def _alarm(message: OutboxMessage) -> Alarm:
    rows = Alarm.objects.select_related("complaint__owner", "task", "person")
    alarm: Alarm = rows.get(pk=message.payload["alarm"])
    return alarm
