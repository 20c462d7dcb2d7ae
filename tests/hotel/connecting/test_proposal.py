"""Shapes of real hotel projects, as small models: what would be proposed for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test.utils import isolate_apps

from recovery.hotel import StayStatus
from recovery.hotel.connecting.proposal import Proposal, class_name, propose
from recovery.hotel.connecting.samples import NoSamples

Model = type[models.Model]


class FewRows(NoSamples):
    """A database with these rows: (model, path) → values."""

    def __init__(self, rows: dict[tuple[Model, str], list[object]]) -> None:
        self.rows = rows

    def values(self, model: Model, path: str) -> Sequence[object] | None:
        return self.rows.get((model, path))

    def words(self, model: Model, path: str) -> Sequence[object]:
        return list(dict.fromkeys(self.rows.get((model, path), ())))

    def count(self, model: Model) -> int | None:
        return max((len(values) for (of, _), values in self.rows.items() if of is model), default=None)


def make(name: str, /, **fields: Any) -> Model:
    """A model in the registry of the running test."""
    meta = type("Meta", (), {"app_label": "tests"})
    bases = fields.pop("bases", (models.Model,))
    return type(name, bases, {"__module__": __name__, "Meta": meta, **fields})


def to(model: Model | str, **options: Any) -> Any:
    return models.ForeignKey(model, models.CASCADE, **options)


def text(**options: Any) -> Any:
    return models.CharField(max_length=80, **options)


def day(**options: Any) -> Any:
    return models.DateField(**options)


def money() -> Any:
    return models.DecimalField(max_digits=9, decimal_places=2)


def person(name: str = "Guest", /, **more: Any) -> Model:
    return make(name, name=text(), email=models.EmailField(blank=True), **more)


def stay(name: str = "Booking", /, **more: Any) -> Model:
    return make(name, **({"check_in": day(), "check_out": day()} | more))


def proposed(*everything: Model, rows: FewRows | None = None) -> Proposal:
    return propose(everything, rows or NoSamples(), zone="Europe/Copenhagen", name="The Inn")


def paths(proposal: Proposal) -> dict[str, Any]:
    return proposal.attributes()


# --- which model ---------------------------------------------------------------------------------


@isolate_apps("tests")
def test_the_stay_is_found_among_what_looks_like_it() -> None:
    guest = person()
    booking = stay(guest=to(guest))
    others = [
        make("Payment", booking=to(booking), amount=money(), paid_on=day()),
        make("BookingLog", booking=to(booking), created_at=day(), text=text()),
        make("RoomType", name=text(), price=money()),
        make("Review", booking=to(booking), guest=to(guest), date=day()),
        make("TableReservation", guest=to(guest), date=day(), table=text()),
    ]

    proposal = proposed(guest, *others, booking)

    assert proposal.stay is booking
    assert proposal.sure > 80


@isolate_apps("tests")
def test_a_guest_with_stays_is_no_second_kind_of_stay() -> None:
    room = make("Room", number=text())
    guest = make("BookingCustomer", first_name=text(), last_name=text(), email=models.EmailField())
    occupancy = stay("Occupancy", customer=to(guest), room=to(room))

    proposal = proposed(guest, room, occupancy)

    assert proposal.stay is occupancy
    assert "tests.BookingCustomer" not in [label for label, _sure in proposal.others]
    assert not any("BookingCustomer" in note for note in proposal.notes)


@isolate_apps("tests")
def test_a_stay_may_be_called_order() -> None:
    guest, room = person("Customer"), make("Room", number=text())
    order = stay("Order", customer=to(guest), room=to(room))

    assert proposed(guest, room, order).stay is order


@isolate_apps("tests")
def test_a_row_of_the_guest_book_is_the_stay() -> None:
    room = make("quarto", numero=text())
    book = make("hospede", nome=text(), data_inicio=day(), data_fim=day(), quarto=to(room))

    proposal = proposed(room, book)

    assert proposal.stay is book
    assert paths(proposal)["guest_name"] == "nome"


@isolate_apps("tests")
def test_a_subscription_is_no_stay() -> None:
    subscription = make("Subscription", user=to(User), start_date=day(), end_date=day(), status=text())
    shift = make("Shift", employee=to(User), start=day(), end=day())

    assert proposed(User, subscription, shift).stay is None


@isolate_apps("tests")
def test_a_table_of_old_versions_is_no_stay() -> None:
    guest = person()
    booking = stay(guest=to(guest))
    old = stay("HistoricalBooking", guest=to(guest), history_id=models.IntegerField(), history_date=day())

    proposal = proposed(old, guest, booking)

    assert proposal.stay is booking


@isolate_apps("tests")
def test_a_second_model_of_stays_is_mentioned() -> None:
    guest = person()
    one, other = stay("OnlineBooking", guest=to(guest)), stay("OfflineBooking", guest=to(guest))

    assert any("looks like stays, too" in note for note in proposed(guest, one, other).notes)


# --- the guest -----------------------------------------------------------------------------------


@isolate_apps("tests")
def test_a_guest_may_be_the_user() -> None:
    found = paths(proposed(User, stay(user=to(User))))

    assert found["stay_guest"] == "user"
    assert (found["guest_first_name"], found["guest_last_name"]) == ("first_name", "last_name")
    assert found["guest_email"] == "email"


@isolate_apps("tests")
def test_the_email_may_be_two_hops_away() -> None:
    profile = make("CustomerProfile", user=models.OneToOneField(User, models.CASCADE), mobile_no=text())

    found = paths(proposed(User, profile, stay(customer=to(profile))))

    assert found["stay_guest"] == "customer"
    assert (found["guest_email"], found["guest_phone"]) == ("user.email", "mobile_no")
    assert found["guest_last_name"] == "user.last_name"


@isolate_apps("tests")
def test_the_phone_may_be_in_a_profile_behind_the_guest() -> None:
    guest = person()
    profile = make(
        "Profile", guest=models.OneToOneField(guest, models.CASCADE), phone=text(), language=text()
    )

    found = paths(proposed(guest, profile, stay(guest=to(guest))))

    assert (found["guest_phone"], found["guest_language"]) == ("profile.phone", "profile.language")


@isolate_apps("tests")
def test_a_guest_may_be_a_child_of_another_model() -> None:
    parent = make("Person", first_name=text(), last_name=text(), email=text())
    guest = make("Guest", bases=(parent,), loyalty_tier=text())

    found = paths(proposed(parent, guest, stay(guest=to(guest))))

    assert (found["stay_guest"], found["guest_email"]) == ("guest", "email")
    assert (found["guest_last_name"], found["guest_tier"]) == ("last_name", "loyalty_tier")


@isolate_apps("tests")
def test_a_guest_may_be_columns_of_the_stay() -> None:
    booking = stay(
        guest_name=text(), contact_email=text(), phone_number=text(), created_by=to(User, null=True)
    )

    found = paths(proposed(User, booking))

    assert "stay_guest" not in found
    assert found["guest_name"] == "guest_name"
    assert (found["guest_email"], found["guest_phone"]) == ("contact_email", "phone_number")


@isolate_apps("tests")
def test_own_columns_come_before_the_account_that_booked() -> None:
    booking = stay(user=to(User, null=True), full_name=text(), email=models.EmailField(), phone=text())

    found = paths(proposed(User, booking))

    assert "stay_guest" not in found
    assert found["guest_name"] == "full_name"


@isolate_apps("tests")
def test_a_link_that_most_stays_leave_empty_is_not_the_guest() -> None:
    guest = person()
    booking = stay(guest=to(guest, null=True), name=text(), email=text())
    rows = FewRows(
        {
            (booking, "guest.pk"): [None, None, 3, None],
            (booking, "name"): ["Ada"],
            (booking, "email"): ["a@b.dk"],
        }
    )

    assert "stay_guest" not in paths(proposed(guest, booking, rows=rows))


@isolate_apps("tests")
def test_the_colleague_who_entered_it_is_not_the_guest() -> None:
    guest = person("Client")
    booking = stay(created_by=to(User), handled_by=to(User), client=to(guest), checked_by=to(User))

    assert paths(proposed(User, guest, booking))["stay_guest"] == "client"


@isolate_apps("tests")
def test_a_stay_may_have_several_guests() -> None:
    guest = person()

    found = paths(proposed(guest, stay(guests=models.ManyToManyField(guest))))

    assert (found["stay_guest"], found["guest_email"]) == ("guests", "email")


@isolate_apps("tests")
def test_guests_may_be_listed_in_a_table_between() -> None:
    guest = person()
    booking = stay()
    between = make("BookingGuest", booking=to(booking, related_name="party"), guest=to(guest))

    assert paths(proposed(guest, booking, between))["stay_guest"] == "party.guest"


@isolate_apps("tests")
def test_a_host_without_email_is_told_what_follows() -> None:
    guest = make("Guest", name=text(), phone=text())

    proposal = proposed(guest, stay(guest=to(guest)))

    assert "guest_email" not in paths(proposal)
    assert any("printed and handed over" in note for note in proposal.notes)


@isolate_apps("tests")
def test_an_emergency_contact_is_nobody_to_write_to() -> None:
    guest = make(
        "Guest", name=text(), emergency_contact_phone=text(), company_email=text(), email_verified=day()
    )

    found = paths(proposed(guest, stay(guest=to(guest))))

    assert {"guest_phone", "guest_email"}.isdisjoint(found)


@isolate_apps("tests")
def test_a_guest_without_a_name_is_told() -> None:
    account = make("Account", email=models.EmailField(), phone=text())

    proposal = proposed(account, stay(account=to(account)))

    assert paths(proposal)["guest_name"] == "email"
    assert proposal.findings["guest_name"].sure <= 15
    assert any("No name of a guest" in note for note in proposal.notes)


@isolate_apps("tests")
def test_one_name_of_the_guest_comes_before_two_of_a_clerk() -> None:
    clerk = make("Clerk", first_name=text(), last_name=text())
    guest = make("Guest", full_name=text(), registered_by=to(clerk))

    found = paths(proposed(clerk, guest, stay(guest=to(guest))))

    assert found["guest_name"] == "full_name"
    assert "guest_last_name" not in found


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrival", "departure"),
    [
        ("arrival", "departure"), ("checkInDate", "checkOutDate"), ("start_date", "end_date"),
        ("date_from", "date_to"), ("ankomst", "afrejse"), ("fra_dato", "til_dato"), ("anreise", "abreise"),
        ("von", "bis"), ("date_arrivee", "date_depart"), ("debut", "fin"), ("fecha_entrada", "fecha_salida"),
        ("fecha_inicio", "fecha_fin"), ("data_entrada", "data_saida"), ("data_inicio", "data_fim"),
        ("data_arrivo", "data_partenza"), ("aankomst", "vertrek"), ("incheckning", "utcheckning"),
    ],
)  # fmt: skip
@isolate_apps("tests")
def test_days_are_found_in_many_languages(arrival: str, departure: str) -> None:
    guest = person()
    booking = make(
        "Booking",
        guest=to(guest),
        created_at=models.DateTimeField(),
        booking_date=day(),
        birth_date=day(),
        payment_date=day(),
        **{arrival: day(), departure: day()},
    )

    found = paths(proposed(guest, booking))

    assert (found["arrival"], found["departure"]) == (arrival, departure)


@isolate_apps("tests")
def test_a_day_and_its_hour_may_stand_apart() -> None:
    guest = person()
    hours = {"check_in_time": models.TimeField(), "check_out_time": models.TimeField()}
    booking = make("Booking", guest=to(guest), check_in_date=day(), check_out_date=day(), **hours)

    found = paths(proposed(guest, booking))

    assert (found["arrival"], found["departure"]) == ("check_in_date", "check_out_date")


@isolate_apps("tests")
def test_nights_do_where_there_is_no_departure() -> None:
    guest = person()
    nights = {"number_of_nights": models.IntegerField(), "number_of_guests": models.IntegerField()}
    booking = make("Booking", guest=to(guest), arrival=day(), **nights)

    found = paths(proposed(guest, booking))

    assert (found["arrival"], found["nights"]) == ("arrival", "number_of_nights")
    assert "departure" not in found


@isolate_apps("tests")
def test_what_was_planned_comes_before_what_happened() -> None:
    guest = person()
    happened = {"actual_check_in": day(null=True), "checked_out_at": models.DateTimeField(null=True)}

    found = paths(proposed(guest, stay(guest=to(guest), **happened)))

    assert (found["arrival"], found["departure"]) == ("check_in", "check_out")


@isolate_apps("tests")
def test_dates_in_text_columns_are_believed_when_the_rows_are_dates() -> None:
    guest = person()
    booking = make("Booking", guest=to(guest), arrival=text(), departure=text())
    rows = FewRows(
        {
            (booking, "arrival"): ["11.7.2026", "2026-07-12"],
            (booking, "departure"): ["next week", "03/04/2026"],
        }
    )

    found = paths(proposed(guest, booking, rows=rows))

    assert found["arrival"] == "arrival"
    assert "departure" not in found


# --- room, price, status -------------------------------------------------------------------------


@isolate_apps("tests")
def test_rooms_may_be_many() -> None:
    guest, room_type = person(), make("RoomType", title=text())
    room = make("Room", room_no=text(), room_type=to(room_type), price_per_night=money())

    found = paths(proposed(guest, room, stay(guest=to(guest), rooms=models.ManyToManyField(room))))

    assert (found["room"], found["room_type"]) == ("rooms.room_no", "rooms.room_type.title")
    assert found["nightly_rate"] == "rooms.price_per_night"


@isolate_apps("tests")
def test_a_room_may_be_a_word_on_the_stay() -> None:
    guest = person()

    found = paths(proposed(guest, stay(guest=to(guest), numero_habitacion=text(), tipo_habitacion=text())))

    assert (found["room"], found["room_type"]) == ("numero_habitacion", "tipo_habitacion")


@pytest.mark.parametrize(
    ("column", "attribute"),
    [
        ("price_per_night", "nightly_rate"), ("nightly_rate", "nightly_rate"), ("rate", "nightly_rate"),
        ("daily_price", "nightly_rate"), ("pris_pr_nat", "nightly_rate"), ("precio_noche", "nightly_rate"),
        ("total", "total_price"), ("total_amount", "total_price"), ("gesamtpreis", "total_price"),
        ("valor_total", "total_price"), ("prix_total", "total_price"), ("price", "total_price"),
    ],
)  # fmt: skip
@isolate_apps("tests")
def test_a_price_is_that_of_a_night_or_of_the_stay(column: str, attribute: str) -> None:
    guest = person()
    prices = {
        column: money(),
        "discount": money(),
        "deposit_amount": money(),
        "total_guests": models.IntegerField(),
    }

    found = paths(proposed(guest, stay(guest=to(guest), **prices)))

    assert found[attribute] == column
    assert {"nightly_rate", "total_price"} & found.keys() == {attribute}


@isolate_apps("tests")
def test_what_the_guest_pays_comes_before_the_price_list() -> None:
    guest, room = person(), make("Room", number=text(), price=money())

    found = paths(proposed(guest, room, stay(guest=to(guest), room=to(room), total_cost=money())))

    assert found["total_price"] == "total_cost"
    assert "nightly_rate" not in found


@isolate_apps("tests")
def test_choices_become_our_words() -> None:
    guest = person()
    choices = [("P", "En attente"), ("C", "Confirmée"), ("A", "Annulée"), ("D", "Départ"), ("Z", "???")]

    proposal = proposed(guest, stay(guest=to(guest), statut=text(choices=choices)))

    assert paths(proposal)["status_words"] == {
        "P": StayStatus.BOOKED,
        "C": StayStatus.BOOKED,
        "A": StayStatus.CANCELLED,
        "D": StayStatus.DEPARTED,
        "Z": StayStatus.UNKNOWN,
    }
    assert any("say what these mean: Z" in note for note in proposal.notes)


@isolate_apps("tests")
def test_a_payment_status_is_no_status_of_the_stay() -> None:
    guest, room = person(), make("Room", number=text(), status=text())
    booking = stay(guest=to(guest), room=to(room), payment_status=text(), booking_status=text())

    assert paths(proposed(guest, room, booking))["status"] == "booking_status"


@isolate_apps("tests")
def test_a_status_may_be_a_table_of_its_own() -> None:
    guest, status = person(), make("ReservationStatus", name=text())

    assert paths(proposed(guest, status, stay(guest=to(guest), status=to(status))))["status"] == "status.name"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("is_cancelled", {"cancelled": "is_cancelled"}),
        ("annulleret", {"cancelled": "annulleret"}),
        ("is_deleted", {"cancelled": "is_deleted"}),
        (
            "is_active",
            {"status": "is_active", "status_words": {True: StayStatus.BOOKED, False: StayStatus.CANCELLED}},
        ),
        (
            "confirmada",
            {"status": "confirmada", "status_words": {True: StayStatus.BOOKED, False: StayStatus.BOOKED}},
        ),
    ],
)
@isolate_apps("tests")
def test_a_flag_may_say_how_far_a_stay_has_come(column: str, expected: dict[str, Any]) -> None:
    guest = person()

    found = paths(proposed(guest, stay(guest=to(guest), **{column: models.BooleanField()})))

    assert {key: found.get(key) for key in expected} == expected


@isolate_apps("tests")
def test_several_flags_say_it_together() -> None:
    guest = person()
    flags = {name: models.BooleanField() for name in ("is_checked_in", "checked_out", "is_paid", "is_vip")}

    proposal = proposed(guest, stay(guest=to(guest), **flags))

    assert proposal.flags == {"in_house": "is_checked_in", "departed": "checked_out"}


@isolate_apps("tests")
def test_a_soft_deleted_stay_is_a_cancelled_one() -> None:
    guest = person()
    booking = stay(guest=to(guest), deleted_at=models.DateTimeField(null=True))

    assert paths(proposed(guest, booking))["cancelled"] == "deleted_at"


@isolate_apps("tests")
def test_the_day_of_a_cancellation_is_not_its_deadline() -> None:
    guest = person()
    days = {"cancelled_on": day(null=True), "free_cancellation_before": day(null=True)}

    found = paths(proposed(guest, stay(guest=to(guest), **days)))

    assert (found["cancelled_on"], found["cancel_until"]) == ("cancelled_on", "free_cancellation_before")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("cancel_until", True),
        ("cancel_by", True),
        ("cancellation_deadline", True),
        ("freeCancellationUntil", True),
        ("storno_frist", True),
        ("cancelled_at", False),
        ("deadline", False),
        ("expires_on", False),
        ("cancellation_fee_deadline", False),
        ("cancellation_deadline_created", False),
        ("departure_deadline", False),
    ],
)
@isolate_apps("tests")
def test_until_when_a_stay_can_be_cancelled_is_found_by_its_name(name: str, is_one: bool) -> None:
    guest = person()

    found = paths(proposed(guest, stay(guest=to(guest), **{name: day(null=True)})))

    assert found.get("cancel_until") == (name if is_one else None)


@isolate_apps("tests")
def test_how_many_days_before_is_no_day() -> None:
    guest = person()

    found = paths(proposed(guest, stay(guest=to(guest), cancel_before=models.IntegerField())))

    assert "cancel_until" not in found


@isolate_apps("tests")
def test_a_reference_is_unique_and_always_there() -> None:
    guest = person()
    refs = {
        "code": text(unique=True, null=True),
        "confirmation_number": text(unique=True),
        "booking_ref": text(),
        "ota_booking_id": text(blank=True),
    }

    found = paths(proposed(guest, stay(guest=to(guest), **refs)))

    assert found["stay_ref"] == "confirmation_number"
    assert found["agency_ref"] == "ota_booking_id"


# --- houses --------------------------------------------------------------------------------------


def hotel(name: str = "Hotel", /, **more: Any) -> Model:
    return make(name, name=text(), slug=models.SlugField(unique=True), **more)


@isolate_apps("tests")
def test_a_house_may_be_on_the_stay() -> None:
    guest, house = (
        person(),
        hotel(timezone=text(), currency=text(), street=text(), zip_code=text(), city=text()),
    )

    found = paths(proposed(guest, house, stay(guest=to(guest), hotel=to(house))))

    assert (found["stay_property"], found["property_code"]) == ("hotel.slug", "slug")
    assert (found["property_time_zone"], found["property_currency"]) == ("timezone", "currency")
    assert found["property_address"] == ("street", "zip_code", "city")
    assert "currency" not in found


@isolate_apps("tests")
def test_a_house_may_be_behind_the_room() -> None:
    guest, branch = person(), make("Branch", title=text())
    room_type = make("RoomType", name=text(), branch=to(branch))
    room = make("Room", number=text(), kind=to(room_type))

    found = paths(proposed(guest, branch, room_type, room, stay(guest=to(guest), room=to(room))))

    assert found["stay_property"] == "room.kind.branch.pk"
    assert "property_code" not in found
    assert found["property_name"] == "title"


@isolate_apps("tests")
def test_a_price_list_of_the_hotel_is_no_house() -> None:
    guest, rates = person(), make("HotelRate", name=text(), price=money())
    room = make("Room", number=text(), hotel_rate=to(rates))

    assert "single_property" in paths(proposed(guest, rates, room, stay(guest=to(guest), room=to(room))))


@isolate_apps("tests")
def test_a_house_may_be_a_code_on_the_stay() -> None:
    guest = person()
    booking = stay(guest=to(guest), hotel_code=text())
    rows = FewRows({(booking, "hotel_code"): ["N", "S", "N"]})

    found = paths(proposed(guest, booking, rows=rows))

    assert found["stay_property"] == "hotel_code"
    assert [house.code for house in found["property_list"]] == ["N", "S"]


@isolate_apps("tests")
def test_a_house_may_be_the_only_row_of_the_settings() -> None:
    guest = person()
    settings = make("HotelSettings", hotel_name=text(), phone=text(), address=models.TextField())
    rows = FewRows(
        {
            (settings, "hotel_name"): ["The Old Inn"],
            (settings, "phone"): ["+45 00 11 22 33"],
            (settings, "address"): ["Havnevej 1\n9990 Skagen"],
        }
    )

    house = paths(proposed(guest, settings, stay(guest=to(guest)), rows=rows))["single_property"]

    assert (house.name, house.phone) == ("The Old Inn", "+45 00 11 22 33")
    assert house.address == ("Havnevej 1", "9990 Skagen")


@isolate_apps("tests")
def test_a_currency_in_the_settings_row_is_not_asked_for_again() -> None:
    guest = person()
    settings = make("Indstillinger", hotelnavn=text(), valuta=models.CharField(max_length=3))
    rows = FewRows({(settings, "hotelnavn"): ["Badehotellet"], (settings, "valuta"): ["DKK"]})

    proposal = proposed(guest, settings, stay(guest=to(guest)), rows=rows)

    assert paths(proposal)["single_property"].currency == "DKK"
    assert not any("currency" in note for note in proposal.notes)


@isolate_apps("tests")
def test_without_a_house_one_is_made_up_and_said_so() -> None:
    guest = person()

    proposal = proposed(guest, stay(guest=to(guest)))

    assert paths(proposal)["single_property"].time_zone == "Europe/Copenhagen"
    assert any("single_property" in note for note in proposal.notes)


# --- rows and names ------------------------------------------------------------------------------


@isolate_apps("tests")
def test_a_column_that_is_always_empty_loses_to_one_that_is_filled() -> None:
    guest = make("Guest", name=text(), email=text(), contact_mail=text())
    booking = stay(guest=to(guest))
    rows = FewRows(
        {(booking, "guest.email"): [None, "", None], (booking, "guest.contact_mail"): ["ada@example.com"] * 3}
    )

    assert paths(proposed(guest, booking, rows=rows))["guest_email"] == "contact_mail"


@isolate_apps("tests")
def test_words_instead_of_codes_are_no_language() -> None:
    guest = person(language=text())
    booking = stay(guest=to(guest))
    rows = FewRows({(booking, "guest.language"): ["English", "Danish"]})

    assert "guest_language" not in paths(proposed(guest, booking, rows=rows))


@pytest.mark.parametrize(
    ("label", "name"),
    [("bookings", "BookingsHotel"), ("grand_hotel", "GrandHotel"), ("2rooms", "Our2roomsHotel")],
)
def test_the_class_is_called_after_the_app(label: str, name: str) -> None:
    assert class_name(label) == name


@isolate_apps("tests")
def test_what_no_column_says_is_asked_for() -> None:
    guest, house = person(), hotel()

    proposal = propose(
        [guest, house, stay(guest=to(guest), hotel=to(house))], NoSamples(), zone="UTC", name="X"
    )

    assert paths(proposal)["default_currency"] == ""
    assert any("into default_currency" in note for note in proposal.notes)
    assert any("into default_time_zone" in note for note in proposal.notes)
