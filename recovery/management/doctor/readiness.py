"""Whether each house can be left alone at night: the same questions as on the admin's page."""

from __future__ import annotations

from collections.abc import Iterator

from ... import clock
from ...actions.playbooks import shipped_playbooks
from ...reports.readiness import readiness_of
from .line import Line, green, red

#: What other lines of the doctor say already, and better.
_SAID_ELSEWHERE = frozenset({"sender", "signature"})


def lines() -> Iterator[Line]:
    """One line for each house that is ready; for one that is not, a line for each thing to do."""
    for house in readiness_of(now=clock.now(), playbooks=len(shipped_playbooks())):
        wrong = [line for line in house.lines if not line.ok and line.key not in _SAID_ELSEWHERE]
        for line in wrong:
            yield red(f"{line.key} {house.property_code}", line.found, line.fix)
        if not wrong:
            night = next(line for line in house.lines if line.key == "night manager")
            yield green(f"ready {house.property_code}", night.found)
