from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings

from recovery import errors
from recovery.hotel import Hotel, MemoryHotel, get_hotel

READY = MemoryHotel()


class HalfHotel(Hotel):
    """Forgets two of three required methods."""

    def get_stay(self, ref: str) -> Any:
        return None


class NeedyHotel(MemoryHotel):
    def __init__(self, wanted: str) -> None:
        super().__init__()


def hotel_from(path: Any) -> Hotel:
    with override_settings(RECOVERY={"HOTEL": path}):
        return get_hotel()


def test_a_class_is_made_once() -> None:
    with override_settings(RECOVERY={"HOTEL": "recovery.hotel.MemoryHotel"}):
        assert isinstance(get_hotel(), MemoryHotel)
        assert get_hotel() is get_hotel()


def test_a_ready_instance_is_taken_as_it_is() -> None:
    assert hotel_from(f"{__name__}.READY") is READY


def test_another_setting_is_another_hotel() -> None:
    first = hotel_from("recovery.hotel.MemoryHotel")

    assert hotel_from(f"{__name__}.READY") is READY
    assert hotel_from("recovery.hotel.MemoryHotel") is not first


@pytest.mark.parametrize("recovery", [{}, {"HOTEL": ""}, None])
def test_without_an_adapter_the_fix_is_told(recovery: Any) -> None:
    with override_settings(RECOVERY=recovery), pytest.raises(errors.NoHotel, match="HOTEL"):
        get_hotel()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere.Hotel", "nowhere.Hotel"),
        ("recovery.hotel.Memoryhotel", "cannot be imported"),
        ("nodots", "cannot be imported"),
        ("tests.hotel.broken_adapter.Hotel", "ZeroDivisionError"),
        ("datetime.date", "no subclass"),
        (f"{__name__}.hotel_from", "no subclass"),
        (f"{__name__}.HalfHotel", "get_guest, properties"),
        (f"{__name__}.NeedyHotel", "wanted"),
        (MemoryHotel, "as text"),
    ],
)
def test_a_wrong_adapter_is_refused_with_the_reason(path: Any, said: str) -> None:
    with pytest.raises(errors.BadHotel, match=said):
        hotel_from(path)
