"""Own words are held against ours: every word may change, and no fact gets lost."""

from __future__ import annotations

from typing import Any

import pytest

from recovery import errors
from recovery.choices import LetterKind, Stance
from recovery.letters import preview
from recovery.letters.placeholders import ALLOWED
from recovery.letters.wording import check, is_sound, own_words, sample_facts, starting_words, unprintable
from recovery.letters.wording.problems import Problem
from recovery.letters.words import load

LANGUAGES = ("en", "da", "de", "fr", "es")
RECEIPT, APOLOGY = LetterKind.RECEIPT, LetterKind.APOLOGY


def changed(kind: LetterKind, *changes: tuple[str, str], language: str = "en") -> str:
    text = starting_words(kind, language)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def refusals(text: str, kind: LetterKind = RECEIPT, language: str = "en") -> list[errors.RecoveryError]:
    return [each.refusal for each in found(text, kind, language) if not each.is_warning]


def found(text: str, kind: LetterKind = RECEIPT, language: str = "en") -> list[Problem]:
    return check(text, kind=kind, language=language)


# --- ours ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_our_own_words_pass_their_own_check(kind: LetterKind, language: str) -> None:
    assert check(starting_words(kind, language), kind=kind, language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_made_up_letter_of_every_kind_can_be_shown(kind: LetterKind, language: str) -> None:
    for stance in Stance:
        full = preview(sample_facts(kind, language, stance=stance))
        least = preview(sample_facts(kind, language, stance=stance, is_least=True))

        assert len(full.text) >= len(least.text) > 100
        assert "{" not in full.text + least.text


def test_in_a_language_that_a_host_has_added_the_sentences_are_english() -> None:
    assert sample_facts(RECEIPT, "nb").answered_by == sample_facts(RECEIPT, "en").answered_by


# --- placeholders --------------------------------------------------------------------------------


def test_a_misspelt_placeholder_is_named_with_what_was_meant_and_what_may_stand_there() -> None:
    [refusal] = refusals(changed(RECEIPT, ("ring {on_call_phone}", "ring {on_cal_phone}")))[:1]

    assert isinstance(refusal, errors.PlaceholderUnknown)
    assert refusal.params["name"] == "on_cal_phone"
    assert "Did you mean {on_call_phone}?" in refusal.sentence
    assert refusal.params["allowed"] == ", ".join(sorted(ALLOWED[RECEIPT]))


def test_a_placeholder_of_another_text_is_not_one_of_this() -> None:
    refusal = refusals(changed(RECEIPT, ("Thank you for telling us.\n\n[if", "{wrong?}\n\n[if")))[0]

    assert isinstance(refusal, errors.PlaceholderUnknown)


def test_a_name_in_a_mark_is_looked_at_too() -> None:
    refusal = refusals(changed(RECEIPT, ("[if=answered_by]", "[if=answered_bye]")))[0]

    assert isinstance(refusal, errors.PlaceholderUnknown)
    assert "{answered_by}" in refusal.sentence


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{guest_name.__class__}", "{guest_name.__class__}"),
        ("{guest_name[0]}", "{guest_name[0]}"),
        ("{guest_name!r}", "{guest_name!r}"),
        ("{guest_name:>10}", "{guest_name:>10}"),
        ("{{guest_name}}", "{"),
        ("{ guest_name }", "{ guest_name }"),
        ("{}", "{}"),
        ("{0}", "{0}"),
        ("{{guest_name}", "{"),
        ("{guest_name", "{guest_name"),
        ("guest_name}", "}"),
        ("{guest_{hotel}}", "{guest_"),
        ("{GUEST_NAME}", "{GUEST_NAME}"),
    ],
)
def test_whatever_is_more_than_a_name_in_braces_is_refused_and_shown(typed: str, shown: str) -> None:
    text = changed(RECEIPT, ("Thank you for telling us.\n\n[if", f"Thank you, {typed}.\n\n[if"))

    [problem] = [each for each in found(text) if not each.is_warning]

    assert isinstance(problem.refusal, errors.PlaceholderBroken)
    assert problem.refusal.params["found"].startswith(shown)
    assert "guest_name" in problem.refusal.params["allowed"]
    assert typed in text.splitlines()[problem.line - 1]


def test_a_note_may_say_what_it_likes() -> None:
    assert refusals(changed(RECEIPT, ("[greeting]", "# {a.b} {{ at 14:30 for 20 EUR\n[greeting]"))) == []


