"""Write the invented world into the hotel's own tables. Doing it again changes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.contrib.auth.models import User

from ..models import Booking, Employee, Guest, Hotel, Rate, Room, RoomType
from .bookings import Reservation, all_reservations
from .guests import PEOPLE
from .houses import COLLEAGUES, HOUSES, RATES_FROM, Colleague

#: Rooms are given out when a stay is this near.
ROOMS_GIVEN_OUT = dt.timedelta(days=7)


def fill(*, around: dt.date, password: str | None) -> None:
    """Add what is missing.

    ``around``: the day that counts as today for the normal bookings. ``password``: of every staff
    account; ``None`` gives accounts that nobody can sign in to.
    """
    _houses()
    for colleague in COLLEAGUES:
        _colleague(colleague, password)
    if not User.objects.filter(username="admin").exists():
        User.objects.create_superuser("admin", "admin@quay-strand.example", password)
    guests = {
        key: Guest.objects.get_or_create(
            first_name=person.first_name, last_name=person.last_name, defaults=person._asdict()
        )[0]
        for key, person in PEOPLE.items()
    }
    for reservation in all_reservations(around):
        if not Booking.objects.filter(reference=reservation.reference).exists():
            _book(reservation, guests[reservation.guest], around)


def _houses() -> None:
    for house in HOUSES:
        hotel, _ = Hotel.objects.get_or_create(code=house.facts["code"], defaults=house.facts)
        for kind in house.room_kinds:
            room_type, _ = RoomType.objects.get_or_create(
                hotel=hotel, name=kind.name, defaults={"sleeps": kind.sleeps}
            )
            for number in kind.rooms:
                Room.objects.get_or_create(hotel=hotel, number=number, defaults={"room_type": room_type})
            for valid_from, per_night in zip(RATES_FROM, kind.rates, strict=True):
                Rate.objects.get_or_create(
                    room_type=room_type, valid_from=valid_from, defaults={"per_night": per_night}
                )


def _colleague(colleague: Colleague, password: str | None) -> None:
    user, is_new = User.objects.get_or_create(
        username=colleague.username,
        defaults={
            "first_name": colleague.first_name,
            "last_name": colleague.last_name,
            "email": f"{colleague.username}@quay-strand.example",
            "is_staff": True,
        },
    )
    if is_new:
        user.set_password(password)
        user.save(update_fields=["password"])
    employee, is_new = Employee.objects.get_or_create(
        user=user, defaults={"job_title": colleague.job_title, "phone": colleague.phone}
    )
    if is_new:
        employee.hotels.set(Hotel.objects.filter(code__in=colleague.houses))


def _book(reservation: Reservation, guest: Guest, today: dt.date) -> None:
    hotel = Hotel.objects.get(code=reservation.house)
    departure = reservation.arrival + dt.timedelta(days=reservation.nights)
    if reservation.room:
        room: Room | None = hotel.rooms.get(number=reservation.room)
        room_type = room.room_type
    else:
        room_type = hotel.room_types.get(name=reservation.room_kind)
        room = _free_room(room_type, reservation.arrival, departure)
        if room is None and not reservation.cancelled_at:
            return  # the house is full: no hotel books that
        if reservation.cancelled_at or reservation.arrival > today + ROOMS_GIVEN_OUT:
            room = None
    Booking.objects.create(
        reference=reservation.reference,
        hotel=hotel,
        guest=guest,
        room_type=room_type,
        room=room,
        arrival=reservation.arrival,
        departure=departure,
        nightly_rate=reservation.nightly_rate or _rate(room_type, reservation.arrival),
        status=_status(reservation, departure, today),
        agency=reservation.agency,
        agency_ref=reservation.agency_ref,
        booked_on=reservation.booked_on,
        cancelled_at=reservation.cancelled_at,
        cancelled_by=reservation.cancelled_by,
        cancellation_note=reservation.cancellation_note,
        notes=reservation.notes,
    )


def _free_room(room_type: RoomType, arrival: dt.date, departure: dt.date) -> Room | None:
    meanwhile = Booking.objects.exclude(status=Booking.Status.CANCELLED).filter(
        arrival__lt=departure, departure__gt=arrival, room__isnull=False
    )
    return room_type.rooms.exclude(pk__in=meanwhile.values("room")).first()


def _rate(room_type: RoomType, arrival: dt.date) -> Decimal:
    price: Decimal = room_type.rates.filter(valid_from__lte=arrival).latest("valid_from").per_night
    return price


def _status(reservation: Reservation, departure: dt.date, today: dt.date) -> Booking.Status:
    if reservation.cancelled_at:
        return Booking.Status.CANCELLED
    if departure <= today:
        return Booking.Status.CHECKED_OUT
    return Booking.Status.CHECKED_IN if reservation.arrival < today else Booking.Status.CONFIRMED
