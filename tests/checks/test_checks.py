from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import django
import pytest
from django.core.checks import CheckMessage, Error, run_checks
from django.core.mail.backends.smtp import EmailBackend
from django.test import override_settings

from recovery import checks
from recovery.hotel import MemoryHotel
from recovery.hotel.problems import Problem, ProblemKind

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a made-up key that is long enough for everything"
GOOD: dict[str, Any] = {
    "HOTEL": "recovery.hotel.MemoryHotel",
    "KEYS": {"2026": SECRET},
    "BASE_URL": "https://www.example.com",
}
HAS_MAILERS = django.VERSION >= (6, 1)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def run(recovery: Any = None, **settings: Any) -> dict[str, CheckMessage]:
    """Id without its prefix → the message, for GOOD with some keys changed."""
    given = GOOD | (recovery or {}) if isinstance(recovery, dict | None) else recovery
    with override_settings(RECOVERY=given, **settings):
        found = run_checks(tags=[checks.TAG])
    return {str(message.id).removeprefix("recovery."): message for message in found}


def mailer(backend: str | None = SMTP, **options: Any) -> dict[str, Any]:
    """The settings of a mailer, as the Django that runs wants them."""
    if HAS_MAILERS:
        return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1"} | options}}}
    return {"EMAIL_BACKEND": backend, **{f"EMAIL_{key.upper()}": value for key, value in options.items()}}


class BareBackend:
    """A backend of a service that knows no time-out."""

    def __init__(self, **_: Any) -> None:
        pass


class BrokenBackend:
    def __init__(self, **_: Any) -> None:
        raise OSError("no password file")


class LoudBackend(EmailBackend):
    """Refuses to be opened: a check must not use the network."""

    def open(self) -> Any:
        raise AssertionError("opened")


class OddHotel(MemoryHotel):
    def problems(self) -> list[Problem]:
        return [
            Problem(kind=kind, where="guest_email", what="stops at “emial”", fix='Did you mean "email"?')
            for kind in ProblemKind
        ]


class CrashingHotel(MemoryHotel):
    def problems(self) -> list[Problem]:
        raise ZeroDivisionError("surprise")


def travel(real: Any) -> Any:
    return real


def test_a_complete_project_has_nothing_to_say() -> None:
    assert run() == {}


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "meant"), [("HOTELL", "HOTEL"), ("base_url", "BASE_URL"), ("KEY", "KEYS")])
def test_an_unknown_key_is_told_with_the_nearest_one(key: str, meant: str) -> None:
    found = run({key: "x"})

    assert set(found) == {"E001"}
    assert key in found["E001"].msg
    assert f'"{meant}"' in str(found["E001"].hint)


@pytest.mark.parametrize(
    ("recovery", "said"),
    [
        ([], "list"),
        ("grandhotel.recovery.GrandHotel", "str"),
        ({"LANGUAGES": None}, "LANGUAGES"),
        ({"HOTEL": MemoryHotel}, "HOTEL"),
        ({"KEYS": SECRET}, "KEYS"),
        ({"KEYS": {"2026": None}}, "KEYS"),
        ({"KEYS": {2026: SECRET}}, "KEYS"),
        ({"LEASE": "300"}, "LEASE"),
        ({"LEASE": True}, "LEASE"),
        ({"LEASE": 0}, "LEASE"),
        ({"LEASE": None}, "LEASE"),
        ({"CERTIFICATE_MONTHS": 0}, "CERTIFICATE_MONTHS"),
        ({"CERTIFICATE_GRACE_DAYS": -1}, "CERTIFICATE_GRACE_DAYS"),
        ({"LANGUAGES": "en"}, "LANGUAGES"),
        ({"LANGUAGES": [None]}, "LANGUAGES"),
        ({"ADMIN_REGISTER": "no"}, "ADMIN_REGISTER"),
        ({"BASE_URL": b"https://x"}, "BASE_URL"),
        ({"WAKE": None}, "WAKE"),
        ({"CLOCK": 1}, "CLOCK"),
        ({"QUEUES": ["a"]}, "QUEUES"),
    ],
)
def test_a_wrong_type_is_told_and_breaks_no_other_check(recovery: Any, said: str) -> None:
    found = run(recovery)

    assert "E021" not in found
    assert said in found["E002"].msg


