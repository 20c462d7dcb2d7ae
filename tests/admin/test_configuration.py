"""Brands, houses, staff, remedies and limits: checked as the verbs will read them."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recovery.models import AuthorityLimit, Brand, HouseProfile, OutboxMessage, Remedy, StaffMember
from tests import factories
from tests.admin.pages import text_of, verb_url
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

ADMIN = "/admin/recovery"
CHANGES = tuple(
    f"{act}_{name}"
    for act in ("add", "change", "delete")
    for name in ("brand", "houseprofile", "staffmember", "remedy", "authoritylimit")
)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


#: One grey pixel.
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    + _chunk(b"IEND", b"")
)


@pytest.fixture
def editor(quay: factories.House, sign_in: Callable[..., Client]) -> Client:
    """Somebody who sets every house up."""
    return sign_in(quay.general_manager, verbs=CHANGES, houses=None)


@pytest.fixture
def local(quay: factories.House, sign_in: Callable[..., Client]) -> Client:
    """Somebody who sets up the Quayside alone."""
    return sign_in(quay.manager, verbs=CHANGES, username="tom")


def brand_form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "The Quayside",
        "address": "3 Lantern Quay\nBristol",
        "phone": "+44 117 496 0140",
        "colour": "#7a1f1f",
        "paper": "a4",
        "sender_email": "quayside@quay-strand.example",
    } | changes


def test_a_logo_is_kept_as_the_png_that_it_is(editor: Client) -> None:
    brand = Brand.objects.get()
    url = f"{ADMIN}/brand/{brand.pk}/change/"

    response = editor.post(url, brand_form(logo_file=SimpleUploadedFile("logo.png", PNG)))

    assert response.status_code == 302
    assert bytes(Brand.objects.get().logo) == PNG
    editor.post(url, brand_form())
    assert bytes(Brand.objects.get().logo) == PNG
    editor.post(url, brand_form(no_logo="on"))
    assert bytes(Brand.objects.get().logo) == b""


@pytest.mark.parametrize(
    "data", [b"<svg onload=alert(1)>", PNG[:-4], PNG + b"<script>", b"\xff\xd8\xff\xe0jpeg", b"x" * 300_000]
)
def test_a_file_that_is_no_png_is_refused(data: bytes, editor: Client) -> None:
    url = f"{ADMIN}/brand/{Brand.objects.get().pk}/change/"

    page = editor.post(url, brand_form(logo_file=SimpleUploadedFile("logo.png", data))).content.decode()

    assert "That file is not a PNG picture" in page
    assert not bytes(Brand.objects.get().logo)


@pytest.mark.parametrize("changes", [{"colour": "red;}"}, {"sender_email": "x"}, {"name": "A\u2028B"}])
def test_a_brand_that_would_break_letters_is_refused(changes: dict[str, str], editor: Client) -> None:
    url = f"{ADMIN}/brand/{Brand.objects.get().pk}/change/"

    assert "errorlist" in editor.post(url, brand_form(**changes)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("time_zone", "Bristol", "is not a time zone"),
        ("currency", "POUND", "at most 3 characters"),
        ("currency", "€€€", "is not a currency code"),
        ("reference_rate", "0", "A night costs more than nothing"),
        ("mail_modes", '{"solved": "auto"}', "Only stricter goes"),
        ("mail_modes", '{"newsletter": "off"}', "there is no text"),
        ("mail_modes", '["off"]', "write it as"),
        ("mail_modes", "{", "valid JSON"),
    ],
)
def test_a_profile_that_no_verb_could_read_is_refused(
    field: str, value: str, words: str, editor: Client
) -> None:
    profile = HouseProfile.objects.get()
    typed = {
        "house": "hotel",
        "time_zone": "Europe/London",
        "currency": "gbp",
        "desk_opens": "07:00",
        "desk_closes": "22:00",
        "business_day_starts": "05:00",
        "search_radius_km": "3",
    }
    url = f"{ADMIN}/houseprofile/{profile.pk}/change/"

    assert editor.post(url, typed).status_code == 302
    assert HouseProfile.objects.get().currency == "GBP"
    assert words in editor.post(url, {**typed, field: value}).content.decode()


def test_the_switchboard_of_guest_mail_is_edited_with_the_profile(editor: Client) -> None:
    profile = HouseProfile.objects.get()
    typed = {
        "house": "hotel",
        "time_zone": "Europe/London",
        "currency": "GBP",
        "desk_opens": "07:00",
        "desk_closes": "22:00",
        "business_day_starts": "05:00",
        "search_radius_km": "3",
        "mail_modes": '{"payment_done": "draft", "receipt": "off"}',
    }

    editor.post(f"{ADMIN}/houseprofile/{profile.pk}/change/", typed)

    assert HouseProfile.objects.get().mail_modes == {"payment_done": "draft", "receipt": "off"}


def test_roles_and_houses_are_ticked_and_not_typed(editor: Client) -> None:
    page = text_of(editor, f"{ADMIN}/staffmember/add/")
    response = editor.post(
        f"{ADMIN}/staffmember/add/",
        {
            "name": "Nina Berg",
            "roles": ["FD", "DM"],
            "property_codes": ["STRAND"],
            "languages": ["da"],
            "on_duty": "on",
        },
    )

    member = StaffMember.objects.get(name="Nina Berg")
    assert 'type="checkbox" name="roles"' in page
    assert response.status_code == 302
    assert (member.roles, member.property_codes, member.languages) == (["FD", "DM"], ["STRAND"], ["da"])


def test_somebody_of_one_house_keeps_the_other_houses_of_a_colleague(local: Client) -> None:
    member = factories.make_staff(name="Nina Berg", houses=("QUAY", "STRAND"))
    url = f"{ADMIN}/staffmember/{member.pk}/change/"

    local.post(url, {"name": "Nina Berg", "roles": ["DM"], "property_codes": ["QUAY"], "on_duty": "on"})

    member.refresh_from_db()
    assert sorted(member.property_codes) == ["QUAY", "STRAND"]
    assert member.roles == ["DM"]


def test_somebody_of_one_house_names_no_other_and_makes_nobody_work_everywhere(local: Client) -> None:
    url = f"{ADMIN}/staffmember/add/"

    for houses in ([], ["STRAND"]):
        local.post(url, {"name": "Nina Berg", "roles": ["GM"], "property_codes": houses})

    assert not StaffMember.objects.filter(name="Nina Berg").exists()


def test_a_limit_of_zero_is_refused(editor: Client) -> None:
    url = f"{ADMIN}/authoritylimit/add/"

    nothing = editor.post(url, {"property_code": "QUAY", "role": "ENG"}).content.decode()
    bare = editor.post(url, {"property_code": "QUAY", "role": "ENG", "amount": "50"}).content.decode()
    good = editor.post(url, {"property_code": "QUAY", "role": "ENG", "amount": "50", "currency": "gbp"})

    assert "nobody who speaks with guests has a limit of zero" in nothing
    assert "An amount needs its currency" in bare
    assert good.status_code == 302
    assert AuthorityLimit.objects.get(property_code="QUAY").currency == "GBP"


def test_the_groups_catalogue_is_not_edited_from_one_house(local: Client) -> None:
    remedy = Remedy.objects.filter(property_code="").first()
    assert remedy is not None

    response = local.post(f"{ADMIN}/remedy/{remedy.pk}/change/", {"key": remedy.key, "unit": "x"})
    local.post(f"{ADMIN}/remedy/add/", {"property_code": "", "key": "other", "unit": "piece"})
    made = local.post(f"{ADMIN}/remedy/add/", {"property_code": "QUAY", "key": "other", "unit": "piece"})

    assert response.status_code == 403
    assert made.status_code == 302
    assert Remedy.objects.filter(key="other").count() == 2


@pytest.mark.parametrize("name", ["brand", "houseprofile", "staffmember", "remedy"])
def test_what_rows_point_at_cannot_be_deleted(name: str, editor: Client) -> None:
    User.objects.update(is_superuser=True)

    assert editor.get(f"{ADMIN}/{name}/1/delete/").status_code in (302, 403)


def test_failed_deliveries_come_first_with_a_button(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    letter = factories.make_apology(house=quay, complaint=complaint)
    other = factories.make_complaint(house=quay, stay_ref=factories.RETURN)
    factories.make_apology(house=quay, complaint=other)
    row = OutboxMessage.objects.filter(kind="letter.mail").order_by("pk")[0]
    OutboxMessage.objects.filter(pk=row.pk).update(state="dead", last_error="550 no such user")

    page = text_of(helen, f"{ADMIN}/outboxmessage/")

    assert page.index("failed for good</span>") < page.index("waiting</span>")
    assert verb_url(complaint, "retry_delivery", letter=letter.pk) in page
    assert helen.post(f"{ADMIN}/outboxmessage/{row.pk}/change/", {"state": "sent"}).status_code == 403
    row.refresh_from_db()
    assert row.state == "dead"


def test_a_host_can_keep_our_pages_off_its_admin() -> None:
    code = (
        "import tests.settings as s; s.RECOVERY = {**s.RECOVERY, 'ADMIN_REGISTER': False}\n"
        "import django; django.setup()\n"
        "from django.contrib import admin\n"
        "from recovery.admin import ComplaintAdminMixin\n"
        "from recovery.models import Complaint\n"
        "assert not [m for m in admin.site._registry if m._meta.app_label == 'recovery']\n"
        "class Own(ComplaintAdminMixin, admin.ModelAdmin): pass\n"
        "admin.site.register(Complaint, Own)\n"
        "from django.urls import reverse\n"
        "print(reverse('admin:recovery_complaint_find'))"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}

    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "/admin/recovery/complaint/find/", done.stderr
