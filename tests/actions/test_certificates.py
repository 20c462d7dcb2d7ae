"""Issuing, withdrawing and expiring free nights."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from recovery import actions, errors
from recovery.actions import Actor
from recovery.actions.links import code_of, url_of
from recovery.choices import (
    CertificateState,
    Channel,
    EntryKind,
    LetterKind,
    LetterState,
    LinkPurpose,
    OutboxState,
    TaskKind,
)
from recovery.models import (
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    GuestLink,
    Letter,
    OutboxMessage,
)
from tests import factories as make
from tests.factories import House

from . import calls, travel


def expire(at: dt.datetime) -> int:
    return actions.expire_due_certificates(by=Actor.system(), now=travel.go_to(at))


def ledger(certificate: Certificate) -> list[tuple[int, str, int]]:
    rows = certificate.entries.order_by("seq").values_list("seq", "kind", "nights")
    return [(seq, str(kind), nights) for seq, kind, nights in rows]


# --- issuing -------------------------------------------------------------------------------------


def test_a_certificate_is_valid_for_twenty_four_months_and_to_the_end_of_that_month(
    quay: House, complaint: Complaint
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)

    assert certificate.valid_from_on == dt.date(2027, 7, 17)
    assert certificate.last_arrival_on == dt.date(2029, 7, 31)
    assert certificate.state(today=dt.date(2027, 7, 17), grace_days=30) is CertificateState.VALID


def test_a_certificate_is_transferable_and_includes_tax_and_breakfast(
    quay: House, complaint: Complaint
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)

    assert (certificate.transferable, certificate.tax_included, certificate.breakfast_included) == (
        True,
        True,
        True,
    )
    assert certificate.houses == []


def test_a_certificate_is_a_compensation_that_is_fulfilled(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)

    gift = certificate.compensation
    assert (gift.face, gift.units, gift.currency) == (Decimal("336"), 2, "GBP")
    assert gift.fulfilled_at == travel.now()
    assert ledger(certificate) == [(1, "issue", 2)]


@pytest.mark.parametrize("nights", [0, -1, 15, 10**18, True, False, 1.0, "1", None])
def test_what_is_no_number_of_nights_is_refused(quay: House, complaint: Complaint, nights: Any) -> None:
    before = calls.contents()

    with pytest.raises(errors.BadNights):
        make.make_certificate(house=quay, complaint=complaint, nights=nights)

    assert calls.contents() == before


@pytest.mark.parametrize("nights", [-1, 15, True, 1.0, "1", None])
def test_the_apology_refuses_them_too(quay: House, complaint: Complaint, nights: Any) -> None:
    before = calls.contents()

    with pytest.raises(errors.BadNights):
        make.make_apology(house=quay, complaint=complaint, nights=nights)

    assert calls.contents() == before


def test_a_bad_number_of_nights_is_refused_although_a_certificate_waits(
    quay: House, complaint: Complaint
) -> None:
    make.make_certificate(house=quay, complaint=complaint, send=False)

    with pytest.raises(errors.BadNights):
        make.make_apology(house=quay, complaint=complaint, nights=-1)


def test_the_same_certificate_is_issued_once(quay: House, complaint: Complaint) -> None:
    make.make_certificate(house=quay, complaint=complaint)

    with pytest.raises(errors.CertificateAlreadyIssued):
        make.make_certificate(house=quay, complaint=complaint)


@pytest.mark.parametrize("number", [2, 0, -1, True, 7])
def test_any_other_certificate_needs_a_reason(quay: House, complaint: Complaint, number: Any) -> None:
    make.make_certificate(house=quay, complaint=complaint)

    with pytest.raises(errors.ReasonMissing):
        make.make_certificate(house=quay, complaint=complaint, number=number)


def test_the_reason_of_a_second_certificate_is_kept(quay: House, complaint: Complaint) -> None:
    make.make_certificate(house=quay, complaint=complaint)

    second = make.make_certificate(house=quay, complaint=complaint, number=2, reason="both travellers")

    assert second.entries.get().reason == "both travellers"


def test_telling_the_guest_needs_the_sentence_that_says_why(quay: House, complaint: Complaint) -> None:
    before = calls.contents()

    with pytest.raises(errors.TextMissing):
        make.make_certificate(house=quay, complaint=complaint, why="")

    assert calls.contents() == before


def test_without_a_key_there_is_no_certificate(quay: House, complaint: Complaint, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "KEYS": {}}

    with pytest.raises(errors.NoKeys):
        make.make_certificate(house=quay, complaint=complaint)


def test_a_certificate_that_nobody_told_the_guest_about_leaves_a_task(
    quay: House, complaint: Complaint
) -> None:
    make.make_certificate(house=quay, complaint=complaint, send=False)

    assert complaint.tasks.open().filter(fulfils="certificate_told").count() == 1
    make.make_apology(house=quay, complaint=complaint)
    assert not complaint.tasks.open().filter(fulfils="certificate_told").exists()


def test_a_certificate_that_was_not_sent_travels_in_the_apology(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, send=False)

    letter = make.make_apology(house=quay, complaint=complaint)

    assert letter.certificate == certificate
    assert Certificate.objects.count() == 1


def test_after_a_stopped_apology_the_next_one_carries_the_same_certificate(
    quay: House, complaint: Complaint
) -> None:
    first = make.make_apology(house=quay, complaint=complaint)
    actions.stop_letter(letter=first, by=quay.by_general_manager, reason="the wrong tone")

    second = make.make_apology(house=quay, complaint=complaint)

    assert second.certificate == first.certificate
    assert Certificate.objects.count() == 1


def test_a_certificate_that_was_sent_is_not_sent_again_as_a_new_one(
    quay: House, complaint: Complaint
) -> None:
    make.make_apology(house=quay, complaint=complaint)

    with pytest.raises(errors.CertificateAlreadyIssued):
        make.make_apology(house=quay, complaint=complaint)


def test_the_system_issues_only_what_the_playbook_gives(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, by=Actor.system(), send=False)

    assert certificate.compensation.pre_approved_by == "P01"
    with pytest.raises(errors.AboveAuthority):
        make.make_certificate(
            house=quay, complaint=complaint, by=Actor.system(), send=False, number=2, reason="again"
        )


def test_the_system_does_not_press_send(quay: House, complaint: Complaint) -> None:
    with pytest.raises(errors.NeedsAPerson):
        make.make_certificate(house=quay, complaint=complaint, by=Actor.system())


@pytest.mark.parametrize("stay_ref", [make.BY_AGENCY])
def test_an_agencys_alias_gets_no_code_and_the_letter_goes_by_hand(quay: House, stay_ref: str) -> None:
    complaint = make.make_complaint(house=quay, stay_ref=stay_ref)

    make.make_certificate(house=quay, complaint=complaint)

    letter = Letter.objects.get(kind=LetterKind.CERTIFICATE)
    assert letter.by_hand
    assert complaint.tasks.open().filter(kind=TaskKind.HAND_DELIVERY).count() == 1
    assert not OutboxMessage.objects.exists()


# --- secrets -------------------------------------------------------------------------------------


def test_staff_see_the_last_four_and_no_table_holds_the_code_or_a_token(
    quay: House, complaint: Complaint
) -> None:
    make.make_apology(house=quay, complaint=complaint)
    mail = make.make_complaint(house=quay, channel=Channel.EMAIL)
    certificate = Certificate.objects.get()
    make.make_entry(house=quay, certificate=certificate)
    code = code_of(certificate)
    tokens = [url_of(link).rstrip("/").rpartition("/")[2] for link in GuestLink.objects.all()]

    stored = json.dumps(
        [
            list(model._default_manager.values())
            for model in apps.get_models()
            if model._meta.managed and model._meta.app_label != "contenttypes"
        ],
        default=str,
    )

    assert mail.pk
    assert len(tokens) >= 3
    assert certificate.last_four == code[-4:]
    assert str(certificate) == f"…{code[-4:]}"
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert not any(token in stored for token in tokens)


def test_old_codes_live_on_when_a_new_key_comes_first(
    quay: House, complaint: Complaint, settings: Any
) -> None:
    old = make.make_certificate(house=quay, complaint=complaint)
    old_code = code_of(old)
    keys = settings.RECOVERY["KEYS"]
    settings.RECOVERY = {**settings.RECOVERY, "KEYS": {"2028": "n" * 40, **keys}}
    new = make.make_certificate(house=quay, complaint=complaint, number=2, reason="both travellers")

    assert (old.key_id, new.key_id) == ("test", "2028")
    assert code_of(Certificate.objects.get(pk=old.pk)) == old_code
    assert make.make_entry(house=quay, certificate=old).nights == -1
    assert make.make_entry(house=quay, certificate=new).nights == -1


def test_with_its_key_gone_a_code_is_unknown_and_cannot_be_derived(
    quay: House, complaint: Complaint, settings: Any
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    code = code_of(certificate)
    settings.RECOVERY = {**settings.RECOVERY, "KEYS": {"2028": "n" * 40}}

    with pytest.raises(errors.CertificateNotFound):
        actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, code=code)
    with pytest.raises(errors.KeyGone):
        code_of(certificate)


# --- withdrawing ---------------------------------------------------------------------------------


def test_a_withdrawn_certificate_stops_its_letter(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    certificate = Certificate.objects.get()

    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")

    assert Letter.objects.get(pk=letter.pk).state is LetterState.STOPPED
    assert OutboxMessage.objects.get(kind="letter.mail").state == OutboxState.CANCELLED
    assert ledger(certificate) == [(1, "issue", 1), (2, "void", -1)]
    assert Compensation.objects.get().void_at == travel.now()


def test_the_guests_page_explains_it_and_a_scan_at_the_desk_says_withdrawn(
    quay: House, complaint: Complaint
) -> None:
    make.make_apology(house=quay, complaint=complaint)
    certificate = Certificate.objects.get()
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")
    link = GuestLink.objects.get(purpose=LinkPurpose.CERTIFICATE)
    token = url_of(link).rstrip("/").rpartition("/")[2]

    with pytest.raises(errors.CertificateVoid):
        actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, token=token)

    assert link.works(now=travel.now())


def test_a_letter_on_paper_that_is_withdrawn_needs_not_be_handed_over(
    quay: House, complaint: Complaint
) -> None:
    make.make_apology(house=quay, complaint=complaint, by_hand=True)

    actions.void_certificate(certificate=Certificate.objects.get(), by=quay.by_manager, reason="issued twice")

    assert not complaint.tasks.open().filter(kind=TaskKind.HAND_DELIVERY).exists()


@pytest.mark.parametrize("state", [OutboxState.DEAD, OutboxState.TOO_LATE, OutboxState.UNKNOWN])
def test_a_failed_letter_with_a_withdrawn_certificate_is_never_tried_again(
    quay: House, complaint: Complaint, state: OutboxState
) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    OutboxMessage.objects.update(state=state)
    actions.void_certificate(certificate=Certificate.objects.get(), by=quay.by_manager, reason="issued twice")

    with pytest.raises(errors.DeliveryNotRetryable):
        actions.retry_delivery(letter=letter, by=quay.by_manager)


def test_a_certificate_is_withdrawn_once(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")

    with pytest.raises(errors.CertificateVoid):
        actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="again")


def test_no_letter_carries_a_withdrawn_certificate(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, send=False)
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")
    certificate.refresh_from_db()

    with pytest.raises(errors.CertificateVoid):
        make.make_letter(house=quay, complaint=complaint, certificate=certificate)


# --- expiring ------------------------------------------------------------------------------------


def test_after_the_grace_the_end_is_written_down(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)
    make.make_entry(house=quay, certificate=certificate)

    assert expire(dt.datetime(2029, 8, 31, 0, tzinfo=dt.UTC)) == 0
    assert expire(dt.datetime(2029, 8, 31, 12, tzinfo=dt.UTC)) == 1

    certificate.refresh_from_db()
    assert ledger(certificate) == [(1, "issue", 2), (2, "redeem", -1), (3, "expire", -1)]
    assert certificate.expired_at == travel.now()
    event = complaint.timeline.get(kind="certificate.expired")
    assert (event.data, event.actor_kind) == ({"certificate": certificate.pk, "nights": 1}, "system")


def test_writing_it_down_twice_writes_it_once(quay: House, complaint: Complaint) -> None:
    make.make_certificate(house=quay, complaint=complaint)
    late = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)

    assert (expire(late), expire(late)) == (1, 0)
    assert CertificateEntry.objects.filter(kind=EntryKind.EXPIRE).count() == 1


def test_a_used_or_withdrawn_certificate_does_not_expire(quay: House, complaint: Complaint) -> None:
    used = make.make_certificate(house=quay, complaint=complaint)
    make.make_entry(house=quay, certificate=used)
    void = make.make_certificate(house=quay, complaint=complaint, number=2, reason="both travellers")
    actions.void_certificate(certificate=void, by=quay.by_manager, reason="issued twice")

    assert expire(dt.datetime(2030, 1, 1, tzinfo=dt.UTC)) == 0


def test_a_host_may_give_more_months_and_less_grace(quay: House, complaint: Complaint, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "CERTIFICATE_MONTHS": 36, "CERTIFICATE_GRACE_DAYS": 0}
    certificate = make.make_certificate(house=quay, complaint=complaint)

    assert certificate.last_arrival_on == dt.date(2030, 7, 31)
    assert expire(dt.datetime(2030, 8, 1, 12, tzinfo=dt.UTC)) == 1
