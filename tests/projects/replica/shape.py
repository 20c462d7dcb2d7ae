"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import router
from django.test import override_settings

from recovery.models import Complaint
from tests.projects import steps

from .rows import make_lost_reservation

pytestmark = pytest.mark.django_db(databases="__all__")

REPLICAS = "tests.projects.replica.routers.Replicas"


def problems() -> dict[str, Any]:
    return {str(found.id): found for found in run_checks(tags=["recovery"])}


def test_without_our_router_the_check_says_what_to_write() -> None:
    with override_settings(DATABASE_ROUTERS=[REPLICAS]):
        found = problems()

    assert "from “replica”" in found["recovery.E022"].msg
    assert "recovery.routers.ReadWhereWritten" in str(found["recovery.E022"].hint)
    assert "recovery.E022" not in problems()


def test_our_rows_are_read_where_they_are_written_and_others_as_the_host_likes() -> None:
    for model in apps.get_models():
        expected = "default" if model._meta.app_label == "recovery" else "replica"
        assert router.db_for_read(model) == expected, model


def test_what_was_just_written_is_there_although_the_replica_never_gets_it() -> None:
    lost = make_lost_reservation()
    by = steps.prepare(lost)
    steps.open_complaint(lost, by, request_key="form-1")

    again = steps.open_complaint(lost, by, request_key="form-1")

    assert list(Complaint.objects.all()) == [again]
    assert not Complaint.objects.using("replica").exists()
    assert again.owner is not None
    assert again.owner._state.db == "default"