def test_no_days_of_grace_are_allowed() -> None:
    assert run({"CERTIFICATE_GRACE_DAYS": 0}) == {}


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ({}, "E008"),
        ({"2026": "short"}, "E009"),
        ({"2026": SECRET, "2025": ""}, "E009"),
        ({"2026": "the secret key of the whole project, reused"}, "E010"),
        ({"2026": "the secret key that was used before that one"}, "E010"),
    ],
)
def test_a_weak_secret_is_told_and_never_shown(keys: dict[str, str], number: str) -> None:
    found = run(
        {"KEYS": keys},
        SECRET_KEY="the secret key of the whole project, reused",
        SECRET_KEY_FALLBACKS=["the secret key that was used before that one"],
    )

    assert set(found) == {number}
    assert not any(secret and secret in str(found[number]) for secret in keys.values())


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("", "E011"),
        ("www.example.com", "E012"),
        ("ftp://www.example.com", "E012"),
        ("https://", "E012"),
        ("https://www.example.com/", "E012"),
        ("https://www.example.com/?a=b", "E012"),
        ("https://www.exa mple.com", "E012"),
        ("http://[bad", "E012"),
    ],
)
def test_a_base_address_that_cannot_be_used_is_told(url: str, number: str) -> None:
    assert set(run({"BASE_URL": url})) == {number}


@pytest.mark.parametrize("url", ["http://localhost:8000", "https://www.example.com/hotel"])
def test_a_base_address_may_have_a_port_or_a_path(url: str) -> None:
    assert run({"BASE_URL": url}) == {}


def test_a_developer_may_start_without_secrets_and_address() -> None:
    found = run({"KEYS": {}, "BASE_URL": ""}, DEBUG=True)

    assert set(found) == {"W001", "W002"}


def test_an_unknown_wake_is_told() -> None:
    assert "auto, celery, none" in str(run({"WAKE": "redis"})["E018"].hint)


def test_a_moving_clock_is_refused_without_debug() -> None:
    assert set(run({"CLOCK": f"{__name__}.travel"})) == {"E016"}
    assert run({"CLOCK": f"{__name__}.travel"}, DEBUG=True) == {}


@pytest.mark.parametrize(("path", "said"), [("travle", '"travel"'), ("ROOT", "Name a function")])
def test_a_function_that_is_not_there_is_told(path: str, said: str) -> None:
    found = run({"AUTHORIZE": f"{__name__}.{path}"})

    assert set(found) == {"E017"}
    assert said in str(found["E017"].hint)


@pytest.mark.parametrize(("languages", "number"), [([], "E019"), (["en", "xx"], "E019"), (["../en"], "E019")])
def test_a_language_without_words_is_told(languages: list[str], number: str) -> None:
    assert set(run({"LANGUAGES": languages})) == {number}


def test_words_that_no_native_speaker_has_read_are_a_hint_and_no_error() -> None:
    found = run({"LANGUAGES": ["en", "da", "fr"]})

    assert set(found) == {"W006"}
    assert "“fr”" in found["W006"].msg
    assert "native" in found["W006"].msg
    assert found["W006"].level < Error("").level


# --- the adapter ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "number", "said"),
    [
        ("", "E003", "docs/adapter.md"),
        ("nowhere.Hotel", "E004", "nowhere"),
        ("recovery.hotel.MemmoryHotel", "E004", '"MemoryHotel"'),
        ("tests.hotel.broken_adapter.Hotel", "E004", "import without errors"),
        ("MemoryHotel", "E004", ""),
        ("datetime.date", "E005", "Subclass recovery.hotel.ModelHotel"),
        ("recovery.hotel.Hotel", "E005", "required methods"),
    ],
)
def test_an_adapter_that_cannot_be_used_is_told(path: str, number: str, said: str) -> None:
    found = run({"HOTEL": path})

    assert set(found) == {number}
    assert said in str(found[number].hint)


