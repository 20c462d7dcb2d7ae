from __future__ import annotations

import pytest

from recovery.errors import LetterFailed
from recovery.letters.formatting import formatted, typeset, unbroken


def test_what_was_put_in_is_never_read_again() -> None:
    values = {"name": "{secret} {name.__class__} %s", "secret": "hidden"}

    assert formatted("Dear {name},", values) == "Dear {secret} {name.__class__} %s,"


@pytest.mark.parametrize("template", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{0}", "{A}", "{ a }"])
def test_only_flat_placeholders_are_known(template: str) -> None:
    with pytest.raises(LetterFailed, match="placeholder"):
        formatted(template, {"a": "x"})


@pytest.mark.parametrize("template", ["{a", "a}", "{{a}}", "}{"])
def test_a_lonely_brace_is_refused(template: str) -> None:
    with pytest.raises(LetterFailed):
        formatted(template, {"a": "x"})


def test_a_missing_value_holds_the_letter_and_is_named() -> None:
    with pytest.raises(LetterFailed, match="guest_name is missing"):
        formatted("Dear {guest_name},", {"guest_name": ""})


def test_an_empty_optional_value_takes_its_words_along() -> None:
    assert formatted("Taxi at {taxi?}", {"taxi": ""}) is None
    assert formatted("Taxi at {taxi?}", {"taxi": "noon"}) == "Taxi at noon"


def test_a_list_inside_a_sentence_is_refused() -> None:
    with pytest.raises(LetterFailed, match="list"):
        formatted("We did {repairs}.", {"repairs": ("a", "b")})


def test_a_telephone_number_does_not_break() -> None:
    assert unbroken("Ring +45 62 55 50 10 now") == "Ring +45\u00a062\u00a055\u00a050\u00a010 now"


def test_an_apostrophe_is_set_as_a_printer_would() -> None:
    assert typeset("your friends' wedding, 6' tall") == "your friends’ wedding, 6' tall"