# --- facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new", "name"),
    [
        (RECEIPT, "answer you by {answer_by}", "answer you soon enough", "answer_by"),
        (RECEIPT, "please ring {on_call_phone}", "please ring us", "on_call_phone"),
        (RECEIPT, "Dear {guest_name},", "Dear guest,", "guest_name"),
        (RECEIPT, "{signatory_name}\n", "", "signatory_name"),
        (LetterKind.REPLY, "{answer?}\n\n", "", "answer"),
        (LetterKind.PAYMENT_DONE, "How much: {payment_amount}\n", "", "payment_amount"),
        (LetterKind.SOLVED, "It is put right. {done}", "It is put right.", "done"),
        (LetterKind.WALK_CARD, "- {walk_paid}", "- all of it", "walk_paid"),
        (LetterKind.CARE_CONTACT, "[list] [if=care]\n- {care}\n\n", "", "care"),
        (APOLOGY, "[repair] [list] [if=repairs]\n- {repairs}\n\n", "", "repairs"),
        (APOLOGY, "{own_sentence?}\n\n", "", "own_sentence"),
    ],
)
def test_a_fact_that_ours_say_must_be_said(kind: LetterKind, old: str, new: str, name: str) -> None:
    names = [each.params.get("name") for each in refusals(changed(kind, (old, new)), kind)]

    assert names == [name]


def test_the_first_name_alone_is_a_name_too() -> None:
    assert refusals(changed(RECEIPT, ("Dear {guest_name},", "Hello {guest_first_name},"))) == []


def test_a_fact_that_hides_behind_another_is_missed_and_it_says_when() -> None:
    text = changed(
        APOLOGY,
        (
            "[regret] [stance=regret] [unless=impact]\n"
            "{wrong} I am very sorry that you had to go through this.",
            "[regret] [stance=regret] [unless=impact]\nI am very sorry that you had to go through this.",
        ),
    )

    [refusal] = refusals(text, APOLOGY)

    assert isinstance(refusal, errors.FactMissing)
    assert refusal.params == {"name": "wrong", "when": " in a letter without {impact}"}


def test_what_may_be_empty_needs_a_question_mark_or_a_mark() -> None:
    bare = changed(
        RECEIPT, ("[unless=answered_by]\nOne of us will", "{answered_by} is here.\n\nOne of us will")
    )
    asked = bare.replace("{answered_by} is here", "{answered_by?} is here")

    [refusal] = refusals(bare)

    assert isinstance(refusal, errors.PlaceholderUnguarded)
    assert "[if=answered_by]" in refusal.sentence
    assert refusals(asked) == []


@pytest.mark.parametrize(
    "typed",
    [
        *("20 EUR", "kr. 500", "50 %", "5,000 points"),
        *("at 14:30", "5 pm"),
        *("https://rate.us/x", "www.x.com", "me@x.com", "+44 1947 555 010"),
    ],
)
def test_what_is_true_for_one_guest_is_not_typed(typed: str) -> None:
    text = changed(RECEIPT, ("Thank you for telling us.\n\n[if", f"Thank you. It is {typed} for you.\n\n[if"))

    assert [type(each) for each in refusals(text)] == [errors.FactTyped]


# --- what stays ours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "line"), [(RECEIPT, "[include=footer]"), (APOLOGY, "[include=panel_certificate]")]
)
def test_footer_and_certificate_stay(kind: LetterKind, line: str) -> None:
    for text in (changed(kind, (line, "")), starting_words(kind, "en") + f"\n{line}\n"):
        assert any(line in each.sentence for each in refusals(text, kind))


def test_no_file_that_is_not_meant_for_it_is_included() -> None:
    text = changed(RECEIPT, ("[include=footer]", "[include=panel_certificate]\n\n[include=footer]"))

    assert "is not for this text" in refusals(text)[0].sentence


def test_the_subject_stays_ours_whether_it_is_there_or_not() -> None:
    ours = f"subject: {load(RECEIPT, 'en').header['subject']}\n"

    assert refusals(ours + starting_words(RECEIPT, "en")) == []
    assert own_words(starting_words(RECEIPT, "en"), kind=RECEIPT, language="en").header["subject"] in ours
    [refusal] = refusals("subject: Your complaint about room 12\n" + starting_words(RECEIPT, "en"))
    assert "the subject stays ours" in refusal.sentence


def test_a_mail_has_one_button() -> None:
    text = changed(RECEIPT, ("See who answers", "See it -> {status_link}\nSee who answers"))

    assert "one button" in refusals(text)[0].sentence


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("[closing]", "[farewell]", "farewell"),
        ("See who answers you, and by when -> {status_link}", "See it", "goes nowhere"),
        ("preheader: Thank", "colour: blue\npreheader: Thank", "colour"),
        ("preheader: Thank you for telling us.", "Thank you for telling us.", "key: text"),
    ],
)
def test_what_is_not_in_the_format_is_named(old: str, new: str, word: str) -> None:
    assert any(word in each.sentence for each in refusals(changed(RECEIPT, (old, new))))


# --- apology -------------------------------------------------------------------------------------


