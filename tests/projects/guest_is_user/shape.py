"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.hotel import MatchReason, ModelHotel, StayStatus, get_hotel, seen_from
from recovery.hotel.path_check import inspect_path
from recovery.hotel.problems import ProblemKind
from tests.projects.story import TODAY

from .adapter import ChainHotel
from .models import Account, Reservation
from .rows import make_guest, make_house, make_lost_reservation, make_other_guests, make_stay

pytestmark = pytest.mark.django_db


def problems_of(**attributes: Any) -> dict[str, str]:
    """Attribute → "kind what fix" of an adapter that differs from the right one."""
    hotel = type("OddHotel", (ChainHotel,), attributes)()
    return {p.where: f"{p.kind} | {p.what} | {p.fix}" for p in hotel.problems()}


# --- reading -------------------------------------------------------------------------------------


def test_a_stay_without_a_guest_is_still_a_stay() -> None:
    stay = get_hotel().get_stay(str(make_stay(None, TODAY).pk))

    assert stay is not None
    assert stay.guest is None


def test_a_guest_without_a_profile_has_no_phone() -> None:
    guest = get_hotel().get_guest(str(make_guest("Ole", "Dam", "ole@example.com").pk))

    assert guest is not None
    assert (guest.phone, guest.language) == ("", "")


def test_a_profile_gives_phone_and_language() -> None:
    row = make_guest("Ole", "Dam", "ole@example.com", mobile="+45 12 34 56 78", language="da")

    guest = get_hotel().get_guest(str(row.pk))

    assert guest is not None
    assert (guest.phone, guest.language) == ("+45 12 34 56 78", "da")


def test_the_arrival_is_a_day_at_the_house_not_at_the_server() -> None:
    far = make_house("AKL", "Pacific/Auckland", "NZD")
    stay = make_stay(None, TODAY, house=far)

    found = get_hotel().get_stay(str(stay.pk))

    assert found is not None
    assert found.arrival_on == TODAY
    assert (found.nights, found.currency) == (2, "NZD")


def test_an_address_of_several_lines_stays_several_lines() -> None:
    make_house()

    assert get_hotel().properties()[0].address == ("Quay 1", "1000 Town")


def test_a_house_with_a_wrong_zone_gets_the_projects_zone() -> None:
    make_house("ODD", "Mars/Olympus")

    house = get_hotel().get_property("ODD")

    assert house is not None
    assert house.time_zone == "America/New_York"


def test_a_house_without_a_code_does_not_hide_the_others() -> None:
    make_house("")
    make_house("CPH")

    assert [house.code for house in get_hotel().properties()] == ["CPH"]


def test_a_key_written_differently_is_not_the_same_key() -> None:
    stay = make_stay(None, TODAY)

    assert get_hotel().get_stay(f"0{stay.pk}") is None
    assert get_hotel().get_stay(f" {stay.pk}") is None


def test_the_host_states_become_ours() -> None:
    hotel = get_hotel()
    refs = {state: str(make_stay(None, TODAY, state=state).pk) for state in Reservation.State}

    read = {state: hotel.get_stay(ref).status for state, ref in refs.items()}  # type: ignore[union-attr]

    assert read == {
        "O": StayStatus.BOOKED,
        "H": StayStatus.IN_HOUSE,
        "L": StayStatus.DEPARTED,
        "X": StayStatus.CANCELLED,
    }


def test_a_stay_with_several_guests_is_the_first_ones() -> None:
    class Shared(ChainHotel):
        stay_guest = "rooms"  # stands in for a many-to-many relation to guests
        guest_first_name = guest_last_name = guest_email = guest_phone = guest_language = ""
        guest_name = "number"

    lost = make_lost_reservation()

    stay = Shared().get_stay(lost.stay_ref)

    assert stay is not None
    assert stay.guest is not None
    assert stay.guest.name == "12"
    assert Shared().problems() == []
    assert Shared().get_guest(stay.guest.ref) == stay.guest


# --- finding -------------------------------------------------------------------------------------


def test_a_search_asks_the_same_few_questions_whatever_it_finds() -> None:
    make_lost_reservation()
    make_other_guests(60)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = get_hotel().find_stays("Guest Number", TODAY)

    # Later stays, earlier stays, the houses, the rooms; stays by reference ("Guest Number") first.
    assert len(queries) == 5
    assert len(found) == 20


def test_reading_one_stay_asks_for_the_stay_the_house_and_the_rooms() -> None:
    ref = make_lost_reservation().stay_ref

    with CaptureQueriesContext(connection) as queries:
        get_hotel().get_stay(ref)

    assert len(queries) == 3


