"""Texts that follow from what other verbs did: money paid, nights moved, a repair, a delay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import GuestInput, LetterWords
from recovery.choices import (
    AddressClass,
    Category,
    Channel,
    Layer,
    LetterKind,
    LetterState,
    OutboxState,
    PartyRole,
    RemedyKey,
    TaskKind,
)
from recovery.models import Brand, Compensation, Complaint, Letter, OutboxMessage, Party, StaffMember, Task
from recovery.testing import make_redemption, run_due
from tests import factories as make
from tests.factories import House

from . import travel

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def wifi(quay: House) -> Complaint:
    return make.make_complaint(house=quay, category=Category.WIFI, stay_ref=make.RETURN)


def letters(complaint: Complaint, kind: LetterKind) -> list[Letter]:
    return list(Letter.objects.filter(complaint=complaint, kind=kind).order_by("pk"))


def pay(
    house: House, complaint: Complaint, remedy: RemedyKey = RemedyKey.REFUND, **given: Any
) -> Compensation:
    row = actions.grant_compensation(
        complaint=complaint,
        by=house.by_general_manager,
        remedy=remedy,
        layer=Layer.OWED,
        what="the connection, two days",
        face=Decimal("24.50"),
    )
    return actions.fulfil_compensation(compensation=row, by=house.by_desk, proof="R-7781")


# --- money ---------------------------------------------------------------------------------------


def test_who_paid_is_told_of_a_proved_refund(quay: House, wifi: Complaint) -> None:
    pay(quay, wifi)

    (letter,) = letters(wifi, LetterKind.PAYMENT_DONE)
    assert letter.state is LetterState.RELEASED
    assert "GBP\xa024.50" in letter.text or "24.50" in letter.text
    assert "Tuesday 27 July 2027" in letter.text  # ten days
    assert "connection" not in letter.text


def test_the_payer_gets_the_mail_and_not_the_sleeper(quay: House, wifi: Complaint) -> None:
    payer = make.make_party(complaint=wifi, role=PartyRole.PAYER, email="books@firm.example", may_money=True)

    pay(quay, wifi)

    assert [letter.party for letter in letters(wifi, LetterKind.PAYMENT_DONE)] == [payer]


def test_nobody_without_the_right_to_money_hears_of_it(quay: House, wifi: Complaint) -> None:
    Party.objects.filter(complaint=wifi).update(may_money=False)

    pay(quay, wifi)

    assert letters(wifi, LetterKind.PAYMENT_DONE) == []


@pytest.mark.parametrize("remedy", [RemedyKey.DINNER, RemedyKey.AMENITY])
def test_what_is_no_money_is_not_announced(quay: House, wifi: Complaint, remedy: RemedyKey) -> None:
    pay(quay, wifi, remedy)

    assert letters(wifi, LetterKind.PAYMENT_DONE) == []


def test_a_second_payment_of_the_day_is_told_the_next_day(quay: House, wifi: Complaint) -> None:
    pay(quay, wifi)
    pay(quay, wifi, RemedyKey.FOLIO_CREDIT)

    first, second = letters(wifi, LetterKind.PAYMENT_DONE)
    assert second.due_at - first.due_at == 24 * HOUR


def test_a_third_within_the_week_is_told_by_telephone(quay: House, wifi: Complaint) -> None:
    for remedy in (RemedyKey.REFUND, RemedyKey.FOLIO_CREDIT, RemedyKey.REFUND):
        pay(quay, wifi, remedy)

    *_sent, held = letters(wifi, LetterKind.PAYMENT_DONE)
    assert held.state is LetterState.DRAFT
    assert Task.objects.get(complaint=wifi, kind=TaskKind.LETTER).title.startswith("Telephone: money")


def test_while_the_guest_waits_for_an_answer_the_money_is_not_announced(quay: House) -> None:
    wrote = make.make_complaint(
        house=quay, category=Category.WIFI, stay_ref=make.RETURN, channel=Channel.EMAIL
    )
    pay(quay, wrote)
    assert letters(wrote, LetterKind.PAYMENT_DONE)[0].state is LetterState.DRAFT

    actions.acknowledge(complaint=wrote, by=quay.by_desk, channel=Channel.PHONE)

    assert letters(wrote, LetterKind.PAYMENT_DONE)[0].state is LetterState.RELEASED


@pytest.mark.parametrize("address", [AddressClass.NONE, AddressClass.SHARED, AddressClass.DUMMY])
def test_where_nobody_reads_nothing_is_written(quay: House, wifi: Complaint, address: AddressClass) -> None:
    Party.objects.filter(complaint=wifi).update(address_class=address)

    assert pay(quay, wifi).fulfilled_at is not None
    assert letters(wifi, LetterKind.PAYMENT_DONE) == []


def test_a_payment_counts_although_its_mail_cannot_be_written(quay: House, wifi: Complaint) -> None:
    StaffMember.objects.filter(pk=wifi.owner.pk).update(active_until=dt.date(2027, 7, 16))

    assert pay(quay, wifi).fulfilled_at is not None
    assert letters(wifi, LetterKind.PAYMENT_DONE) == []
    assert "could not be written" in Task.objects.get(complaint=wifi, kind=TaskKind.CALL).title


def test_a_house_without_a_sender_pays_all_the_same(quay: House, wifi: Complaint) -> None:
    Brand.objects.update(sender_email="")

    assert pay(quay, wifi).fulfilled_at is not None


# --- nights --------------------------------------------------------------------------------------


def test_nights_that_go_back_are_told_with_the_new_last_day(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    entry = make_redemption(certificate=certificate, stay_ref=make.RETURN)
    run_due()

    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="the guest cancelled")

    (letter,) = letters(complaint, LetterKind.RESTORED)
    assert letter.state is LetterState.RELEASED
    assert "On the certificate now: one night" in letter.text


def test_a_slip_that_the_guest_never_heard_of_is_not_told(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    entry = make_redemption(certificate=certificate, stay_ref=make.RETURN)

    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="the wrong stay")

    assert letters(complaint, LetterKind.RESTORED) == []
    assert letters(complaint, LetterKind.REDEEMED)[0].state is LetterState.STOPPED


def test_a_certificate_that_the_guest_holds_is_withdrawn_in_writing_by_the_general_manager(
    quay: House, complaint: Complaint
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    run_due()

    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="made out twice")

    (letter,) = letters(complaint, LetterKind.CERTIFICATE_VOID)
    assert letter.state is LetterState.DRAFT
    assert letter.signatory.has_role(make.Role.GENERAL_MANAGER)
    assert "made out twice" not in letter.text  # because the reason is our own note
    words = LetterWords(void_why="It was made out twice.", instead="a new one, in this week's post.")
    anew = actions.draft_letter(
        complaint=complaint,
        by=quay.by_general_manager,
        kind=LetterKind.CERTIFICATE_VOID,
        certificate=certificate,
        words=words,
    )
    assert actions.release_letter(letter=anew, by=quay.by_general_manager).released_at is not None
    assert Letter.objects.get(pk=letter.pk).state is LetterState.STOPPED


def test_what_the_guest_never_had_is_withdrawn_in_silence(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)

    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="made out twice")

    assert letters(complaint, LetterKind.CERTIFICATE_VOID) == []


# --- solved --------------------------------------------------------------------------------------


def solve(house: House, complaint: Complaint) -> None:
    actions.mark_solved(complaint=complaint, by=house.by_desk, solution="New router; Karl forgot it")


def test_after_the_repair_a_draft_waits_that_says_nothing_of_our_own_notes(
    quay: House, wifi: Complaint
) -> None:
    solve(quay, wifi)

    (letter,) = letters(wifi, LetterKind.SOLVED)
    assert letter.state is LetterState.DRAFT
    assert "Karl" not in letter.text + letter.html
    assert "Is it right for you now?" in letter.text


def test_a_guest_who_was_told_by_voice_gets_no_letter(quay: House, wifi: Complaint) -> None:
    solve(quay, wifi)

    actions.tell_guest(complaint=wifi, by=quay.by_desk, how="at the desk", asked=True)

    assert letters(wifi, LetterKind.SOLVED)[0].state is LetterState.STOPPED
    assert not Task.objects.open().filter(complaint=wifi, kind=TaskKind.LETTER).exists()


def test_the_letter_that_arrives_tells_the_guest_and_asks(quay: House, wifi: Complaint) -> None:
    solve(quay, wifi)
    words = LetterWords(done="Your room has a new router.")
    letter = make.make_letter(house=quay, complaint=wifi, kind=LetterKind.SOLVED, words=words)
    actions.release_letter(letter=letter, by=quay.by_general_manager)
    wifi.refresh_from_db()
    assert wifi.told_at is None

    run_due()

    wifi.refresh_from_db()
    assert (wifi.told_how, wifi.asked_at is not None) == ("in writing", True)
    assert not Task.objects.open().filter(complaint=wifi, fulfils="told").exists()


def test_where_a_letter_is_about_to_go_it_is_not_written_twice(quay: House, wifi: Complaint) -> None:
    make.make_apology(house=quay, complaint=wifi, nights=0)

    solve(quay, wifi)

    assert letters(wifi, LetterKind.SOLVED) == []


def test_opened_again_it_is_not_solved(quay: House, wifi: Complaint) -> None:
    solve(quay, wifi)

    actions.reopen(complaint=wifi, by=quay.by_manager, reason="it fails again")

    assert letters(wifi, LetterKind.SOLVED)[0].state is LetterState.STOPPED


# --- delay ---------------------------------------------------------------------------------------


def promise(house: House, complaint: Complaint, *, hours: int = 6) -> Task:
    task = make.make_task(
        complaint=complaint, by=house.by_desk, in_minutes=60 * hours, title="New router", told_guest=True
    )
    return actions.accept_task(task=task, by=house.by_desk)


def move(house: House, task: Task, *, hours: int, **given: Any) -> Task:
    return actions.move_task(
        task=task, by=house.by_desk, due_at=travel.now() + hours * HOUR, reason="no part", **given
    )


def test_a_long_promise_that_moves_leaves_a_draft_with_the_new_time(quay: House, wifi: Complaint) -> None:
    task = promise(quay, wifi)
    move(quay, task, hours=9)

    (letter,) = letters(wifi, LetterKind.DELAY)
    assert letter.task == task
    assert "21:12" in letter.text


@pytest.mark.parametrize(("hours", "told"), [(3, False), (9, True)])
def test_a_short_one_is_told_by_telephone_and_a_told_one_is_told(
    quay: House, wifi: Complaint, hours: int, told: bool
) -> None:
    move(quay, promise(quay, wifi, hours=2), hours=hours, told_guest=told)

    assert letters(wifi, LetterKind.DELAY) == []


def test_when_most_of_the_time_is_gone_a_draft_waits_for_the_new_time(quay: House, wifi: Complaint) -> None:
    task = promise(quay, wifi, hours=8)
    actions.start_task(task=task, by=quay.by_desk)

    run_due(at=travel.now() + 6 * HOUR)

    (letter,) = letters(wifi, LetterKind.DELAY)
    assert "This is the new time" not in letter.text
    move(quay, task, hours=3)
    words = LetterWords(before="the router would be there by eight.")
    assert len(letters(wifi, LetterKind.DELAY)) == 1
    anew = make.make_letter(house=quay, complaint=wifi, kind=LetterKind.DELAY, words=words)
    assert "This is the new time" in anew.text


def test_a_promise_that_is_kept_after_all_needs_no_letter(quay: House, wifi: Complaint) -> None:
    task = promise(quay, wifi)
    move(quay, task, hours=9)

    actions.keep_task(task=task, by=quay.by_desk)

    assert letters(wifi, LetterKind.DELAY)[0].state is LetterState.STOPPED


# --- what is true of the guest -------------------------------------------------------------------


def test_the_limits_count_one_guest_over_all_complaints(quay: House, wifi: Complaint) -> None:
    others = [
        make.make_complaint(house=quay, category=Category.WIFI, stay_ref=make.RETURN, summary=summary)
        for summary in ("The lamp", "The lift", "The key")
    ]

    for complaint in (wifi, *others):
        pay(quay, complaint)

    due = [letters(complaint, LetterKind.PAYMENT_DONE)[0] for complaint in (wifi, *others)]
    assert [letter.state for letter in due] == [LetterState.RELEASED] * 3 + [LetterState.DRAFT]


def bounce(letter: Letter) -> None:
    """As a delivery ends that the guest's server refused."""
    OutboxMessage.objects.filter(payload__letter=letter.pk).update(
        state=OutboxState.DEAD, last_error="SMTPRecipientsRefused 550", settled_at=travel.now()
    )


