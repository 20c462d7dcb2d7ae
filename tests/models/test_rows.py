"""What one row says of itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from recovery import actions
from recovery.choices import CertificateState, CompensationState, LetterState, Role, Stance
from recovery.models import Brand, Complaint, Letter, StaffMember, Task
from tests import factories as make
from tests.actions import travel
from tests.factories import House


def test_a_moment_comes_back_aware_and_the_same(complaint: Complaint) -> None:
    row = Complaint.objects.get(pk=complaint.pk)

    assert row.opened_at == travel.now()
    assert row.opened_at.tzinfo is not None


def test_a_moment_does_not_depend_on_who_is_looking(complaint: Complaint) -> None:
    with timezone.override("Asia/Tokyo"):
        row = Complaint.objects.get(pk=complaint.pk)
        found = Complaint.objects.filter(opened_at=travel.now()).exists()

    assert row.opened_at == travel.now()
    assert found


def test_rows_name_themselves_without_a_secret(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    certificate = letter.certificate
    assert certificate is not None

    assert str(complaint) == f"{complaint.reference} Booked for July, entered for June"
    assert str(letter) == "written apology (en)"
    assert str(certificate) == f"…{certificate.last_four}"
    assert str(certificate.entries.get()) == "issued +1"
    assert str(certificate.compensation) == "free night – 1 free night(s)"
    assert str(complaint.parties.get()) == "Daniel Whitfield"
    assert str(complaint.contacts.get()) == "complaint, in person"
    assert str(complaint.timeline.order_by("pk")[0]) == "2027-07-17 11:12 complaint.opened"
    assert str(letter.apology) == f"written, {Stance.RESPONSIBILITY.label}"
    assert str(make.make_link(complaint=complaint, purpose="certificate")) == "certificate page"  # type: ignore[arg-type]


def test_a_letter_says_where_it_stands(quay: House, complaint: Complaint) -> None:
    draft = make.make_letter(house=quay, complaint=complaint)
    released = make.make_apology(house=quay, complaint=complaint)
    sent = Letter(released_at=travel.now(), sent_at=travel.now())

    assert (draft.state, released.state, sent.state) == (
        LetterState.DRAFT,
        LetterState.RELEASED,
        LetterState.SENT,
    )


def test_a_gift_says_where_it_stands(quay: House, complaint: Complaint) -> None:
    gift = make.make_compensation(house=quay, complaint=complaint)
    done = actions.fulfil_compensation(compensation=gift, by=quay.by_desk, proof="folio 1")

    assert (gift.state, done.state) == (CompensationState.GRANTED, CompensationState.FULFILLED)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (dt.date(2027, 7, 17), CertificateState.VALID),
        (dt.date(2029, 8, 30), CertificateState.VALID),
        (dt.date(2029, 8, 31), CertificateState.EXPIRED),
    ],
)
def test_a_certificate_says_where_it_stands_on_a_day(
    quay: House, complaint: Complaint, day: dt.date, state: CertificateState
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)

    assert certificate.state(today=day, grace_days=30) is state


def test_an_empty_list_of_houses_means_every_house() -> None:
    assert StaffMember(name="x", property_codes=[]).works_at("ANY")
    assert StaffMember(name="x", property_codes=["QUAY"]).works_at("QUAY")
    assert not StaffMember(name="x", property_codes=["QUAY"]).works_at("STRAND")


def test_a_colleague_may_have_another_name_for_guests() -> None:
    assert StaffMember(name="Thomas Ridley", guest_name="Tom Ridley").name_for_guests == "Tom Ridley"
    assert StaffMember(name="Thomas Ridley").name_for_guests == "Thomas Ridley"


def test_roles_are_asked_by_their_keys() -> None:
    both = StaffMember(name="x", roles=["FD", "DM"])

    assert both.has_role(Role.DUTY_MANAGER)
    assert not both.has_role(Role.GENERAL_MANAGER)


def test_a_brand_has_its_address_in_lines() -> None:
    assert Brand(address=" 1 Quay \n\n Bristol\r\n").address_lines == ("1 Quay", "Bristol")


def test_a_promise_is_a_task_that_the_guest_was_told_about(quay: House, complaint: Complaint) -> None:
    told = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True)
    untold = make.make_task(complaint=complaint, by=quay.by_desk)

    assert (told.is_promise, untold.is_promise) == (True, False)
    assert told.is_open
    assert not Task(done_at=travel.now()).is_open


def test_a_house_that_never_closes_is_always_staffed(quay: House) -> None:
    quay.profile.desk_closes = quay.profile.desk_opens

    assert quay.profile.is_always_staffed
