"""Fourteen days of one walked guest: what reaches them, and never more than L1 and L2 allow."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from recovery import actions
from recovery.actions import LetterWords
from recovery.choices import Channel, ContactKind, LetterKind
from recovery.models import Complaint, Letter
from recovery.rules.mail_contract import CONTRACT
from recovery.rules.mail_policy import MERGE_WITHIN, PER_COMPLAINT, PER_DAY, PER_WEEK
from recovery.testing import run_due
from tests import factories as make
from tests.actions import travel
from tests.actions.test_guest_mail import pay
from tests.factories import House

pytestmark = pytest.mark.django_db

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def on(days: int, hour: int) -> dt.datetime:
    """That hour of the house, so many days after the wedding; everything due until then has happened."""
    moment = travel.WEDDING.replace(hour=hour, minute=0) + days * DAY
    run_due(at=moment)
    travel.go_to(moment)
    return moment


def live(quay: House) -> Complaint:
    """The desk, the other hotel, a mail of the guest, the apology, a question, money, the free night."""
    complaint = make.make_complaint(house=quay)
    card = make.make_walk_card(house=quay, complaint=complaint)
    actions.release_letter(letter=card, by=quay.by_desk)
    make.hear(house=quay, complaint=complaint)

    on(1, 9)
    actions.add_contact(
        complaint=complaint,
        by=quay.by_desk,
        kind=ContactKind.QUESTION,
        channel=Channel.EMAIL,
        words="Where is my other suitcase?",
    )
    on(1, 11)
    reply = make.make_letter(
        house=quay,
        complaint=complaint,
        kind=LetterKind.REPLY,
        words=LetterWords(answer="Your suitcase stands behind our desk."),
    )
    actions.release_letter(letter=reply, by=quay.by_manager)
    due = travel.now() + 7 * DAY
    task = make.make_task(complaint=complaint, by=quay.by_desk, due_at=due, told_guest=True)
    actions.accept_task(task=task, by=quay.by_desk)

    on(2, 10)
    make.solve(house=quay, complaint=complaint)
    own = LetterWords(
        wrong="You had booked with us in July; we had written it down for June, and then we cancelled it.",
        explanation="One of us typed the wrong month, and nobody read it back.",
        repairs=("Two nights at The Lantern House are paid.",),
        own_sentence="You booked in January, and six months later we had no room for it.",
    )
    letter = make.make_apology(house=quay, complaint=complaint, words=own)
    on(3, 10)
    ask = LetterWords(question="Which of the two suitcases is yours?", question_why="Both are grey.")
    question = make.make_letter(house=quay, complaint=complaint, kind=LetterKind.QUESTION, words=ask)
    actions.release_letter(letter=question, by=quay.by_manager)
    on(4, 10)
    pay(quay, complaint)
    on(6, 10)
    assert letter.certificate is not None
    make.make_entry(house=quay, certificate=letter.certificate)
    on(9, 10)
    actions.keep_task(task=task, by=quay.by_desk)
    on(14, 12)
    return Complaint.objects.get(pk=complaint.pk)


def test_a_walked_guest_gets_no_more_than_the_limits_allow(quay: House) -> None:
    complaint = live(quay)

    sent = list(Letter.objects.filter(complaint=complaint, sent_at__isnull=False).order_by("sent_at", "pk"))
    for letter in sent:
        who = letter.released_by or "by itself"
        print(f"{letter.sent_at.astimezone(travel.BRISTOL):%a %d %b %H:%M}  {letter.kind:<22} {who}")
    # What a person sent has been weighed; what the guest set off has limits of its own.
    counted = [
        row for row in sent if not row.released_by and not CONTRACT[LetterKind(row.kind)].exempt_from_counts
    ]
    kinds = [LetterKind(row.kind) for row in sent]
    assert {LetterKind.WALK_CARD, LetterKind.REPLY, LetterKind.APOLOGY, LetterKind.PAYMENT_DONE} <= set(kinds)
    assert LetterKind.SOLVED not in kinds, "the apology says it (L2)"
    for row in counted:
        before = [other.sent_at for other in counted if other.sent_at <= row.sent_at]
        assert sum(at > row.sent_at - DAY for at in before) <= PER_DAY, row.kind
        assert sum(at > row.sent_at - 7 * DAY for at in before) <= PER_WEEK, row.kind
        assert len(before) <= PER_COMPLAINT, row.kind
        assert 8 <= row.sent_at.astimezone(travel.BRISTOL).hour < 21, row.kind
    assert LetterKind.PAYMENT_DONE in {row.kind for row in counted}, "there was something to count"
    for earlier, later in itertools.pairwise(sent):
        assert later.released_by or later.sent_at - earlier.sent_at >= MERGE_WITHIN
    assert kinds.count(LetterKind.APOLOGY) == 1
