"""Own words: for a house or the group, locked or not; never a reason for a guest to hear nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from recovery import actions, errors
from recovery.actions import Actor
from recovery.actions.handlers import HANDLERS
from recovery.choices import Category, Channel, LanguageSource, LetterKind, MailMode, Role, TaskState
from recovery.letters.wording import starting_words
from recovery.models import Letter, LetterText, Party, Task
from recovery.outbox import relay
from recovery.outbox.enqueue import digest
from recovery.testing import run_due
from tests import factories as make
from tests.factories import House

from . import calls, travel

RECEIPT = LetterKind.RECEIPT
OURS, MINE, GROUPS = (
    "Thank you for telling us.\n\n[if",
    "Thank you, from all of us.\n\n[if",
    "The group says so.\n\n[if",
)


def words(new: str = MINE, *, kind: LetterKind = RECEIPT, language: str = "en", old: str = OURS) -> str:
    text = starting_words(kind, language)
    assert old in text
    return text.replace(old, new)


def save(house: House, by: Actor | None = None, *, code: str | None = None, **given: Any) -> LetterText:
    values: dict[str, Any] = {"kind": RECEIPT, "language": "en", "words": words()} | given
    values["property_code"] = house.code if code is None else code
    return actions.word_letter_text(by=by or house.by_general_manager, **values)


@pytest.fixture
def ida(db: None) -> Actor:
    """Who works for every house."""
    return Actor.for_staff(make.make_staff(name="Ida Holm", roles=(Role.GENERAL_MANAGER,), houses=()))


def receipt(house: House, **given: Any) -> Letter:
    complaint = make.make_complaint(
        house=house, channel=Channel.EMAIL, stay_ref="", property_code=house.code, **given
    )
    return Letter.objects.get(complaint=complaint, kind=RECEIPT)


def guest(name: str = "Clara Whitfield") -> actions.GuestInput:
    email = f"{name.replace(' ', '.').lower()}@example.org"
    return actions.GuestInput(name=name, email=email, language="en")


# --- whose words ---------------------------------------------------------------------------------


def test_a_house_says_it_in_its_own_words_and_the_other_house_in_ours(quay: House, strand: House) -> None:
    row = save(quay)

    mine, other = receipt(quay, guest=guest()), receipt(strand, guest=guest())

    assert "Thank you, from all of us." in mine.text and "Thank you, from all of us." in mine.html
    assert (mine.wording, other.wording) == (row, None)
    assert "Thank you for telling us." in other.text
    assert (row.version, row.edited_by, row.edited_at) == (1, "Helen Marsh", travel.now())
    assert row.mark == "QUAY:1"


def test_the_house_beats_the_group_and_the_group_beats_ours(quay: House, strand: House, ida: Actor) -> None:
    group = save(quay, ida, code="", words=words(GROUPS))
    own = save(quay)

    assert receipt(quay, guest=guest()).wording == own
    assert receipt(strand, guest=guest()).wording == group
    assert "The group says so." in Letter.objects.get(wording=group).text


def test_each_language_has_its_own(quay: House, strand: House) -> None:
    save(strand, language="da", words=words("Tak fra os alle.\n\n[if", language="da", old=_danish()))

    danish = receipt(strand, guest=actions.GuestInput(name="Bo Holm", email="bo@example.dk", language="da"))
    english = receipt(strand, guest=guest())

    assert "Tak fra os alle." in danish.text
    assert english.wording is None


def _danish() -> str:
    lines = starting_words(RECEIPT, "da").split("\n\n")
    first = next(part for part in lines[2:] if not part.startswith("["))
    return f"{first}\n\n[if"


def test_the_english_below_a_guess_is_in_the_houses_english(strand: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("da", "en")}
    row = save(strand)

    letter = receipt(strand, guest=actions.GuestInput(name="Jo Marks", email="jo@example.org"))

    party = Party.objects.get(pk=letter.party_id)
    assert (party.language, party.language_source) == ("da", LanguageSource.GUESSED)
    assert "Thank you, from all of us." in letter.text
    assert (letter.wording, letter.wording_below) == (None, row)


def test_a_number_is_never_two_texts_and_old_ones_stay(quay: House) -> None:
    first = save(quay)
    actions.withdraw_letter_text(
        by=quay.by_general_manager, kind=RECEIPT, language="en", property_code="QUAY"
    )
    second = save(quay, words=words("Thank you again.\n\n[if"))
    third = save(quay, words=words("Thank you once more.\n\n[if"))

    assert [first.version, second.version, third.version] == [1, 2, 3]
    assert LetterText.objects.active().get() == third
    assert LetterText.objects.get(pk=second.pk).retired_by == "Helen Marsh"


def test_what_is_released_keeps_its_words_and_a_draft_takes_the_new_ones(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    apology = words("Warm wishes,", kind=LetterKind.APOLOGY, old="Yours sincerely,")
    released = make.make_apology(house=quay, complaint=complaint)
    draft = make.make_letter(house=quay, complaint=complaint, kind=LetterKind.CARE_CONTACT, words=_care())
    before = Letter.objects.values().get(pk=released.pk)

    save(quay, kind=LetterKind.APOLOGY, words=apology)
    row = save(
        quay,
        kind=LetterKind.CARE_CONTACT,
        words=words("Warm wishes,", kind=LetterKind.CARE_CONTACT, old="Yours sincerely,"),
    )

    assert Letter.objects.values().get(pk=released.pk) == before
    sent = actions.release_letter(letter=draft, by=quay.by_general_manager, by_hand=True)
    assert "Warm wishes," in sent.text
    assert sent.wording == row


def _care() -> actions.LetterWords:
    return actions.LetterWords(care=("the doctor",))


def test_the_released_letter_says_which_version_it_was_later_too(quay: House) -> None:
    first = save(quay)
    letter = receipt(quay, guest=guest())

    save(quay, words=words("Thank you again.\n\n[if"))

    assert Letter.objects.get(pk=letter.pk).wording == first
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterText.objects.filter(pk=first.pk).delete()


def test_ours_come_back_and_own_words_are_kept(quay: House) -> None:
    save(quay)

    row = actions.withdraw_letter_text(
        by=quay.by_general_manager, kind=RECEIPT, language="en", property_code="QUAY"
    )

    assert (row.is_active, row.retired_at) == (False, travel.now())
    assert receipt(quay, guest=guest()).wording is None
    with pytest.raises(errors.NotWorded):
        actions.withdraw_letter_text(
            by=quay.by_general_manager, kind=RECEIPT, language="en", property_code="QUAY"
        )


# --- locks ---------------------------------------------------------------------------------------


def lock(by: Actor, **given: Any) -> LetterText:
    return actions.lock_letter_text(by=by, kind=RECEIPT, language="en", **given)


def test_what_the_group_has_locked_no_house_says_otherwise(quay: House, ida: Actor) -> None:
    own = save(quay)
    group = save(quay, ida, code="", words=words(GROUPS))

    row = lock(ida)

    assert (row, row.locked, row.locked_by, row.locked_at) == (group, True, "Ida Holm", travel.now())
    assert receipt(quay, guest=guest()).wording == group
    with pytest.raises(errors.LetterTextLocked, match="Ida Holm"):
        save(quay, words=words("Mine all the same.\n\n[if"))
    assert LetterText.objects.get(pk=own.pk).is_active


def test_unlocked_a_houses_own_words_hold_again(quay: House, ida: Actor) -> None:
    own = save(quay)
    save(quay, ida, code="", words=words(GROUPS))
    lock(ida)

    row = lock(ida, locked=False)

    assert (row.locked, row.locked_by, row.locked_at) == (False, "", None)
    assert receipt(quay, guest=guest()).wording == own


def test_a_new_version_of_what_is_locked_stays_locked(quay: House, ida: Actor) -> None:
    save(quay, ida, code="", words=words(GROUPS))
    lock(ida)

    row = save(quay, ida, code="")

    assert (row.version, row.locked, row.locked_by) == (2, True, "Ida Holm")


def test_only_own_words_of_the_group_can_be_locked(quay: House, ida: Actor) -> None:
    save(quay)

    with pytest.raises(errors.NotWorded):
        lock(ida)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterText.objects.update(locked=True)


def test_locking_twice_keeps_who_did_it_first(quay: House, ida: Actor) -> None:
    save(quay, ida, code="", words=words(GROUPS))
    lock(ida)

    assert lock(Actor.for_staff(make.make_staff(name="Eva Lund", houses=()))).locked_by == "Ida Holm"


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"kind": "brochure"}, errors.UnknownChoice),
        ({"kind": "receipt\x00"}, errors.UnknownChoice),
        ({"language": "nb"}, errors.LanguageNotSpoken),
        ({"language": "fr"}, errors.LanguageNotSpoken),
        ({"language": ""}, errors.LanguageNotSpoken),
        ({"language": "\u202een"}, errors.LanguageNotSpoken),
        ({"words": ""}, errors.TextMissing),
        ({"words": " \u200b\n"}, errors.TextMissing),
        ({"words": "x" * 1_000_000}, errors.TextTooLong),
        ({"words": "Hello."}, errors.BadLetterText),
        ({"code": "NOWHERE"}, errors.PropertyUnknown),
        ({"seen_version": 3}, errors.LetterTextChanged),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    quay: House, ida: Actor, given: dict[str, Any], refusal: type[errors.RecoveryError]
) -> None:
    before = calls.contents()

    with pytest.raises(refusal):
        save(quay, ida, **given)

    assert calls.contents() == before


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        ("Thank you {guest_nam}.\n\n[if", errors.PlaceholderUnknown),
        ("Thank you {guest_name.__class__}.\n\n[if", errors.PlaceholderBroken),
        ("Thank you, it is 20 EUR.\n\n[if", errors.FactTyped),
        ("We are sorry if you were disturbed.\n\n[if", errors.ToneRefused),
        ("Thank\x00 you.\n\n[if", errors.BadCharacters),
    ],
)
def test_words_are_read_before_they_are_saved(
    quay: House, new: str, refusal: type[errors.RecoveryError]
) -> None:
    before = calls.contents()

    with pytest.raises(refusal):
        save(quay, words=words(new))

    assert calls.contents() == before


def test_a_warning_does_not_keep_words_from_being_saved(quay: House) -> None:
    assert save(quay, words=words("Somebody will be with you shortly.\n\n[if")).version == 1


def test_only_who_works_for_every_house_speaks_for_every_house(quay: House, ida: Actor) -> None:
    save(quay, ida, code="")
    before = calls.contents()
    helen = quay.by_general_manager
    what: dict[str, Any] = {"by": helen, "kind": RECEIPT, "language": "en"}

    attempts: list[Callable[[], Any]] = [
        lambda: save(quay, code=""),
        lambda: actions.withdraw_letter_text(property_code="", **what),
        lambda: actions.lock_letter_text(**what),
        lambda: actions.lock_letter_text(locked=False, **what),
    ]
    for attempt in attempts:
        with pytest.raises(errors.NotAllowed):
            attempt()
    assert calls.contents() == before


def test_a_houses_words_are_changed_by_its_own_people_with_the_permission(
    quay: House, strand: House, hotel: Any
) -> None:
    hotel.access = {"ann": frozenset({"QUAY"}), "bob": frozenset({"QUAY"})}
    without = make.make_signed_in(username="bob", verbs=["edit_playbook"])
    allowed = make.make_signed_in(username="ann", verbs=["word_letter_text", "withdraw_letter_text"])

    for by, code in ((without, "QUAY"), (allowed, "STRAND"), (allowed, "")):
        with pytest.raises(errors.NotAllowed):
            save(quay, by, code=code)
    assert save(quay, allowed).edited_by == "Ann"


def test_the_second_of_two_editors_reads_what_the_first_one_did(quay: House) -> None:
    save(quay, seen_version=0)

    with pytest.raises(errors.LetterTextChanged):
        save(quay, seen_version=0, words=words("Mine.\n\n[if"))

    assert "from all of us" in LetterText.objects.active().get().text


def test_pressing_twice_saves_once(quay: House) -> None:
    first = save(quay, request_key="form-1")

    assert save(quay, request_key="form-1") == first
    assert LetterText.objects.count() == 1


def test_words_in_a_language_that_is_not_spoken_any_more_can_still_be_withdrawn(
    strand: House, settings: Any
) -> None:
    danish = words("Tak fra os alle.\n\n[if", language="da", old=_danish())
    save(strand, language="da", words=danish)
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("en",)}

    with pytest.raises(errors.LanguageNotSpoken):
        save(strand, language="da", words=danish)
    row = actions.withdraw_letter_text(
        by=strand.by_general_manager, kind=RECEIPT, language="da", property_code="STRAND"
    )

    assert not row.is_active


# --- broken words --------------------------------------------------------------------------------


def spoil(row: LetterText, text: str = "preheader: x\n\n{no_such_thing}\n") -> None:
    """As a later release or a hand in the database would."""
    LetterText.objects.filter(pk=row.pk).update(text=text)


def repairs(row: LetterText) -> list[Task]:
    return list(Task.objects.filter(unique_key=digest(f"letter-text:{row.pk}")))


def test_broken_words_stop_no_letter_and_one_task_says_which(quay: House) -> None:
    row = save(quay)
    spoil(row)

    letters = [receipt(quay, guest=guest(f"Guest {number}")) for number in ("One", "Two", "Three")]
    travel.later(minutes=3)
    relay.deliver(handlers=HANDLERS)

    assert [Letter.objects.get(pk=letter.pk).sent_at for letter in letters] == [travel.now()] * 3
    assert len([each for each in mail.outbox if "Thank you for telling us." in each.body]) == 3
    assert [letter.wording for letter in letters] == [None] * 3
    [task] = repairs(row)
    assert task.title == "Put right own words: receipt (en) of QUAY"
    assert "Version 1" in task.detail and "recovery_check_texts" in task.detail
    assert task.assignee == quay.general_manager


def test_broken_words_of_a_house_give_way_to_the_groups(quay: House, ida: Actor) -> None:
    group = save(quay, ida, code="", words=words(GROUPS))
    own = save(quay)
    spoil(own)

    letter = receipt(quay, guest=guest())

    assert letter.wording == group
    assert len(repairs(own)) == 1 and repairs(group) == []


def test_broken_words_that_are_locked_give_way_to_ours_and_not_to_the_houses(quay: House, ida: Actor) -> None:
    save(quay)
    group = save(quay, ida, code="", words=words(GROUPS))
    lock(ida)
    spoil(group)

    letter = receipt(quay, guest=guest())

    assert letter.wording is None
    assert "Thank you for telling us." in letter.text
    assert len(repairs(group)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no header at all {",
        "preheader: x\n\nDear {guest_name},\n",
        "preheader: {guest_name.__class__}\n\nHello\n",
        "preheader: x\n\n[include=../../../etc/passwd]\n",
        "preheader: x\n\n\ue000certificate_code\ue001 {guest_name} {signatory_name}\n\n[include=footer]\n",
        "\x01",  # because PostgreSQL cannot even hold a NUL
    ],
)
def test_whatever_stands_in_the_table_the_guest_gets_a_letter(quay: House, text: str) -> None:
    row = save(quay)
    spoil(row, text)

    letter = receipt(quay, guest=guest())

    assert "Thank you for telling us." in letter.text
    assert len(repairs(row)) == 1


def test_put_right_the_next_letter_has_own_words_and_a_new_fault_is_a_new_task(quay: House) -> None:
    row = save(quay)
    spoil(row)
    receipt(quay, guest=guest())
    [task] = repairs(row)
    again = save(quay)

    assert receipt(quay, guest=guest("Guest Two")).wording == again
    actions.keep_task(task=task, by=quay.by_general_manager)
    assert Task.objects.get(pk=task.pk).state is TaskState.DONE

    spoil(again)
    receipt(quay, guest=guest("Guest Three"))
    assert len(repairs(again)) == 1


def test_a_draft_that_waits_for_its_moment_goes_though_its_words_broke_meanwhile(quay: House) -> None:
    """The queue itself meets the broken words: the veto has ended, and nobody presses anything."""
    slow = make.make_complaint(house=quay, category=Category.SLOW_SERVICE, stay_ref=make.RETURN)
    warm = words("Warm wishes,", kind=LetterKind.APOLOGY, old="Yours sincerely,")
    row = save(quay, kind=LetterKind.APOLOGY, words=warm)
    draft = make.make_letter(house=quay, complaint=slow)
    assert (draft.mode, draft.wording) == (MailMode.VETO, row)
    assert "Warm wishes," in draft.text
    spoil(row)
    other = receipt(quay, guest=guest())

    run_due(at=travel.now() + dt.timedelta(hours=3))

    letter = Letter.objects.get(pk=draft.pk)
    assert letter.sent_at is not None and Letter.objects.get(pk=other.pk).sent_at is not None
    assert "Yours sincerely," in letter.text
    assert letter.wording is None
    assert len(repairs(row)) == 1


# --- cost ----------------------------------------------------------------------------------------


def test_whose_words_hold_takes_one_query(quay: House, django_assert_num_queries: Any) -> None:
    save(quay)
    pairs = [(kind, code) for kind in LetterKind.values for code in ("en", "da")]

    with django_assert_num_queries(1):
        chains = LetterText.objects.chains("QUAY", pairs)

    assert len(chains) == len(pairs)
    assert [row.mark for row in chains["receipt", "en"]] == ["QUAY:1"]
