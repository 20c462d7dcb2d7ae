"""The system checks as lines: each subject green, or red with the hint of its check."""

from __future__ import annotations

from collections.abc import Iterator

from django.core import checks
from django.core.checks import CheckMessage

from ... import conf
from .line import Line, green, red

#: Subject → the checks that speak of it.
_SUBJECTS: dict[str, tuple[str, ...]] = {
    "settings": ("E001", "E002", "E016", "E017", "E018"),
    "adapter": ("E003", "E004", "E005", "E006", "E007", "W005"),
    "keys": ("E008", "E009", "E010", "W001"),
    "base address": ("E011", "E012", "W002"),
    "languages and words": ("E019", "E020", "W006"),
    "mail server": ("E013", "E014", "E015"),
    "time zones": ("W003",),
    "database": ("W004",),
    "checks": ("E021",),
}
#: Doubts that keep a letter from going out, so that they are red here.
_STOPPERS = frozenset({"recovery.W001", "recovery.W002"})


def lines() -> Iterator[Line]:
    """One line for each subject, and one more for each further problem of it."""
    found = [message for message in checks.run_checks(tags=["recovery"]) if not message.is_silenced()]
    known = {f"recovery.{number}" for numbers in _SUBJECTS.values() for number in numbers}
    for name, numbers in _SUBJECTS.items():
        ids = {f"recovery.{number}" for number in numbers}
        messages = [message for message in found if message.id in ids]
        yield from (_line(name, message) for message in messages)
        if not messages and name != "checks":
            yield green(name, _good(name))
    yield from (_line(str(message.id), message) for message in found if message.id not in known)


def bad_settings() -> list[CheckMessage]:
    """Settings of a wrong type: with them nothing else can be asked."""
    found = checks.run_checks(tags=["recovery"])
    return [message for message in found if message.id == "recovery.E002"]


def mail_waits_for_ever() -> bool:
    """Whether the mail server has no time-out: an error that keeps ``migrate`` from running."""
    return any(message.id == "recovery.E014" for message in checks.run_checks(tags=["recovery"]))


def _line(name: str, message: CheckMessage) -> Line:
    what, fix = f"{message.msg} ({message.id})", _without_link(message.hint or "")
    if message.id == "recovery.E003":
        fix = "manage.py recovery_connect proposes one from your models and says where to name it."
    if message.level >= checks.ERROR or message.id in _STOPPERS:
        return red(name, what, fix)
    return green(name, what, fix=fix)


def _without_link(hint: str) -> str:
    """The fix alone: the number in brackets already names the section of docs/checks.md."""
    return hint.partition(" See http")[0]


def _good(name: str) -> str:
    settings = conf.current()
    return {
        "settings": "every key is known and has the right type",
        "adapter": f"{settings.HOTEL}: every path leads somewhere",
        "keys": f"new codes and links are made with “{next(iter(settings.KEYS), '')}”",
        "base address": settings.BASE_URL,
        "languages and words": f"complete in {', '.join(settings.LANGUAGES)}",
        "mail server": f"its time-out fits the lease of {settings.LEASE} s",
        "time zones": "USE_TZ is on",
        "database": "transactions start with a lock where they must",
    }[name]
