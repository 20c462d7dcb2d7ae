"""Installing into a hotel with rows, working there, and leaving again. Run by ``drive.py``."""

from __future__ import annotations

from email.utils import parseaddr
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from recovery.models import Letter
from tests.projects import steps
from tests.projects.story import rows

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

#: What Django or we add to tables that are the host's: told in docs/hosts.md.
SHARED = {"auth_permission", "auth_group", "auth_group_permissions", "django_content_type"}


def migrate(*arguments: str) -> None:
    call_command("migrate", "recovery", *arguments, verbosity=0)


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def host_rows() -> dict[str, list[Any]]:
    """Every row of every table of the host."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.app_label != "recovery" and table not in SHARED:
            with connection.cursor() as cursor:
                # Quoted by the backend; nothing in it comes from outside.
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def leftovers() -> tuple[int, int, int]:
    """Our rows in tables of Django: content types, permissions, applied migrations."""
    return (
        ContentType.objects.using("default").filter(app_label="recovery").count(),
        Permission.objects.using("default").filter(content_type__app_label="recovery").count(),
        MigrationRecorder.Migration.objects.using("default").filter(app="recovery").count(),
    )


def test_a_hotel_with_rows_installs_works_and_leaves_as_it_was() -> None:
    migrate("zero")
    rows().make_other_guests(5)
    lost = rows().make_lost_reservation()
    before, host_tables = host_rows(), tables()

    migrate()
    by = steps.prepare(lost)
    complaint = steps.open_complaint(lost, by)
    letter = steps.apologise(lost, complaint, by)
    call_command("recovery_relay", stdout=StringIO())

    letter = Letter.objects.get(pk=letter.pk)
    to = [parseaddr(address)[1] for message in mail.outbox for address in message.to]
    assert to == ([lost.guest_email] if lost.guest_email else [])
    assert (letter.sent_at is not None) is bool(lost.guest_email)
    assert host_rows() == before

    migrate("zero")
    try:
        assert tables() == host_tables
        assert not [table for table in tables() if table.startswith("recovery_")]
        assert host_rows() == before
        types, permissions, applied = leftovers()
        # As Django leaves them for every app: remove_stale_contenttypes takes both away.
        assert (types > 0, permissions > 0, applied) == (True, True, 0)
    finally:
        migrate()
