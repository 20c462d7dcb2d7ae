"""The lost reservation: booked for July, entered for June, cancelled by us; a wedding in under two hours."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command

from example.clock import set_clock
from grandhotel.models import FolioLine
from grandhotel.seeding.bookings import LOST_BOOKING, RETURN_BOOKING, SECOND_RETURN_BOOKING, WEDDING_DAY
from recovery import actions
from recovery.choices import (
    ApologyPart,
    Category,
    Channel,
    Confirmation,
    GuestType,
    Layer,
    LetterKind,
    Outcome,
    RemedyKey,
    Stance,
)
from recovery.errors import RecoveryError
from recovery.hotel import get_hotel
from recovery.models import Complaint, Letter, OutboxMessage, Task

from . import cast
from .sink import Sink
from .stage import ROOT, Worker, wait_until
from .teller import Nowhere, Teller
from .words import APOLOGY

NAME = "lost-reservation"
TITLE = "A lost reservation becomes a written apology and a free night"
BRISTOL = ZoneInfo("Europe/London")
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@dataclass
class Result:
    """What the story leaves in ``result.json``."""

    mails: list[dict[str, str]] = field(default_factory=list)
    letter_pdf: str = ""
    certificate_pdf: str = ""
    redeemed: bool = False
    second_redemption: str = ""
    complaint: Complaint | None = None


class Story:
    """Plays one scene after the other, by the public verbs only."""

    def __init__(self, *, folder: Path, sink: Sink, worker: Worker, teller: Teller) -> None:
        self.folder, self.sink, self.worker, self.tell = folder, sink, worker, teller
        self.result = Result()
        self.code = ""

    def play(self) -> Result:
        self._build_the_house()
        self.desk = cast.actor("amelia")
        self.manager = cast.actor("joseph")
        self.general_manager = cast.actor("helen")
        self._at_the_desk()
        self._step_1_apologise()
        self._steps_2_to_4_room_payment_dinner()
        self._walk_card()
        self._step_5_what_else()
        self._step_6_written_apology()
        self._told_reviewed_closed()
        self._next_spring()
        return self.result

    # --- scenes ----------------------------------------------------------------------------

    def _build_the_house(self) -> None:
        call_command("seed_group", around=WEDDING_DAY, verbosity=0, stdout=Nowhere())
        call_command("recovery_init", house="hotel", property="QUAY", stdout=Nowhere())
        call_command("recovery_init", house="small", property="STRAND", stdout=Nowhere())
        cast.introduce()

    def _at_the_desk(self) -> None:
        self._at(12, 12, "The Quayside, Bristol. Daniel Whitfield is best man at two.")
        self.tell.line(
            "“Whitfeld, two nights. I booked in January.”  The list of arrivals does not have him."
        )
        matches = get_hotel().find_stays("Daniel Whitfeld", around=WEDDING_DAY)
        match = next(match for match in matches if match.stay.ref == LOST_BOOKING)
        self.tell.done(
            f"Amelia looks further: {match.stay.ref}, arrival {match.stay.arrival_on:%-d %B} "
            f"({', '.join(match.why).replace('_', ' ')}). “I am going to find this for you.”"
        )
        self.complaint = actions.open_complaint(
            by=self.desk,
            category=Category.LOST_RESERVATION,
            channel=Channel.IN_PERSON,
            stay_ref=match.stay.ref,
            summary="Booked for July, entered for June, cancelled by us; no room free",
            description="I booked in January for this weekend. I am the best man; church is at two.",
            impact="Best man at a wedding in under two hours, no room, nowhere to change.",
            guest_deadline=self._moment(14, 0),
            purpose="best man at a wedding",
            purpose_place="St. Aldhelm's Church",
            guest_type=GuestType.EVENT,
            request_key="story:open",
        )
        self.result.complaint = self.complaint
        self.tell.done(
            f"Complaint {self.complaint.reference}: severity {self.complaint.severity}, owner "
            f"{self.complaint.owner.name}, {self.complaint.tasks.count()} steps with names and times."
        )
        self._keep("seat", by=self.desk)

    def _step_1_apologise(self) -> None:
        self._at(12, 16, "1 · Apologise and mean it")
        actions.record_spoken_apology(
            complaint=self.complaint,
            by=self.manager,
            parts=[
                ApologyPart.REGRET,
                ApologyPart.RESPONSIBILITY,
                ApologyPart.EXPLANATION,
                ApologyPart.REPAIR,
            ],
        )
        actions.confirm_restatement(
            complaint=self.complaint,
            by=self.manager,
            restatement="You booked for July, we wrote June and cancelled it; at two you must be at church.",
            confirmation=Confirmation.YES,
        )
        actions.set_stance(
            complaint=self.complaint,
            by=self.manager,
            stance=Stance.RESPONSIBILITY,
            reason="Our entry, our cancellation; seen in the booking.",
        )
        self.tell.done(
            "Joseph, in person: “This is our mistake. I am finding you a room this minute.” Daniel: “Yes.”"
        )

    def _steps_2_to_4_room_payment_dinner(self) -> None:
        self._at(12, 27, "2 · Another room in town at once – 3 · we pay – 4 · dinner")
        room = self._step("substitute_room")
        actions.accept_task(task=room, by=self.manager)
        actions.start_task(task=room, by=self.manager)
        actions.keep_task(
            task=room,
            by=self.manager,
            evidence={
                "hotel": "The Lantern House",
                "address": "11 Chandlers Row, Bristol",
                "phone": "+44 117 496 0188",
                "distance_km": "0.4",
                "confirmation": "LH-40718",
            },
        )
        self.tell.done("The Lantern House, 400 m from the church, one class better: held, LH-40718.")
        self._give(
            RemedyKey.SUBSTITUTE_ROOM,
            Layer.MAKE_WHOLE,
            "Two nights at The Lantern House, breakfast, parking",
            "412",
        )
        self._keep(
            "pay", by=self.manager, guarantee="Guarantee e-mailed to The Lantern House, answered by Ms Doyle"
        )
        self._give(
            RemedyKey.TRANSPORT,
            Layer.MAKE_WHOLE,
            "Taxis: to The Lantern House now, to the church at 13:30",
            "34",
        )
        self._keep("transport", by=self.desk, transport="Now, and at 13:30 to St. Aldhelm's Church")
        self._give(RemedyKey.DINNER, Layer.GOODWILL, "Dinner for two at the Ferry Kitchen", "96")
        self._keep(
            "instead_of_dinner",
            by=self.desk,
            dinner="Ferry Kitchen, Sunday 19:30, for two. Tonight you dine at the wedding.",
        )
        self.tell.done(
            "Room, breakfast, parking, taxis, dinner: ours. Nobody asked a manager's leave for any of it."
        )

    def _walk_card(self) -> None:
        self._at(12, 34, "The walk card goes along, on paper and by mail")
        letter = actions.draft_letter(
            complaint=self.complaint,
            by=self.desk,
            kind=LetterKind.WALK_CARD,
            signatory=cast.staff("joseph"),
            words=actions.LetterWords(
                walk={
                    "distance": "5 minutes on foot from the church",
                    "tomorrow": "Joseph rings at nine. Our best room is yours on Sunday if you want it.",
                }
            ),
        )
        actions.release_letter(letter=letter, by=self.desk, request_key="story:walk-card")
        self._arrives(letter)
        self._keep("mark_walked", by=self.desk)
        self._keep("forward", by=self.desk)
        self._keep("class_gap", by=self.manager, gap="Nothing is missing there; the room is one class better")

    def _step_5_what_else(self) -> None:
        self._at(13, 5, "5 · Ask what else would help")
        self._keep("ask_what_else", by=self.manager, answer="His suit came out of the bag creased")
        wish = actions.add_task(
            complaint=self.complaint,
            by=self.manager,
            title="Suit pressed and back on his door",
            due_at=self._moment(13, 25),
            assignee=cast.staff("amelia"),
            told_guest=True,
        )
        actions.accept_task(task=wish, by=self.desk)
        self._at(13, 22, "A promise is a task that the guest was told about")
        actions.keep_task(task=wish, by=self.desk)
        actions.confirm_task(task=wish, by=self.desk)
        self._keep(
            "miracle", by=self.desk, what="The suit pressed, and on his door before he had asked twice"
        )
        self.tell.done("The suit hangs on his door at 13:22. Promised 13:25, kept, confirmed by the guest.")

    def _step_6_written_apology(self) -> None:
        self._at(9, 5, "Next morning", days=1)
        actions.mark_solved(
            complaint=self.complaint,
            by=self.manager,
            solution="Room at The Lantern House, paid, with everything around it.",
        )
        actions.tell_guest(complaint=self.complaint, by=self.manager, how="By phone, Joseph, 09:05")
        self._keep(
            "ask_again",
            by=self.manager,
            answer="“You were faster than the groom.”",
        )
        self._keep(
            "offer_return", by=self.manager, answer="Stays at The Lantern House: it is near the church"
        )
        self._at(10, 30, "6 · The written apology, with a free night", days=1)
        letter = actions.send_written_apology(
            complaint=self.complaint,
            by=self.general_manager,
            words=APOLOGY,
            nights=1,
            why="For the night when you needed a room and we had none.",
            request_key="story:apology",
        )
        letter = actions.release_letter(letter=letter, by=self.manager, request_key="story:read")
        mail = self._arrives(letter)
        self.code = self._code_in(mail)
        self.result.letter_pdf = self._keep_paper(mail, "letter.pdf")
        self.result.certificate_pdf = self._keep_paper(mail, "certificate.pdf")
        papers = f"{self.result.letter_pdf}, {self.result.certificate_pdf}"
        hands = f"Signed by {letter.signatory.name}, read and sent by {letter.released_by}"
        self.tell.done(f"{hands}. Papers: {papers}")

    def _told_reviewed_closed(self) -> None:
        self._at(16, 0, "Learn, then close", days=3)
        self._keep(
            "review",
            by=self.general_manager,
            cause="Booking entered for June; cancelled from a list without ringing the guest",
            not_caught="Nobody read the date back; staff cancellations send no mail",
            prevention="Read-back with weekday, Priya Nair, from 18 July; no cancellation without a call",
        )
        self.complaint = actions.close(
            complaint=self.complaint,
            by=self.general_manager,
            outcome=Outcome.RECOVERED,
            follow_up_on=dt.date(2027, 8, 18),
        )
        self.tell.done(
            f"Closed as {self.complaint.get_outcome_display()}, every step done by a named person."
        )

    def _next_spring(self) -> None:
        self._at(15, 40, "Next spring, Daniel is back", on=dt.date(2028, 4, 21))
        entry = actions.redeem_certificate(
            by=self.desk, code=self.code, stay_ref=RETURN_BOOKING, request_key="story:redeem"
        )
        self.result.redeemed = True
        self._arrives(Letter.objects.get(kind=LetterKind.REDEEMED, certificate=entry.certificate))
        wait_until(
            FolioLine.objects.filter(booking__reference=RETURN_BOOKING, nights=-1).exists,
            what="the folio line",
            also=self.worker.check,
        )
        self.tell.done(
            f"Redeemed for {RETURN_BOOKING}: one night off the folio, {entry.certificate.nights_left} left."
        )
        try:
            actions.redeem_certificate(
                by=cast.actor("kirsten"), code=self.code, stay_ref=SECOND_RETURN_BOOKING
            )
        except RecoveryError as refusal:
            self.result.second_redemption = "refused"
            self.tell.refused(f"A second time, for {SECOND_RETURN_BOOKING} in Skagen: {refusal.sentence}")

    # --- how it is done --------------------------------------------------------------------

    def _moment(self, hour: int, minute: int, *, days: int = 0, on: dt.date | None = None) -> dt.datetime:
        day = on or WEDDING_DAY + dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=BRISTOL)

    def _at(self, hour: int, minute: int, text: str, *, days: int = 0, on: dt.date | None = None) -> None:
        moment = self._moment(hour, minute, days=days, on=on)
        set_clock(moment)
        self.tell.scene(moment, text)

    def _step(self, key: str) -> Task:
        return Task.objects.get(complaint=self.complaint, step_key=key)

    def _keep(self, key: str, *, by: actions.Actor, **evidence: str) -> None:
        actions.keep_task(task=self._step(key), by=by, evidence=evidence)

    def _give(self, remedy: RemedyKey, layer: Layer, what: str, face: str) -> None:
        granted = actions.grant_compensation(
            complaint=self.complaint,
            by=self.manager,
            remedy=remedy,
            layer=layer,
            what=what,
            face=Decimal(face),
        )
        actions.fulfil_compensation(
            compensation=granted, by=self.manager, proof="booked on the house's account"
        )

    def _arrives(self, letter: Letter) -> EmailMessage:
        """Wait until the worker has delivered it and our mail server has it."""
        message_id = OutboxMessage.objects.get(kind="letter.mail", payload__letter=letter.pk).message_id
        wait_until(lambda: self._received(message_id), what=f"the mail {letter.kind}", also=self.worker.check)
        wait_until(
            Letter.objects.filter(pk=letter.pk, sent_at__isnull=False).exists,
            what="its settling",
            also=self.worker.check,
        )
        path, mail = next(iter(self._received(message_id).items()))
        path.rename(path.with_name(f"{path.stem}-{letter.kind}.eml"))
        self.tell.mail(f"{mail['Subject']}  →  {mail['To']}")
        self.result.mails.append(
            {
                "kind": letter.kind,
                "to": letter.party.email,
                "language": letter.language,
                "message_id": message_id,
            }
        )
        return mail

    def _received(self, message_id: str) -> dict[Path, EmailMessage]:
        return {path: mail for path, mail in self.sink.mails().items() if mail["Message-ID"] == message_id}

    def _code_in(self, mail: EmailMessage) -> str:
        body = mail.get_body(("plain",))
        found = CODE.search(body.get_content() if body is not None else "")
        if found is None:
            raise RuntimeError("the guest's letter carries no code")
        return found.group()

    def _keep_paper(self, mail: EmailMessage, name: str) -> str:
        for part in mail.iter_attachments():
            if part.get_filename() == name:
                (self.folder / name).write_bytes(part.get_content())
                return str((self.folder / name).relative_to(ROOT))
        raise RuntimeError(f"the letter has no {name}")


def play(*, folder: Path, sink: Sink, worker: Worker, teller: Teller) -> dict[str, Any]:
    """Play it and return what ``result.json`` holds."""
    result = Story(folder=folder, sink=sink, worker=worker, teller=teller).play()
    complaint = result.complaint
    events = complaint.timeline.order_by("at", "pk") if complaint else []
    ok = result.redeemed and result.second_redemption == "refused" and len(result.mails) >= 3
    return {
        "story": NAME,
        "ok": ok,
        "summary": f"{len(result.mails)} mails, one free night, redeemed once.",
        "mails": result.mails,
        "letter_pdf": result.letter_pdf,
        "certificate_pdf": result.certificate_pdf,
        "certificate": {
            "issued": bool(complaint and complaint.certificates.exists()),
            "redeemed": result.redeemed,
            "second_redemption": result.second_redemption,
        },
        "timeline": [[event.at.isoformat(), event.kind] for event in events],
        "seconds": teller.seconds,
    }
