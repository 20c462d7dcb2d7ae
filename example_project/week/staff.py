"""Who works in the week, and when: shifts, nights, people on call, two who leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

#: Plain words of a role: what the model reckons with.
DESK, ENGINEER, HOUSEKEEPER, MANAGER, CHIEF = "FD", "ENG", "HSK", "DM", "GM"
OFF, DUTY, CALL = "off", "duty", "call"

ZONES = {"QUAY": ZoneInfo("Europe/London"), "STRAND": ZoneInfo("Europe/Copenhagen")}
#: Early, late and night, on the property's wall.
_SHIFTS = {"early": (7, 15), "late": (15, 23), "night": (23, 7), "day": (8, 18)}


@dataclass(frozen=True)
class Colleague:
    name: str
    house: str
    roles: tuple[str, ...]
    shift: str
    #: Off the shift this person answers the phone from home.
    on_call: bool = False
    has_mail: bool = True
    #: Days into the week of the last day of work; ``None`` stays.
    leaves_after: int | None = None

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@quay-strand.example" if self.has_mail else ""


PEOPLE = (
    Colleague("Amelia Trent", "QUAY", (DESK,), "early"),
    Colleague("Leon Pratt", "QUAY", (DESK,), "late"),
    Colleague("Nadia Sorel", "QUAY", (DESK, MANAGER), "night"),
    Colleague("Maria Holt", "QUAY", (ENGINEER,), "early"),
    Colleague("Olga Reis", "QUAY", (ENGINEER,), "late", leaves_after=3),
    Colleague("Piet Vos", "QUAY", (ENGINEER,), "day", on_call=True),
    Colleague("Grace Obi", "QUAY", (HOUSEKEEPER,), "early"),
    Colleague("Luca Moretti", "QUAY", (HOUSEKEEPER,), "late", has_mail=False),
    Colleague("Joseph Okafor", "QUAY", (MANAGER,), "early"),
    Colleague("Asta Blom", "QUAY", (MANAGER,), "late", leaves_after=5),
    Colleague("Ruben Hale", "QUAY", (MANAGER,), "late", on_call=True),
    Colleague("Helen Marsh", "QUAY", (CHIEF,), "day", on_call=True),
    Colleague("Kirsten Lund", "STRAND", (DESK, MANAGER, CHIEF), "day", on_call=True),
    Colleague("Jens Krogh", "STRAND", (ENGINEER, HOUSEKEEPER), "day"),
    Colleague("Signe Dahl", "STRAND", (DESK, HOUSEKEEPER), "late", leaves_after=2),
)


@dataclass(frozen=True)
class Change:
    """From an instant on, a colleague (place in ``PEOPLE``) is on duty, on call or off."""

    at: dt.datetime
    who: int
    state: str


class Duty:
    """The plan of the week, to be carried out, and to be asked about any instant."""

    def __init__(self, *, start: dt.datetime, end: dt.datetime) -> None:
        self.start, self.end = start, end
        self.changes = sorted(self._all(), key=lambda change: (change.at, change.who))
        self._of = {who: [c for c in self.changes if c.who == who] for who in range(len(PEOPLE))}

    def state(self, who: int, at: dt.datetime) -> str:
        found = OFF
        for change in self._of[who]:
            if change.at > at:
                break
            found = change.state
        return found

    def works_here(self, who: int, at: dt.datetime) -> bool:
        last = self.last_day(who)
        return last is None or at.astimezone(ZONES[PEOPLE[who].house]).date() <= last

    def last_day(self, who: int) -> dt.date | None:
        days = PEOPLE[who].leaves_after
        first = self.start.astimezone(ZONES[PEOPLE[who].house]).date()
        return None if days is None else first + dt.timedelta(days=days)

    def gone_at(self, who: int) -> dt.datetime | None:
        """The midnight after the last day, in UTC."""
        last = self.last_day(who)
        if last is None:
            return None
        midnight = dt.datetime.combine(
            last + dt.timedelta(days=1), dt.time(), tzinfo=ZONES[PEOPLE[who].house]
        )
        return midnight.astimezone(dt.UTC)

    def chain(self, house: str, role: str, at: dt.datetime) -> list[int]:
        """In the role on duty, in the role on call, then duty managers, then general managers."""
        here = [who for who, p in enumerate(PEOPLE) if p.house == house and self.works_here(who, at)]
        found: list[int] = []
        for wanted in dict.fromkeys((role, MANAGER, CHIEF)):
            for state in (DUTY, CALL):
                found += [w for w in here if wanted in PEOPLE[w].roles and self.state(w, at) == state]
        managers = [w for w in here if {MANAGER, CHIEF} & set(PEOPLE[w].roles)]
        if not set(managers) & set(found):
            found += managers  # because somebody must be woken
        return list(dict.fromkeys(found))

    def _all(self) -> Iterator[Change]:
        for who, person in enumerate(PEOPLE):
            zone = ZONES[person.house]
            rest = CALL if person.on_call else OFF
            yield Change(self.start, who, self._at_start(person, rest))
            day = self.start.astimezone(zone).date() - dt.timedelta(days=1)
            last = self.last_day(who)
            while (day := day + dt.timedelta(days=1)) <= self.end.date():
                if last is not None and day > last:
                    break
                begins, ends = _SHIFTS[person.shift]
                over = day + dt.timedelta(days=1) if ends <= begins else day
                gone = last is not None and day == last
                yield from self._inside(_wall(day, begins, zone), who, DUTY)
                yield from self._inside(_wall(over, ends, zone), who, OFF if gone else rest)

    def _at_start(self, person: Colleague, rest: str) -> str:
        hour = self.start.astimezone(ZONES[person.house]).hour
        begins, ends = _SHIFTS[person.shift]
        on = begins <= hour < ends if begins < ends else hour >= begins or hour < ends
        return DUTY if on else rest

    def _inside(self, at: dt.datetime, who: int, state: str) -> Iterator[Change]:
        if self.start < at < self.end:
            yield Change(at, who, state)


def _wall(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=zone).astimezone(dt.UTC)
