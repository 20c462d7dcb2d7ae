"""Mail that nobody presses: the question once more, and “we are still at it”.

Each is one outbox row that falls due when somebody should hear from us. There is nothing to send in that row:
its effect is written when it is settled, once, and looks at what is true then. Whoever makes it needless
cancels it in the same transaction. A row that comes too late sends nothing and asks somebody to ring.
"""

from __future__ import annotations

import datetime as dt

from ..choices import ActorKind, EventKind, Lane, LetterKind, OutboxState, PartyRight, TaskKind
from ..models import Letter, OutboxMessage, Party, Task, TimelineEvent
from ..outbox.channels import Channels
from ..outbox.enqueue import cancel_superseded, digest, enqueue
from ..rules import mail_policy
from . import guest_mail, houses, letter_steps, mail_situation, receipts, waiting_letters
from .actor import Actor
from .engine import Turn, turn_for_delivery
from .letter_facts import LetterWords
from .parties import recipient
from .tasks import AFTER_PROMISE, AFTER_TASK, ON_PROMISE, create_task, finish, withdraw

QUESTION_ONCE_MORE, NEWS_DUE = "mail.question", "mail.news"
BY = "follow-up"

#: A question is repeated after this, once; without an answer somebody rings.
ONCE_MORE_AFTER = dt.timedelta(days=3)
RING_AFTER = dt.timedelta(days=5)
#: A guest who waits for something in writing hears from us at least so often.
NEWS_EVERY = dt.timedelta(hours=24)
#: So shortly before it is due, the deed speaks, or the delay.
TOO_NEAR = dt.timedelta(hours=4)
#: A row that a worker finds later than this says nothing any more.
LATEST = dt.timedelta(hours=12)

#: With which the guest heard from us, by letter or by voice.
_WORDS_FROM_US = (
    EventKind.LETTER_SENT,
    EventKind.LETTER_HANDED_OVER,
    EventKind.ACKNOWLEDGED,
    EventKind.HAPPENING_TOLD,
    EventKind.APOLOGY_SPOKEN,
    EventKind.GUEST_TOLD,
)
_PEOPLE = (ActorKind.STAFF, ActorKind.STAFF_LINK)


# --- the question, once more ---------------------------------------------------------------------


def after_sending(turn: Turn, letter: Letter) -> None:
    """A question is with the guest: a task until it is answered, and one reminder."""
    if letter.kind != LetterKind.QUESTION:
        return
    profile = houses.profile_of(turn.complaint.property_code)
    letter.task = create_task(
        turn,
        kind=TaskKind.CALL,
        title=f"Ring {letter.party.name}: our question is not answered yet",
        detail="It ends by itself when the guest answers. Asked by telephone, or not needed any more? End it "
        "here: then no reminder goes.",
        assignee=turn.complaint.owner,
        due_at=turn.now + RING_AFTER,
        zone=profile.time_zone,
        unique_key=f"asked:{letter.pk}",
    )
    letter.save(update_fields=["task"])
    _plan(turn, kind=QUESTION_ONCE_MORE, key=f"asked:{letter.pk}", letter=letter.pk, after=ONCE_MORE_AFTER)


def answered(turn: Turn, *, how: str) -> None:
    """The guest got in touch: whatever they said counts as the answer (L13)."""
    waiting_letters.supersede(turn, EventKind.CONTACT_ADDED)
    for task in _open_questions(turn):
        finish(turn, task, evidence={"channel": how})


def not_needed(turn: Turn, *, reason: str) -> None:
    """It is over: nobody waits for the answer any more."""
    for task in _open_questions(turn):
        withdraw(turn, task, reason=reason)


def ring_instead(turn: Turn, letter: Letter) -> bool:
    """The reminder did not reach the guest: the task for its answer is for now. False: it is no reminder."""
    if letter.kind != LetterKind.QUESTION_REMINDER or letter.task is None or not letter.task.is_open:
        return False
    _ring_now(turn, letter.task)
    return True


def _open_questions(turn: Turn) -> list[Task]:
    asked = Letter.objects.filter(complaint=turn.complaint, kind=LetterKind.QUESTION, task__isnull=False)
    return list(Task.objects.open().filter(pk__in=asked.values("task")).order_by("pk"))


