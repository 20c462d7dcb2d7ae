"""One line of the doctor's report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import Error as DatabaseError

from ...errors import RecoveryError


@dataclass(frozen=True, kw_only=True)
class Line:
    """``detail``: what was found; ``fix``: what to do; on a green line, what would be better."""

    name: str
    ok: bool
    detail: str
    fix: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def green(name: str, detail: str, *, fix: str = "") -> Line:
    return Line(name=name, ok=True, detail=detail, fix=fix)


def red(name: str, detail: str, fix: str) -> Line:
    return Line(name=name, ok=False, detail=detail, fix=fix)


def guarded(name: str, look: Callable[[], Iterable[Line]], *, fix: str = "") -> list[Line]:
    """The lines of one look; an error of the host's becomes a red line and hides no other.

    ``fix``: what to do about an error of the host's own code.
    """
    found: list[Line] = []
    try:
        found.extend(look())
    except RecoveryError as error:
        found.append(red(name, error.sentence, fix or "Do what it says, then run recovery_doctor again."))
    except DatabaseError as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        found.append(red(name, said, "Is the database running, and are its tables there? manage.py migrate"))
    except Exception as error:  # because whatever a host's code raises must not hide the other lines
        what = f"{type(error).__name__}: {error}".strip(": ")
        found.append(red(name, " ".join(what.split())[:300], fix or "Fix what it names."))
    return found
