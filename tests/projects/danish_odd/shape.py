"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from recovery.models import Complaint, Letter
from tests.admin.pages import hidden
from tests.projects import steps

from .rows import make_lost_reservation

pytestmark = pytest.mark.django_db

FAR = 12345


@pytest.fixture
def complaint() -> Complaint:
    """One of many: its key has five figures."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('recovery_complaint', 'id'), %s)", [FAR])
    lost = make_lost_reservation()
    by = steps.prepare(lost)
    if connection.vendor != "postgresql":
        first = steps.open_complaint(lost, by)
        values = {f.attname: getattr(first, f.attname) for f in Complaint._meta.concrete_fields}
        Complaint.objects.bulk_create([Complaint(**values | {"id": FAR, "reference": "FAR"})])
        Complaint.objects.filter(pk=FAR)._raw_delete(using="default")
    complaint = steps.open_complaint(lost, by)
    steps.apologise(lost, complaint, by)
    assert complaint.pk > FAR
    return complaint


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="birthe", is_staff=True, is_superuser=True))
    return client


def test_our_keys_are_ours_whatever_the_host_likes() -> None:
    assert isinstance(Complaint._meta.pk, models.BigAutoField)


def test_no_address_of_a_page_has_a_dot_in_a_number(complaint: Complaint, admin: Client) -> None:
    letter = Letter.objects.get()
    pages = [
        reverse("admin:recovery_complaint_changelist"),
        reverse("admin:recovery_complaint_change", args=[complaint.pk]),
        reverse("admin:recovery_complaint_verb", args=[complaint.pk, "add_contact"]),
        reverse("admin:recovery_complaint_letter", args=[complaint.pk, letter.pk]),
        reverse("admin:recovery_certificate_changelist"),
    ]
    for page in pages:
        response = admin.get(page)
        assert response.status_code == 200, page
        said = response.content.decode()
        assert 'lang="da"' in said
        assert not re.search(r"""(?:href|action|value|src)=["'][^"']*\d\.\d{3}""", said), page


def test_a_page_of_a_far_complaint_can_be_filled_in_and_sent(complaint: Complaint, admin: Client) -> None:
    page = reverse("admin:recovery_complaint_verb", args=[complaint.pk, "add_contact"])

    sent = admin.post(
        page, hidden(admin, page) | {"kind": "chaser", "channel": "phone", "said": "Hvor bliver det af?"}
    )

    assert sent.status_code == 302, sent.content.decode()
    assert complaint.contacts.count() == 2


def test_a_guest_without_a_language_is_written_to_in_the_hosts(complaint: Complaint) -> None:
    letter = Letter.objects.get()

    assert letter.language == "da"
    assert "Kære" in letter.text


def test_celery_is_never_imported_and_the_letter_goes_all_the_same(complaint: Complaint) -> None:
    """lifecycle.py has delivered with ``recovery_relay`` in this very process."""
    assert "celery" not in sys.modules
    assert "kombu" not in sys.modules


def test_our_label_makes_no_migration_for_whoever_has_other_keys() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "recovery", "--check", "--dry-run"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
