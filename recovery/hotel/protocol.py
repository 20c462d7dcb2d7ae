"""The port to the host: what we ask the hotel's own system, whatever it is."""

from __future__ import annotations

import datetime as dt
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from .. import errors
from .facts import Guest, Property, RosterEntry, StaffAlert, Stay, StayMatch
from .problems import Problem


class Capability(StrEnum):
    """What a hotel's system may be able to do. Without one, a person is asked to do it there."""

    FIND_STAYS = "find_stays"
    BOOK_CERTIFICATE_NIGHTS = "book_certificate_nights"
    CANCEL_CERTIFICATE_NIGHTS = "cancel_certificate_nights"
    NOTIFY_STAFF = "notify_staff"
    ROSTER = "roster"
    ARRIVALS = "arrivals"


#: What may have to wait for another machine.
_ASKING = (
    "get_stay",
    "get_guest",
    "properties",
    "get_property",
    "properties_for",
    "may_write_to",
    *(capability.value for capability in Capability),
)


class Hotel(ABC):
    """The bare adapter. Subclass it when the bookings are not in Django models.

    Verbs call it before they open a transaction. An adapter only reads our arguments and its own
    system; it never touches our tables, never sees a request and decides nothing.

    What is in ``unreachable`` and escapes one of its methods becomes ``HotelUnreachable``: doors say so
    and go on with what we know ourselves, deliveries try again. Anything else is a bug, and stays loud.
    """

    #: Exceptions that mean "does not answer now". Add those of your client, as in
    #: ``(OSError, httpx.TransportError)``; what ``urllib`` and ``requests`` raise is an OSError.
    unreachable: ClassVar[tuple[type[Exception], ...]] = (OSError,)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Here, because a call site could forget it and an adapter's author should not have to know.
        for name in _ASKING:
            if callable(method := cls.__dict__.get(name)):
                setattr(cls, name, _telling(method))

    # --- required --------------------------------------------------------------------------

    @abstractmethod
    def get_stay(self, ref: str) -> Stay | None:
        """The stay with exactly this reference, cancelled ones too."""

    @abstractmethod
    def get_guest(self, ref: str) -> Guest | None:
        """The guest with exactly this reference."""

    @abstractmethod
    def properties(self) -> Sequence[Property]:
        """Every house, in the order in which people want to see them."""

    # --- with a sensible default -----------------------------------------------------------

    def get_property(self, code: str) -> Property | None:
        """The house with exactly this code."""
        return next((house for house in self.properties() if house.code == code), None)

    def properties_for(self, user: Any) -> frozenset[str] | None:
        """The codes of the houses whose records this user may see; ``None`` means all of them.

        The default shows every house to everybody who may use the app at all. A group whose houses
        must not see each other's guests overrides this.
        """
        return None

    def may_write_to(self, guest: Guest) -> bool:
        """Whether letters may go to this guest: the host's veto. Unknown guests are not asked about."""
        return True

    def problems(self) -> Sequence[Problem]:
        """What is wrong with this adapter, for ``manage.py check``. Must not use the network."""
        return ()

    # --- from a record of the host to our references -------------------------------------------

    def ref_of_stay(self, row: Any) -> str | None:
        """The reference of the stay that a record of the host stands for; ``None``: of no stay.

        The host's own admin asks it for its booking pages. It must be the reference under which
        ``get_stay`` knows the stay. The default knows no records.
        """
        return None

    def ref_of_guest(self, row: Any) -> str | None:
        """The same for a record of a guest, or of a stay that has the guest's columns."""
        return None

    def refs_of_stays(self, rows: Sequence[Any]) -> list[str | None]:
        """``ref_of_stay`` of each row of a list, in its order. Override it where one by one is slow."""
        return [self.ref_of_stay(row) for row in rows]

    def refs_of_guests(self, rows: Sequence[Any]) -> list[str | None]:
        """``ref_of_guest`` of each row of a list, in its order. Override it where one by one is slow."""
        return [self.ref_of_guest(row) for row in rows]

    # --- optional --------------------------------------------------------------------------

    def has(self, capability: str) -> bool:
        """Whether this adapter defines an optional method.

        :raises ValueError: if there is no capability with that name.
        """
        name = Capability(capability).value
        return getattr(type(self), name) is not getattr(Hotel, name)

    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        """Stays that the words may mean, best first, at most 20.

        ``words`` is what a colleague typed: a name (perhaps misspelt), a telephone number, an
        e-mail address, a booking or agency reference. ``around`` is the arrival date as the guest
        tells it. All houses and cancelled stays are searched.

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.FIND_STAYS.value)

    def book_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        """Make nights of a stay free of charge; returns the hotel system's confirmation.

        Called again with the same ``request_key`` it must return the first answer and book nothing.

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.BOOK_CERTIFICATE_NIGHTS.value)

    def cancel_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        """Take free nights off a stay again; returns the hotel system's confirmation.

        Called again with the same ``request_key`` it must return the first answer and do nothing.

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.CANCEL_CERTIFICATE_NIGHTS.value)

    def notify_staff(self, alert: StaffAlert) -> None:
        """Tell a colleague by text message, push or pager. Raise to fail: somebody rings then.

        Called again with the same ``alert.key`` it must send nothing a second time.

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.NOTIFY_STAFF.value)

    def roster(self, property_code: str, at: dt.datetime) -> Sequence[RosterEntry]:
        """Who is on duty or on call at that house at that instant (aware, UTC).

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.ROSTER.value)

    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        """Who is expected at that house on that day of its calendar; without cancelled stays.

        :raises HotelCannot: if the adapter does not define it.
        """
        raise errors.HotelCannot(capability=Capability.ARRIVALS.value)


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, which says ``HotelUnreachable`` when the other side does not answer."""

    @functools.wraps(method)
    def ask(self: Hotel, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except self.unreachable as error:
            # Its name only: texts of such errors hold addresses, and sometimes passwords.
            raise errors.HotelUnreachable(problem=type(error).__name__) from error

    return ask
