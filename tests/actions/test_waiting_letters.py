"""Drafts that wait for a person, for the end of a veto, or for what keeps them; none can be forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from recovery import actions, errors
from recovery.actions import Actor, LetterWords
from recovery.choices import (
    AlarmReason,
    AlarmWay,
    Category,
    Channel,
    ContactKind,
    EventKind,
    HoldReason,
    LetterKind,
    LetterState,
    MailMode,
    Role,
    TaskKind,
)
from recovery.choices import (
    House as HouseKind,
)
from recovery.models import Alarm, Complaint, Letter, Task
from recovery.testing import run_due
from tests import factories as make
from tests.factories import House

from . import travel

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def slow(quay: House) -> Complaint:
    """Breakfast was slow: severity 1, nothing that a person must weigh."""
    return make.make_complaint(house=quay, category=Category.SLOW_SERVICE, stay_ref=make.RETURN)


def draft(house: House, complaint: Complaint, **given: Any) -> Letter:
    return make.make_letter(house=house, complaint=complaint, **given)


def again(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def waiting(complaint: Complaint) -> list[Task]:
    return list(Task.objects.open().filter(complaint=complaint, kind=TaskKind.LETTER))


def write_to_us(house: House, complaint: Complaint) -> None:
    actions.add_contact(
        complaint=complaint,
        by=house.by_desk,
        kind=ContactKind.QUESTION,
        channel=Channel.EMAIL,
        words="When do I hear from you?",
    )


# --- one task a draft ----------------------------------------------------------------------------


def test_a_draft_is_a_task_of_the_owner_until_it_is_sent(quay: House, complaint: Complaint) -> None:
    letter = draft(quay, complaint)

    (task,) = waiting(complaint)
    assert (task.assignee, task.due_at) == (complaint.owner, letter.due_at)
    actions.release_letter(letter=letter, by=quay.by_general_manager)
    assert waiting(complaint) == []
    assert Task.objects.get(pk=task.pk).done_at is not None


def test_a_draft_that_is_stopped_asks_for_nothing(quay: House, complaint: Complaint) -> None:
    letter = draft(quay, complaint)

    actions.stop_letter(letter=letter, by=quay.by_manager, reason="told by telephone")

    assert waiting(complaint) == []
    assert Task.objects.get(kind=TaskKind.LETTER).withdrawn_at is not None


def test_what_goes_in_one_step_leaves_no_task(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)

    assert not Task.objects.open().filter(kind=TaskKind.LETTER).exists()


def test_a_draft_that_nobody_pressed_stands_on_the_board_of_a_manager(
    quay: House, complaint: Complaint
) -> None:
    letter = draft(quay, complaint)

    run_due(at=letter.due_at)

    (task,) = waiting(complaint)
    alarm = Alarm.objects.get(reason=AlarmReason.UNSENT_LETTER)
    assert task.missed_at is not None
    assert (alarm.task, alarm.way) == (task, AlarmWay.QUIET)
    assert alarm.person.has_role(Role.DUTY_MANAGER)
    assert again(letter).state is LetterState.DRAFT


# --- veto ----------------------------------------------------------------------------------------


def test_a_small_apology_goes_after_two_hours_unless_somebody_stops_it(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    assert letter.mode == MailMode.VETO

    run_due(at=travel.now() + 1 * HOUR)
    assert again(letter).state is LetterState.DRAFT
    run_due(at=travel.now() + 1 * HOUR)

    sent = again(letter)
    assert (sent.state, sent.released_by) == (LetterState.SENT, "")
    assert "Please do not write to me about this again" in sent.text
    assert mail.outbox[-1].extra_headers["Auto-Submitted"] == "auto-generated"
    assert waiting(slow) == []


def test_stopped_in_time_it_never_goes(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    actions.stop_letter(letter=letter, by=quay.by_manager, reason="we rang instead")

    run_due(at=travel.now() + 5 * HOUR)

    assert again(letter).state is LetterState.STOPPED


def test_written_anew_only_the_new_words_go(quay: House, slow: Complaint) -> None:
    first = draft(quay, slow)
    travel.later(hours=1)
    second = draft(quay, slow)

    run_due(at=travel.now() + 1 * HOUR)
    assert again(first).state is LetterState.STOPPED
    assert again(second).state is LetterState.DRAFT
    run_due(at=travel.now() + 1 * HOUR)

    assert again(second).state is LetterState.SENT


def test_a_person_who_presses_first_ends_the_wait(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    actions.release_letter(letter=letter, by=quay.by_general_manager)

    run_due(at=travel.now() + 5 * HOUR)

    assert again(letter).released_by != ""
    assert "do not write to me" not in again(letter).text


@pytest.mark.parametrize("category", [Category.NOISE, Category.PESTS, Category.LOST_RESERVATION])
def test_a_grave_or_delicate_apology_waits_for_a_person(quay: House, category: Category) -> None:
    grave = make.make_complaint(house=quay, category=category, stay_ref=make.RETURN)
    letter = draft(quay, grave)

    run_due(at=travel.now() + 5 * HOUR)

    assert (letter.mode, again(letter).state) == (MailMode.PERSON, LetterState.DRAFT)


def test_in_a_small_house_it_waits_for_a_person(db: None) -> None:
    small = make.make_house(kind=HouseKind.SMALL)
    slow = make.make_complaint(house=small, category=Category.SLOW_SERVICE)

    assert draft(small, slow).mode == MailMode.PERSON


def test_what_is_not_complete_when_its_time_comes_is_held_for_a_person(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow, words=LetterWords(wrong="Breakfast came at ten."))

    run_due(at=travel.now() + 2 * HOUR)

    held = again(letter)
    assert (held.state, held.held_because) == (LetterState.DRAFT, HoldReason.PERSON)
    assert waiting(slow)[0].title.startswith("Held: written apology")


def test_a_guest_who_said_stop_gets_nothing_by_itself(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    letter.party.stopped_writing_at = travel.now()
    letter.party.save()

    run_due(at=travel.now() + 2 * HOUR)

    assert again(letter).state is LetterState.STOPPED
    assert waiting(slow) == []


# --- held until the guest is answered ------------------------------------------------------------


def test_we_never_talk_over_the_guest(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    travel.later(hours=1)
    write_to_us(quay, slow)

    run_due(at=travel.now() + 1 * HOUR)

    held = again(letter)
    assert (held.state, held.held_because) == (LetterState.DRAFT, HoldReason.UNANSWERED)
    assert "nobody has answered" in waiting(slow)[0].title
    assert slow.timeline.filter(kind=EventKind.LETTER_HELD).exists()


def test_the_answer_lets_go_what_waited_for_it(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow)
    travel.later(hours=1)
    write_to_us(quay, slow)
    run_due(at=travel.now() + 1 * HOUR)

    actions.acknowledge(complaint=slow, by=quay.by_desk, channel=Channel.PHONE)

    released = again(letter)
    assert (released.state, released.held_because) == (LetterState.RELEASED, "")
    assert waiting(slow) == []


def test_a_reply_is_an_answer(quay: House, slow: Complaint) -> None:
    write_to_us(quay, slow)
    letter = draft(quay, slow, kind=LetterKind.REPLY, words=LetterWords(answer="Today at four."))

    actions.release_letter(letter=letter, by=quay.by_manager)

    slow.refresh_from_db()
    assert slow.acknowledged_at is not None
    assert not Task.objects.open().filter(complaint=slow, fulfils="answer").exists()


# --- what a release refuses ----------------------------------------------------------------------


def test_a_text_without_what_it_must_say_is_a_draft_and_no_letter(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow, kind=LetterKind.SOLVED, words=LetterWords())

    with pytest.raises(errors.LetterNotSendable) as refusal:
        actions.release_letter(letter=letter, by=quay.by_manager)

    assert "what was done" in refusal.value.sentence


def test_a_first_answer_needs_a_promise_that_somebody_has_accepted(quay: House, slow: Complaint) -> None:
    words = LetterWords(understood="Breakfast came at ten.", promise="It comes at eight tomorrow.")
    letter = draft(quay, slow, kind=LetterKind.ACKNOWLEDGEMENT, words=words)
    with pytest.raises(errors.LetterNotSendable, match="said yes"):
        actions.release_letter(letter=letter, by=quay.by_manager)

    task = make.make_task(complaint=slow, by=quay.by_desk, told_guest=True)
    actions.accept_task(task=task, by=quay.by_desk)
    again_drafted = draft(quay, slow, kind=LetterKind.ACKNOWLEDGEMENT, words=words)
    released = actions.release_letter(letter=again_drafted, by=quay.by_manager)

    assert "13:12" in released.text


def test_what_should_have_gone_long_ago_is_told_by_telephone(quay: House, complaint: Complaint) -> None:
    letter = make.make_walk_card(house=quay, complaint=complaint)
    travel.later(hours=7)

    with pytest.raises(errors.LetterTooLate):
        actions.release_letter(letter=letter, by=quay.by_manager)


def test_the_certificate_goes_to_nobody_who_may_not_have_it(quay: House, complaint: Complaint) -> None:
    payer = make.make_party(complaint=complaint, may_certificate=False, may_apology=False)
    letter_words = LetterWords(wrong="We had no room.", repairs=("The room elsewhere is paid.",))

    with pytest.raises(errors.NotForThisParty) as refusal:
        draft(quay, complaint, party=payer, words=letter_words)

    assert "Clara Whitfield" in refusal.value.sentence


def test_one_question_to_the_guest_at_a_time(quay: House, slow: Complaint) -> None:
    words = LetterWords(question="Which table was it?", question_why="So that we can ask who served it.")
    first = draft(quay, slow, kind=LetterKind.QUESTION, words=words)
    actions.release_letter(letter=first, by=quay.by_manager)
    second = draft(quay, slow, kind=LetterKind.QUESTION, words=words)

    with pytest.raises(errors.MailHeld, match="still open"):
        actions.release_letter(letter=second, by=quay.by_manager)

    travel.later(minutes=5)
    write_to_us(quay, slow)
    other = LetterWords(question="And which day?", question_why="The plan of the week tells us who.")
    third = draft(quay, slow, kind=LetterKind.QUESTION, words=other)
    assert actions.release_letter(letter=third, by=quay.by_manager).released_at is not None


def test_a_system_releases_no_reply(quay: House, slow: Complaint) -> None:
    letter = draft(quay, slow, kind=LetterKind.REPLY, words=LetterWords(answer="Yes."))

    with pytest.raises(errors.NeedsAPerson):
        actions.release_letter(letter=letter, by=Actor.system())


def test_what_waits_for_the_morning_waits_for_the_answer_to_the_guest_who_wrote_meanwhile(
    quay: House, slow: Complaint
) -> None:
    travel.go_to(dt.datetime(2027, 7, 17, 20, tzinfo=travel.BRISTOL))
    letter = draft(quay, slow)
    run_due(at=travel.now() + 2 * HOUR)
    assert again(letter).state is LetterState.RELEASED  # for eight in the morning

    write_to_us(quay, slow)

    assert again(letter).state is LetterState.STOPPED
    copy = Letter.objects.get(complaint=slow, kind=LetterKind.APOLOGY, held_because=HoldReason.UNANSWERED)
    actions.acknowledge(complaint=slow, by=quay.by_desk, channel=Channel.PHONE)
    run_due(at=travel.now() + 12 * HOUR)
    assert again(copy).state is LetterState.SENT
    assert again(letter).sent_at is None
