"""The hush: no sales mail to a guest whose complaint is open, nor for a while afterwards (S0-18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hush:
    """Whether one guest is left alone at a moment."""

    suppressed: bool
    #: When it ends, aware; ``None`` where there is none, and while a complaint is open: nobody can say yet.
    until: dt.datetime | None = None


def hush_of(*, is_open: bool, ended: Iterable[dt.datetime], days: int, now: dt.datetime) -> Hush:
    """The hush of a guest.

    ``ended``: when each closed complaint was closed or followed up, the later of the two. ``days``: of 24
    hours, because marketing waits a fortnight, and not until a business day.
    """
    if is_open:
        return Hush(suppressed=True)
    until = max(ended, default=None)
    if until is None:
        return Hush(suppressed=False)
    until += dt.timedelta(days=days)
    return Hush(suppressed=now < until, until=until if now < until else None)
