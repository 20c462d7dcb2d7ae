from __future__ import annotations

import pytest

from recovery.rules.tone.book import LANGUAGES, Book, book
from recovery.rules.tone.grammar import BadTemplate, parse
from recovery.rules.tone.matching import Reading
from recovery.rules.tone.words import words_of


def found(template, text, *, language="en", **classes):
    """The words that a template takes, from the first place where it fits."""
    rule = {"code": "DISMISS", "match": template}
    made = Book(language, [{"classes": classes, "rules": [rule]}])
    words, marks = words_of(text, language)
    for start, end in Reading(made, words, marks).hits(made.rules[0]):
        return " ".join(word.raw for word in words[start:end])
    return None


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        ("calm down", "Please calm down now", "calm down"),
        ("calm* down", "Calming down", "Calming down"),
        ("*udbyder", "Vores internetudbyder", "internetudbyder"),
        ("do not", "We don't know", "do n't"),
        ("cannot", "I can't say", "can't can't"),
        ("=I", "Vi er i byen", None),
        ("at #time", "at 18:40", "at 18:40"),
        ("# points", "8,000 points", "8,000 points"),
        ("(one|two) rooms", "two rooms", "two rooms"),
        ("very? cold", "cold", "cold"),
        ("sorry ~ if", "sorry about all the noise if", "sorry about all the noise if"),
        ("sorry ~2 if", "sorry about all the noise if", None),
        ("sorry ~ if", "sorry about it; if", None),
        ("sorry ... if", "sorry; if", "sorry if"),
        ("no !one", "no one", None),
        ("--not our fault", "not our fault", None),
        ("--not our fault", "it is our fault", "our fault"),
        ("^ but", "But no", "But"),
        ("^ but", "no but", None),
        ("is it $", "what is it", "is it"),
        ("is it $?", "What is it then?", "is it"),
        ("sorry , but", "sorry, but", "sorry but"),
        ("sorry , but", "sorry but", None),
    ],
)
def test_a_template_takes(template, text, expected):
    language = "da" if "udbyder" in template or "=I" in template else "en"
    assert found(template, text, language=language) == expected


def test_a_class_may_name_classes():
    assert found("<bad>", "a slow lift", bad="<thing>; none", thing="slow lift") == "slow lift"


def test_a_gap_may_be_closed_to_a_class():
    assert found("we ~4!<neg> accept", "we gladly accept", neg="not") is not None
    assert found("we ~4!<neg> accept", "we do not accept", neg="not") is None


@pytest.mark.parametrize("template", ["", "~ word", "a (b", "a)", "word?", "$", "<", "~4!<gone>", "<gone>"])
def test_a_template_that_says_nothing_is_refused(template):
    with pytest.raises(BadTemplate):
        Book("en", [{"rules": [{"code": "DISMISS", "match": template or "( )"}]}])


def test_a_rule_with_an_unknown_key_is_refused():
    with pytest.raises(BadTemplate):
        Book("en", [{"rules": [{"code": "DISMISS", "match": "a", "matches": "b"}]}])


def test_a_class_that_begins_with_itself_is_refused():
    with pytest.raises(BadTemplate):
        Book("en", [{"classes": {"a": "<a> b"}, "rules": []}])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_of_every_language_can_be_read(language):
    made = book(language)
    assert made is not None
    assert len(made.rules) > 25


def test_a_short_french_word_is_written_out():
    assert found("le erreur", "C'est l'erreur", language="fr") == "l erreur"


def test_accents_do_not_count_but_the_spanish_if_does():
    assert parse("désolé", "fr") == parse("desole", "fr")
    assert parse("sí", "es") != parse("si", "es")
