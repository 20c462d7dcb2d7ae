"""Figures and times as tired people write them, in five languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.rules import claims, money
from recovery.rules.claims import ClaimKind, figures_in, times_in


def money_in(text: str) -> list[tuple[str, str]]:
    return [(str(f.value), f.unit) for f in figures_in(text) if f.kind is ClaimKind.MONEY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We have refunded £184.50 to your card.", [("184.50", "GBP")]),
        ("We refund EUR 1,200.50 today and € 25 tomorrow.", [("1200.50", "EUR"), ("25", "EUR")]),
        ("Vi har sat 1.250,00 kr. tilbage på dit kort.", [("1250.00", "kr")]),
        ("Det bliver 250 kroner, eller 250,- kr.", [("250", "kr"), ("250", "kr")]),
        ("DKK 1.250 og kr. 75", [("1250", "DKK"), ("75", "kr")]),
        ("Wir erstatten Ihnen 40,00 € und 1.200 Euro.", [("40.00", "EUR"), ("1200", "EUR")]),
        ("Nous vous remboursons 1 200,50 €.", [("1200.50", "EUR")]),
        ("Le devolvemos 35 euros.", [("35", "EUR")]),
        ("CHF 1’200.00 zurück", [("1200.00", "CHF")]),
        ("Room 214, two nights, 3 guests, 12 July 2027.", []),
        ("We have booked 2 rooms at 18:40.", []),
        ("US$30 for the taxi", [("30", "USD")]),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, str]]) -> None:
    assert money_in(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("That is 20 % of the night.", ClaimKind.SHARE, "20"),
        ("twenty-one guests, 12.5 per cent", ClaimKind.SHARE, "12.5"),
        ("15 procent", ClaimKind.SHARE, "15"),
        ("10 pour cent", ClaimKind.SHARE, "10"),
        ("I have added 8,000 points.", ClaimKind.POINTS, "8000"),
        ("8.000 bonuspoint er sat ind", ClaimKind.POINTS, "8000"),
        ("5000 Punkte", ClaimKind.POINTS, "5000"),
    ],
)
def test_shares_and_points(text: str, kind: ClaimKind, value: str) -> None:
    (found,) = figures_in(text)
    assert (found.kind, found.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria is at your door by 18:40.", ["18:40"]),
        ("I ring you at 6.40 pm, not 7 pm.", ["18:40", "19:00"]),
        ("Before noon; or at midnight.", ["12:00", "00:00"]),
        ("12:15 am and 12 p.m.", ["00:15", "12:00"]),
        ("Jeg ringer til dig kl. 18.50, senest klokken 19.", ["18:50", "19:00"]),
        ("Wir rufen um 14:00 an, spätestens 14.30 Uhr oder 15 Uhr.", ["14:00", "14:30", "15:00"]),
        ("Nous vous appelons à 18h40, au plus tard à 19 h.", ["18:40", "19:00"]),
        ("Le llamamos a las 16:30.", ["16:30"]),
        ("It costs 18.50 and not more.", []),
        ("You pay £18.50 at 18.50.", ["18:50"]),
        ("Room 1840, built in 1907.", []),
        ("The ratio was 2:1, the score 3:99.", []),
    ],
)
def test_times(text: str, expected: list[str]) -> None:
    assert [f"{each.at:%H:%M}" for each in times_in(text)] == expected


def test_crowns_are_those_of_the_house() -> None:
    (found,) = figures_in("250 kr.")
    assert found.is_in("DKK")
    assert found.is_in("SEK")
    assert not found.is_in("EUR")


@given(st.decimals(min_value="0.01", max_value="99999999", places=2), st.sampled_from(["en", "da"]))
def test_what_the_app_writes_is_read_back(amount: Decimal, language: str) -> None:
    written = money.format_amount(amount, "DKK", language)

    (found,) = figures_in(f"Vi betaler {written} tilbage.")

    assert (found.value, found.is_in("DKK")) == (amount, True)


@given(st.times())
def test_every_time_is_read_back(at: dt.time) -> None:
    assert [each.at for each in times_in(f"by {at:%H:%M}.")] == [at.replace(second=0, microsecond=0)]


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for figure in figures_in(text):
        assert text[figure.start : figure.end] == figure.words
    for time in times_in(text):
        assert text[time.start : time.end] == time.words


def test_a_long_row_of_digits_costs_nothing() -> None:
    assert figures_in("1" * 20_000 + " kr") == []
    assert claims.times_in("1:" * 10_000) == []
