from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from recovery.choices import ApologyPart, LetterKind
from recovery.errors import LetterFailed
from recovery.letters import check_words, render
from recovery.letters.unread import unread_words
from recovery.letters.words import load

from . import samples

OWN = Path(__file__).resolve().parents[2] / "recovery" / "templates"


def templates(folder: Path, **options: object) -> list[dict[str, object]]:
    """TEMPLATES of a host whose own folder comes before ours."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [str(folder), str(OWN)],
            "OPTIONS": options,
        }
    ]


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "recovery" / "letters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("language", samples.LANGUAGES)
@pytest.mark.parametrize("kind", LetterKind)
def test_there_are_words_for_every_letter_in_every_language(kind: LetterKind, language: str) -> None:
    words = load(kind, language)

    assert set(words.header) == {"subject", "preheader"}
    assert words.paragraphs


def test_our_own_words_have_no_problem() -> None:
    assert check_words() == []


@override_settings(RECOVERY={"LANGUAGES": samples.LANGUAGES})
def test_every_language_that_comes_with_us_is_complete() -> None:
    assert check_words() == []


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_words_that_no_native_speaker_has_read_say_so(language: str) -> None:
    files = sorted(path.name for path in (OWN / "recovery" / "letters" / language).glob("*.txt"))

    expected = [f"{language}/{name}" for name in files] if language in samples.UNREAD else []
    assert sorted(unread_words(language)) == expected


def test_a_copy_without_the_first_line_has_been_read(tmp_path: Path) -> None:
    write(tmp_path, "de/receipt.txt", "subject: x\npreheader: y\n\nDanke.")

    with override_settings(TEMPLATES=templates(tmp_path)):
        assert "de/receipt.txt" not in unread_words("de")


@override_settings(RECOVERY={"LANGUAGES": ("en", "nb")})
def test_a_language_without_dates_is_reported() -> None:
    assert check_words() == ["nb: dates cannot be written in this language"]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_languages_say_the_same_things(language: str) -> None:
    def shape(kind: LetterKind, code: str) -> list[tuple[object, ...]]:
        return [
            (item.layout, item.part, item.stance, item.panel, item.medium, item.needs, item.lacks)
            for item in load(kind, code).paragraphs
        ]

    for kind in LetterKind:
        assert shape(kind, language) == shape(kind, "en")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("preheader: y\n\nHello.", "subject is missing"),
        (
            "subject: Free night {certificate_code}\npreheader: y\n\nHello.",
            "subject cannot use {certificate_code}",
        ),
        ("subject: x\npreheader: y\nsender: z\n\nHello.", "unknown header sender"),
        ("subject: x\npreheader: y\n\n{room_number}", "unknown placeholder {room_number}"),
        ("subject: x\npreheader: y\n\n{walk_hotel}", "unknown placeholder {walk_hotel}"),
        ("subject: x\npreheader: y\n\n[if=weather]\nHello.", "unknown placeholder {weather} in a mark"),
        ("subject: x\npreheader: y\n\n[loud]\nHello.", "unknown mark [loud]"),
        ("subject: x\npreheader: y\n\n[stance=pride]\nHello.", "unknown mark [stance=pride]"),
        ("subject: x\npreheader: y\n\n[button]\nOpen", "the button “Open” goes nowhere"),
        ("subject: x\npreheader: y\n\n[button]\nOpen -> {hotel}", "is not one of the links"),
        ("subject: x\npreheader: y\n\n[button]\nOpen -> https://x.example", "is not one of the links"),
        ("subject: x\npreheader: y\n\n{guest_name.email}", "is not a placeholder"),
        ("subject: x\npreheader: y\n\n[include=nowhere]", "does not exist"),
        ("subject: x\npreheader: y\n\n[include=footer]\nHello.", "stands alone"),
        ("just a sentence", "is not “key: text”"),
        ("subject: x\npreheader: y\n\n[greeting]", "nothing follows"),
        ("", "subject is missing"),
    ],
)
def test_a_mistake_in_the_words_is_named(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, "en/receipt.txt", text)

    with override_settings(TEMPLATES=templates(tmp_path)):
        problems = check_words()

    assert len(problems) >= 1
    assert any(problem in found for found in problems), problems


def test_a_list_inside_a_sentence_is_named(tmp_path: Path) -> None:
    write(tmp_path, "en/apology_letter.txt", "subject: x\npreheader: y\n\nWe did {repairs}.")

    with override_settings(TEMPLATES=templates(tmp_path)):
        problems = check_words()

    assert any("a list stands alone" in problem for problem in problems)


def test_an_apology_without_its_parts_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        "en/apology_letter.txt",
        "subject: x\npreheader: y\n\n[regret]\nI am sorry.\n\n[responsibility]\nOurs.",
    )

    with override_settings(TEMPLATES=templates(tmp_path)):
        problems = check_words()

    assert any("nothing is marked [repair] for the stance responsibility" in problem for problem in problems)
    assert any("regret must not contain [responsibility]" in problem for problem in problems)


def test_a_host_overrides_the_words_by_the_path_of_a_template(tmp_path: Path) -> None:
    write(
        tmp_path,
        "en/receipt.txt",
        "subject: Hello from {hotel}\npreheader: y\n\nHello {guest_name}{# not Django #}",
    )

    with override_settings(TEMPLATES=templates(tmp_path)), pytest.raises(LetterFailed, match="placeholder"):
        render(samples.facts(LetterKind.RECEIPT, "en"))

    write(
        tmp_path, "en/receipt.txt", "subject: Hello from {hotel}\npreheader: y\n\nHello {guest_name} % now %"
    )
    with override_settings(TEMPLATES=templates(tmp_path)):
        rendered = render(samples.facts(LetterKind.RECEIPT, "en"))

    assert rendered.subject == "Hello from The Harbour House"
    assert rendered.text == "Hello Maria Lindqvist % now %\n"


def test_a_note_for_translators_is_not_printed(tmp_path: Path) -> None:
    write(tmp_path, "en/receipt.txt", "# about\nsubject: x\npreheader: y\n\n# quiet\nHello.\n# more\nAgain.")

    with override_settings(TEMPLATES=templates(tmp_path)):
        assert render(samples.facts(LetterKind.RECEIPT, "en")).text == "Hello. Again.\n"


def test_a_host_overrides_one_block_of_the_page(tmp_path: Path) -> None:
    write(
        tmp_path,
        "layout.html",
        '{% extends "recovery/letters/layout.html" %}'
        "{% block letterhead %}<tr><td>{{ house.name }}!</td></tr>{% endblock %}",
    )

    with override_settings(TEMPLATES=templates(tmp_path)):
        rendered = render(samples.facts(LetterKind.RECEIPT, "en"))

    assert "<td>The Harbour House!</td>" in rendered.html


def test_letters_need_no_template_settings() -> None:
    expected = render(samples.facts(LetterKind.APOLOGY, "da"))

    with override_settings(TEMPLATES=[]):
        assert render(samples.facts(LetterKind.APOLOGY, "da")) == expected


def test_a_host_that_does_not_escape_gets_escaped_letters(tmp_path: Path) -> None:
    facts = samples.facts(LetterKind.RECEIPT, "en", guest_name="<b>Eve</b>")

    with override_settings(TEMPLATES=templates(tmp_path, autoescape=False, string_if_invalid="INVALID %s")):
        html = render(facts).html

    assert "<b>Eve" not in html
    assert "INVALID" not in html


def test_the_marks_of_the_apology_are_its_components() -> None:
    parts = {item.part for item in load(LetterKind.APOLOGY, "en").paragraphs if item.part}

    assert parts == set(ApologyPart)
