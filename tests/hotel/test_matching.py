from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.hotel import Guest, MatchReason, Stay, StayStatus, seen_from
from recovery.hotel.matching import match_stay, rank, read_words

JULY = dt.date(2026, 7, 11)
JUNE = dt.date(2026, 6, 11)


def make_stay(**values: Any) -> Stay:
    guest = Guest(ref="1", name="Léa Kovács", email="lea@example.com", phone="+36 20 123 4567")
    defaults: dict[str, Any] = {
        "ref": "BK-2031",
        "property_code": "CPH",
        "guest": guest,
        "arrival_on": JULY,
        "departure_on": JULY + dt.timedelta(days=2),
        "agency_ref": "4183021997",
    }
    return Stay(**(defaults | values))


def why(words: str, around: dt.date | None = JULY, **values: Any) -> tuple[MatchReason, ...]:
    match = match_stay(read_words(words), make_stay(**values), around)
    return match.why if match else ()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("BK-2031", MatchReason.STAY_REF),
        ("bk 2031", MatchReason.STAY_REF),
        ("#BK2031", MatchReason.STAY_REF),
        ("4183021997", MatchReason.AGENCY_REF),
        ("4183-021-997", MatchReason.AGENCY_REF),
        ("Lea@Example.com", MatchReason.EMAIL),
        ("<lea@example.com>,", MatchReason.EMAIL),
        ("+36 (20) 123-4567", MatchReason.PHONE),
        ("020/1234567", MatchReason.PHONE),
        ("Kovács Léa", MatchReason.SAME_NAME),
        ("Lea Kovacz", MatchReason.SIMILAR_NAME),
    ],
)
def test_each_kind_of_word_has_its_reason(words: str, reason: MatchReason) -> None:
    assert reason in why(words)


@pytest.mark.parametrize(
    "words", ["", "   ", "\x00", "@", "+++", "....", "Ole Dam", "12", "BK-203", "99 99 99 99"]
)
def test_other_words_do_not_match(words: str) -> None:
    assert why(words) == ()


def test_a_short_number_is_a_reference_only_when_it_stands_alone() -> None:
    assert why("7", ref="7") == (MatchReason.STAY_REF,)
    assert why("Dam room 7", ref="7") == ()


def test_a_cancelled_stay_of_another_month_says_both() -> None:
    found = why("Lea Kovach", arrival_on=JUNE, departure_on=JUNE, status=StayStatus.CANCELLED)

    assert found == (MatchReason.SIMILAR_NAME, MatchReason.OTHER_MONTH, MatchReason.CANCELLED)


@pytest.mark.parametrize(("days", "is_found"), [(62, True), (-62, True), (63, False), (-63, False)])
def test_the_window_is_sixty_two_days_each_way(days: int, is_found: bool) -> None:
    arrival = JULY + dt.timedelta(days=days)

    assert bool(why("Kovács", arrival_on=arrival, departure_on=arrival)) is is_found


def test_a_reference_is_found_at_any_date() -> None:
    arrival = JULY - dt.timedelta(days=1000)

    assert MatchReason.STAY_REF in why("BK-2031", arrival_on=arrival, departure_on=arrival)


def test_a_stay_without_a_date_is_not_left_out() -> None:
    assert why("Kovács", arrival_on=None) == (MatchReason.SAME_NAME,)


def test_without_a_told_date_every_date_fits() -> None:
    assert why("Kovács", around=None, arrival_on=JUNE) == (MatchReason.SAME_NAME,)


def test_the_better_match_comes_first() -> None:
    exact = make_stay(ref="A")
    similar = make_stay(ref="B", guest=Guest(ref="2", name="Lena Kovac"))
    later = make_stay(ref="C", arrival_on=JULY + dt.timedelta(days=30), departure_on=None)
    cancelled = make_stay(ref="D", status=StayStatus.CANCELLED)
    query = read_words("Léa Kovács")

    found = rank(m for stay in (similar, later, cancelled, exact) if (m := match_stay(query, stay, JULY)))

    assert [match.stay.ref for match in found] == ["A", "D", "C", "B"]


def test_at_most_twenty_are_suggested() -> None:
    query = read_words("Kovács")

    found = rank(m for n in range(50) if (m := match_stay(query, make_stay(ref=str(n)), JULY)))

    assert len(found) == 20


def test_a_sister_house_is_marked_and_comes_after_ones_own() -> None:
    query = read_words("Kovács")
    stays = (make_stay(ref="A", property_code="AAR"), make_stay(ref="B"))

    found = seen_from([m for s in stays if (m := match_stay(query, s, JULY))], property_code="CPH")

    assert [(m.stay.ref, MatchReason.SISTER_HOUSE in m.why) for m in found] == [("B", False), ("A", True)]


@given(words=st.text(), name=st.text(), day=st.dates())
def test_no_words_and_no_name_can_break_the_search(words: str, name: str, day: dt.date) -> None:
    stay = make_stay(guest=Guest(ref="1", name=name))

    match = match_stay(read_words(words), stay, day)

    assert match is None or match.score > 0


@given(name=st.text(alphabet=st.characters(categories=["L"]), min_size=3, max_size=30))
def test_every_name_finds_itself(name: str) -> None:
    guest = Guest(ref="1", name=name)

    match = match_stay(read_words(name), make_stay(guest=guest), JULY)

    assert match is not None