def _after_task(turn: Turn, task: Task) -> None:
    """The question is answered or not needed: neither the reminder nor the row that would write it goes."""
    if task.kind != TaskKind.CALL:
        return
    for letter in Letter.objects.filter(task=task).order_by("pk"):
        if letter.kind == LetterKind.QUESTION:
            cancel_superseded(supersede_key=f"asked:{letter.pk}", now=turn.now)
        elif letter.kind == LetterKind.QUESTION_REMINDER and letter.sent_at is None:
            letter_steps.stop(turn, letter, reason="the question is answered, or not needed any more")


AFTER_TASK.append(_after_task)


class QuestionHandler:
    """Three days after a question: once more, if nothing has come."""

    #: A second look finds the reminder of the first.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Nothing leaves the house here; the reminder is a letter of its own."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Write the reminder, or ask somebody to ring."""
        rows = Letter.objects.select_related("complaint__owner", "party", "task")
        letter = rows.filter(pk=message.payload["letter"]).first()
        if letter is None or letter.task is None:
            return
        turn = turn_for_delivery(letter.complaint, by=Actor.system(BY), now=now)
        task = turn.fresh(letter.task)
        if not task.is_open or turn.complaint.closed_at is not None or turn.complaint.solved_at is not None:
            return
        late = state is not OutboxState.SENT
        if late or not _can_be_written_to(turn, LetterKind.QUESTION_REMINDER, letter.party):
            _ring_now(turn, task)
            return
        _repeat(turn, letter, task)


@guest_mail.beside
def _repeat(turn: Turn, asked: Letter, task: Task) -> None:
    key = digest(f"reminder:{asked.pk}")
    if Letter.objects.filter(unique_key=key).exists():
        return
    words = LetterWords(question=asked.facts["question"], question_why=asked.facts["question_why"])
    letter = letter_steps.draft(
        turn, kind=LetterKind.QUESTION_REMINDER, party=asked.party, words=words, promise=task
    )
    _begin_once(turn, letter, key)


def _ring_now(turn: Turn, task: Task) -> None:
    """One task, not two: the one that waits for the answer is due within the hour."""
    task.due_at = min(task.due_at, turn.now + waiting_letters.RING_WITHIN)
    task.save(update_fields=["due_at"])


# --- still at it -----------------------------------------------------------------------------------


def plan_news(turn: Turn, task: Task) -> None:
    """A promise for another day to a guest who writes: in a day they hear how it stands."""
    is_theirs = task.is_promise and not task.fulfils
    if not is_theirs or mail_situation.guest_wrote_at(turn.complaint) is None:
        return
    _plan_news_at(turn, task, since=turn.now)


def after_move(turn: Turn, task: Task) -> None:
    """The promise has another time: what was written about the old one is untrue."""
    waiting_letters.stop_about(turn, task, reason="the promise has another time", kinds=(LetterKind.NO_NEWS,))
    cancel_superseded(supersede_key=_news_key(task), now=turn.now)
    plan_news(turn, task)


def _plan_news_at(turn: Turn, task: Task, *, since: dt.datetime) -> None:
    if since + NEWS_EVERY > task.due_at - TOO_NEAR:
        return
    key = _news_key(task)
    number = OutboxMessage.objects.filter(supersede_key=digest(key)).count()
    after = max(since + NEWS_EVERY - turn.now, dt.timedelta(0))
    _plan(turn, kind=NEWS_DUE, key=key, number=number, task=task.pk, after=after)


def _news_key(task: Task) -> str:
    return f"news:{task.pk}"


def _after_promise(turn: Turn, task: Task) -> None:
    cancel_superseded(supersede_key=_news_key(task), now=turn.now)


ON_PROMISE.append(plan_news)
AFTER_PROMISE.append(_after_promise)


