"""From draft to frozen: what a letter needs, what it must not say, who presses, and when it goes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import Actor, GuestInput, LetterWords, letter_steps
from recovery.choices import (
    ApologyPart,
    Category,
    LetterKind,
    LetterState,
    LinkPurpose,
    MailMode,
    Severity,
    Stance,
)
from recovery.errors import LetterBlocked
from recovery.models import Apology, Complaint, GuestLink, Letter, OutboxMessage
from tests import factories as make
from tests.factories import House

from . import calls


def message_of(letter: Letter) -> OutboxMessage:
    return OutboxMessage.objects.get(payload__letter=letter.pk)


def without(*names: str) -> LetterWords:
    empty: dict[str, Any] = {name: () if name == "repairs" else "" for name in names}
    return dataclasses.replace(make.WORDS, **empty)


# --- stances (S0-05, S0-21, S2-13) ---------------------------------------------------------------


def test_a_letter_of_responsibility_has_its_components(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    parts = set(Apology.objects.get(letter=letter).parts)
    assert {"regret", "responsibility", "repair", "explanation"} <= parts
    assert letter_steps.frozen(letter).parts[0] is ApologyPart.REGRET


@pytest.mark.parametrize(
    ("missing", "word"),
    [
        (("repairs",), "what we do"),
        (("explanation", "changes"), "what happened / what changes"),
        (("wrong",), "wrong"),
    ],
)
def test_a_letter_of_responsibility_without_a_component_is_refused(
    quay: House, complaint: Complaint, missing: tuple[str, ...], word: str
) -> None:
    before = calls.contents()

    with pytest.raises(errors.RecoveryError) as refusal:
        make.make_apology(house=quay, complaint=complaint, words=without(*missing), nights=0)

    assert refusal.value.code in ("letter_not_sendable", "letter_failed")
    assert word in refusal.value.sentence
    assert calls.contents() == before


def test_an_explanation_without_a_repair_is_refused(quay: House, complaint: Complaint) -> None:
    words = LetterWords(wrong=make.WORDS.wrong, explanation=make.WORDS.explanation)

    with pytest.raises(errors.LetterNotSendable) as refusal:
        make.make_apology(house=quay, complaint=complaint, words=words, nights=0)

    assert "what we do" in refusal.value.sentence


def test_a_certificate_alone_is_a_repair(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint, words=without("repairs"))

    assert ApologyPart.REPAIR in letter_steps.frozen(letter).parts


def test_a_letter_of_regret_contains_no_admission(quay: House) -> None:
    injury = make.make_complaint(house=quay, category=Category.SAFETY)

    letter = make.make_apology(house=quay, complaint=injury, words=make.REGRET_WORDS, nights=0)

    parts = letter_steps.frozen(letter).parts
    assert set(parts) == {ApologyPart.REGRET, ApologyPart.REPAIR}
    assert "mistake is ours" not in letter.text


@pytest.mark.parametrize("field", ["explanation", "changes"])
def test_words_that_admit_have_no_place_in_a_letter_of_regret(quay: House, field: str) -> None:
    injury = make.make_complaint(house=quay, category=Category.SAFETY)
    words = dataclasses.replace(make.REGRET_WORDS, **{field: "The stairs were wet and it is our fault."})

    letter = make.make_apology(house=quay, complaint=injury, words=words, nights=0)

    assert "our fault" not in letter.text + letter.html


def test_a_draft_follows_the_stance_until_it_is_released(quay: House, complaint: Complaint) -> None:
    draft = make.make_letter(house=quay, complaint=complaint)
    assert "mistake is ours" in draft.text
    actions.set_stance(
        complaint=complaint, by=quay.by_manager, stance=Stance.REGRET, reason="the agency cancelled"
    )

    with pytest.raises(LetterBlocked, match="we had written it down for June"):
        actions.release_letter(letter=draft, by=quay.by_general_manager)
    words = actions.SetAside(codes=("STANCE_ADMITS",), reason="it is what happened, and blames nobody")
    released = actions.release_letter(letter=draft, by=quay.by_general_manager, set_aside=words)

    assert "mistake is ours" not in released.text
    assert Apology.objects.get().stance == Stance.REGRET


# --- frozen --------------------------------------------------------------------------------------


def test_what_was_released_never_changes(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    before = letter_steps.frozen(letter)
    make.edit_brand(name="The Renamed", phone="1", colour="#ff0000", address="Elsewhere")
    actions.relink_guest(
        complaint=complaint, by=quay.by_desk, guest=GuestInput(name="Dan Whitfield"), reason="misspelt"
    )

    after = letter_steps.frozen(Letter.objects.get(pk=letter.pk))

    assert (after.subject, after.text, after.html) == (before.subject, before.text, before.html)
    assert after.body_hash == before.body_hash == letter.body_hash
    assert after.blocks == before.blocks


def test_words_that_a_host_changes_later_do_not_reach_it(
    quay: House, complaint: Complaint, settings: Any, tmp_path: Path
) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    words = tmp_path / "recovery/letters/en/apology_letter.txt"
    words.parent.mkdir(parents=True)
    words.write_text("subject: New\npreheader: New\n\n[regret]\n{wrong} New words.\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]

    later = make.make_letter(house=quay, complaint=complaint)

    assert "New words." in later.text
    assert letter_steps.frozen(Letter.objects.get(pk=letter.pk)).text == letter.text


def test_secrets_are_slots_in_what_is_stored(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    assert "\ue000certificate_code\ue001" in letter.text
    assert set(letter_steps.frozen(letter).slots) == {"certificate_code", "certificate_link"}


def test_a_letter_is_released_once(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    with pytest.raises(errors.LetterNotDraft):
        actions.release_letter(letter=letter, by=quay.by_general_manager)


def test_the_same_text_is_not_sent_again(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint, nights=0)

    with pytest.raises(errors.LetterUnchanged):
        make.make_apology(house=quay, complaint=complaint, nights=0)


def test_the_same_text_on_another_complaint_of_the_guest_is_not_sent_either(
    quay: House, complaint: Complaint
) -> None:
    first = make.make_apology(house=quay, complaint=complaint, nights=0)
    other = make.make_complaint(house=quay)
    second = make.make_letter(house=quay, complaint=other)

    released = actions.release_letter(letter=second, by=quay.by_general_manager)

    # The reference at the end differs, so it is another text; and the thread is another one.
    assert released.body_hash != first.body_hash


def test_a_text_that_was_stopped_may_be_sent(quay: House, complaint: Complaint) -> None:
    first = make.make_apology(house=quay, complaint=complaint, nights=0)
    actions.stop_letter(letter=first, by=quay.by_general_manager, reason="too early")

    assert make.make_apology(house=quay, complaint=complaint, nights=0).state is LetterState.RELEASED


OTHER_WORDS = dataclasses.replace(make.WORDS, wrong="You stood at our desk, suit on your arm.")


def test_a_change_of_hand_is_said_in_the_letter(quay: House, complaint: Complaint) -> None:
    card = make.make_walk_card(house=quay, complaint=complaint)
    actions.release_letter(letter=card, by=quay.by_desk)

    letter = make.make_apology(house=quay, complaint=complaint)

    assert card.signatory == quay.manager and letter.signatory == quay.general_manager
    assert "Until now Tom Ridley has written to you; from here on" in " ".join(letter.text.split())
    assert "Until now" not in card.text


def test_a_draft_learns_who_wrote_meanwhile(quay: House, complaint: Complaint) -> None:
    draft = make.make_letter(house=quay, complaint=complaint)
    card = make.make_walk_card(house=quay, complaint=complaint)
    actions.release_letter(letter=card, by=quay.by_desk)

    letter = actions.release_letter(letter=draft, by=quay.by_general_manager)

    assert "Until now Tom Ridley" in " ".join(letter.text.split())


def test_a_guest_is_apologised_to_in_writing_once(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)

    with pytest.raises(errors.AlreadyApologised) as refusal:
        make.make_apology(house=quay, complaint=complaint, words=OTHER_WORDS, nights=0)

    assert "2027-07-17" in refusal.value.sentence
    assert Letter.objects.filter(kind=LetterKind.APOLOGY).count() == 1


def test_after_an_apology_that_was_stopped_another_can_go(quay: House, complaint: Complaint) -> None:
    first = make.make_apology(house=quay, complaint=complaint, nights=0)
    actions.stop_letter(letter=first, by=quay.by_manager, reason="the wrong name")

    assert make.make_apology(house=quay, complaint=complaint, words=OTHER_WORDS, nights=0).released_at


def test_a_new_failure_deserves_a_new_apology(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)
    actions.mark_solved(complaint=complaint, by=quay.by_manager, solution="A room at The Lantern House")
    actions.reopen(complaint=complaint, by=quay.by_manager, reason="the other hotel made them pay")

    assert make.make_apology(house=quay, complaint=complaint, words=OTHER_WORDS, nights=0).released_at


def test_regret_may_become_responsibility_in_a_second_letter(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.NOISE, severity=Severity.TOUCHED)
    make.make_apology(house=quay, complaint=complaint, words=make.REGRET_WORDS, nights=0)
    actions.set_stance(
        complaint=complaint, by=quay.by_manager, stance=Stance.RESPONSIBILITY, reason="we left the door open"
    )

    assert make.make_apology(house=quay, complaint=complaint, words=OTHER_WORDS, nights=0).released_at


def test_a_second_person_gets_the_same_text_as_a_letter_of_its_own(quay: House, complaint: Complaint) -> None:
    clara = make.make_party(complaint=complaint, email="clara@example.com", language="da")
    make.make_apology(house=quay, complaint=complaint, nights=0)

    hers = make.make_apology(house=quay, complaint=complaint, nights=0, party=clara)

    assert hers.language == "da"
    assert "Clara" in hers.text
    assert "Daniel" not in hers.text


def test_each_person_has_private_links(quay: House, complaint: Complaint) -> None:
    clara = make.make_party(complaint=complaint, email="clara@example.com")
    certificate = make.make_certificate(house=quay, complaint=complaint, send=False)
    for party in (clara, complaint.parties.order_by("pk")[0]):
        letter = make.make_letter(house=quay, complaint=complaint, party=party, certificate=certificate)
        actions.release_letter(letter=letter, by=quay.by_general_manager)

    links = GuestLink.objects.filter(purpose=LinkPurpose.CERTIFICATE)
    assert links.count() == 2
    assert len(set(links.values_list("digest", flat=True))) == 2


# --- who presses ---------------------------------------------------------------------------------


def test_the_system_alone_releases_no_apology_from_severity_three(quay: House) -> None:
    noise = make.make_complaint(house=quay, category=Category.NOISE)
    draft = make.make_letter(house=quay, complaint=noise)

    with pytest.raises(errors.NeedsAPerson) as refusal:
        actions.release_letter(letter=draft, by=Actor.system())

    assert "3" in refusal.value.sentence


def test_below_severity_three_a_host_may_let_the_system_release(quay: House) -> None:
    slow = make.make_complaint(house=quay, category=Category.SLOW_SERVICE)
    draft = make.make_letter(house=quay, complaint=slow)

    released = actions.release_letter(letter=draft, by=Actor.system())

    assert (released.released_by, released.mode) == ("", MailMode.VETO)


def test_below_severity_five_the_owner_signs(quay: House) -> None:
    noise = make.make_complaint(house=quay, category=Category.NOISE)

    assert make.make_letter(house=quay, complaint=noise).signatory == noise.owner


def test_whoever_left_signs_nothing(quay: House) -> None:
    noise = make.make_complaint(house=quay, category=Category.NOISE)
    gone = make.make_staff(name="Priya Nair", active_until=dt.date(2027, 7, 16))

    with pytest.raises(errors.OwnerNotHere):
        make.make_letter(house=quay, complaint=noise, signatory=gone)


def test_a_colleague_of_another_house_signs_nothing_here(quay: House, strand: House) -> None:
    noise = make.make_complaint(house=quay, category=Category.NOISE)

    with pytest.raises(errors.OwnerNotHere):
        make.make_letter(house=quay, complaint=noise, signatory=strand.general_manager)
