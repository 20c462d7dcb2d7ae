"""People in a story: a guardian for a minor, a hold, and drafts behind tasks."""

from __future__ import annotations

import pytest

from recovery import actions, errors
from recovery.actions import GuestInput
from recovery.actions.parties import recipient
from recovery.choices import HoldKind, HoldReason, LetterKind, LetterState, PartyRight, PartyRole, TaskKind
from recovery.models import Letter, Task
from tests import factories as make
from tests.factories import House


def test_the_guardian_gets_the_letter_and_the_minor_never(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    guest = make.guest_of(complaint)
    actions.change_party(party=guest, by=quay.by_desk, is_minor=True, reason="fifteen")
    guardian = actions.add_party(
        complaint=complaint,
        by=quay.by_desk,
        role=PartyRole.GUARDIAN,
        person=GuestInput(name="Ruth Whitfield", email="ruth@example.net", email_read_back=True),
    )

    assert recipient(complaint) == guardian
    with pytest.raises(errors.MinorNotWrittenTo):
        make.make_letter(house=quay, complaint=complaint, party=guest)
    with pytest.raises(errors.GuardianNeeded):
        actions.end_party(party=guardian, by=quay.by_desk, reason="gone")


def test_a_hold_keeps_every_letter_and_lifting_gives_it_back(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    letter = make.make_apology(house=quay, complaint=complaint, nights=0)

    actions.set_hold(complaint=complaint, by=quay.by_manager, kind=HoldKind.LAWYER, reason="a letter came")

    letter.refresh_from_db()
    assert letter.state is LetterState.STOPPED
    draft = Letter.objects.get(complaint=complaint, kind=LetterKind.APOLOGY, stopped_at__isnull=True)
    assert draft.held_because == HoldReason.ON_HOLD
    with pytest.raises(errors.MailHeld):
        actions.release_letter(letter=draft, by=quay.by_general_manager)
    actions.lift_hold(complaint=complaint, by=quay.by_manager, reason="settled")
    assert actions.release_letter(letter=draft, by=quay.by_desk).state is LetterState.RELEASED


def test_the_task_of_a_draft_is_not_taken_off_the_list(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    make.make_letter(house=quay, complaint=complaint)
    task = Task.objects.get(complaint=complaint, kind=TaskKind.LETTER)

    with pytest.raises(errors.LetterWaits):
        actions.withdraw_task(task=task, by=quay.by_desk, reason="not needed")
    with pytest.raises(errors.LetterWaits):
        actions.break_task(task=task, by=quay.by_desk, reason="not needed")


def test_who_may_have_no_certificate_any_more_gets_no_letter_with_its_code(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    letter = make.make_apology(house=quay, complaint=complaint)
    assert letter.certificate is not None

    actions.change_party(
        party=letter.party, by=quay.by_manager, may=[PartyRight.APOLOGY, PartyRight.STATUS], reason="asked"
    )

    letter.refresh_from_db()
    assert letter.state is LetterState.STOPPED