class NewsHandler:
    """A day without a word from us, and the promise is still open: the guest hears how it stands."""

    #: A second look finds the letter of the first.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Nothing leaves the house here; the news is a letter of its own."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Write it, or ask the owner to; and look again in a day."""
        task = Task.objects.select_related("complaint__owner").filter(pk=message.payload["task"]).first()
        if task is None:
            return
        turn = turn_for_delivery(task.complaint, by=Actor.system(BY), now=now)
        task = turn.fresh(task)
        if not task.is_open or turn.complaint.solved_at is not None or turn.complaint.closed_at is not None:
            return
        heard = _heard_from_us(turn)
        if heard is not None and now - heard < NEWS_EVERY:
            _plan_news_at(turn, task, since=heard)
            return
        if task.due_at - now >= TOO_NEAR:
            party = recipient(turn.complaint, PartyRight.STATUS)
            late = state is not OutboxState.SENT
            if late or not _may_go_alone(turn, task, party):
                _ask_for_news(turn, party)
            else:
                _say_still_at_it(turn, task, party)
            _plan_news_at(turn, task, since=now)


def _may_go_alone(turn: Turn, task: Task, party: Party) -> bool:
    """Only where somebody is really at it, and nobody can say it by voice; once for a promise."""
    profile = houses.profile_of(turn.complaint.property_code)
    if houses.is_in_house(turn.complaint, today=houses.local_date(profile, turn.now)):
        return False
    touched = TimelineEvent.objects.filter(complaint=turn.complaint, actor_kind__in=_PEOPLE)
    return (
        task.accepted_at is not None
        and not task.is_not_happening
        and touched.filter(at__gt=turn.now - NEWS_EVERY).exists()
        and not Letter.objects.filter(unique_key=digest(_news_key(task))).exists()
        and _can_be_written_to(turn, LetterKind.NO_NEWS, party)
    )


@guest_mail.beside
def _say_still_at_it(turn: Turn, task: Task, party: Party) -> None:
    letter = letter_steps.draft(turn, kind=LetterKind.NO_NEWS, party=party, promise=task)
    _begin_once(turn, letter, digest(_news_key(task)))


def _ask_for_news(turn: Turn, party: Party) -> None:
    create_task(
        turn,
        kind=TaskKind.CALL,
        title=f"Tell {party.name} how it stands: for a day they have heard nothing from us",
        detail="What is done, what is not, who is at it, and when they hear from us again. By voice where "
        "the guest can be reached, else as “News”.",
        assignee=turn.complaint.owner,
        due_at=turn.now + TOO_NEAR,
        zone=houses.profile_of(turn.complaint.property_code).time_zone,
        unique_key=f"news:{turn.complaint.pk}",
    )


def _heard_from_us(turn: Turn) -> dt.datetime | None:
    """When the guest last had a word from us."""
    words = TimelineEvent.objects.filter(complaint=turn.complaint, kind__in=_WORDS_FROM_US)
    promises = Task.objects.filter(complaint=turn.complaint, told_guest_at__isnull=False)
    # That we answer is promised by the receipt, which is a letter.
    told = promises.exclude(fulfils=mail_situation.ANSWER).order_by("-told_guest_at")
    moments = [*words.order_by("-at").values_list("at", flat=True)[:1]]
    moments += told.values_list("told_guest_at", flat=True)[:1]
    return max(moments, default=None)


# --- both ------------------------------------------------------------------------------------------


def _plan(turn: Turn, *, kind: str, key: str, after: dt.timedelta, number: int = 0, **payload: int) -> None:
    """One row, out of the quiet hours of the house, so that what follows from it can go at once."""
    profile = houses.profile_of(turn.complaint.property_code)
    departed = mail_situation.is_departed(turn.complaint, profile, turn.now + after)
    due = mail_policy.after_quiet_hours(turn.now + after, zone=profile.time_zone, departed=departed)
    enqueue(
        kind=kind,
        key=f"{key}:{number}",
        payload=payload,
        now=turn.now,
        due_at=due,
        not_after=due + LATEST,
        lane=Lane.NORMAL,
        supersede_key=key,
        property_code=turn.complaint.property_code,
    )


def _begin_once(turn: Turn, letter: Letter, key: str) -> None:
    letter.unique_key = key
    letter.save(update_fields=["unique_key"])
    waiting_letters.begin(turn, letter)


def _can_be_written_to(turn: Turn, kind: LetterKind, party: Party) -> bool:
    return (
        party.may_receive(PartyRight.STATUS)
        and party.stopped_writing_at is None
        and receipts.is_readable(party)
        and receipts.can_send(turn.complaint)
        and not waiting_letters.is_off(turn, kind)
    )
