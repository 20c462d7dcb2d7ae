"""The one reader of ``settings.RECOVERY``: typed, frozen, read live.

Unknown keys are not an error here but a system check error (``recovery.E001``) with a suggestion,
because an exception at import time would hide the hint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings as django_settings  # noqa: TID251 because this is the one reader


@dataclass(frozen=True, kw_only=True)
class RecoverySettings:
    """Everything a host can set under ``RECOVERY = {...}``."""

    #: Dotted path of the adapter class, a subclass of ``recovery.hotel.Hotel``.
    HOTEL: str = ""
    #: Versioned secrets ``{"2026": "at least 32 characters"}``. The first one makes new codes and
    #: links; keep the others as long as their certificates live. Never reuse SECRET_KEY.
    KEYS: Mapping[str, str] = field(default_factory=dict)
    #: Where the guest pages are, without a slash at the end: ``"https://www.example.com"``.
    BASE_URL: str = ""
    #: Alias of the mailer (Django 6.1 ``MAILERS``); ignored by older versions.
    MAILER: str = "default"
    #: ``"auto"`` publishes to Celery where a broker is configured, ``"celery"`` always, ``"none"`` never.
    WAKE: str = "auto"
    #: Seconds for which a worker owns an outbox row. At least twice the mail time-out.
    LEASE: int = 300
    #: Celery queue per lane; an empty name is the host's default queue.
    QUEUES: Mapping[str, str] = field(default_factory=dict)
    #: Dotted path of ``(user, verb, property_code) -> bool``.
    AUTHORIZE: str = "recovery.actions.authority.has_verb_permission"
    #: Dotted path of ``(real_utc_now) -> datetime`` that replaces the clock. Only with DEBUG.
    CLOCK: str = ""
    #: Languages in which guests can be written to; the first is the fallback.
    LANGUAGES: Sequence[str] = ("en", "da")
    #: Months for which a new certificate can be used.
    CERTIFICATE_MONTHS: int = 24
    #: Days after the last arrival date on which the desk still honours a certificate.
    CERTIFICATE_GRACE_DAYS: int = 30
    #: Days after closing or following up for which the host's marketing leaves the guest alone.
    HUSH_DAYS: int = 14
    #: Extra folders in which the PDF maker looks for fonts.
    PDF_FONT_DIRS: Sequence[str] = ()
    #: Where signed-out staff are sent; empty is the admin's login page.
    LOGIN_URL: str = ""
    #: ``False`` lets a host register its own subclasses of our admin classes.
    ADMIN_REGISTER: bool = True
    #: Domain of the Message-ID of our mails; empty is the sender's domain.
    MESSAGE_ID_DOMAIN: str = ""


KNOWN_KEYS: frozenset[str] = frozenset(f.name for f in fields(RecoverySettings))


def raw() -> dict[str, Any]:
    """What the host wrote, unchecked."""
    given = given_value()
    return dict(given) if isinstance(given, Mapping) else {}


def given_value() -> object:
    """``settings.RECOVERY`` itself, whatever it is; ``None`` where there is none."""
    return getattr(django_settings, "RECOVERY", None)


def current() -> RecoverySettings:
    """The settings as they are now. Cheap; never keep the result across requests."""
    return RecoverySettings(**{key: value for key, value in raw().items() if key in KNOWN_KEYS})


def is_debug() -> bool:
    return bool(django_settings.DEBUG)


def host_languages() -> list[str]:
    return [code for code, _name in django_settings.LANGUAGES]


def auth_user_model() -> str:
    return str(django_settings.AUTH_USER_MODEL)


def uses_time_zones() -> bool:
    """Whether the host stores aware datetimes (``USE_TZ``)."""
    return bool(django_settings.USE_TZ)


def has_addresses() -> bool:
    """Whether the host has a URLconf at all: a worker alone may not."""
    return bool(getattr(django_settings, "ROOT_URLCONF", None))


def host_time_zone() -> str:
    """The host's ``TIME_ZONE``, for houses whose own zone is not known."""
    return str(django_settings.TIME_ZONE)


def host_databases() -> dict[str, dict[str, Any]]:
    """The host's ``DATABASES``, for the system check on SQLite."""
    return {alias: dict(given) for alias, given in django_settings.DATABASES.items()}


def host_secrets() -> list[str]:
    """SECRET_KEY and its predecessors, for the system check that none of them is reused."""
    return [str(django_settings.SECRET_KEY), *map(str, django_settings.SECRET_KEY_FALLBACKS)]