def test_an_address_that_came_back_gets_nothing_until_it_is_corrected(quay: House, wifi: Complaint) -> None:
    first = make.make_apology(house=quay, complaint=wifi, nights=0)
    bounce(first)
    words = LetterWords(answer="Yes, as long as you like.")
    reply = make.make_letter(house=quay, complaint=wifi, kind=LetterKind.REPLY, words=words)

    with pytest.raises(errors.MailHeld, match="came back"):
        actions.release_letter(letter=reply, by=quay.by_manager)

    travel.later(minutes=5)
    typed = GuestInput(email="new@guest.example", email_read_back=True)
    actions.relink_guest(complaint=wifi, by=quay.by_desk, guest=typed, reason="misspelt")
    assert actions.release_letter(letter=reply, by=quay.by_manager).released_at is not None


def test_money_for_a_guest_whose_mail_came_back_is_told_by_telephone(quay: House, wifi: Complaint) -> None:
    bounce(make.make_apology(house=quay, complaint=wifi, nights=0))

    pay(quay, wifi)

    task = Task.objects.get(complaint=wifi, kind=TaskKind.LETTER)
    assert task.title.startswith("Telephone: money on its way")
    assert task.due_at == travel.now() + HOUR


def test_news_is_old_once_it_is_solved(quay: House, wifi: Complaint) -> None:
    promise(quay, wifi)
    words = LetterWords(still_open="The router is on its way.")
    letter = make.make_letter(house=quay, complaint=wifi, kind=LetterKind.UPDATE, words=words)

    solve(quay, wifi)

    assert Letter.objects.get(pk=letter.pk).state is LetterState.STOPPED


def test_a_general_manager_signs_where_nobody_else_manages(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    make.find_room(house=quay, complaint=complaint)
    make.make_compensation(house=quay, complaint=complaint)
    for person in StaffMember.objects.exclude(pk=quay.general_manager.pk):
        person.roles = [role for role in person.roles if role != "DM"]
        person.save()

    letter = actions.draft_letter(
        complaint=complaint, by=quay.by_general_manager, kind=LetterKind.WALK_BEFORE_TRAVEL
    )

    assert letter.signatory == quay.general_manager
    assert "We have no room for you" in letter.text
