from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from recovery import errors
from recovery.hotel.paths import first, walk


class Profile:
    phone = "12345678"
    extra = {"tags": {"tier": "gold"}}


class Row:
    name = "Léa"
    nothing = None
    profile = Profile()

    @property
    def title(self) -> str:
        return "Dr"

    @property
    def missing_one_to_one(self) -> Any:
        raise ObjectDoesNotExist

    @property
    def crashing(self) -> Any:
        raise ZeroDivisionError

    def full_name(self) -> str:
        return "Léa Kovács"

    get_state_display = staticmethod(partial(str, "here"))

    def delete(self) -> None:
        raise AssertionError("deleted")

    delete.alters_data = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "Léa"),
        ("title", "Dr"),
        ("full_name", "Léa Kovács"),
        ("full_name.upper", "LÉA KOVÁCS"),
        ("get_state_display", "here"),
        ("profile.phone", "12345678"),
        ("profile.extra.tags.tier", "gold"),
        ("profile.extra.tags.none", None),
        ("nothing", None),
        ("nothing.phone", None),
        ("absent", None),
        ("missing_one_to_one.phone", None),
        ("", None),
    ],
)
def test_a_path_is_followed_as_far_as_it_goes(path: str, value: Any) -> None:
    assert first(Row(), path) == value


def test_a_method_that_changes_data_is_never_called() -> None:
    with pytest.raises(errors.BadHotel, match="delete"):
        walk(Row(), "delete")


def test_a_crash_inside_the_host_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        walk(Row(), "crashing")
