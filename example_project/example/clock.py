"""A clock that can travel, for site and worker alike; and one that stands still, for one process.

The file named by ``EXAMPLE_CLOCK`` holds an offset in seconds. It is replaced in one step, so a
reader never sees half of it.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path

from recovery.clock import database_now

_standing: dt.datetime | None = None


def travel(real_now: dt.datetime) -> dt.datetime:
    """The time in the example's world. ``real_now``: aware."""
    if _standing is not None:
        return _standing
    path = os.environ.get("EXAMPLE_CLOCK")
    if not path:
        return real_now
    try:
        offset = float(Path(path).read_text(encoding="ascii"))
    except FileNotFoundError:
        return real_now
    return real_now + dt.timedelta(seconds=offset)


def set_clock(moment: dt.datetime) -> None:
    """Travel to a moment (aware). From there the time runs on.

    :raises KeyError: if ``EXAMPLE_CLOCK`` names no file.
    """
    path = Path(os.environ["EXAMPLE_CLOCK"]).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    offset = (moment - database_now()).total_seconds()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{offset:.6f}")
    os.replace(name, path)


def stand_still(moment: dt.datetime) -> None:
    """Stop this process's clock at a moment (aware), so that a week can be played in a minute."""
    global _standing
    _standing = moment.astimezone(dt.UTC)
