from __future__ import annotations

from typing import Any

import pytest

from recovery.errors import HotelUnreachable, Unreachable
from recovery.hotel import Guest, Hotel, Property, Stay
from recovery.outbox.retry import Verdict, classify


class ClientError(Exception):
    """As the HTTP client of a host raises it; not an OSError."""


class Remote(Hotel):
    unreachable = (OSError, ClientError)

    def __init__(self, error: Exception) -> None:
        self.error = error

    def get_stay(self, ref: str) -> Stay | None:
        raise self.error

    def get_guest(self, ref: str) -> Guest | None:
        raise self.error

    def properties(self) -> list[Property]:
        raise self.error

    def properties_for(self, user: Any) -> frozenset[str] | None:
        raise self.error

    def may_write_to(self, guest: Guest) -> bool:
        raise self.error


class Careful(Remote):
    def get_stay(self, ref: str) -> Stay | None:
        return super().get_stay(ref)


GUEST = Guest(ref="1", name="Ole Dam")


@pytest.mark.parametrize(
    "error", [TimeoutError(), ConnectionRefusedError(), ClientError("http://user:pass@pms")]
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda hotel: hotel.get_stay("1"),
        lambda hotel: hotel.get_guest("1"),
        lambda hotel: hotel.properties(),
        lambda hotel: hotel.get_property("1"),
        lambda hotel: hotel.properties_for(None),
        lambda hotel: hotel.may_write_to(GUEST),
    ],
)
@pytest.mark.parametrize("kind", [Remote, Careful])
def test_what_the_adapter_calls_unreachable_is_told_as_that(
    kind: type[Remote], ask: Any, error: Exception
) -> None:
    with pytest.raises(HotelUnreachable) as told:
        ask(kind(error))

    assert told.value.__cause__ is error
    assert told.value.params == {"problem": type(error).__name__}
    assert "pass" not in told.value.sentence


def test_a_bug_of_the_adapter_stays_a_bug() -> None:
    with pytest.raises(KeyError):
        Remote(KeyError("arrival")).get_stay("1")


def test_what_is_not_defined_is_still_missing() -> None:
    class Half(Hotel):
        def get_stay(self, ref: str) -> Stay | None:
            return None

    assert Half.__abstractmethods__ == {"get_guest", "properties"}
    assert not Remote(OSError()).has("find_stays")


def test_a_delivery_that_meets_it_is_tried_again_and_counted() -> None:
    failure = classify(HotelUnreachable(problem="TimeoutError"))

    assert (failure.verdict, failure.detail) == (Verdict.RETRY, "hotel_unreachable")
    assert issubclass(HotelUnreachable, Unreachable)
