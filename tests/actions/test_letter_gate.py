"""What stops a letter, who may let it go all the same, and who reads it first."""

from __future__ import annotations

import dataclasses

import pytest
from django.contrib.auth.models import User

from recovery import actions, testing
from recovery.actions import Actor, LetterWords, SetAside
from recovery.choices import (
    Category,
    EventKind,
    HoldKind,
    Lamp,
    LampGap,
    LetterKind,
    LetterState,
    Reading,
    TaskKind,
)
from recovery.errors import (
    LetterBlocked,
    LetterForbidden,
    NeedsSecondReader,
    NeedsSelfCheck,
    ReasonMissing,
    SelfCheckTooSoon,
)
from recovery.models import Complaint, Letter, Override, StaffMember, Task
from tests import factories as make
from tests.actions import calls, travel
from tests.factories import House

pytestmark = pytest.mark.django_db

BLAMES = dataclasses.replace(make.WORDS, explanation="This was entirely the laundry contractor's fault.")
SUPPLIER = "BLAME_SUPPLIER"
BECAUSE = SetAside(codes=(SUPPLIER,), reason="the guest asked for their name")


@pytest.fixture
def wifi(quay: House) -> Complaint:
    """Severity 2: one pair of eyes is enough."""
    return make.make_complaint(house=quay, category=Category.WIFI)


def send(quay: House, complaint: Complaint, words: LetterWords, **more: object) -> Letter:
    return actions.send_written_apology(
        complaint=complaint,
        by=quay.by_general_manager,
        words=words,
        nights=0,
        **more,  # type: ignore[arg-type]
    )


# --- stopped -------------------------------------------------------------------------------------


def test_a_sentence_that_blames_stops_the_letter_and_is_shown(quay: House, wifi: Complaint) -> None:
    before = calls.contents()

    with pytest.raises(LetterBlocked, match="blames whom we hired") as refusal:
        send(quay, wifi, BLAMES)

    (found,) = refusal.value.params["findings"]
    assert (found["code"], found["severity"]) == (SUPPLIER, "block")
    assert found["why"]
    assert found["better"]
    assert calls.contents() == before


def test_every_text_of_a_person_is_read_not_only_apologies(quay: House, wifi: Complaint) -> None:
    words = LetterWords(answer="You should have told us at check-in.")
    letter = make.make_letter(house=quay, complaint=wifi, kind=LetterKind.REPLY, words=words)

    with pytest.raises(LetterBlocked, match="blames the guest"):
        actions.release_letter(letter=letter, by=quay.by_manager)


def test_an_amount_that_nobody_approved_stops_it(quay: House, wifi: Complaint) -> None:
    words = dataclasses.replace(make.WORDS, repairs=("We pay £85 back to your card.",))

    with pytest.raises(LetterBlocked, match="£85"):
        send(quay, wifi, words)

    make.make_compensation(house=quay, complaint=wifi, face=85, what="The night")
    assert send(quay, wifi, words).released_at is not None


def test_somebody_on_the_way_is_a_nuisance_at_two_and_stops_it_from_three(quay: House) -> None:
    vague = dataclasses.replace(make.WORDS, own_sentence="A manager will call you back soon.")
    small = make.make_complaint(house=quay, category=Category.WIFI)
    assert send(quay, small, vague).released_at is not None

    with pytest.raises(LetterBlocked, match="without a name or a time"):
        send(quay, make.make_complaint(house=quay, stay_ref=make.RETURN), vague)


