from __future__ import annotations

import csv
import io
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import text

MEGABYTE = 1_000_000
# st.text() alone draws no surrogates.
anything = st.text(alphabet=st.characters(exclude_categories=())) | st.text(
    alphabet="a \t\n\r\0\x0b\u2028\u0301\u0315\u0344\u202e\u2066\ud800\ue000\ufeff=+-@\U0001f600\u1100\u1161"
)


def line(value: str, limit: int = 100) -> str:
    return text.clean_line(value, field="Name", limit=limit)


def paragraph(value: str, limit: int = 100) -> str:
    return text.clean_text(value, field="What happened", limit=limit)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Anna \t  Holm ", "Anna Holm"),
        ("Anna\u00a0Holm", "Anna Holm"),
        ("An\0na\x07 Holm\x7f", "Anna Holm"),
        ("\ufeffAnna", "Anna"),
        ("Anna\ud800", "Anna"),
        ("Anna\ue000\U000f0001", "Anna"),
        ("\u202eAnna\u202c \u2066Holm\u2069", "Anna Holm"),
        ("Jose\u0301", "Jos\u00e9"),
        ("", ""),
        (" \0 ", ""),
    ],
    ids=lambda value: ascii(value),
)
def test_a_line_is_stored_without_what_does_not_belong_in_it(typed: str, stored: str) -> None:
    assert line(typed) == stored


@pytest.mark.parametrize(
    "name",
    [
        "\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627",  # Hebrew and Arabic
        "\u0646\u200c\u0645",  # a Persian name with its non-joiner
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 Holm",  # a family joined into one emoji
        "\u00c6gir \u00d8rsted-O\u2019Neil",
    ],
    ids=ascii,
)
def test_names_of_the_world_stay_as_they_are(name: str) -> None:
    assert line(name) == name
    assert text.soft_line(name, 100) == name


@pytest.mark.parametrize("end", ["\r\n", *"\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"], ids=ascii)
def test_a_line_break_in_a_line_is_refused(end: str) -> None:
    with pytest.raises(errors.NotOneLine, match="Name"):
        line(f"Anna{end}Bcc: everybody@example.com")
    with pytest.raises(errors.NotOneLine):
        line(f"Anna{end}")


@pytest.mark.parametrize("clean", [line, paragraph])
def test_what_is_too_long_is_refused_with_its_length(clean: Callable[[str, int], str]) -> None:
    assert clean("\U0001f600" * 10, 10) == "\U0001f600" * 10
    with pytest.raises(errors.TextTooLong) as refusal:
        clean("\U0001f600" * 11, 10)
    assert refusal.value.params["length"] == 11
    assert refusal.value.params["limit"] == 10


def test_length_counts_what_is_stored_not_what_was_typed() -> None:
    assert line("  " + "e\u0301" * 10 + "\0" * 1000, 10) == "\u00e9" * 10
    assert line("\u1100\u1161\u11a8" * 10, 10) == "\uac01" * 10


def test_paragraphs_and_tabs_stay_in_a_text() -> None:
    assert (
        paragraph("\r\nDear Anna\r\rone\ttwo  three\u2028four\0\n\n") == "Dear Anna\n\none\ttwo  three\nfour"
    )


