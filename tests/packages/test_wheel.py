"""The wheel holds what runs and nothing else, and works with the core dependencies alone."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.test_imports import OPTIONAL, PROBE

from .conftest import ROOT, Environment, make_environment, the_mail_in

pytestmark = pytest.mark.packages

#: Read at run time: missing ones would not be noticed by an import.
DATA = {".html", ".txt", ".typ", ".toml", ".css", ".mo", ".typed"}

SETTINGS = """
import sys
from pathlib import Path

import django

HERE = Path(__file__).parent
SECRET_KEY = "only for this probe"
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "recovery", "recovery.guest"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "db.sqlite3",
                         "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20}}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
FILES = "django.core.mail.backends.filebased.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(HERE / "mailbox")}}}
else:
    EMAIL_BACKEND, EMAIL_FILE_PATH = FILES, HERE / "mailbox"
RECOVERY = {"HOTEL": "inn.HOTEL", "KEYS": {"2026": "a made-up key for an empty environment"},
            "BASE_URL": "https://www.example.com"}
if "check" not in sys.argv:
    DEBUG, RECOVERY["CLOCK"] = True, "inn.by_day"
"""
URLS = """
from django.urls import include, path

urlpatterns = [path("recovery/", include("recovery.urls"))]
"""
INN = """
import datetime as dt
from decimal import Decimal

from recovery.hotel import Guest, MemoryHotel, Property, Stay

HOUSE = Property(code="inn", name="The Inn", time_zone="Europe/Copenhagen", currency="DKK",
                 phone="+45 00 11 22 33", email="desk@inn.example", address=("Havnevej 1", "9990 Skagen"))
GUEST = Guest(ref="7", name="Zoë Ågård", email="zoe@example.com")
STAY = Stay(ref="B-1", property_code="inn", guest=GUEST, arrival_on=dt.date(2026, 6, 11),
            departure_on=dt.date(2026, 6, 13), nightly_rate=Decimal(900))
HOTEL = MemoryHotel(stays=[STAY], properties=[HOUSE])


def by_day(real):
    return real.replace(hour=11)  # whenever this runs, because at night no letter goes by itself
"""
STORY = """
import sys

import django

django.setup()
from recovery import actions
from recovery.models import StaffMember

staff = StaffMember.objects.create(name="Kirsten Lund", roles=["DM", "GM"], phone="+45 00 12 34 57")
me = actions.Actor.for_staff(staff)
complaint = actions.open_complaint(by=me, stay_ref="B-1", category="noise", channel="in_person",
                                   summary="Drums until three")
actions.issue_certificate(complaint=complaint, by=me, why="Because you could not sleep.")
"""


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_the_wheel_holds_every_file_that_is_read_at_run_time(wheel: Path) -> None:
    here = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "recovery").rglob("*")
        if path.is_file() and (path.suffix in DATA | {".py"} or path.name == "py.typed")
    }

    assert here - names_in(wheel) == set()
    assert {Path(name).suffix for name in here} >= {".html", ".txt", ".typ", ".toml", ".css", ".py"}
    assert "recovery/py.typed" in here


def test_every_catalogue_of_messages_is_compiled_in_the_wheel(wheel: Path) -> None:
    names = names_in(wheel)

    for catalogue in (ROOT / "recovery").rglob("*.po"):
        assert catalogue.with_suffix(".mo").relative_to(ROOT).as_posix() in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = names_in(wheel)
    roots = {name.partition("/")[0] for name in names}

    assert {root for root in roots if not root.endswith(".dist-info")} == {"recovery"}
    # The help for a host's own tests is public; our own tests stay at home.
    ours = {name for name in names if not name.startswith("recovery/testing/")}
    assert not [name for name in ours if "test" in name.lower()]
    assert not [name for name in names if name.endswith((".pyc", ".sqlite3"))]


@pytest.fixture(scope="module")
def empty(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel and what it requires."""
    made = make_environment(tmp_path_factory.mktemp("empty") / "venv")
    made.install(wheel)
    return made


def test_starting_django_there_imports_nothing_optional_and_little_of_ours(
    empty: Environment, tmp_path: Path
) -> None:
    loaded = json.loads(empty.run("-c", PROBE, cwd=tmp_path).splitlines()[-1])
    ours = [name for name in loaded if name.partition(".")[0] == "recovery"]

    assert {name.partition(".")[0] for name in loaded}.isdisjoint(OPTIONAL)
    assert 20 < len(ours) <= 120
    assert empty.packages().isdisjoint({"typst", "drf-spectacular", "django-anymail", "redis", "pytest"})


def test_a_certificate_reaches_the_mailbox_with_the_core_dependencies_alone(
    empty: Environment, tmp_path: Path
) -> None:
    for name, source in (("settings", SETTINGS), ("urls", URLS), ("inn", INN)):
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    manage = ("-m", "django")
    told = ("--settings", "settings", "--pythonpath", ".")

    empty.run(*manage, "check", "--fail-level", "WARNING", *told, cwd=tmp_path)
    empty.run(*manage, "migrate", "--verbosity", "0", *told, cwd=tmp_path)
    empty.run(*manage, "recovery_init", *told, cwd=tmp_path)
    setting = 'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "settings"\n'
    empty.run("-c", setting + STORY, cwd=tmp_path)
    empty.run(*manage, "recovery_relay", *told, cwd=tmp_path)

    (file,) = (tmp_path / "mailbox").iterdir()
    mail = the_mail_in(file)
    assert mail["To"].addresses[0].addr_spec == "zoe@example.com"
    words = mail.get_body(("plain",)).get_content()
    assert "https://www.example.com/recovery/" in words  # the page, because there is no paper
    assert "Because you could not sleep." in words
    assert [part.get_filename() for part in mail.iter_attachments()] == ["certificate-qr.png"]
