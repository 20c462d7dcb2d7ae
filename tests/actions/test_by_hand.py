"""A guest without an address: printed, handed over, proved."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import actions, errors
from recovery.actions import GuestInput, letter_steps
from recovery.actions.links import secrets_for
from recovery.choices import AddressClass, LetterKind, LetterState, TaskKind
from recovery.letters import fill
from recovery.models import Complaint, Letter, OutboxMessage, Party
from tests import factories as make
from tests.factories import House

from . import calls, travel


@pytest.fixture
def aksel(strand: House) -> Complaint:
    """Aksel has no e-mail address."""
    return make.make_complaint(house=strand, stay_ref=make.NO_ADDRESS)


def hand_tasks(complaint: Complaint) -> list[str]:
    open_ones = complaint.tasks.open().filter(kind=TaskKind.HAND_DELIVERY)
    return [task.title for task in open_ones]


def test_a_mail_to_a_guest_without_an_address_is_refused_and_says_what_to_do(
    strand: House, aksel: Complaint
) -> None:
    before = calls.contents()

    with pytest.raises(errors.NoAddress) as refusal:
        make.make_apology(house=strand, complaint=aksel)

    assert "Aksel Thygesen" in refusal.value.sentence
    assert "Print" in refusal.value.sentence
    assert calls.contents() == before


def test_the_way_by_hand_works_from_end_to_end(strand: House, aksel: Complaint) -> None:
    letter = make.make_apology(house=strand, complaint=aksel, by_hand=True)
    assert hand_tasks(aksel) == ["Print and hand over: written apology for Aksel Thygesen"]
    assert not OutboxMessage.objects.filter(kind="letter.mail").exists()

    actions.print_letter(letter=letter, by=strand.by_desk)
    travel.later(minutes=20)
    handed = actions.record_hand_delivery(letter=letter, by=strand.by_desk)

    assert (handed.state, handed.handed_over_by, handed.handed_over_at) == (
        LetterState.HANDED_OVER,
        "Asha Patel",
        travel.now(),
    )
    assert hand_tasks(aksel) == []
    kinds = set(aksel.timeline.values_list("kind", flat=True))
    assert {"letter.released", "letter.printed", "letter.handed_over"} <= kinds


def test_what_is_printed_carries_the_live_code(strand: House, aksel: Complaint) -> None:
    letter = make.make_apology(house=strand, complaint=aksel, by_hand=True)

    paper = fill(letter_steps.frozen(letter), secrets_for(letter))

    assert letter.certificate is not None
    assert letter.certificate.last_four in paper.text


def test_a_certificate_for_a_guest_without_an_address_goes_by_hand_by_itself(
    strand: House, aksel: Complaint
) -> None:
    certificate = make.make_certificate(house=strand, complaint=aksel)
    make.make_entry(house=strand, certificate=certificate, stay_ref=make.SECOND_RETURN)

    assert set(Letter.objects.values_list("kind", "by_hand")) == {
        (LetterKind.CERTIFICATE, True),
        (LetterKind.REDEEMED, True),
    }
    assert len(hand_tasks(aksel)) == 2


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (AddressClass.NONE, "no_address"),
        (AddressClass.DUMMY, "no_address"),
        (AddressClass.SHARED, "no_address"),
        (AddressClass.RELAY, "address_not_trusted"),
        (AddressClass.UNPROVEN, "address_not_trusted"),
    ],
)
def test_a_code_goes_only_to_the_guests_own_address(
    quay: House, complaint: Complaint, address: AddressClass, code: str
) -> None:
    emails = {
        AddressClass.NONE: "",
        AddressClass.DUMMY: "noemail@hotel.com",
        AddressClass.RELAY: "alias@guest.booking.com",
        AddressClass.UNPROVEN: "typed@example.com",
        AddressClass.SHARED: "office@example.com",
    }
    others = 2 if address is AddressClass.SHARED else 0
    for number in range(others):
        _unknown(quay, name=f"Colleague {number}", email=emails[address])
    guest = _unknown(quay, name="Dan", email=emails[address])

    with pytest.raises(errors.RecoveryError) as refusal:
        make.make_apology(house=quay, complaint=guest, nights=0)

    assert guest.parties.get().address_class == address
    assert refusal.value.code == code


def _unknown(house: House, *, name: str, email: str) -> Complaint:
    return make.make_complaint(
        house=house, stay_ref="", property_code="QUAY", guest=GuestInput(name=name, email=email)
    )


def test_an_address_that_was_read_back_is_the_guests_own(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay,
        stay_ref="",
        property_code="QUAY",
        guest=GuestInput(name="Dan", email="dan@example.com", email_read_back=True),
    )

    assert make.make_apology(house=quay, complaint=complaint, nights=0).state is LetterState.RELEASED


def test_a_walk_card_may_go_to_an_alias_because_it_carries_no_code(quay: House) -> None:
    complaint = make.make_complaint(house=quay, stay_ref=make.BY_AGENCY)
    card = make.make_walk_card(house=quay, complaint=complaint)

    assert actions.release_letter(letter=card, by=quay.by_desk).state is LetterState.RELEASED


def test_only_what_was_released_by_hand_can_be_printed(quay: House, complaint: Complaint) -> None:
    draft = make.make_letter(house=quay, complaint=complaint)
    mailed = make.make_apology(house=quay, complaint=complaint)

    for letter in (draft, mailed):
        with pytest.raises(errors.LetterNotDraft):
            actions.print_letter(letter=letter, by=quay.by_desk)
        with pytest.raises(errors.LetterNotDraft):
            actions.record_hand_delivery(letter=letter, by=quay.by_desk)


def test_a_letter_is_handed_over_once(strand: House, aksel: Complaint) -> None:
    letter = make.make_apology(house=strand, complaint=aksel, by_hand=True)
    actions.record_hand_delivery(letter=letter, by=strand.by_desk)

    with pytest.raises(errors.LetterNotDraft):
        actions.record_hand_delivery(letter=letter, by=strand.by_desk)
    with pytest.raises(errors.LetterNotDraft):
        actions.print_letter(letter=letter, by=strand.by_desk)
    with pytest.raises(errors.LetterNotDraft):
        actions.stop_letter(letter=letter, by=strand.by_desk, reason="too late")


@pytest.mark.parametrize("minutes", [-1, 61])
def test_it_is_handed_over_after_its_release_and_not_in_the_future(
    strand: House, aksel: Complaint, minutes: int
) -> None:
    letter = make.make_apology(house=strand, complaint=aksel, by_hand=True)
    released = travel.now()
    travel.later(minutes=60)

    with pytest.raises(errors.TimeOrder):
        actions.record_hand_delivery(
            letter=letter, by=strand.by_desk, at=released + dt.timedelta(minutes=minutes)
        )


def test_stopping_a_letter_on_paper_takes_its_task_away(strand: House, aksel: Complaint) -> None:
    letter = make.make_apology(house=strand, complaint=aksel, by_hand=True)

    actions.stop_letter(letter=letter, by=strand.by_desk, reason="told in person")

    assert hand_tasks(aksel) == []


def test_a_guest_with_the_longest_name_gets_a_task_too(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, stay_ref="", property_code="QUAY", guest=GuestInput(name="Wolfeschlegel " * 11)
    )

    make.make_apology(house=quay, complaint=complaint, by_hand=True, nights=0)

    assert len(hand_tasks(complaint)[0]) <= 200
    assert Party.objects.get().first_name == "Wolfeschlegel"
