"""The last line: what the database itself refuses, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from recovery.models import (
    AuthorityLimit,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    OutboxMessage,
    Remedy,
    RequestKey,
    Task,
)
from recovery.models.scope import AppendOnly
from tests import factories as make
from tests.actions import travel
from tests.factories import House


def refused(change: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def copy_of(row: Any, **facts: Any) -> Any:
    """A new row like this one; its save is the host's mistake, not a verb."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**(values | facts))


def test_a_balance_is_never_below_zero_or_above_the_face(quay: House, complaint: Complaint) -> None:
    make.make_certificate(house=quay, complaint=complaint)

    for left in (2, 99):
        refused(lambda left=left: Certificate.objects.update(nights_left=left))
    refused(lambda: Certificate.objects.update(nights=0))
    refused(lambda: Certificate.objects.update(nights_left=models.F("nights_left") - 2))


@pytest.mark.parametrize(
    "facts",
    [{"told_at": travel.WEDDING}, {"closed_at": travel.WEDDING}, {"severity": 0}, {"severity": 6}],
)
def test_a_complaint_is_in_no_impossible_state(complaint: Complaint, facts: dict[str, Any]) -> None:
    refused(lambda: Complaint.objects.update(**facts))


def test_a_limit_of_nothing_is_none(quay: House) -> None:
    nothing = {"property_code": "QUAY", "role": "FD", "currency": "GBP"}
    refused(lambda: AuthorityLimit.objects.create(**nothing, amount=0, share_percent=0))


def test_a_limit_and_a_remedy_stand_there_once(quay: House) -> None:
    refused(lambda: copy_of(AuthorityLimit.objects.all()[0]).save())
    refused(lambda: copy_of(Remedy.objects.all()[0]).save())


def test_nobody_gives_less_than_nothing(quay: House, complaint: Complaint) -> None:
    make.make_compensation(house=quay, complaint=complaint)

    refused(lambda: Compensation.objects.update(face=-1))


def test_keys_are_unique_and_missing_ones_are_not(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint, request_key="form-1")

    refused(lambda: copy_of(RequestKey.objects.all()[0]).save())
    refused(lambda: copy_of(OutboxMessage.objects.all()[0]).save())
    copy_of(Task.objects.filter(unique_key__isnull=True)[0]).save()


@pytest.mark.parametrize("same", ["seq", "op_key"])
def test_a_line_of_the_ledger_is_written_once(quay: House, complaint: Complaint, same: str) -> None:
    make.make_certificate(house=quay, complaint=complaint)
    entry = CertificateEntry.objects.get()
    other = {"seq": 99, "op_key": "another"}
    del other[same]

    refused(lambda: copy_of(entry, **other).save())


def test_a_redemption_is_given_back_once(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    entry = make.make_entry(house=quay, certificate=certificate)
    copy_of(entry, seq=50, op_key="a", reverses_id=entry.pk).save()

    refused(lambda: copy_of(entry, seq=51, op_key="b", reverses_id=entry.pk).save())


def test_the_ledger_is_append_only(quay: House, complaint: Complaint) -> None:
    make.make_certificate(house=quay, complaint=complaint)
    entry = CertificateEntry.objects.get()

    for change in (
        entry.save,
        entry.delete,
        lambda: CertificateEntry.objects.update(nights=9),
        CertificateEntry.objects.all().delete,
        entry.certificate.entries.all().delete,
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            change()
    assert CertificateEntry.objects.get().nights == 1


def test_no_table_points_at_a_table_of_the_host_but_the_account() -> None:
    from django.apps import apps
    from django.conf import settings

    for model in apps.get_app_config("recovery").get_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if target is not None and target._meta.app_label != "recovery":
                assert target._meta.label == settings.AUTH_USER_MODEL
                assert field.remote_field.on_delete is models.SET_NULL


def test_an_account_that_is_deleted_leaves_the_colleague(quay: House) -> None:
    user = make.make_user(username="amelia")
    staff = make.make_staff(name="Amelia Frost", user=user)

    user.delete()

    staff.refresh_from_db()
    assert (staff.user, staff.name) == (None, "Amelia Frost")