def test_a_project_without_any_setting_is_told_what_is_needed() -> None:
    assert set(run([])) >= {"E003", "E008", "E011"}


def test_the_problems_of_the_adapter_become_messages() -> None:
    found = run({"HOTEL": f"{__name__}.OddHotel"})

    assert set(found) == {"E006", "E007", "W005"}
    assert found["E006"].msg == "OddHotel.guest_email stops at “emial”."
    assert str(found["E006"].hint).startswith('Did you mean "email"?')


def test_a_check_that_fails_itself_is_reported_and_the_others_run() -> None:
    found = run({"HOTEL": f"{__name__}.CrashingHotel", "WAKE": "x"})

    assert set(found) == {"E021", "E018"}
    assert "surprise" in found["E021"].msg


# --- what surrounds us ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "number"),
    [
        (mailer(timeout=20), ""),
        (mailer(), "E014"),
        (mailer(timeout=0), "E014"),
        (mailer(timeout=151), "E015"),
        (mailer(f"{__name__}.BareBackend"), ""),
        (mailer(f"{__name__}.BrokenBackend"), "E013"),
        (mailer(f"{__name__}.LoudBackend", timeout=20), ""),
        (mailer("nowhere.Backend"), "E013"),
        (mailer(None), "E013"),
    ],
)
def test_a_mailer_that_could_hang_is_told(settings: dict[str, Any], number: str) -> None:
    assert set(run(**settings)) == ({number} if number else set())


@pytest.mark.skipif(not HAS_MAILERS, reason="older Django has one mailer")
def test_a_mailer_that_is_not_there_is_told() -> None:
    assert set(run({"MAILER": "letters"}, **mailer(timeout=20))) == {"E013"}


def test_a_project_without_time_zones_is_warned() -> None:
    found = run(USE_TZ=False)

    assert set(found) == {"W003"}
    assert not isinstance(found["W003"], Error)


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ({"ENGINE": "django.db.backends.sqlite3"}, "database is locked"),
        ({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": None}, "database is locked"),
        ({"ENGINE": "django.contrib.gis.db.backends.spatialite"}, "database is locked"),
        ({}, ""),
        ({"ENGINE": "django.db.backends.sqlite3", "ATOMIC_REQUESTS": True}, "ATOMIC_REQUESTS"),
        ({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"transaction_mode": "immediate"}}, ""),
        ({"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": True}, ""),
    ],
)
def test_sqlite_without_a_lock_at_the_start_is_warned(
    database: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not override_settings: Django warns that overriding DATABASES does nothing.
    monkeypatch.setattr("recovery.conf.host_databases", lambda: {"default": database})

    found = run()

    assert set(found) == ({"W004"} if said else set())
    assert not said or said in found["W004"].msg


class Replicas:
    """Reads by chance here or there, as some do."""

    turn = 0

    def db_for_read(self, model: Any, **hints: Any) -> str:
        Replicas.turn += 1
        return ("default", "replica")[Replicas.turn % 2]


def test_a_router_that_reads_our_rows_elsewhere_is_told_with_ours() -> None:
    theirs, ours = f"{__name__}.Replicas", "recovery.routers.ReadWhereWritten"

    found = run(DATABASE_ROUTERS=[theirs])

    assert set(found) == {"E022"}
    assert "“replica”" in found["E022"].msg
    assert ours in str(found["E022"].hint)
    assert run(DATABASE_ROUTERS=[ours, theirs]) == {}


# --- the page about them -------------------------------------------------------------------------


def test_each_check_has_a_section_and_each_section_a_check() -> None:
    source = (ROOT / "recovery" / "checks.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

    used = set(re.findall(r'"([EW]\d{3})"', source))

    assert used == set(re.findall(r"^### recovery\.([EW]\d{3})$", page, re.MULTILINE))


def test_each_message_ends_with_the_address_of_its_section() -> None:
    found = run({"WAKE": "x", "KEYS": {}, "BASE_URL": "", "HOTEL": "x.Y", "CLOCK": "z", "HOTELL": 1})

    assert len(found) > 5
    for number, message in found.items():
        assert str(message.hint).endswith(f"docs/checks.md#recovery{number.lower()}")