def test_a_crowded_house_is_searched_by_the_database_first(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = make_lost_reservation()
    make_other_guests(30)
    monkeypatch.setattr("recovery.hotel.model_search.MOST_CANDIDATES", 10)

    found = get_hotel().find_stays(lost.misheard, TODAY)

    assert [match.stay.ref for match in found] == [lost.stay_ref]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("lea@example.com", MatchReason.EMAIL),
        ("LEA@EXAMPLE.COM", MatchReason.EMAIL),
        ("0036 20 1234567", MatchReason.PHONE),
        ("kovacs", MatchReason.SAME_NAME),
        ("Mme Kovács, Léa", MatchReason.SAME_NAME),
        ("Lea Kovac", MatchReason.SIMILAR_NAME),
        ("BC-77", MatchReason.AGENCY_REF),
    ],
)
@pytest.mark.parametrize("is_crowded", [False, True])
def test_a_guest_is_found_by_what_they_can_tell(
    words: str, why: MatchReason, is_crowded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = make_lost_reservation()
    Reservation.objects.filter(pk=lost.stay_ref).update(channel_ref="BC-77")
    if is_crowded:
        make_other_guests(10)
        monkeypatch.setattr("recovery.hotel.model_search.MOST_CANDIDATES", 8)

    found = get_hotel().find_stays(words, TODAY)

    assert [match.stay.ref for match in found] == [lost.stay_ref]
    assert why in found[0].why


def test_a_reference_may_be_typed_without_its_hyphen() -> None:
    stay = make_stay(None, TODAY, channel_ref="BC-77")

    found = get_hotel().find_stays("bc77", TODAY)

    assert [match.stay.ref for match in found] == [str(stay.pk)]


def test_a_reference_counts_at_any_date() -> None:
    stay = make_stay(None, TODAY - dt.timedelta(days=900), channel_ref="EXP-5550")

    found = get_hotel().find_stays("EXP-5550", TODAY)

    assert [match.stay.ref for match in found] == [str(stay.pk)]


def test_a_name_counts_only_near_the_told_arrival() -> None:
    make_stay(make_guest("Ole", "Dam", "ole@example.com"), TODAY - dt.timedelta(days=90))

    assert get_hotel().find_stays("Ole Dam", TODAY) == []
    assert len(get_hotel().find_stays("Ole Dam")) == 1


def test_a_guest_who_lives_here_is_found_long_after_arrival() -> None:
    make_stay(make_guest("Ole", "Dam", "ole@example.com"), TODAY - dt.timedelta(days=200), nights=300)

    found = get_hotel().find_stays("Dam", TODAY)

    assert found[0].why == (MatchReason.SAME_NAME,)


def test_a_stay_in_a_sister_house_is_found_and_marked() -> None:
    guest = make_guest("Ole", "Dam", "ole@example.com")
    make_stay(guest, TODAY, house=make_house("AAR"))
    make_stay(guest, TODAY, house=make_house("CPH"))

    found = seen_from(get_hotel().find_stays("Ole Dam", TODAY), property_code="CPH")

    assert [match.stay.property_code for match in found] == ["CPH", "AAR"]
    assert MatchReason.SISTER_HOUSE in found[1].why


def test_one_broken_row_does_not_hide_the_others(caplog: pytest.LogCaptureFixture) -> None:
    class Fragile(ChainHotel):
        def guest_from(self, row: Any) -> Any:
            if row.email == "bad@example.com":
                raise ZeroDivisionError
            return super().guest_from(row)

    make_stay(make_guest("Ole", "Dam", "bad@example.com"), TODAY)
    good = make_stay(make_guest("Ole", "Dam", "good@example.com"), TODAY)

    found = Fragile().find_stays("Ole Dam", TODAY)

    assert [match.stay.ref for match in found] == [str(good.pk)]
    assert "ZeroDivisionError" in caplog.text


def test_an_adapter_that_fails_on_every_row_says_so() -> None:
    class Broken(ChainHotel):
        def guest_from(self, row: Any) -> Any:
            raise ZeroDivisionError

    make_stay(make_guest("Ole", "Dam", "ole@example.com"), TODAY)

    with pytest.raises(ZeroDivisionError):
        Broken().find_stays("Ole Dam", TODAY)


# --- paths and what is wrong with them -------------------------------------------------------------


@pytest.mark.parametrize(
    ("attribute", "path", "said"),
    [
        ("guest_email", "emial", '"email"'),
        ("guest_phone", "profil.mobile", '"profile"'),
        ("guest_phone", "profile.mobil", '"mobile"'),
        ("guest_phone", "profile__mobile", '"profile.mobile"'),
        ("guest_phone", "profile", "Go on to one of its fields"),
        ("guest_phone", "profile..mobile", "is not a dotted path"),
        ("guest_phone", "email.adress", "holds a str"),
        ("room", "rooms", "“rooms.number”"),
        ("room", "rooms.nummer", '"number"'),
        ("arrival", "checkin", '"check_in"'),
        ("source_note", "confirm", "needs arguments"),
        ("source_note", "purge", "changes data"),
        ("source_note", "delete", "changes data"),
        ("stay_guest", "guset", '"guest"'),
        ("stay_guest", "state", "ends at a column"),
        ("stay_guest", "house", "guest_name"),
        ("stay_ref", "rooms.number", "no column to look up by"),
        ("property_name", "titel", '"title"'),
        ("guest_name", 5, "is not a dotted path"),
    ],
)
def test_a_wrong_path_is_told_with_the_fix(attribute: str, path: Any, said: str) -> None:
    found = problems_of(**{attribute: path})

    if attribute == "stay_guest" and path == "house":
        assert "guest_email" in found  # because a house has no e-mail
    else:
        assert set(found) == {attribute}
        assert said in found[attribute]


@pytest.mark.parametrize(
    ("attributes", "where", "said"),
    [
        ({"stay_model": ""}, "stay_model", "is empty"),
        ({"stay_model": "guest_is_user.Reservaton"}, "stay_model", '"guest_is_user.Reservation"'),
        ({"property_model": "nowhere"}, "property_model", "no model"),
        ({"guest_model": "guest_is_user.House"}, "stay_guest", "leads to guest_is_user.Account"),
        ({"property_model": ""}, "property_model", "0 sources"),
        ({"stay_property": ""}, "stay_property", "is empty"),
        ({"stay_manager": "objekts"}, "stay_manager", '"objects"'),
        ({"default_time_zone": "Copenhagen"}, "default_time_zone", "IANA"),
        ({"guest_first_name": "", "guest_last_name": ""}, "guest_name", "letters need it"),
        ({"guest_mail": "email"}, "guest_mail", '"guest_email"'),
        ({"status_words": {"O": "open"}}, "status_words", "no status"),
        ({"status_words": {"O": StayStatus.BOOKED}}, "status_words", "H, L, X"),
        ({"stay_ref": "channel_ref"}, "stay_ref", "not unique"),
    ],
)
def test_an_incomplete_adapter_is_told_what_is_missing(
    attributes: dict[str, Any], where: str, said: str
) -> None:
    found = problems_of(**attributes)

    assert said in found[where]


def test_a_doubt_is_not_an_error() -> None:
    hotel = type("OddHotel", (ChainHotel,), {"stay_ref": "channel_ref"})()

    assert [problem.kind for problem in hotel.problems()] == [ProblemKind.DOUBT]


def test_an_empty_adapter_reports_instead_of_failing() -> None:
    assert {problem.where for problem in ModelHotel().problems()} >= {"stay_model", "property_model"}


@pytest.mark.parametrize(
    ("path", "lookup", "joins", "prefetch"),
    [
        ("pk", "pk", "", ""),
        ("house_id", "house_id", "", ""),
        ("house.code", "house__code", "house", ""),
        ("guest.profile.mobile", "guest__profile__mobile", "guest__profile", ""),
        ("rooms.number", "rooms__number", "", "rooms"),
        ("rooms.house.code", "rooms__house__code", "", "rooms__house"),
        ("get_state_display", "", "", ""),
        ("check_in.date", "", "", ""),
    ],
)
def test_a_path_becomes_a_query_where_the_database_can_follow(
    path: str, lookup: str, joins: str, prefetch: str
) -> None:
    route = inspect_path(Reservation, path)

    assert (route.what, route.lookup, route.joins, route.prefetch) == ("", lookup, joins, prefetch)


@pytest.mark.parametrize(
    "name", ["a\r\nBcc: all@example.com", "x\x00y", "\u202egnp.exe", "\U0001f389 Ana", "n" * 80]
)
def test_a_hostile_name_is_one_harmless_line(name: str) -> None:
    guest = ChainHotel().guest_from(Account(pk=1, given_name=name, family_name="Dam"))

    assert guest.name.endswith(" Dam")
    assert guest.name.isprintable() or "\U0001f389" in guest.name
