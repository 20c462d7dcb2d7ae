"""The app django-hotels, as published and left untouched: from the installation to the first letter.

In an environment of its own, with the newest Django that it accepts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Environment, make_environment, the_mail_in

pytestmark = pytest.mark.packages

#: What the project of a hotel has that uses it, without us.
SETTINGS = """
from pathlib import Path

HERE = Path(__file__).parent
SECRET_KEY = "only for this probe"
DEBUG = False
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.messages", "django.contrib.sessions", "django_hotels",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
    "context_processors": ["django.template.context_processors.request",
                           "django.contrib.auth.context_processors.auth",
                           "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "db.sqlite3",
                         "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20}}}
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
STATIC_URL = "static/"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HERE / "mailbox"
"""
URLS = """
from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls)]
"""
#: What they add.
OUR_SETTINGS = """
INSTALLED_APPS += ["recovery", "recovery.guest"]
RECOVERY = {"HOTEL": "adapter.PublishedHotel", "KEYS": {"2026": "a made-up key for a published hotel app"},
            "BASE_URL": "https://www.example.com"}
"""
OUR_URLS = """
urlpatterns += [path("recovery/", include("recovery.urls"))]
"""
ADAPTER = """
import datetime as dt

from recovery.hotel import ModelHotel, StayStatus


class PublishedHotel(ModelHotel):
    stay_model = "django_hotels.HotelBooking"
    stay_ref = "number"
    stay_property = "availability.room_type.hotel.slug"
    arrival = "availability.date"  # one night each, so there is no departure
    room_type = "availability.room_type.name"
    total_price = "total_price"
    status = "status"
    status_words = {
        "PENDING": StayStatus.BOOKED, "WAITING_PAYMENT": StayStatus.BOOKED, "CONFIRMED": StayStatus.BOOKED,
        "PARTIAL_PAYMENT": StayStatus.BOOKED, "COMPLETED": StayStatus.DEPARTED,
        "CANCELLED": StayStatus.CANCELLED,
    }

    guest_name, guest_email, guest_phone = "full_name", "email", "phone_number"

    property_model = "django_hotels.Hotel"
    property_code, property_name = "slug", "name"
    property_email, property_phone = "owner.email", "owner.mobile"
    property_address = "location.name"
    default_currency = "DKK"

    def dates_of(self, row, houses):
        arrival, _none = super().dates_of(row, houses)
        return arrival, arrival and arrival + dt.timedelta(days=1)
"""
ROWS = """
import datetime as dt

import django

django.setup()
from django.contrib.auth.models import User
from django_hotels.models import (Hotel, HotelAvailability, HotelBooking, HotelOwner, HotelRoomType, Location)

owner = HotelOwner.objects.create(name="Quay & Strand", email="desk@strand.example", mobile="+45 00 98 44 10")
hotel = Hotel.objects.create(name="Strandgaarden", owner=owner, created_by=User.objects.create(username="o"),
                             location=Location.objects.create(name="Havgusstien 2, 9990 Skagen"))
kind = HotelRoomType.objects.create(hotel=hotel, name="Sea view", base_price=1450)
night = HotelAvailability.objects.create(room_type=kind, date=dt.date(2026, 6, 11))
HotelBooking.objects.create(number="DPH00000142", availability=night, full_name="Mette Bjerregaard",
                            email="mette@example.com", phone_number="+45 00 20 31 28", status="CANCELLED",
                            total_price=1450)
"""
STORY = """
import datetime as dt

import django

django.setup()
from recovery import actions
from recovery.hotel import get_hotel
from recovery.models import StaffMember

assert get_hotel().find_stays("Mete Bjerregard", dt.date(2026, 7, 11))[0].stay.ref == "DPH00000142"
staff = StaffMember.objects.create(name="Kirsten Lund", roles=["DM", "GM"], phone="+45 00 12 34 57")
me = actions.Actor.for_staff(staff)
complaint = actions.open_complaint(by=me, stay_ref="DPH00000142", category="lost_reservation",
                                   channel="in_person", summary="Booked for July, entered for June")
letter = actions.send_written_apology(complaint=complaint, by=me, nights=1, words=actions.LetterWords(
    wrong="You had booked with us, and we cancelled it.", explanation="We misread a date."))
reader = StaffMember.objects.create(name="Jonas Holm", roles=["FD"])
actions.release_letter(letter=letter, by=actions.Actor.for_staff(reader))
"""
COUNT = """
import hashlib, pathlib, django_hotels
files = sorted(pathlib.Path(django_hotels.__file__).parent.rglob("*.py"))
print(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
"""


@pytest.fixture(scope="module")
def published(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    made = make_environment(tmp_path_factory.mktemp("published") / "venv")
    made.install("django-hotels", wheel)
    return made


def test_a_published_hotel_app_gets_its_first_letter(published: Environment, tmp_path: Path) -> None:
    def manage(*arguments: str) -> str:
        return published.run(
            "-m", "django", *arguments, "--settings", "settings", "--pythonpath", ".", cwd=tmp_path
        )

    def python(source: str) -> str:
        setting = 'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "settings"\n'
        return published.run("-c", setting + source, cwd=tmp_path)

    version = published.run("-c", "import django; print(django.__version__)", cwd=tmp_path)
    assert version.startswith("5.2")  # the newest that it accepts
    untouched = python(COUNT)

    # The hotel works without us, and has a booking.
    (tmp_path / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "urls.py").write_text(URLS, encoding="utf-8")
    manage("migrate", "--verbosity", "0")
    python(ROWS)

    # We come.
    (tmp_path / "settings.py").write_text(SETTINGS + OUR_SETTINGS, encoding="utf-8")
    (tmp_path / "urls.py").write_text(URLS + OUR_URLS, encoding="utf-8")
    (tmp_path / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    manage("check", "--fail-level", "WARNING")
    manage("migrate", "--verbosity", "0")
    manage("makemigrations", "recovery", "--check", "--dry-run")
    manage("recovery_init")
    python(STORY)
    manage("recovery_relay")

    (file,) = (tmp_path / "mailbox").iterdir()
    mail = the_mail_in(file)
    assert mail["To"].addresses[0].addr_spec == "mette@example.com"
    assert "we cancelled it" in mail.get_body(("plain",)).get_content().replace("\n", " ")

    # We go, and the app is as it was.
    manage("migrate", "recovery", "zero", "--verbosity", "0")
    assert python(COUNT) == untouched


def test_the_proposal_for_it_finds_the_stay_by_itself(published: Environment, tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "urls.py").write_text(URLS, encoding="utf-8")
    setting = 'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "settings"\n'
    told = ("--settings", "settings", "--pythonpath", ".")
    published.run("-m", "django", "migrate", "--verbosity", "0", *told, cwd=tmp_path)
    published.run("-c", setting + ROWS, cwd=tmp_path)
    (tmp_path / "settings.py").write_text(SETTINGS + 'INSTALLED_APPS += ["recovery"]\n', encoding="utf-8")

    adapter = published.run("-m", "django", "recovery_connect", *told, cwd=tmp_path)

    assert 'stay_model = "django_hotels.HotelBooking"' in adapter
    assert 'guest_email = "email"' in adapter
