"""How long a certificate can be used."""

from __future__ import annotations

import calendar
import datetime as dt

from ..choices import CertificateState

#: A night that is given back can be used for at least this long, whatever the face says.
RETURNED_VALID_DAYS = 90


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day n months later; the last of the month where that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_arrival(*, issued_on: dt.date, months: int) -> dt.date:
    """The last arrival date on the face: the end of a month, so that it is easy to keep in mind."""
    day = add_months(issued_on, months)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def after_return(*, last_arrival_on: dt.date, today: dt.date) -> dt.date:
    """The last arrival date after nights were given back."""
    return max(last_arrival_on, today + dt.timedelta(days=RETURNED_VALID_DAYS))


def is_in_time(*, last_arrival_on: dt.date, arrival_on: dt.date, grace_days: int) -> bool:
    """Whether an arrival is honoured; the desk has some days of grace."""
    return arrival_on <= last_arrival_on + dt.timedelta(days=grace_days)


def certificate_state(
    *,
    void: bool,
    expired: bool,
    nights_left: int,
    last_arrival_on: dt.date,
    today: dt.date,
    grace_days: int,
) -> CertificateState:
    """Where a certificate stands on a local date of its property."""
    if void:
        return CertificateState.VOID
    if nights_left == 0 and not expired:
        return CertificateState.USED
    if expired or today > last_arrival_on + dt.timedelta(days=grace_days):
        return CertificateState.EXPIRED
    return CertificateState.VALID
