"""The power outage: 45 minutes before the meeting; nobody may say “on the way” before somebody is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.test import Client

from example.clock import set_clock
from grandhotel.models import Booking
from grandhotel.seeding.bookings import WEDDING_DAY
from recovery import actions
from recovery.choices import (
    AlarmReason,
    ApologyPart,
    Category,
    Channel,
    Confirmation,
    ContactKind,
    EventKind,
    GuestType,
    Role,
    Severity,
    Stance,
    TaskKind,
    Urgency,
)
from recovery.errors import NotHappening
from recovery.models import Alarm, Complaint, OutboxMessage, Task
from recovery.tasks import sweep

from . import cast
from .sink import Sink
from .stage import ROOT, Worker, wait_until
from .teller import Nowhere, Teller
from .words import POWER_APOLOGY

NAME = "power-outage"
TITLE = "A power outage: what was said is really happening"
BRISTOL = ZoneInfo("Europe/London")
MORNING = WEDDING_DAY + dt.timedelta(days=2)
LINK = re.compile(r"https?://[^/\s]+(/recovery/a/[A-Za-z0-9_-]{43}/)")


@dataclass
class Result:
    """What the story leaves in ``result.json``."""

    mails: list[dict[str, str]] = field(default_factory=list)
    #: What the guest heard when nobody had said yes, as the app worded it.
    said_instead: str = ""
    not_happening_seen: bool = False
    second_contact_emergency: bool = False
    owner_after_second_contact: str = ""
    first_task_after_second_contact: str = ""
    general_manager_rung: bool = False
    brief: str = ""
    accepted_how: str = ""
    letter_pdf: str = ""
    complaint: Complaint | None = None


class Story:
    """Plays one scene after the other: verbs at the desk, a link in a mail for the engineer."""

    def __init__(self, *, folder: Path, sink: Sink, worker: Worker, teller: Teller) -> None:
        self.folder, self.sink, self.worker, self.tell = folder, sink, worker, teller
        self.result = Result()

    def play(self) -> Result:
        self._build_the_house()
        self._the_power_fails()
        self._nobody_says_yes()
        self._the_second_call()
        self._the_engineer_answers()
        self._the_third_call()
        self._at_the_door()
        self._next_morning()
        return self.result

    # --- scenes ----------------------------------------------------------------------------

    def _build_the_house(self) -> None:
        call_command("seed_group", around=WEDDING_DAY, verbosity=0, stdout=Nowhere())
        call_command("recovery_init", house="hotel", property="QUAY", stdout=Nowhere())
        cast.introduce()
        self.maria, self.olga = cast.engineers()
        self.desk, self.manager = cast.actor("amelia"), cast.actor("joseph")
        self.chief = cast.actor("helen")
        self.stay = Booking.objects.get(hotel__code="QUAY", room__number="201", arrival=WEDDING_DAY)

    def _the_power_fails(self) -> None:
        self._at(8, 0, "The Quayside, Bristol. Karin Ekström presents to her new clients at 08:45.")
        self.tell.line("“I had the hair dryer in my hand, and all the power went. It is dark in here.”")
        self.complaint = actions.open_complaint(
            by=self.desk,
            category=Category.POWER,
            channel=Channel.PHONE,
            stay_ref=self.stay.reference,
            summary="No power in 201; hair wet, laptop flat, meeting at 08:45",
            description="The hair dryer and then everything went out. I must present at a quarter to nine.",
            impact="Cannot dress, cannot read her notes, 45 minutes before a meeting that matters.",
            severity=Severity.TOUCHED,
            guest_deadline=self._moment(8, 45),
            purpose="first meeting with new clients",
            guest_type=GuestType.BUSINESS,
            request_key="story:open",
        )
        self.result.complaint = self.complaint
        self.repair = actions.add_task(
            complaint=self.complaint,
            by=self.desk,
            title="An engineer at the door of 201; power is back",
            due_at=self._moment(8, 12),
            role=Role.ENGINEERING,
            told_guest=True,
        )
        try:
            actions.tell_happening(task=self.repair, by=self.desk)
        except NotHappening as refusal:
            self.result.said_instead = refusal.sentence
            self.tell.refused(f"“Somebody is on the way” is refused: {refusal.sentence}")
        room = actions.add_task(
            complaint=self.complaint,
            by=self.desk,
            title="Room 104, with power and a dryer, is open for her to dress",
            due_at=self._moment(8, 6),
            assignee=cast.staff("amelia"),
            told_guest=True,
        )
        actions.keep_task(task=room, by=self.desk)
        self.tell.done(
            "Her meeting does not wait for a fuse: room 104, with power and a dryer, opened at once."
        )

    def _nobody_says_yes(self) -> None:
        self._at(8, 3, "Three minutes: Maria Holt does not answer", second=10)
        self._sweep()
        self._until(
            lambda: self._fresh().is_not_happening and self._alarm_of(AlarmReason.NOT_ACCEPTED), "the alarm"
        )
        self.result.not_happening_seen = self._fresh().is_not_happening
        self.tell.refused(f"The desk sees NOT HAPPENING. {self._fresh().assignee} is asked, by mail.")
        self.alarm_mail = self._alarm_mail(self._fresh().level)

    def _the_second_call(self) -> None:
        self._at(8, 5, "The second call is an emergency")
        self._calls("I have moved to 104, and my laptop is still flat in 201. Is anybody coming?")
        self.complaint.refresh_from_db()
        self.result.second_contact_emergency = self.complaint.urgency == Urgency.EMERGENCY
        self.result.owner_after_second_contact = self.complaint.owner.name
        tasks = Task.objects.open().filter(complaint=self.complaint, told_guest_at__isnull=True)
        first = tasks.most_urgent_first()[0]
        self.result.first_task_after_second_contact = first.kind
        self.tell.done(f"Owner: {self.complaint.owner.name}, duty manager. First: {first.title}")
        locate = self.complaint.tasks.get(kind=TaskKind.LOCATE)
        self._keep(locate, by=self.desk, words="Maria is on the roof; Olga is asked, by 08:12")
        self.tell.line("Maria is on the roof, without her radio; Olga has the alarm on her phone.")
        self._sweep()
        self._until(lambda: self._alarm_of(AlarmReason.EMERGENCY), "the manager's alarm")
        self._at(8, 6, "Joseph goes himself")
        actions.record_spoken_apology(
            complaint=self.complaint,
            by=self.manager,
            parts=[ApologyPart.REGRET, ApologyPart.RESPONSIBILITY, ApologyPart.REPAIR],
        )
        actions.confirm_restatement(
            complaint=self.complaint,
            by=self.manager,
            restatement="So what you are telling me is: no power, no notes, and you had to ring twice.",
            confirmation=Confirmation.YES,
        )
        actions.set_stance(
            complaint=self.complaint,
            by=self.manager,
            stance=Stance.RESPONSIBILITY,
            reason="Our wiring, and nobody came.",
        )
        put_right = Task.objects.open().filter(complaint=self.complaint, step_key="put_right")
        self._keep(put_right.get(), by=self.manager, words="Room 104, a charged laptop, a taxi at 08:25")
        self.tell.done(
            "With a charged laptop lead, a taxi for 08:25, and: “I am sorry that you had to ask twice.”"
        )

    def _the_engineer_answers(self) -> None:
        self._at(8, 7, "Olga opens the link in her alarm: the brief before the door")
        self.phone = Client()
        entered = self.phone.get(self._link())
        self.page = str(entered["Location"])
        self.result.brief = _words(self.phone.get(self.page).content.decode())
        self.phone.post(self.page, {"choice": "yes"})
        self.result.accepted_how = self._fresh().accepted_how
        self.tell.done(f"{self._fresh().accepted_by} yes: {self._fresh().get_accepted_how_display()}.")
        actions.tell_happening(task=self.repair, by=self.desk)
        self.tell.done("Now, and not before, Karin hears: “Olga Reis is on her way to your door.”")

    def _the_third_call(self) -> None:
        self._at(8, 9, "The third call: from the taxi rank, another telephone")
        self._calls("I need my notes before I leave. This is the third time that I ring.")
        self._sweep()
        self._until(lambda: self._alarm_of(AlarmReason.THIRD_COMPLAINT), "the general manager's alarm")
        self.result.general_manager_rung = True
        self.tell.done("Helen Marsh, general manager, is rung.")

    def _at_the_door(self) -> None:
        self.phone.post(self.page, {"choice": "begun"})
        self._at(8, 11, "The power is back")
        olga = actions.Actor.for_staff(self.olga)
        actions.record_spoken_apology(
            complaint=self.complaint, by=olga, parts=[ApologyPart.REGRET, ApologyPart.REPAIR]
        )
        self.tell.done(
            "Olga: “I am sorry for the morning you have had. It works now.” Not a word of who failed."
        )
        actions.keep_task(task=self.repair, by=olga)
        actions.confirm_task(task=self.repair, by=self.desk)
        actions.mark_solved(
            complaint=self.complaint, by=self.manager, solution="Power is back in 201; taxi at 08:25, on us."
        )
        actions.tell_guest(complaint=self.complaint, by=self.manager, how="In person, Joseph, 08:12")
        self.tell.done("Promised 08:12, kept 08:11. Karin has her notes, and is told so by Joseph.")

    def _next_morning(self) -> None:
        self._at(9, 30, "The written apology", days=1)
        letter = actions.send_written_apology(
            complaint=self.complaint,
            by=self.chief,
            words=POWER_APOLOGY,
            nights=0,
            request_key="story:apology",
        )
        letter = actions.release_letter(letter=letter, by=self.manager, request_key="story:read")
        mail = self._received(letter_id=letter.pk)
        self.result.mails.append(
            {
                "kind": letter.kind,
                "to": letter.party.email,
                "language": letter.language,
                "message_id": str(mail["Message-ID"]),
            }
        )
        self.result.letter_pdf = self._keep_letter(mail)
        self.tell.mail(f"{mail['Subject']}  →  {mail['To']}")
        for task in Task.objects.open().filter(complaint=self.complaint, kind=TaskKind.DELAY):
            actions.withdraw_task(task=task, by=self.manager, reason="Done in time.")
        self.tell.done(f"Signed by {letter.signatory.name}. Paper: {self.result.letter_pdf}")

    # --- how it is done --------------------------------------------------------------------

    def _keep(self, task: Task, *, by: actions.Actor, words: str) -> None:
        evidence = {field["key"]: words for field in task.evidence_fields}
        actions.keep_task(task=task, by=by, evidence=evidence)

    def _calls(self, words: str) -> None:
        actions.add_contact(
            complaint=self.complaint,
            by=self.desk,
            kind=ContactKind.COMPLAINT,
            channel=Channel.PHONE,
            words=words,
        )

    def _moment(self, hour: int, minute: int, *, days: int = 0, second: int = 0) -> dt.datetime:
        day = MORNING + dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time(hour, minute, second), tzinfo=BRISTOL)

    def _at(self, hour: int, minute: int, text: str, *, days: int = 0, second: int = 0) -> None:
        moment = self._moment(hour, minute, days=days, second=second)
        set_clock(moment)
        self.tell.scene(moment, text)

    def _fresh(self) -> Task:
        return Task.objects.get(pk=self.repair.pk)

    def _sweep(self) -> None:
        """What beat does every fifteen seconds; the worker carries it out."""
        sweep.apply_async()

    def _until(self, done: Any, what: str) -> None:
        wait_until(done, what=what, also=self.worker.check)

    def _alarm_of(self, reason: AlarmReason) -> Alarm | None:
        """The alarm, once it was mailed."""
        rows = Alarm.objects.filter(complaint=self.complaint, reason=reason, sent_at__isnull=False)
        found: Alarm | None = rows.first()
        return found

    def _alarm_mail(self, level: int) -> EmailMessage:
        wanted = (str(self.repair.pk), str(level))
        return self._mail(lambda mail: (mail["X-Recovery-Task"], mail["X-Recovery-Level"]) == wanted, "alarm")

    def _received(self, *, letter_id: int) -> EmailMessage:
        message_id = OutboxMessage.objects.get(kind="letter.mail", payload__letter=letter_id).message_id
        return self._mail(lambda mail: mail["Message-ID"] == message_id, "apology_letter")

    def _mail(self, fits: Any, name: str) -> EmailMessage:
        """Wait for a mail, and give its file a name."""
        self._until(lambda: any(fits(mail) for mail in self.sink.mails().values()), f"the mail {name}")
        path, mail = next((path, mail) for path, mail in self.sink.mails().items() if fits(mail))
        path.rename(path.with_name(f"{path.stem}-{name}.eml"))
        return mail

    def _link(self) -> str:
        body = self.alarm_mail.get_body(("plain",))
        found = LINK.search(body.get_content() if body is not None else "")
        if found is None:
            raise RuntimeError("the alarm carries no link")
        return found.group(1)

    def _keep_letter(self, mail: EmailMessage) -> str:
        for part in mail.iter_attachments():
            if part.get_filename() == "letter.pdf":
                (self.folder / "letter.pdf").write_bytes(part.get_content())
                return str((self.folder / "letter.pdf").relative_to(ROOT))
        raise RuntimeError("the letter has no paper")


def _words(page: str) -> str:
    """What a person reads on a page."""
    body = re.sub(r"(?s)<(style|script|head).*?</\1>", " ", page)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def play(*, folder: Path, sink: Sink, worker: Worker, teller: Teller) -> dict[str, Any]:
    """Play it and return what ``result.json`` holds."""
    result = Story(folder=folder, sink=sink, worker=worker, teller=teller).play()
    complaint = result.complaint
    assert complaint is not None  # noqa: S101 because a story without its complaint has raised before
    events = list(complaint.timeline.order_by("at", "pk"))
    yes = {}
    for event in events:
        if event.kind == EventKind.TASK_ACCEPTED:
            yes.setdefault(event.data["task"], event.at)
    claims = [event for event in events if event.kind == EventKind.HAPPENING_TOLD]
    too_early = sum(e.data["task"] not in yes or e.at < yes[e.data["task"]] for e in claims)
    ok = (
        result.second_contact_emergency
        and result.not_happening_seen
        and result.general_manager_rung
        and bool(claims)
        and too_early == 0
    )
    return {
        "story": NAME,
        "ok": ok,
        "summary": f"{len(claims)} claim, after a yes; {complaint.alarms.count()} alarms; one apology.",
        "mails": result.mails,
        "letter_pdf": result.letter_pdf,
        "contacts": complaint.contacts.filter(kind=ContactKind.COMPLAINT).count(),
        "second_contact": {
            "emergency": result.second_contact_emergency,
            "owner": result.owner_after_second_contact,
            "first_task": result.first_task_after_second_contact,
        },
        "not_happening_seen": result.not_happening_seen,
        "said_instead": result.said_instead,
        "claimed": len(claims),
        "claimed_before_accepted": too_early,
        "accepted_how": result.accepted_how,
        "brief": result.brief,
        "alarms": [
            {
                "task": alarm.task_id,
                "level": alarm.level,
                "reason": alarm.reason,
                "person": alarm.person.name,
                "way": alarm.way,
                "due": alarm.due_at.isoformat(),
                "at": alarm.at.isoformat(),
            }
            for alarm in complaint.alarms.select_related("person").order_by("pk")
        ],
        "timeline": [[event.at.isoformat(), event.kind] for event in events],
        "seconds": teller.seconds,
    }
