from __future__ import annotations

import pytest

from recovery.hotel.connecting.vocabulary import Concept
from recovery.hotel.connecting.words import concepts_in, unknown_words, words_in


@pytest.mark.parametrize(
    "name", ["check_in_date", "checkInDate", "CheckInDate", "check-in date", "checkin_date"]
)
def test_a_name_is_taken_apart_however_it_is_written(name: str) -> None:
    assert words_in(name) == ["checkin", "date"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("arrival_on", "ARRIVE DATE"),
        ("ankomstdato", "ARRIVE DATE"),
        ("anreisetag", "ARRIVE DAY"),
        ("dateArrivee", "ARRIVE DATE"),
        ("date d'arrivée", "ARRIVE DATE"),
        ("fecha_llegada", "ARRIVE DATE"),
        ("data_entrada", "ARRIVE DATE"),
        ("data_arrivo", "ARRIVE DATE"),
        ("aankomst", "ARRIVE"),
        ("afrejsedag", "DEPART DAY"),
        ("fecha_salida", "DEPART DATE"),
        ("data_saida", "DEPART DATE"),
        ("gæstens_navn", "GUEST NAME"),
        ("Kundennummer", "GUEST NUMBER"),
        ("nombre_huesped", "NAME GUEST COUNT"),
        ("værelsesnr", "ROOM NUMBER"),
        ("zimmernummer", "ROOM NUMBER"),
        ("pris_pr_nat", "PRICE NIGHT"),
        ("gesamtpreis", "TOTAL PRICE"),
        ("handynummer", "PHONE"),
        ("adresse_courriel", "ADDRESS EMAIL"),
        ("rejsebureau", "AGENCY"),
        ("annulleret", "CANCEL"),
        ("tidszone", "ZONE"),
    ],
)
def test_words_of_many_languages_are_known(name: str, meant: str) -> None:
    assert concepts_in(name) >= {Concept[word] for word in meant.split()} - {Concept.COUNT}


@pytest.mark.parametrize("name", ["num_rooms", "number_of_guests", "no_of_nights", "antal_gaester"])
def test_what_is_counted_is_no_number_of_something(name: str) -> None:
    assert Concept.COUNT in concepts_in(name)
    assert Concept.NUMBER not in concepts_in(name)


@pytest.mark.parametrize(
    "name", ["", "_", "x", "fk2", "zzzzzz", "é" * 5000, "a" * 100_000, "_".join("ab" * 999)]
)
def test_a_name_that_means_nothing_means_nothing(name: str) -> None:
    assert concepts_in(name) == frozenset()


def test_words_that_nobody_knows_are_counted() -> None:
    assert unknown_words("guest_frobnicator_email") == 1