def test_from_three_on_a_sentence_speaks_of_what_this_guest_said(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    actions.confirm_restatement(
        complaint=complaint,
        by=quay.by_desk,
        restatement="The organist never got the keys",
        confirmation="yes",  # type: ignore[arg-type]
    )

    with pytest.raises(LetterBlocked, match="no sentence for this guest"):
        send(quay, complaint, make.WORDS)

    own = dataclasses.replace(make.WORDS, own_sentence="Your organist has the keys since noon on Saturday.")
    with pytest.raises(LetterBlocked, match="noon"):
        send(quay, complaint, own)
    assert send(quay, complaint, dataclasses.replace(own, own_sentence="Your organist has the keys."))


# --- all the same --------------------------------------------------------------------------------


def test_a_named_person_can_let_it_go_and_answers_for_it(quay: House, wifi: Complaint) -> None:
    letter = send(quay, wifi, BLAMES, set_aside=BECAUSE)

    row = Override.objects.get()
    assert (row.letter, row.rule, row.by) == (letter, SUPPLIER, "Helen Marsh")
    assert "laundry contractor" in row.words
    assert row.reason == "the guest asked for their name"
    assert wifi.timeline.get(kind=EventKind.OVERRIDDEN).data["rule"] == SUPPLIER


def test_a_reason_covers_what_was_seen_and_nothing_else(quay: House, wifi: Complaint) -> None:
    both = dataclasses.replace(BLAMES, own_sentence="You should have told us at check-in.")

    with pytest.raises(LetterBlocked, match="blames the guest") as refusal:
        send(quay, wifi, both, set_aside=BECAUSE)

    assert [each["code"] for each in refusal.value.params["findings"]] == ["BLAME_GUEST"]
    assert not Override.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\u2060"])
def test_a_reason_is_a_reason(quay: House, wifi: Complaint, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        send(quay, wifi, BLAMES, set_aside=SetAside(codes=(SUPPLIER,), reason=reason))


def test_a_reward_for_a_review_goes_for_no_reason(quay: House, wifi: Complaint) -> None:
    words = dataclasses.replace(
        make.WORDS, own_sentence="We will refund the night if you delete your review."
    )

    with pytest.raises(LetterForbidden, match="delete your review"):
        send(quay, wifi, words, set_aside=SetAside(codes=("REVIEW_PRESSURE",), reason="he asked"))


def test_the_lamp_respected_is_off_for_good(quay: House, wifi: Complaint) -> None:
    send(quay, wifi, BLAMES, set_aside=BECAUSE)
    wifi.refresh_from_db()

    (listed,) = Complaint.objects.filter(pk=wifi.pk).with_lamps()

    for complaint in (wifi, listed):
        (respected,) = (lamp for lamp in complaint.lamps if lamp.lamp is Lamp.RESPECTED)
        assert LampGap.BLAMED in respected.missing


def test_words_that_were_stopped_after_all_dim_no_lamp(quay: House, wifi: Complaint) -> None:
    letter = send(quay, wifi, BLAMES, set_aside=BECAUSE)
    actions.stop_letter(letter=letter, by=quay.by_manager, reason="better words")

    (respected,) = (lamp for lamp in wifi.lamps if lamp.lamp is Lamp.RESPECTED)

    assert LampGap.BLAMED not in respected.missing


# --- the second reader ---------------------------------------------------------------------------


def with_accounts(*people: StaffMember) -> None:
    """They can sign in, so they can read it."""
    for person in people:
        person.user = User.objects.create_user(username=f"reader{person.pk}")
        person.save()


def test_from_four_on_it_waits_for_a_colleague_who_is_asked(quay: House, complaint: Complaint) -> None:
    with_accounts(quay.desk, quay.manager)

    letter = send(quay, complaint, make.WORDS)

    assert letter.state is LetterState.DRAFT
    task = Task.objects.open().get(kind=TaskKind.LETTER)
    assert task.assignee in (quay.desk, quay.manager)
    with pytest.raises(NeedsSecondReader, match=task.assignee.name):
        actions.release_letter(letter=letter, by=quay.by_general_manager)

    sent = actions.release_letter(letter=letter, by=quay.by_desk)

    assert (sent.released_by, sent.reading) == (quay.desk.name, Reading.SECOND)
    assert not Task.objects.open().filter(kind=TaskKind.LETTER).exists()


def test_the_writer_is_the_same_person_at_every_door(quay: House, complaint: Complaint) -> None:
    with_accounts(quay.desk, quay.general_manager)
    letter = send(quay, complaint, make.WORDS)

    account = User.objects.get(pk=quay.general_manager.user.pk)
    testing.allow(account, "release_letter")
    again = Actor.for_user(account)

    with pytest.raises(NeedsSecondReader):
        actions.release_letter(letter=letter, by=again, self_checked=True)


def test_who_is_named_in_the_complaint_is_no_reader(quay: House, complaint: Complaint) -> None:
    with_accounts(quay.desk, quay.manager)
    actions.name_staff(complaint=complaint, by=quay.by_general_manager, people=[quay.manager])

    letter = send(quay, complaint, make.WORDS)

    with pytest.raises(NeedsSecondReader) as refusal:
        actions.release_letter(letter=letter, by=quay.by_general_manager)
    assert refusal.value.params["names"] == quay.desk.name


def test_who_is_alone_waits_a_quarter_of_an_hour_and_says_so(quay: House, complaint: Complaint) -> None:
    letter = send(quay, complaint, make.WORDS)
    alone = quay.by_general_manager

    with pytest.raises(SelfCheckTooSoon):
        actions.release_letter(letter=letter, by=alone, self_checked=True)
    travel.later(minutes=15)
    with pytest.raises(NeedsSelfCheck):
        actions.release_letter(letter=letter, by=alone)

    assert actions.release_letter(letter=letter, by=alone, self_checked=True).reading == Reading.SELF


def test_what_the_writer_answered_for_is_not_asked_again(quay: House, complaint: Complaint) -> None:
    letter = send(quay, complaint, BLAMES, set_aside=BECAUSE)

    assert actions.release_letter(letter=letter, by=quay.by_desk).released_at is not None
    assert Override.objects.get().by == "Helen Marsh"


def test_paper_stays_paper_for_the_reader(quay: House, complaint: Complaint) -> None:
    letter = send(quay, complaint, make.WORDS, by_hand=True)

    assert actions.release_letter(letter=letter, by=quay.by_desk).by_hand


def test_what_was_answered_for_covers_its_own_words_alone(quay: House, wifi: Complaint) -> None:
    letter = make.make_letter(house=quay, complaint=wifi, words=BLAMES)
    Override.objects.create(
        complaint=wifi, letter=letter, rule=SUPPLIER, words="other words", reason="x", by="A", at=travel.now()
    )

    with pytest.raises(LetterBlocked):
        actions.release_letter(letter=letter, by=quay.by_manager)


def test_after_a_hold_a_grave_letter_waits_for_a_reader_again(quay: House, complaint: Complaint) -> None:
    with_accounts(quay.desk, quay.general_manager)
    letter = send(quay, complaint, make.WORDS)
    actions.release_letter(letter=letter, by=quay.by_desk)
    actions.set_hold(complaint=complaint, by=quay.by_manager, kind=HoldKind.LAWYER, reason="a letter came")
    actions.lift_hold(complaint=complaint, by=quay.by_manager, reason="settled")

    draft = Letter.objects.get(complaint=complaint, kind=LetterKind.APOLOGY, stopped_at__isnull=True)

    assert draft.reading == ""
    task = Task.objects.open().get(complaint=complaint, kind=TaskKind.LETTER)
    assert task.assignee == quay.desk
