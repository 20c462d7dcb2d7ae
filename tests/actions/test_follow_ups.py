"""Mail that nobody presses: the question once more, and “we are still at it”."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import actions
from recovery.actions import GuestInput, LetterWords
from recovery.actions.follow_ups import QuestionHandler
from recovery.choices import Category, Channel, ContactKind, LetterKind, LetterState, OutboxState, TaskKind
from recovery.models import Complaint, Letter, OutboxMessage, Task
from recovery.testing import run_due
from tests import factories as make
from tests.factories import House

from . import travel

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
QUESTION = LetterWords(question="Which bag was it?", question_why="The workshop sends a wheel.")


@pytest.fixture
def written(quay: House) -> Complaint:
    """Somebody who wrote, and was answered by a person."""
    complaint = make.make_complaint(
        house=quay,
        category=Category.WIFI,
        channel=Channel.EMAIL,
        stay_ref="",
        property_code=quay.code,
        guest=GuestInput(name="Noor Haddad", email="noor@example.net", email_read_back=True, language="en"),
    )
    run_due(at=travel.later(minutes=30))
    actions.acknowledge(complaint=complaint, by=quay.by_desk, channel=Channel.PHONE)
    return complaint


def letters(complaint: Complaint, kind: LetterKind) -> list[Letter]:
    return list(Letter.objects.filter(complaint=complaint, kind=kind).order_by("pk"))


def ask(house: House, complaint: Complaint) -> Letter:
    letter = make.make_letter(house=house, complaint=complaint, kind=LetterKind.QUESTION, words=QUESTION)
    actions.release_letter(letter=letter, by=house.by_manager)
    run_due(at=travel.later(minutes=5))
    letter.refresh_from_db()
    assert letter.state is LetterState.SENT
    return letter


def promise(house: House, complaint: Complaint, *, days: int = 5) -> Task:
    task = make.make_task(
        complaint=complaint, by=house.by_desk, due_at=travel.now() + days * DAY, told_guest=True
    )
    return actions.accept_task(task=task, by=house.by_desk)


def touch(house: House, complaint: Complaint) -> None:
    """A person does something that the guest does not hear of."""
    make.make_task(
        complaint=complaint, by=house.by_desk, due_at=travel.now() + 3 * DAY, title="Ring the firm"
    )


# --- the question ----------------------------------------------------------------------------------


def test_a_question_is_repeated_once_after_three_days(quay: House, written: Complaint) -> None:
    ask(quay, written)

    run_due(at=travel.now() + 2 * DAY)
    assert letters(written, LetterKind.QUESTION_REMINDER) == []
    run_due(at=travel.now() + 10 * DAY)

    (reminder,) = letters(written, LetterKind.QUESTION_REMINDER)
    assert reminder.state is LetterState.SENT
    assert "Which bag was it?" in reminder.text
    assert reminder.sent_at is not None
    assert 9 <= reminder.sent_at.astimezone(travel.BRISTOL).hour < 19


@pytest.mark.parametrize("how", ["mail", "voice", "done", "not needed", "solved", "closed", "stop"])
def test_what_makes_a_reminder_needless(quay: House, written: Complaint, how: str) -> None:
    asked = ask(quay, written)
    task = Task.objects.get(pk=asked.task_id)
    run_due(at=travel.now() + DAY)
    match how:
        case "mail" | "voice":
            channel = Channel.EMAIL if how == "mail" else Channel.PHONE
            actions.add_contact(
                complaint=written, by=quay.by_desk, kind=ContactKind.ANSWER, channel=channel, words="The grey"
            )
        case "done":
            actions.keep_task(task=task, by=quay.by_desk)
        case "not needed":
            actions.withdraw_task(task=task, by=quay.by_desk, reason="we know")
        case "solved":
            make.solve(house=quay, complaint=written)
        case "closed":
            make.close(house=quay, complaint=written)
        case "stop":
            party = make.guest_of(written)
            actions.stop_writing_to(party=party, by=quay.by_desk, stop=True, reason="on the phone")

    run_due(at=travel.now() + 5 * DAY)

    assert letters(written, LetterKind.QUESTION_REMINDER) == []
    task.refresh_from_db()
    assert task.is_open is (how in ("solved", "stop"))


def test_a_reminder_that_waits_is_stopped_by_the_answer(quay: House, written: Complaint) -> None:
    ask(quay, written)
    row = OutboxMessage.objects.get(kind="mail.question")
    travel.go_to(row.due_at)
    OutboxMessage.objects.filter(kind="letter.mail").exclude(state=OutboxState.SENT).delete()
    handler = QuestionHandler()
    for _run in range(3):  # a killed worker runs it again
        handler.settled(row, state=OutboxState.SENT, now=travel.now())
    (reminder,) = letters(written, LetterKind.QUESTION_REMINDER)
    assert reminder.state is LetterState.RELEASED

    actions.add_contact(
        complaint=written,
        by=quay.by_desk,
        kind=ContactKind.ANSWER,
        channel=Channel.PHONE,
        words="The grey one",
    )

    reminder.refresh_from_db()
    assert reminder.state is LetterState.STOPPED


def test_too_late_nothing_goes_and_one_task_is_for_now(quay: House, written: Complaint) -> None:
    asked = ask(quay, written)
    travel.later(days=6)  # nobody delivered anything meanwhile

    run_due(at=travel.now())

    assert letters(written, LetterKind.QUESTION_REMINDER) == []
    open_tasks = Task.objects.open().filter(complaint=written, kind=TaskKind.CALL)
    assert [task.pk for task in open_tasks] == [asked.task_id]
    assert open_tasks[0].due_at <= travel.now() + HOUR


# --- the news --------------------------------------------------------------------------------------


def test_a_guest_who_waits_for_a_day_hears_once_that_we_are_at_it(quay: House, written: Complaint) -> None:
    promise(quay, written)
    run_due(at=travel.now() + 20 * HOUR)
    touch(quay, written)
    run_due(at=travel.now() + 12 * HOUR)

    (news,) = letters(written, LetterKind.NO_NEWS)
    assert news.state is LetterState.SENT
    touch(quay, written)
    run_due(at=travel.now() + 40 * HOUR)

    assert len(letters(written, LetterKind.NO_NEWS)) == 1
    assert Task.objects.open().filter(complaint=written, title__startswith="Tell ").count() == 1


def test_nobody_was_at_it_so_a_person_says_how_it_stands(quay: House, written: Complaint) -> None:
    promise(quay, written)

    run_due(at=travel.now() + 40 * HOUR)

    assert letters(written, LetterKind.NO_NEWS) == []
    assert Task.objects.open().filter(complaint=written, title__startswith="Tell ").count() == 1


@pytest.mark.parametrize("how", ["kept", "withdrawn", "broken", "solved", "moved near"])
def test_there_is_no_news_of_a_promise_that_is_over(quay: House, written: Complaint, how: str) -> None:
    task = promise(quay, written)
    run_due(at=travel.now() + 20 * HOUR)
    touch(quay, written)
    match how:
        case "kept":
            actions.keep_task(task=task, by=quay.by_desk)
        case "withdrawn":
            actions.withdraw_task(task=task, by=quay.by_desk, reason="not needed")
        case "broken":
            actions.break_task(task=task, by=quay.by_desk, reason="no part to be had")
        case "solved":
            make.solve(house=quay, complaint=written)
        case "moved near":
            actions.move_task(
                task=task, by=quay.by_desk, due_at=task.due_at + HOUR, reason="the part", told_guest=True
            )

    run_due(at=travel.now() + 20 * HOUR)

    assert letters(written, LetterKind.NO_NEWS) == []


def test_somebody_who_only_spoke_to_us_is_not_written_to(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.WIFI, stay_ref="", property_code=quay.code)

    promise(quay, complaint)

    assert not OutboxMessage.objects.filter(kind="mail.news").exists()
