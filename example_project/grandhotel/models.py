"""Houses, rooms, guests, bookings and folios, as a small property system keeps them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models


class Hotel(models.Model):
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=60)
    country = models.CharField(max_length=60)
    time_zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    phone = models.CharField(max_length=30)
    email = models.EmailField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def postal_town(self) -> str:
        return f"{self.postcode} {self.city}"


class Employee(models.Model):
    """A colleague with an account. Without houses: head office, works for all of them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    hotels = models.ManyToManyField(Hotel, blank=True)
    job_title = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"{self.user.get_full_name()}, {self.job_title}"


class RoomType(models.Model):
    hotel = models.ForeignKey(Hotel, on_delete=models.CASCADE, related_name="room_types")
    name = models.CharField(max_length=40)
    sleeps = models.PositiveSmallIntegerField(default=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hotel", "name"], name="one_room_type_per_name")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="rooms")
    hotel = models.ForeignKey(Hotel, on_delete=models.CASCADE, related_name="rooms")
    number = models.CharField(max_length=6)

    class Meta:
        ordering = ["hotel", "number"]
        constraints = [models.UniqueConstraint(fields=["hotel", "number"], name="one_room_per_number")]

    def __str__(self) -> str:
        return self.number


class Rate(models.Model):
    """The published price of a night from a day on, until the next one."""

    room_type = models.ForeignKey(RoomType, on_delete=models.CASCADE, related_name="rates")
    valid_from = models.DateField()
    per_night = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        ordering = ["room_type", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["room_type", "valid_from"], name="one_rate_per_day")]

    def __str__(self) -> str:
        return f"{self.per_night} from {self.valid_from}"


class Guest(models.Model):
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, default="en")
    no_letters = models.BooleanField(default=False, help_text="Asked us never to write.")

    class Meta:
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return f"{self.last_name}, {self.first_name}"


class Booking(models.Model):
    class Status(models.TextChoices):
        CONFIRMED = "confirmed"
        CHECKED_IN = "checked_in"
        CHECKED_OUT = "checked_out"
        CANCELLED = "cancelled"

    reference = models.CharField(max_length=16, unique=True)
    hotel = models.ForeignKey(Hotel, on_delete=models.PROTECT, related_name="bookings")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="bookings")
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings")
    arrival = models.DateField(db_index=True)
    departure = models.DateField()
    nightly_rate = models.DecimalField(max_digits=9, decimal_places=2)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    agency = models.CharField(max_length=60, blank=True)
    agency_ref = models.CharField(max_length=40, blank=True)
    booked_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=60, blank=True)
    cancellation_note = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["arrival", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(departure__gt=models.F("arrival")), name="at_least_one_night"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def cancel_until(self) -> dt.date:
        """The group's terms: free until two days before arrival."""
        return self.arrival - dt.timedelta(days=2)

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days


class FolioLine(models.Model):
    """One line of the bill besides the nights themselves; a negative amount is a credit."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="folio_lines")
    text = models.CharField(max_length=120)
    nights = models.SmallIntegerField(default=0, help_text="Nights posted; negative when given free.")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    posted_at = models.DateTimeField(auto_now_add=True)
    #: What the posting program calls this line, so that a repeat is recognised; typed lines have none.
    posting_key = models.CharField(max_length=200, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.text}: {self.amount}"
