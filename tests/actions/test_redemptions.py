"""Redeeming once, each refusal with its own code, and giving back (S4-24)."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions.links import code_of, url_of
from recovery.choices import EntryKind, LinkPurpose, TaskKind
from recovery.hotel import Guest, Stay, StayStatus
from recovery.models import Certificate, CertificateEntry, Complaint, CoveredStay, GuestLink, OutboxMessage
from recovery.rules import codes
from tests import factories as make
from tests.factories import House

from . import calls, travel


@pytest.fixture
def certificate(quay: House, complaint: Complaint) -> Certificate:
    return make.make_certificate(house=quay, complaint=complaint)


def redeem(house: House, certificate: Certificate, **given: Any) -> CertificateEntry:
    return make.make_entry(house=house, certificate=certificate, **given)


def refused(call: Any, *, counted: bool = True) -> errors.RecoveryError:
    """The refusal; nothing was written but the count of refused tries."""
    before = calls.contents()
    tries = sum(Certificate.objects.values_list("refused_tries", flat=True))
    with pytest.raises(errors.RecoveryError) as refusal:
        call()
    assert sum(Certificate.objects.values_list("refused_tries", flat=True)) == tries + counted
    after = calls.contents()
    before.pop("Certificate"), after.pop("Certificate")
    assert after == before
    return refusal.value


def code_for(key: str) -> str:
    """A well-formed code that nobody has issued."""
    return codes.derive_code(key=key, uuid=uuid.UUID(int=7), serial=1)


# --- once ----------------------------------------------------------------------------------------


def test_a_certificate_is_redeemed_once(quay: House, certificate: Certificate) -> None:
    entry = redeem(quay, certificate)

    assert (entry.kind, entry.nights, entry.stay_ref) == (EntryKind.REDEEM, -1, make.RETURN)
    assert isinstance(refused(lambda: redeem(quay, certificate)), errors.CertificateUsed)


def test_the_code_may_be_typed_as_people_type(quay: House, certificate: Certificate) -> None:
    typed = f"  {code_of(certificate).lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

    assert actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, code=typed).nights == -1


def test_the_qr_redeems_too(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)
    link = make.make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    token = url_of(link).rstrip("/").rpartition("/")[2]

    entry = actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, token=token)

    assert entry.certificate == link.certificate


def test_a_certificate_of_two_nights_is_used_night_by_night(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)

    redeem(quay, certificate)

    certificate.refresh_from_db()
    assert certificate.nights_left == 1
    assert isinstance(refused(lambda: redeem(quay, certificate, nights=2)), errors.TooFewNights)


def test_it_can_be_used_at_the_sister_house(quay: House, strand: House, certificate: Certificate) -> None:
    entry = redeem(quay, certificate, stay_ref=make.SECOND_RETURN, by=strand.by_desk)

    assert entry.property_code == "STRAND"


def test_redeeming_asks_the_hotels_system_to_free_the_night(quay: House, certificate: Certificate) -> None:
    entry = redeem(quay, certificate)

    message = OutboxMessage.objects.get(kind="hotel.book_nights")
    assert message.payload == {"entry": entry.pk}


def test_a_system_that_cannot_free_nights_leaves_a_task(
    quay: House, certificate: Certificate, hotel: Any
) -> None:
    hotel.cannot = frozenset({"book_certificate_nights", "cancel_certificate_nights"})

    entry = redeem(quay, certificate)
    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")

    tasks = certificate.complaint.tasks.filter(kind=TaskKind.HOTEL_SYSTEM)
    assert tasks.count() == 2
    assert all(make.RETURN in task.title for task in tasks)
    hotel.cannot = frozenset()


# --- each refusal --------------------------------------------------------------------------------


@pytest.mark.parametrize("stay_ref", ["", "Q99999", "\0", "\ud800", "x" * 1_000_000, "Q10231\n"])
def test_an_unknown_stay_is_refused(quay: House, certificate: Certificate, stay_ref: str) -> None:
    refusal = refused(lambda: redeem(quay, certificate, stay_ref=stay_ref), counted=False)

    assert refusal.code == "stay_unknown"
    assert len(refusal.sentence.encode()) < 400


@pytest.mark.parametrize("nights", [0, -1, True, 1.0, "1", -(10**18)])
def test_what_is_no_number_of_nights_is_refused(quay: House, certificate: Certificate, nights: Any) -> None:
    refusal = refused(lambda: redeem(quay, certificate, nights=nights), counted=False)

    assert refusal.code == "bad_nights"


def test_more_nights_than_there_are_is_refused(quay: House, certificate: Certificate) -> None:
    assert refused(lambda: redeem(quay, certificate, nights=10**18)).code == "too_few_nights"


def test_an_expired_certificate_is_refused(quay: House, certificate: Certificate, hotel: Any) -> None:
    hotel.put(_stay("LATE", dt.date(2029, 8, 31)))

    refusal = refused(lambda: redeem(quay, certificate, stay_ref="LATE"))

    assert refusal.code == "certificate_expired"
    assert "2029-07-31" in refusal.sentence


def test_the_desk_has_thirty_days_of_grace(quay: House, certificate: Certificate, hotel: Any) -> None:
    hotel.put(_stay("GRACE", dt.date(2029, 8, 30)))

    assert redeem(quay, certificate, stay_ref="GRACE").nights == -1


def test_a_withdrawn_certificate_is_refused_with_the_reason(quay: House, certificate: Certificate) -> None:
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")

    refusal = refused(lambda: redeem(quay, certificate))

    assert (refusal.code, "issued twice" in refusal.sentence) == ("certificate_void", True)


def test_a_certificate_for_another_house_is_refused(quay: House, strand: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, houses_valid=("STRAND",))

    assert refused(lambda: redeem(quay, certificate)).code == "certificate_out_of_scope"


def test_a_personal_certificate_is_refused_for_somebody_else(
    quay: House, certificate: Certificate, hotel: Any
) -> None:
    Certificate.objects.update(transferable=False)
    hotel.put(_stay("OTHER", dt.date(2028, 4, 21), guest=Guest(ref="77", name="Eve")))

    assert refused(lambda: redeem(quay, certificate, stay_ref="OTHER")).code == "certificate_foreign"
    assert redeem(quay, certificate).nights == -1


def test_a_cancelled_stay_is_refused(quay: House, certificate: Certificate) -> None:
    assert refused(lambda: redeem(quay, certificate, stay_ref=make.LOST)).code == "stay_cancelled"


def test_a_stay_that_is_too_short_is_refused(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=3)

    refusal = refused(lambda: redeem(quay, certificate, nights=3), counted=False)

    assert refusal.code == "stay_too_short"


def test_mistyped_unknown_and_not_visible_are_one_and_the_same_refusal(
    quay: House, strand: House, hotel: Any, settings: Any, complaint: Complaint
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, houses_valid=("QUAY",))
    live = code_of(certificate)
    hotel.access = {"kirsten": frozenset({"STRAND"})}
    kirsten = make.make_signed_in(username="kirsten", verbs=["redeem_certificate"], houses=("STRAND",))
    mistyped = live[:-1] + ("A" if live[-1] != "A" else "B")
    unknown = code_for(settings.RECOVERY["KEYS"]["test"])
    tries = {
        "mistyped": mistyped,
        "unknown": unknown,
        "not visible": live,
        "garbage": "\0",
        "long": "A" * 10**6,
    }

    refusals = {
        name: refused(
            lambda code=code: actions.redeem_certificate(by=kirsten, stay_ref=make.SECOND_RETURN, code=code),
            counted=False,
        )
        for name, code in tries.items()
    }

    assert {(r.code, r.sentence, str(r.params)) for r in refusals.values()} == {
        ("certificate_not_found", errors.CertificateNotFound().sentence, "{}")
    }


def test_a_token_that_opens_nothing_is_the_same_refusal(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)
    GuestLink.objects.update(revoked_at=travel.now())
    revoked = url_of(make.make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE))
    for token in ("nonsense", "\ud800", "x" * 1_000_000, revoked.rstrip("/").rpartition("/")[2]):
        refusal = refused(
            lambda token=token: actions.redeem_certificate(
                by=quay.by_desk, stay_ref=make.RETURN, token=token
            ),
            counted=False,
        )
        assert refusal.code == "certificate_not_found"


def test_a_status_link_redeems_nothing(quay: House, complaint: Complaint) -> None:
    mail = make.make_complaint(house=quay, channel="email")
    status = make.make_link(complaint=mail, purpose=LinkPurpose.STATUS)
    token = url_of(status).rstrip("/").rpartition("/")[2]

    with pytest.raises(errors.CertificateNotFound):
        actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, token=token)


def test_neither_code_nor_token_asks_for_one(quay: House) -> None:
    with pytest.raises(errors.TextMissing):
        actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN)


def test_a_refused_try_is_counted_though_the_redemption_rolled_back(
    quay: House, certificate: Certificate
) -> None:
    redeem(quay, certificate)

    for _ in range(3):
        refused(lambda: redeem(quay, certificate))

    certificate.refresh_from_db()
    assert (certificate.refused_tries, certificate.nights_left) == (3, 0)


def test_no_code_is_written_to_a_log(
    quay: House, certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    live = code_of(certificate)
    with caplog.at_level(logging.DEBUG):
        redeem(quay, certificate)
        for code in (live, live[:-1] + "Z", "nonsense"):
            with pytest.raises(errors.RecoveryError):
                actions.redeem_certificate(by=quay.by_desk, stay_ref=make.RETURN, code=code)

    mine = [record.getMessage() for record in caplog.records if record.name.startswith("recovery")]
    assert mine
    assert not any(live.replace("-", "") in line.replace("-", "") for line in mine)


def _stay(ref: str, arrival: dt.date, *, guest: Guest | None = None, nights: int = 2) -> Stay:
    return Stay(
        ref=ref,
        property_code="QUAY",
        guest=guest,
        arrival_on=arrival,
        departure_on=arrival + dt.timedelta(days=nights),
        status=StayStatus.BOOKED,
    )


# --- without the code ----------------------------------------------------------------------------


def test_a_manager_redeems_for_a_guest_who_lost_the_code(quay: House, certificate: Certificate) -> None:
    entry = actions.redeem_without_code(
        by=quay.by_manager,
        certificate=certificate,
        stay_ref=make.RETURN,
        guest_name="WHITFIELD, Daniel",
        id_seen=True,
        reason="lost the letter",
    )

    assert (entry.nights, entry.reason) == (-1, "lost the letter")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"guest_name": "Eve"}, "code_needed"),
        ({"guest_name": ""}, "code_needed"),
        ({"id_seen": False}, "code_needed"),
        ({"reason": " "}, "reason_missing"),
        ({"by": "desk"}, "code_needed"),
    ],
)
def test_without_the_code_everything_is_needed(
    quay: House, certificate: Certificate, change: dict[str, Any], code: str
) -> None:
    values: dict[str, Any] = {
        "by": quay.by_manager,
        "certificate": certificate,
        "stay_ref": make.RETURN,
        "guest_name": "Daniel Whitfield",
        "id_seen": True,
        "reason": "lost the letter",
    } | change
    if values["by"] == "desk":
        values["by"] = quay.by_desk

    assert refused(lambda: actions.redeem_without_code(**values), counted=False).code == code


def test_two_certificates_together_cover_no_more_nights_than_the_stay_has(
    quay: House, complaint: Complaint, certificate: Certificate
) -> None:
    second = actions.issue_certificate(
        complaint=complaint,
        by=quay.by_general_manager,
        nights=2,
        send=False,
        number=2,
        reason="a second night was lost",
    )
    redeem(quay, certificate)  # one of the two nights of that stay

    refusal = refused(lambda: redeem(quay, second, nights=2), counted=False)

    assert (refusal.code, refusal.params) == ("stay_too_short", {"nights": 1})
    assert redeem(quay, second, nights=1).nights == -1


def test_a_night_that_is_given_back_can_be_covered_again(
    quay: House, complaint: Complaint, certificate: Certificate
) -> None:
    second = actions.issue_certificate(
        complaint=complaint,
        by=quay.by_general_manager,
        nights=2,
        send=False,
        number=2,
        reason="a second night was lost",
    )
    taken = redeem(quay, certificate)
    actions.reverse_redemption(entry=taken, by=quay.by_manager, reason="the wrong certificate")

    assert redeem(quay, second, nights=2).nights == -2


def test_a_refused_redemption_covers_no_night_of_the_stay(quay: House, certificate: Certificate) -> None:
    refused(lambda: redeem(quay, certificate, nights=9))

    assert not CoveredStay.objects.exists()


def test_nobody_ticks_off_an_apology_that_was_not_made(quay: House, complaint: Complaint) -> None:
    for step in ("apologise", "walk_card", "apology_letter"):
        task = complaint.tasks.get(step_key=step)

        with pytest.raises(errors.DoneElsewhere):
            actions.keep_task(task=task, by=quay.by_manager)

        assert actions.withdraw_task(task=task, by=quay.by_manager, reason="the guest has left").withdrawn_at
