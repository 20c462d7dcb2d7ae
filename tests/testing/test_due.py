"""``run_due`` does what a worker would have done, each thing at its own time, and says so."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import TestCase

from recovery import clock
from recovery.actions import add_task, stop_letter
from recovery.actions.letter_steps import LETTER_MAIL
from recovery.choices import Channel, OutboxState, Role, TaskKind
from recovery.errors import NotDurable
from recovery.models import HouseProfile, Letter, OutboxMessage, StaffMember, Task
from recovery.testing import (
    HotelClock,
    code_of,
    hotel_clock,
    make_apology,
    make_certificate,
    make_complaint,
    make_house,
    make_redemption,
    run_due,
)
from tests.factories import LOST, RETURN

ROOT = Path(__file__).resolve().parents[2]
NOON = dt.datetime(2027, 7, 17, 12, 0, tzinfo=dt.UTC)


class InATestCase(TestCase):
    """Hosts write these; the letter goes although the test's own transaction is open."""

    def test_a_letter_is_delivered(self) -> None:
        make_apology(complaint=make_complaint(stay_ref=LOST))

        ran = run_due()

        self.assertEqual([str(each.state) for each in ran.sent], ["sent"])
        self.assertEqual(len(mail.outbox), 1)

    def test_a_transaction_of_the_host_inside_it_still_counts(self) -> None:
        with self.assertRaises(NotDurable), transaction.atomic():
            run_due()


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_delivered_with_real_transactions_too() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))

    assert len(run_due().sent) == 1


@pytest.mark.django_db
def test_what_is_not_due_yet_waits_until_its_time() -> None:
    with hotel_clock(NOON) as here:
        make_complaint(stay_ref=LOST, channel=Channel.EMAIL)

        assert str(run_due()) == "nothing was due"
        ran = run_due(at=NOON + dt.timedelta(minutes=3))

        assert [each.letter and each.letter.kind for each in ran.sent] == ["receipt"]
        assert here.now == NOON + dt.timedelta(minutes=3)


@pytest.mark.django_db
def test_each_thing_is_done_at_its_own_time_and_not_when_the_test_comes_to_it() -> None:
    with hotel_clock(NOON):
        make_complaint(stay_ref=LOST, channel=Channel.EMAIL)

        ran = run_due(at=NOON + dt.timedelta(days=30))

    # A worker that had slept for a month would have found it too late.
    mails = [each for each in ran.sent if each.kind == "letter.mail"]
    assert [each.state for each in mails] == [OutboxState.SENT]
    assert Letter.objects.get().sent_at < NOON + dt.timedelta(minutes=5)


@pytest.mark.django_db
def test_certificates_expire_and_are_named() -> None:
    with hotel_clock(NOON):
        certificate = make_certificate(complaint=make_complaint(stay_ref=LOST))

        assert run_due(at=NOON + dt.timedelta(days=300)).expired == ()
        ran = run_due(at=NOON + dt.timedelta(days=1000))

    assert [row.pk for row in ran.expired] == [certificate.pk]
    assert ran.expired[0].nights_left == 0
    assert f"…{certificate.last_four}: expired" in str(ran)


# --- what every sweep does for the people --------------------------------------------------------


@pytest.mark.django_db
def test_who_went_home_has_open_work_offered_as_the_sweep_does() -> None:
    with hotel_clock(NOON):
        complaint = make_complaint(stay_ref=LOST)
        run_due()
        StaffMember.objects.filter(pk=complaint.owner_id).update(on_duty=False)

        run_due(at=NOON + dt.timedelta(minutes=1))

    offer = Task.objects.get(complaint=complaint, kind=TaskKind.HAND_OVER)
    assert (offer.giver_id, offer.said_at) == (complaint.owner_id, NOON + dt.timedelta(minutes=1))