def test_an_apology_needs_its_parts() -> None:
    text = changed(APOLOGY, ("[responsibility] [stance=responsibility]", "[stance=responsibility]"))

    [refusal] = refusals(text, APOLOGY)

    assert isinstance(refusal, errors.PartMissing)
    assert "responsibility" in refusal.sentence


OUR_RESPONSIBILITY = {
    "en": "You trusted us, and we let you down. The mistake is ours, and ours alone.",
    "da": "Du stolede på os, og vi svigtede dig. Fejlen er vores, og kun vores.",
}


@pytest.mark.parametrize(("language", "said"), [("en", "So it was that day."), ("da", "Sådan var det.")])
def test_a_mark_alone_takes_no_responsibility(language: str, said: str) -> None:
    text = changed(APOLOGY, (OUR_RESPONSIBILITY[language], said), language=language)

    [refusal] = refusals(text, APOLOGY, language)

    assert isinstance(refusal, errors.PartMissing)
    assert "says no responsibility" in refusal.sentence


def test_a_canned_regret_is_no_responsibility() -> None:
    text = changed(APOLOGY, (OUR_RESPONSIBILITY["en"], "We regret the inconvenience."))

    assert any(isinstance(each, errors.PartMissing) for each in refusals(text, APOLOGY))


def test_while_fault_is_open_nothing_is_admitted_and_nothing_explained() -> None:
    early = changed(APOLOGY, ("Please tell me how you are, and what else", "The mistake is ours. What else"))
    explained = changed(
        APOLOGY, ("[explanation] [stance=responsibility] [if=explanation]", "[if=explanation]")
    )

    assert any(isinstance(each, errors.AdmitsTooEarly) for each in refusals(early, APOLOGY))
    assert any(isinstance(each, errors.AdmitsTooEarly) for each in refusals(explained, APOLOGY))


# --- tone and characters -------------------------------------------------------------------------


def test_blocked_phrases_are_refused_with_why_and_what_instead() -> None:
    text = changed(
        RECEIPT, ("Thank you for telling us.\n\n[if", "We are sorry if you were disturbed.\n\n[if")
    )

    refusal = refusals(text)[0]

    assert isinstance(refusal, errors.ToneRefused)
    assert "sorry if" in refusal.params["words"]
    assert refusal.params["why"] and refusal.params["better"]


def test_other_remarks_are_said_and_do_not_refuse() -> None:
    text = changed(RECEIPT, ("Thank you for telling us.\n\n[if", "Somebody will be with you shortly.\n\n[if"))

    problems = found(text)

    assert problems and all(each.is_warning for each in problems)
    assert {each.refusal.params["label"] for each in problems} == {"promise without a name or a time"}


@pytest.mark.parametrize(
    ("letter", "name"), [("\x00", "U+0000"), ("\u202e", "U+202E"), ("\ue000", "U+E000"), ("\x1b", "U+001B")]
)
def test_characters_that_nobody_sees_are_named(letter: str, name: str) -> None:
    [refusal] = refusals(changed(RECEIPT, ("Thank you for telling us.\n\n[if", f"Thank{letter} you.\n\n[if")))

    assert isinstance(refusal, errors.BadCharacters)
    assert refusal.params["characters"] == name


def test_what_paper_cannot_print_is_named_and_only_where_there_is_paper() -> None:
    pytest.importorskip("typst")
    letter = "\U000104a0"  # Osmanya, which no font of this package has

    on_paper = unprintable(
        changed(APOLOGY, ("The mistake is ours,", f"{letter} The mistake is ours,")),
        kind=APOLOGY,
        language="en",
    )
    by_mail = unprintable(
        changed(RECEIPT, ("Thank you for telling us.\n\n[if", f"{letter}\n\n[if")),
        kind=RECEIPT,
        language="en",
    )

    assert isinstance(on_paper, errors.Unprintable)
    assert letter in on_paper.params["text"]
    assert by_mail is None
    assert unprintable(starting_words(APOLOGY, "en"), kind=APOLOGY, language="en") is None


# --- later ---------------------------------------------------------------------------------------


def test_what_was_sound_is_not_when_ours_say_more_by_then(settings: Any, tmp_path: Any) -> None:
    mine = changed(RECEIPT, ("Thank you for telling us.\n\n[if", "Thank you.\n\n[if"))
    assert is_sound(mine, kind=RECEIPT, language="en")
    folder = tmp_path / "recovery" / "letters" / "en"
    folder.mkdir(parents=True)
    ours = changed(RECEIPT, ("[include=footer]", "[include=panel_certificate]\n\n[include=footer]"))
    (folder / "receipt.txt").write_text(f"subject: {{hotel}}\n{ours}")
    templates = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]

    settings.TEMPLATES = templates

    assert not is_sound(mine, kind=RECEIPT, language="en")


def test_in_a_language_without_our_words_nothing_is_sound() -> None:
    assert not is_sound(starting_words(RECEIPT, "en"), kind=RECEIPT, language="nb")
