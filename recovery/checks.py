"""System checks: what would go wrong later, said at start-up with the exact fix.

Each has an id that is never used for something else; ``docs/checks.md`` has a section for each. No
check touches a row or opens a connection, and a check that fails itself is reported, not raised.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, get_origin, get_type_hints
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Doubt
from django.db import router
from django.utils.module_loading import import_string

from . import conf, errors
from .hotel import Hotel
from .hotel.loading import import_adapter, make_hotel
from .hotel.problems import ProblemKind, did_you_mean
from .letters import sources, validate
from .letters.unread import unread_words
from .models import Complaint
from .outbox.channels import mail_backend

TAG = "recovery"
DOCS = "https://github.com/django-service-recovery/django-service-recovery/blob/main/docs/checks.md"
LEAST_KEY = 32
WAKE = ("auto", "celery", "none")

_SMTP_FIX = 'Give it one: EMAIL_TIMEOUT = 20, or on Django 6.1 MAILERS["{alias}"]["OPTIONS"]["timeout"] = 20.'
_UNREAD_FIX = (
    "Let one read them; copy them into your templates folder without their first line, or name "
    '"recovery.W006" in SILENCED_SYSTEM_CHECKS.'
)
_IDS = {ProblemKind.PATH: "E006", ProblemKind.SETUP: "E007", ProblemKind.DOUBT: "W005"}


def _message(number: str, what: str, fix: str) -> CheckMessage:
    kind = Error if number.startswith("E") else Doubt
    hint = f"{fix} See {DOCS}#recovery{number.lower()}".strip()
    return kind(what, hint=hint, id=f"recovery.{number}")


def _check(function: Callable[[], Iterable[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
    """Register a check; if it fails itself, say so and let the others run."""

    def guarded(**_: Any) -> list[CheckMessage]:
        try:
            return list(function())
        except Exception as error:  # because a broken check must not hide the broken setting behind it
            what = f"The check {function.__name__} could not finish ({type(error).__name__}: {error})."
            return [_message("E021", what, "Fix what it names; if it names nothing of yours, report it.")]

    guarded.__name__ = function.__name__
    return register(guarded, TAG)


# --- settings ------------------------------------------------------------------------------------


@_check
def check_keys_of_recovery() -> Iterator[CheckMessage]:
    """Unknown keys, wrong types."""
    given = conf.given_value()
    if given is not None and not isinstance(given, Mapping):
        fix = 'Write RECOVERY = {"HOTEL": "…"}.'
        yield _message("E002", f"RECOVERY is a {type(given).__name__}, not a dictionary.", fix)
    hints = get_type_hints(conf.RecoverySettings)
    for key, value in conf.raw().items():
        if key not in hints:
            yield _message("E001", f'RECOVERY["{key}"] is not a setting.', did_you_mean(str(key), hints))
        elif not _fits(value, hints[key]):
            what = f'RECOVERY["{key}"] is a {type(value).__name__}.'
            yield _message("E002", what, f"It must be {_in_words(hints[key])}.")
        elif hints[key] is int and value < (least := 0 if key == "CERTIFICATE_GRACE_DAYS" else 1):
            yield _message("E002", f'RECOVERY["{key}"] is {value}.', f"It must be {least} or more.")


def _fits(value: object, hint: Any) -> bool:
    origin = get_origin(hint)
    if origin is None:
        return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))
    if issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(
            isinstance(text, str) for pair in value.items() for text in pair
        )
    return isinstance(value, (list, tuple)) and all(isinstance(item, (str, os.PathLike)) for item in value)


def _in_words(hint: Any) -> str:
    origin = get_origin(hint)
    if origin is None:
        return {str: "a text", int: "a whole number", bool: "True or False"}.get(hint, str(hint))
    if issubclass(origin, Mapping):
        return "a dictionary from text to text"
    return 'a list of texts, as in ["…"]'


def _settings() -> conf.RecoverySettings:
    """The settings with wrong types left out: those are reported once, above."""
    hints = get_type_hints(conf.RecoverySettings)
    return conf.RecoverySettings(
        **{key: value for key, value in conf.raw().items() if key in hints and _fits(value, hints[key])}
    )


@_check
def check_secrets() -> Iterator[CheckMessage]:
    keys = _settings().KEYS
    make = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))".'
    if not keys:
        fix = f'Set RECOVERY["KEYS"] = {{"2026": "…"}} before the first letter. {make}'
        what = "There is no key for certificate codes and guest links."
        yield _message("W001" if conf.is_debug() else "E008", what, fix)
    for name, secret in keys.items():
        if len(secret) < LEAST_KEY:
            what = f'RECOVERY["KEYS"]["{name}"] has {len(secret)} characters; it needs {LEAST_KEY}.'
            yield _message("E009", what, make)
        if secret in conf.host_secrets():
            what = f'RECOVERY["KEYS"]["{name}"] is the SECRET_KEY.'
            fix = f"When SECRET_KEY changes, every certificate would die: use a key of its own. {make}"
            yield _message("E010", what, fix)


@_check
def check_base_url() -> Iterator[CheckMessage]:
    url = _settings().BASE_URL
    fix = 'Set RECOVERY["BASE_URL"] to where guests reach your site, as in "https://www.example.com".'
    if not url:
        number = "W002" if conf.is_debug() else "E011"
        yield _message(number, "There is no base address for the links in letters.", fix)
        return
    if not _is_web_address(url):
        yield _message("E012", f'RECOVERY["BASE_URL"] = "{url}" is no web address.', fix)
    elif url.endswith("/") or any(c.isspace() for c in url):
        fix = f'Write "{"".join(url.split()).rstrip("/")}", without a slash at the end.'
        yield _message("E012", f'RECOVERY["BASE_URL"] = "{url}" has a character too many.', fix)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    has_tail = bool(parts.query or parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not has_tail


@_check
def check_wake_and_paths() -> Iterator[CheckMessage]:
    settings = _settings()
    if settings.WAKE not in WAKE:
        fix = f"Write one of: {', '.join(WAKE)}."
        yield _message("E018", f'RECOVERY["WAKE"] = "{settings.WAKE}" is not known.', fix)
    if settings.CLOCK and not conf.is_debug():
        fix = "Remove it: it is for demonstrations. A hotel that travels in time breaks its promises."
        yield _message("E016", 'RECOVERY["CLOCK"] is set, and DEBUG is off.', fix)
    for key, path in (("CLOCK", settings.CLOCK), ("AUTHORIZE", settings.AUTHORIZE)):
        if path and (problem := _import_problem(path)):
            yield _message("E017", f'RECOVERY["{key}"] = "{path}" {problem[0]}', problem[1])


def _import_problem(path: str) -> tuple[str, str] | None:
    try:
        found = import_string(path)
    except Exception as error:  # because the host's module may raise anything
        return f"cannot be imported ({type(error).__name__}: {error}).", _suggest_path(path)
    return None if callable(found) else ("cannot be called.", "Name a function.")


def _suggest_path(path: str) -> str:
    """A better dotted path, when at least the module is there."""
    module_path, _, name = path.rpartition(".")
    try:
        module = import_module(module_path)
    except Exception:  # because the reason was told already; this only looks for a suggestion
        return f"Is “{module_path or path}” on the Python path, and does it import without errors?"
    return did_you_mean(name, [known for known in dir(module) if not known.startswith("_")])


@_check
def check_languages() -> Iterator[CheckMessage]:
    languages = _settings().LANGUAGES
    if not languages:
        yield _message("E019", 'RECOVERY["LANGUAGES"] is empty.', 'Name at least one, as in ["en"].')
    missing = [code for code in languages if not _has_words(code)]
    for code in missing:
        fix = (
            f"Add templates/recovery/letters/{code}/ with the words of each letter, or take it off LANGUAGES."
        )
        yield _message("E019", f"There are no words for letters in “{code}”.", fix)
    if not missing and languages == conf.current().LANGUAGES:  # because the others are read from there
        for problem in validate.check_words():
            yield _message(
                "E020", f"Words of a letter: {problem}.", "Edit that file in your templates folder."
            )
        for code in languages:
            if unread_words(code):
                yield _message("W006", f"No native speaker has read our letters in “{code}”.", _UNREAD_FIX)


def _has_words(language: str) -> bool:
    try:
        sources.read(f"recovery/letters/{language}/apology_letter.txt")
    except errors.LetterFailed:
        return False
    return True


# --- the adapter ---------------------------------------------------------------------------------


@_check
def check_hotel() -> Iterator[CheckMessage]:
    path = _settings().HOTEL
    if not path:
        if not conf.raw().get("HOTEL"):  # because a wrong type was told already
            fix = 'Set RECOVERY = {"HOTEL": "yourproject.recovery.YourHotel"}: docs/adapter.md shows one.'
            yield _message("E003", "No hotel adapter is named.", fix)
        return
    try:
        found = import_adapter(path)
    except errors.BadHotel as error:
        yield _message("E004", f'RECOVERY["HOTEL"]: {error.params["problem"]}', _suggest_path(path))
        return
    try:
        hotel = make_hotel(path, found)
    except errors.BadHotel as error:
        fix = "Subclass recovery.hotel.ModelHotel, or recovery.hotel.Hotel with its required methods."
        yield _message("E005", f'RECOVERY["HOTEL"]: {error.params["problem"]}', fix)
        return
    yield from _adapter_problems(hotel)


def _adapter_problems(hotel: Hotel) -> Iterator[CheckMessage]:
    name = type(hotel).__name__
    for problem in hotel.problems():
        yield _message(_IDS[problem.kind], f"{name}.{problem.where} {problem.what}.", problem.fix)


# --- what surrounds us ---------------------------------------------------------------------------


@_check
def check_mailer() -> Iterator[CheckMessage]:
    settings = _settings()
    try:
        with warnings.catch_warnings():
            # Django 6.1 tells a host without MAILERS when it sends; here nothing is sent.
            warnings.simplefilter("ignore")
            backend = mail_backend()
    except Exception as error:  # because any backend may be configured, and any may refuse
        what = f"The mail backend cannot be made ({type(error).__name__}: {error})."
        yield _message("E013", what, 'Fix EMAIL_BACKEND, or on Django 6.1 MAILERS and RECOVERY["MAILER"].')
        return
    if not hasattr(backend, "timeout"):
        return
    seconds = backend.timeout
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or seconds <= 0:
        what = "The mail backend has no time-out: a silent mail server would hold a worker for ever."
        yield _message("E014", what, _SMTP_FIX.format(alias=settings.MAILER))
    elif seconds * 2 > settings.LEASE:
        what = f'RECOVERY["LEASE"] is {settings.LEASE} s, and one mail may take {seconds} s.'
        fix = f"Set it to at least {2 * seconds:.0f}, or two workers may send the same mail."
        yield _message("E015", what, fix)


@_check
def check_time_zones() -> Iterator[CheckMessage]:
    if not conf.uses_time_zones():
        what = "USE_TZ is off: in the repeated hour each autumn a due time may be an hour off."
        yield _message("W003", what, "Set USE_TZ = True when you can; everything else works without it.")


@_check
def check_sqlite() -> Iterator[CheckMessage]:
    for alias, given in conf.host_databases().items():
        is_sqlite = str(given.get("ENGINE", "")).endswith(("sqlite3", "spatialite"))
        mode = str((given.get("OPTIONS") or {}).get("transaction_mode") or "").upper()
        if not is_sqlite or mode == "IMMEDIATE" or not router.allow_migrate(alias, "recovery"):
            continue
        why = "two people at once may see “database is locked”"
        if given.get("ATOMIC_REQUESTS"):
            why = "with ATOMIC_REQUESTS, " + why + ", and nothing can be tried again inside a request"
        fix = f'DATABASES["{alias}"]["OPTIONS"] = {{"transaction_mode": "IMMEDIATE", "timeout": 20}}.'
        yield _message("W004", f"SQLite starts its transactions without a lock: {why}.", fix)


@_check
def check_routers() -> Iterator[CheckMessage]:
    # Several times, because some routers pick a replica by chance.
    reads = {router.db_for_read(Complaint) for _ in range(20)}
    written = router.db_for_write(Complaint)
    if others := sorted(reads - {written}):
        what = f"Our rows are written to “{written}” and read from “{', '.join(others)}”, which lags behind."
        fix = 'Put "recovery.routers.ReadWhereWritten" first in DATABASE_ROUTERS.'
        yield _message("E022", what, fix)