@pytest.mark.django_db
def test_who_left_has_work_passed_on_to_a_manager() -> None:
    with hotel_clock(NOON):
        complaint = make_complaint(stay_ref=LOST)
        StaffMember.objects.filter(pk=complaint.owner_id).update(active_until=NOON.date())

        run_due(at=NOON + dt.timedelta(days=2))

    complaint.refresh_from_db()
    assert complaint.owner.has_role(Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


@pytest.mark.django_db
def test_the_morning_sheet_of_the_last_day_is_mailed_when_it_is_due() -> None:
    six, eight = (dt.datetime(2027, 7, 19, hour - 1, tzinfo=dt.UTC) for hour in (6, 8))  # London, in summer
    with hotel_clock(NOON):
        complaint = make_complaint(stay_ref=LOST)
        house = make_house(property_code=complaint.property_code)
        add_task(complaint=complaint, by=house.by_desk, title="A taxi", due_at=eight, told_guest=True)
        StaffMember.objects.filter(pk=house.general_manager.pk).update(email="helen@quay.example")

        sheets = [
            [each.state for each in (*ran.sent, *ran.again, *ran.failed) if each.kind.startswith("sheet")]
            for ran in (run_due(at=six), run_due(at=eight), run_due())
        ]

    assert sheets == [[], [OutboxState.SENT], []]
    mails = [message for message in mail.outbox if "lines for today" in message.subject]
    assert [message.to for message in mails] == [["Helen Marsh <helen@quay.example>"]]


@pytest.mark.django_db
def test_a_morning_on_which_nobody_has_an_address_is_no_news() -> None:
    with hotel_clock(dt.datetime(2027, 7, 19, 7, 30, tzinfo=dt.UTC)):
        make_house()

        assert str(run_due()) == "nothing was due"


@pytest.mark.django_db
def test_a_roster_that_cannot_be_read_hides_nothing_else(
    hotel: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotel.rosters = {}
    monkeypatch.setattr(hotel, "roster", _raise)
    with hotel_clock(NOON):
        make_apology(complaint=make_complaint(stay_ref=LOST))

        assert len(run_due().sent) == 1

    assert HouseProfile.objects.filter(sheet_planned_on=NOON.date()).exists()
    assert "the next sweep tries again" in caplog.text


@pytest.mark.django_db
def test_a_refused_address_is_a_failure_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)
    make_apology(complaint=make_complaint(stay_ref=LOST))

    ran = run_due()

    assert (ran.sent, ran.again) == ((), ())
    assert "SMTPRecipientsRefused 550" in str(ran)


@pytest.mark.django_db
def test_a_server_that_is_down_is_tried_once_and_the_letter_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def open_nothing(self: Any) -> None:
        tries.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", open_nothing)
    with hotel_clock(NOON):
        make_apology(complaint=make_complaint(stay_ref=LOST))
        ran = run_due(at=NOON + dt.timedelta(hours=2))

    assert [each.state for each in ran.again] == [OutboxState.DUE]
    assert len(tries) == 1


@pytest.mark.django_db
def test_what_is_said_is_about_this_run_only() -> None:
    with hotel_clock(NOON):
        make_apology(complaint=make_complaint(stay_ref=LOST))
        run_due()
        certificate = make_certificate(complaint=make_complaint(stay_ref=RETURN))
        make_redemption(certificate=certificate, stay_ref=RETURN)

        ran = run_due(at=NOON + dt.timedelta(hours=1))

    assert {each.kind for each in ran.sent} == {"letter.mail", "hotel.book_nights"}
    assert {each.letter.kind for each in ran.sent if each.letter} == {"certificate", "certificate_redeemed"}
    assert code_of(certificate) not in str(ran)


@pytest.mark.django_db
def test_time_does_not_run_backwards() -> None:
    with hotel_clock(NOON), pytest.raises(ValueError, match="before the hotel's time"):
        run_due(at=NOON - dt.timedelta(seconds=1))


@pytest.mark.django_db
def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        run_due(at=dt.datetime(2027, 7, 17, 12, 0))  # noqa: DTZ001 because that is what is refused


@pytest.mark.django_db
def test_without_a_clock_of_the_test_the_time_is_real_again_afterwards() -> None:
    run_due(at=clock.now() + dt.timedelta(days=400))

    assert clock.now() - clock.database_now() < dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_a_stopped_letter_is_not_tried() -> None:
    complaint = make_complaint(stay_ref=LOST)
    letter = make_apology(complaint=complaint)
    stop_letter(letter=letter, by=_manager(letter), reason="We rang instead")

    assert str(run_due()) == "nothing was due"
    assert OutboxMessage.objects.get(kind=LETTER_MAIL).state == OutboxState.CANCELLED


def test_it_refuses_to_run_where_real_guests_would_get_mail() -> None:
    program = "import django; django.setup()\nfrom recovery.testing import run_due\nrun_due()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "run_due() is for tests" in done.stderr


def test_helping_a_host_needs_no_pytest() -> None:
    program = "import django, sys; django.setup()\nimport recovery.testing\nprint('pytest' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"


# --- the clock -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_clock_moves_verbs_and_leaves_the_databases_time_alone(recovery_clock: HotelClock) -> None:
    recovery_clock.go_to(NOON)
    complaint = make_complaint(stay_ref=LOST)
    recovery_clock.later(hours=2)

    assert complaint.opened_at == NOON
    assert clock.now() == NOON + dt.timedelta(hours=2)
    assert clock.database_now() < NOON


@pytest.mark.django_db
def test_clocks_nest_and_the_outer_one_comes_back() -> None:
    with hotel_clock(NOON):
        with hotel_clock(NOON + dt.timedelta(days=1)):
            assert clock.now() == NOON + dt.timedelta(days=1)
        assert clock.now() == NOON


def _raise(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError


def _refuse(self: Any, messages: Any) -> int:
    import smtplib

    raise smtplib.SMTPRecipientsRefused({"x@example.com": (550, b"no such user")})


def _manager(letter: Letter) -> Any:
    from recovery.testing import make_house

    return make_house(property_code=letter.complaint.property_code).by_general_manager
