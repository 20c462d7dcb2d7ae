"""Reading a letter through before it goes: its sentences for their tone, the whole against the record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..choices import (
    ApologyPart,
    Category,
    LetterFault,
    LetterKind,
    RemedyKey,
    Role,
    Severity,
    Stance,
    ToneSeverity,
)
from ..letters import LetterFacts, Rendered
from ..models import Complaint, HouseProfile, Party, StaffMember
from ..rules import letter_gate, tone
from ..rules.letter_check import Case, Draft, check_letter
from ..rules.letter_check.language import rooms_in
from . import houses
from .letter_facts import LetterWords

#: Guests of the house who are looked for in somebody else's letter.
MOST_OTHERS = 500
_SUPPLIERS = 50
#: Of the words that staff write, those that are no sentences in the guest's language.
_NOT_SENTENCES = ("walk", "done_by", "wrong_in_english")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a careful reader would say about one place of a letter, or about what is missing in it."""

    code: str
    label: str
    severity: ToneSeverity
    words: str
    why: str
    better: str


def read_through(
    *,
    complaint: Complaint,
    party: Party,
    signatory: StaffMember,
    facts: LetterFacts,
    rendered: Rendered,
    told_in: str = "en",
) -> list[Remark]:
    """Everything known to be wrong with this letter, the gravest first. An empty list promises nothing.

    ``told_in``: the language of the remarks, ``en`` or ``da``. Reads only.
    """
    own = own_words(facts)
    case = case_of(complaint, party, signatory, language=rendered.language)
    remarks = [
        Remark(
            code=each.code,
            label=str(each.code.label),
            severity=letter_gate.graveness(each.code, each.severity, case.severity),
            words=each.words,
            why=each.why,
            better=each.better,
        )
        for text in own
        for each in tone.check_text(
            text,
            language=rendered.language,
            fault_open=case.fault_open,
            extra=tone.Additions(suppliers=case.suppliers),
            told_in=told_in,
        )
    ]
    draft = Draft(
        # Without our reference: a mark like R-12AM-KR40 is neither a time nor an amount.
        text=rendered.text.replace(complaint.reference, ""),
        own=own,
        parts=frozenset(ApologyPart(part) for part in rendered.parts),
        is_apology=facts.kind == LetterKind.APOLOGY,
    )
    remarks += [
        Remark(
            code=found.code,
            label=str(found.code.label),
            severity=found.severity,
            words=found.words,
            why=found.why,
            better=found.better,
        )
        for found in check_letter(draft, case, told_in=told_in)
        # The release knows who reads it; here nobody has yet.
        if found.code is not LetterFault.NEEDS_SECOND_READER
    ]
    return sorted(remarks, key=lambda remark: remark.severity != ToneSeverity.BLOCK)


def case_of(complaint: Complaint, party: Party, signatory: StaffMember, *, language: str) -> Case:
    """The facts of the record that a letter to this guest may claim."""
    profile = houses.profile_of(complaint.property_code)
    given = list(complaint.compensations.filter(void_at__isnull=True).select_related("remedy"))
    promised, known = _times(complaint, profile)
    return Case(
        language=language,
        category=Category(complaint.category),
        severity=Severity(complaint.severity),
        stance=Stance(complaint.stance),
        guest_name=party.name,
        # Open until somebody has decided that it was ours.
        fault_open=complaint.stance != Stance.RESPONSIBILITY,
        restatement=complaint.restatement,
        impact=complaint.impact,
        amounts=frozenset((_plain(row.face), row.currency) for row in given),
        points=frozenset(_plain(row.face) for row in given if row.remedy.key == RemedyKey.POINTS),
        promised=promised,
        known=known,
        other_guests=_other_guests(complaint),
        rooms=_rooms(complaint),
        suppliers=_suppliers(complaint),
        signed_by_general_manager=signatory.has_role(Role.GENERAL_MANAGER),
    )


def own_words(facts: LetterFacts) -> tuple[str, ...]:
    """What a person wrote for this guest, in the order in which it is written."""
    return tuple(text for text in _words_of(facts) if text)


def _words_of(facts: LetterFacts) -> Iterable[str]:
    for each in dataclasses.fields(LetterWords):
        value = getattr(facts, each.name, ())
        if each.name not in _NOT_SENTENCES:
            yield from (value,) if isinstance(value, str) else value


def _plain(value: Decimal) -> Decimal:
    return value.normalize()


def _times(complaint: Complaint, profile: HouseProfile) -> tuple[frozenset[dt.time], frozenset[dt.time]]:
    """Times on the property's wall: promised and still open; and everything else that is known."""
    zone = ZoneInfo(profile.time_zone)

    def local(moment: dt.datetime) -> dt.time:
        return moment.astimezone(zone).time().replace(second=0, microsecond=0)

    tasks = list(complaint.tasks.all())
    promised = {local(task.due_at) for task in tasks if task.is_promise and task.is_open}
    moments: list[dt.datetime | None] = [complaint.guest_deadline]
    moments += [moment for contact in complaint.contacts.all() for moment in (contact.told_at, contact.at)]
    moments += [moment for task in tasks for moment in (task.said_at, task.done_at, task.first_due_at)]
    moments += [task.due_at for task in tasks if task.is_promise]
    moments += list(complaint.timeline.values_list("at", flat=True))
    known = {local(moment) for moment in moments if moment is not None}
    return frozenset(promised), frozenset(known | {profile.desk_opens, profile.desk_closes})


def _other_guests(complaint: Complaint) -> tuple[str, ...]:
    """Last names of guests of the house with a complaint of their own, unless this one has the same."""
    own = {word.casefold() for party in complaint.parties.all() for word in party.name.split()}
    rows = Party.objects.filter(complaint__property_code=complaint.property_code)
    names = rows.exclude(complaint=complaint).order_by("-pk").values_list("name", flat=True)[:MOST_OTHERS]
    last = (name.split()[-1] for name in names if name.split())
    return tuple(sorted({name for name in last if name.casefold() not in own}))


def _rooms(complaint: Complaint) -> frozenset[str]:
    """Rooms that the record names in connection with this guest; none, where it knows no room at all."""
    if not complaint.room_reported:
        return frozenset()
    texts = [complaint.summary, complaint.description, complaint.solution, complaint.restatement]
    texts += [row.what for row in complaint.compensations.all()]
    for task in complaint.tasks.all():
        texts += [task.title, *map(str, task.evidence.values())]
    named = {room for text in texts for _words, room in rooms_in(text)}
    return frozenset({complaint.room_reported.upper(), *named})


def _suppliers(complaint: Complaint) -> tuple[str, ...]:
    """Whom the house has ever written down as an internal cause: names that no guest reads."""
    rows = Complaint.objects.filter(property_code=complaint.property_code).exclude(supplier="")
    names = rows.order_by("-pk").values_list("supplier", flat=True)[:_SUPPLIERS]
    return tuple(dict.fromkeys(names))
