"""What looking at a stranger's rows must not do: write, print a person, or believe a broken value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from recovery import errors
from recovery.hotel.connecting.evidence import judge
from recovery.hotel.connecting.masking import masked, some
from recovery.hotel.connecting.read_only import read_only
from recovery.hotel.connecting.samples import Broken

# --- nothing is written --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO auth_user (username) VALUES ('x')",
        "update auth_user SET username = 'x'",
        "  -- a remark\n DELETE FROM auth_user",
        "/* one */ /* two */ DROP TABLE auth_user",
        "WITH gone AS (DELETE FROM auth_user RETURNING id) SELECT id FROM gone",
        "SELECT * INTO copy FROM auth_user",
        "CREATE TABLE x (y integer)",
        "(DELETE FROM auth_user)",
        "CALL do_it()",
        "",
    ],
)
def test_a_statement_that_writes_is_refused(statement: str) -> None:
    with read_only(), connection.cursor() as cursor, pytest.raises(errors.HostWrites):
        cursor.execute(statement)


@pytest.mark.django_db
def test_reading_goes_on_as_ever() -> None:
    User.objects.create(username="delete from auth_user; update x set y")

    with read_only():
        found = User.objects.filter(username="delete from auth_user; update x set y").get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'INSERT INTO nothing'")
            cursor.execute("SELECT username FROM auth_user WHERE username = 'UPDATE x SET y'")

    assert found.pk


@pytest.mark.django_db
def test_a_row_cannot_be_saved_while_it_is_looked_at() -> None:
    user = User.objects.create(username="ada")

    with read_only(), pytest.raises(errors.HostWrites), transaction.atomic():
        user.save()

    user.save()  # afterwards the project is free again


# --- nobody is printed ---------------------------------------------------------------------------


class Shy:
    def __str__(self) -> str:
        raise RuntimeError("printed")


@pytest.mark.parametrize(
    ("attribute", "value", "shown"),
    [
        ("guest_name", "Daniel Whitfield", "D… W…"),
        ("guest_last_name", "van der Berg", "v… d… B…"),
        ("guest_email", "daniel.whitfield@example.com", "d…@example.com"),
        ("guest_name", "daniel@example.com", "d…@example.com"),
        ("guest_email", "nobody", "…"),
        ("guest_phone", "+44 7700 900211", "…11"),
        ("stay_ref", "Q10231", "Q1…"),
        ("agency_ref", "BC-77", "BC…"),
        ("source_note", "guest rang and cancelled", "(24 characters)"),
        ("room", "12", "12"),
        ("arrival", dt.date(2026, 7, 11), "2026-07-11"),
        ("nightly_rate", Decimal("158.00"), "158.00"),
        ("nightly_rate", 0.1 + 0.2, "0.3"),
        ("property_name", "The Quayside", "The Quayside"),
        ("guest_name", Shy(), "(Shy)"),
        ("guest_name", "a\x1b[31m\nb", "a… b…"),
        ("room", "x" * 500, "x" * 33 + "…"),
    ],
)
def test_a_value_is_shown_without_showing_whose_it_is(attribute: str, value: Any, shown: str) -> None:
    assert masked(attribute, value) == shown


def test_samples_are_few_and_different() -> None:
    assert some("guest_name", [None, "", "Ada B", "Abe B", "Bo C", "Ci D"]) == "A… B…, B… C…"


# --- values are judged ---------------------------------------------------------------------------


def test_no_rows_say_nothing() -> None:
    assert judge("email", None).points == 0


def test_a_property_that_raises_is_refused_with_its_error() -> None:
    verdict = judge("money", [Broken(ZeroDivisionError())])

    assert verdict.is_refused
    assert "ZeroDivisionError" in verdict.why


@pytest.mark.parametrize(
    ("test", "values"),
    [
        ("email", ["Ada Byron", "12"]),
        ("phone", ["call me", "see note"]),
        ("language", ["English", "Deutsch"]),
        ("currency", ["$", "kr."]),
        ("zone", ["CET+1", "Mars"]),
        ("date", ["tomorrow", "03/04/2026"]),
        ("name", ["<Guest: 1>", "Guest object (2)"]),
        ("money", [Decimal(0), None]),
        ("nights", [100000, -2]),
    ],
)
def test_values_of_another_kind_are_refused(test: str, values: list[object]) -> None:
    assert judge(test, values).is_refused


def test_a_column_without_a_value_loses_points_and_says_so() -> None:
    verdict = judge("email", ["", None, "  "])

    assert verdict.points < 0
    assert verdict.why == "empty in all 3 rows"