@given(anything)
def test_a_cleaned_line_is_one_clean_line_and_stays_so(value: str) -> None:
    try:
        cleaned = line(value, 1000)
    except errors.NotOneLine:
        assert len((value + "x").splitlines()) > 1
        return
    assert len(cleaned.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {"Cc", "Cs", "Co"} & {unicodedata.category(letter) for letter in cleaned}
    assert line(cleaned, 1000) == cleaned


@given(anything)
def test_a_cleaned_text_can_be_stored_and_stays_so(value: str) -> None:
    cleaned = paragraph(value, 1000)
    cleaned.encode()
    assert {letter for letter in cleaned if unicodedata.category(letter) == "Cc"} <= {"\n", "\t"}
    assert paragraph(cleaned, 1000) == cleaned


@given(anything, st.integers(0, 40))
def test_a_soft_line_never_fails_and_always_fits(value: str, limit: int) -> None:
    cut = text.soft_line(value, limit)
    assert len(cut) <= limit
    assert len(cut.splitlines()) <= 1
    assert text.soft_line(cut, limit) == cut


def test_a_soft_line_makes_the_best_of_a_hosts_row() -> None:
    assert text.soft_line("Anna\r\nBcc: x\0", 40) == "Anna Bcc: x"
    assert text.soft_line("Anna Maria Holm", 12) == "Anna Maria…"
    assert text.soft_line("Anna Maria Holm", 15) == "Anna Maria Holm"
    assert text.soft_line("e\u0301" * 12, 12) == "\u00e9" * 12
    assert text.soft_line("Anna", 1) == "…"
    assert text.soft_line("Anna", 0) == ""


@pytest.mark.parametrize(
    "value",
    [
        "a" * MEGABYTE,
        " " * MEGABYTE,
        "\0" * MEGABYTE,
        "a " * (MEGABYTE // 2),
        "a" + "\u0315\u0300" * (MEGABYTE // 2),
        "\u0344" * MEGABYTE,
        "\U0001f600" * MEGABYTE,
        "\n" * MEGABYTE,
        "\u202e" * MEGABYTE,
    ],
    ids=lambda value: ascii(value[:4]),
)
def test_a_megabyte_takes_linear_time(value: str) -> None:
    started = time.perf_counter()
    text.soft_line(value, 200)
    for clean in (line, paragraph):
        try:
            clean(value, MEGABYTE)  # a limit that lets everything through to the slowest step
        except errors.NotOneLine:
            assert "\n" in value
    assert time.perf_counter() - started < 10  # quadratic time would take minutes


def test_marks_are_piled_up_only_so_far() -> None:
    cleaned = line("Z" + "\u0315" * 500, 1000)
    assert cleaned == "Z" + "\u0315" * 30
    taken_apart = line("Z" + "\u0344" * 25, 1000)  # each becomes two marks
    assert len(taken_apart) == 31
    assert line(taken_apart, 1000) == taken_apart


@pytest.mark.parametrize(
    "value", ["", " \t\n", "\0", "\u200b\u2060", "\u00ad", "\u3164", "\u2800"], ids=ascii
)
def test_a_value_with_nothing_to_see_is_missing(value: str) -> None:
    with pytest.raises(errors.TextMissing, match="Reason"):
        text.require(value, "Reason")


@pytest.mark.parametrize("value", ["x", " x", "\U0001f600", "\u05d0", "."], ids=ascii)
def test_a_value_with_something_to_see_is_returned(value: str) -> None:
    assert text.require(value, "Reason") == value


@pytest.mark.parametrize(
    ("full", "first"),
    [
        ("Anna Maria Holm", "Anna"),
        ("Anna", "Anna"),
        ("Holm, Anna Maria", "Anna"),
        ("Holm, ", "Holm"),
        ("Dr. Anna Holm", "Anna"),
        ("Prof. Dr. Anna Holm", "Anna"),
        ("Mr Holm", "Mr Holm"),
        ("Fru  Holm", "Fru Holm"),
        ("Mr", "Mr"),
        ("Frau Dr. Weiß", "Frau Dr. Weiß"),
        ("Mme Claire Dubois", "Claire"),
        ("Señora Ruiz", "Señora Ruiz"),
        ("Mr. and Mrs. Whitfield", "Mr. and Mrs. Whitfield"),
        ("Anna  & Bo Holm", "Anna & Bo Holm"),
        ("Holm, Anna og Bo", "Holm, Anna og Bo"),
        ("Familie Schmidt", "Familie Schmidt"),
        ("Andy Ogden", "Andy"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_a_first_name_is_what_a_person_is_called(full: str, first: str) -> None:
    assert text.first_name(full) == first


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+45 12", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "  =1+1", "\uff1d1+1"],
    ids=ascii,
)
def test_a_spreadsheet_takes_no_cell_for_a_formula(value: str) -> None:
    assert text.safe_csv_cell(value) == "'" + value


@pytest.mark.parametrize("value", ["", "Anna", "12.50", "a=b", "'=1", "anna@example.com"])
def test_an_innocent_cell_stays_as_it_is(value: str) -> None:
    assert text.safe_csv_cell(value) == value


@given(anything)
def test_no_cell_begins_with_a_formula_sign(value: str) -> None:
    cell = text.safe_csv_cell(value)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert cell in (value, "'" + value)


def test_a_safe_cell_survives_a_csv_file() -> None:
    sheet = io.StringIO()
    csv.writer(sheet).writerow([text.safe_csv_cell('=HYPERLINK("x")')])
    assert next(csv.reader(io.StringIO(sheet.getvalue()))) == ['\'=HYPERLINK("x")']
