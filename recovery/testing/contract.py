"""Every rule that the port promises, as tests that a host runs against its own adapter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from unittest import SkipTest

from ..hotel import Capability, Guest, Hotel, Property, Stay, StayMatch, StayStatus, get_hotel
from ..hotel.matching import MOST_MATCHES, WINDOW
from . import watching
from .known import KnownStay

UNKNOWN_REFS = (
    "", " ", "0", "-1", "nobody", "stay:", "\x00", "1 OR 1=1", "' --", "9" * 30, "é" * 5000, "None", "\ud800",
)  # fmt: skip
HOSTILE_WORDS = (
    "", " ", "\x00\r\n", "' OR 1=1 --", "%", "_", "\\", "[", "(((((", "x" * 1_000_000, "\U0001f389", "\ud800",
    "@", "+++", "0" * 200,
)  # fmt: skip


class AdapterContract:
    """Subclass it beside your test case, and make a few stays.

    .. code-block:: python

        class TestOurAdapter(AdapterContract, TestCase):
            def known_stays(self):
                row = Booking.objects.create(…)
                return [KnownStay(ref=row.number, name="Daniel Whitfield", arrival_on=row.check_in, row=row)]

    Give one that is cancelled if your system keeps those, one whose guest has everything, and one
    whose guest has as little as your system allows. In pytest, mark the class with ``django_db``
    instead of a ``TestCase``.
    """

    #: Statements that one look at one stay or guest may take.
    most_questions: ClassVar[int] = 12
    #: Whether free nights may really be booked in your system during a test.
    books_in_tests: ClassVar[bool] = True

    # --- what you say --------------------------------------------------------------------------

    def known_stays(self) -> Sequence[KnownStay]:
        """Make stays in your system and say what is known of them. Called once in a test."""
        raise NotImplementedError("say which stays there are: override known_stays()")

    def make_more_stays(self, count: int) -> None:
        """Make further stays that arrive on the day of the first known one, each with its own guest.

        With it the number of statements is compared between few stays and many.
        """
        raise SkipTest("override make_more_stays() to have the number of statements compared")

    def users(self) -> Iterable[Any]:
        """Accounts of yours for which ``properties_for`` is asked."""
        return ()

    def hotel(self) -> Hotel:
        """The adapter under test; the one in your settings unless you say otherwise."""
        return get_hotel()

    # --- references ----------------------------------------------------------------------------

    def test_a_known_stay_is_found_by_its_reference(self) -> None:
        for known in self._known():
            stay = self._stay(known)
            _same(stay.ref, known.ref, f"get_stay({known.ref!r}).ref")
            _check(isinstance(stay.ref, str), f"the reference of a stay is a {type(stay.ref).__name__}")

    def test_a_cancelled_stay_is_known_as_cancelled(self) -> None:
        for known in self._known():
            _same(self._stay(known).is_cancelled, known.is_cancelled, f"stay {known.ref}: is_cancelled")

    def test_the_guest_of_a_stay_is_found_by_reference(self) -> None:
        for known in self._known():
            guest = self._stay(known).guest
            if known.guest_ref:
                _check(guest is not None, f"stay {known.ref} has no guest")
                _same(guest.ref if guest else "", known.guest_ref, f"stay {known.ref}: guest.ref")
            if guest is not None and guest.ref:
                again = self.hotel().get_guest(guest.ref)
                _check(isinstance(again, Guest), f"get_guest({guest.ref!r}) finds nobody")
                _same(again, guest, f"get_guest({guest.ref!r}) and the stay's guest")

    def test_an_unknown_reference_is_none(self) -> None:
        known = self._known()
        taken = {each.ref for each in known} | {each.guest_ref for each in known}
        hotel = self.hotel()
        near = [f"{known[0].ref} ", f"{known[0].ref}\n", f"{known[0].ref}0000"]
        for ref in (*UNKNOWN_REFS, *near):
            for name in ("get_stay", "get_guest", "get_property"):
                if ref in taken:
                    continue
                found = _asked(partial(getattr(hotel, name), ref), f"{name}({ref[:40]!r})")
                _check(found is None, f"{name}({ref[:40]!r}) is {found!r}; it must be None")

    def test_a_record_of_yours_leads_to_its_reference(self) -> None:
        for known in self._known():
            if known.row is not None:
                _same(self.hotel().ref_of_stay(known.row), known.ref, "ref_of_stay(row)")
                _same(self.hotel().refs_of_stays([known.row, object()]), [known.ref, None], "refs_of_stays")
            if known.guest_row is not None:
                _same(self.hotel().ref_of_guest(known.guest_row), known.guest_ref, "ref_of_guest(row)")
        _same(self.hotel().ref_of_stay(object()), None, "ref_of_stay of a stranger")

    # --- facts -----------------------------------------------------------------------------------

    def test_dates_are_days_and_money_has_a_currency(self) -> None:
        for known in self._known():
            stay = self._stay(known)
            for name in ("arrival_on", "departure_on", "cancelled_on"):
                day = getattr(stay, name)
                is_day = day is None or (isinstance(day, dt.date) and not isinstance(day, dt.datetime))
                _check(is_day, f"{name} is a {type(day).__name__}; give a date at the house")
            if known.arrival_on is not None:
                _same(stay.arrival_on, known.arrival_on, f"stay {known.ref}: arrival_on")
            if stay.nightly_rate is not None:
                _check(isinstance(stay.nightly_rate, Decimal), "nightly_rate is no Decimal")
                _check(bool(stay.currency), f"stay {known.ref} has a price and no currency")

    def test_what_is_known_of_the_guest_is_read(self) -> None:
        for known in self._known():
            guest = self._stay(known).guest
            for name in ("name", "email"):
                wanted = getattr(known, name)
                if wanted:
                    _same(getattr(guest, name, ""), wanted, f"stay {known.ref}: guest.{name}")

    def test_every_stay_is_at_a_house_that_exists(self) -> None:
        hotel, stays = self.hotel(), self._known()
        houses = list(hotel.properties())
        _check(bool(houses), "properties() is empty: a complaint needs a house")
        _check(all(isinstance(each, Property) for each in houses), "properties() must hold Property values")
        codes = [each.code for each in houses]
        _same(sorted(set(codes)), sorted(codes), "the codes of properties(), each once")
        for each in houses:
            _same(hotel.get_property(each.code), each, f"get_property({each.code!r})")
        for known in stays:
            code = self._stay(known).property_code
            _check(code in codes, f"stay {known.ref} is at {code!r}, which properties() does not name")

    # --- searching -------------------------------------------------------------------------------

    def test_hostile_words_find_nothing_and_break_nothing(self) -> None:
        self._needs(Capability.FIND_STAYS)
        known = self._known()
        for words in HOSTILE_WORDS:
            for around in (None, known[0].arrival_on, dt.date.min, dt.date.max):
                where = f"find_stays({words[:40]!r}, {around})"
                found = _asked(partial(self.hotel().find_stays, words, around), where)
                _check(found == [], f"{where} is {found!r}; it must be an empty list")

    def test_a_stay_is_found_by_name_phone_mail_and_numbers(self) -> None:
        self._needs(Capability.FIND_STAYS)
        for known in self._known():
            self._stay(known)
            for words in (known.ref, known.agency_ref, known.name, known.phone, known.email):
                if words:
                    self._finds(known, words, known.arrival_on)
            if known.name:
                self._finds(known, " ".join(reversed(known.name.split())).lower(), known.arrival_on)

    def test_a_stay_is_found_two_months_around_its_arrival_and_not_beyond(self) -> None:
        self._needs(Capability.FIND_STAYS)
        for known in self._known():
            if known.arrival_on is None or not known.name:
                continue
            stay = self._stay(known)
            for days in (-WINDOW, WINDOW):
                self._finds(known, known.name, known.arrival_on + dt.timedelta(days=days))
            for day in (known.arrival_on - dt.timedelta(days=WINDOW + 1), _after(stay)):
                found = [match.stay.ref for match in self.hotel().find_stays(known.name, day)]
                _check(
                    known.ref not in found, f"{known.name!r} around {day} finds a stay that is too far away"
                )

    # --- who arrives -----------------------------------------------------------------------------

    def test_who_arrives_is_told_for_that_house_and_day_without_the_cancelled(self) -> None:
        self._needs(Capability.ARRIVALS)
        for known in self._known():
            stay, day = self._stay(known), known.arrival_on
            if day is None:
                continue
            where = f"arrivals({stay.property_code!r}, {day})"
            refs = self._arriving(stay.property_code, day)
            if known.is_cancelled:
                _check(known.ref not in refs, f"{where} names {known.ref}, which is cancelled")
            elif stay.status in (StayStatus.BOOKED, StayStatus.UNKNOWN):  # who is here need not be expected
                _check(known.ref in refs, f"{where} does not name {known.ref}: {refs}")
            for days in (-1, 1):
                self._arriving(stay.property_code, day + dt.timedelta(days=days))
        codes = {each.code for each in self.hotel().properties()}
        for code in codes | set(UNKNOWN_REFS):
            for day in (dt.date.min, dt.date.max):
                _same(self._arriving(code, day), [], f"arrivals({code[:40]!r}, {day})")

    def test_arrivals_take_as_many_statements_for_many_stays_as_for_few(self) -> None:
        self._needs(Capability.ARRIVALS)
        known = self._known()[0]
        code, day, counts = self._stay(known).property_code, known.arrival_on, []
        if day is None:
            raise SkipTest("the first known stay has no day of arrival")
        self.make_more_stays(3)
        hotel = self.hotel()
        for _ in range(2):
            hotel.arrivals(code, day)  # once before, for what is read once a process
            counts.append(watching.questions(partial(hotel.arrivals, code, day))[1])
            self.make_more_stays(12)
        _same(counts[1], counts[0], "statements of arrivals with many stays and with few")

    # --- what an adapter never does ----------------------------------------------------------------

    def test_reading_writes_nothing(self) -> None:
        known = self._known()
        with watching.nothing_is_written():
            self._read_everything(known)

    def test_reading_prints_no_record(self) -> None:
        known = self._known()
        with watching.nothing_is_printed():
            self._read_everything(known)

    def test_one_stay_takes_few_statements(self) -> None:
        hotel = self.hotel()
        for known in self._known():
            for name, ref in (("get_stay", known.ref), ("get_guest", known.guest_ref)):
                _found, count = watching.questions(partial(getattr(hotel, name), ref))
                most = self.most_questions
                _check(count <= most, f"{name}({ref!r}) takes {count} statements; {most} may be")

    def test_a_search_takes_as_many_statements_for_many_stays_as_for_few(self) -> None:
        self._needs(Capability.FIND_STAYS)
        known = self._known()[0]
        self.make_more_stays(3)
        hotel, words, counts = self.hotel(), known.name or known.ref, []
        for _ in range(2):
            hotel.find_stays(words, known.arrival_on)  # once before, for what is read once a process
            counts.append(watching.questions(lambda: hotel.find_stays(words, known.arrival_on))[1])
            self.make_more_stays(12)
        _same(counts[1], counts[0], "statements of find_stays with many stays and with few")

    # --- people ----------------------------------------------------------------------------------

    def test_nobody_is_given_a_house_that_does_not_exist(self) -> None:
        self._known()
        codes = {each.code for each in self.hotel().properties()}
        for user in self.users():
            mine = self.hotel().properties_for(user)
            is_fine = mine is None or (isinstance(mine, frozenset) and mine <= codes)
            _check(is_fine, f"properties_for(…) is {mine!r}; give a frozenset of known codes, or None")

    def test_whether_a_guest_may_be_written_to_is_yes_or_no(self) -> None:
        for known in self._known():
            guest = self._stay(known).guest
            if guest is not None:
                may = self.hotel().may_write_to(guest)
                _check(isinstance(may, bool), f"may_write_to(…) is {may!r}; answer True or False")

    def test_it_finds_nothing_wrong_with_itself(self) -> None:
        self._known()
        problems = [f"{each.where}: {each.what}. {each.fix}" for each in self.hotel().problems()]
        _check(not problems, "problems() names " + " / ".join(problems))

    def test_booking_a_free_night_twice_books_it_once(self) -> None:
        self._needs(Capability.BOOK_CERTIFICATE_NIGHTS)
        if not self.books_in_tests:
            raise SkipTest("books_in_tests is off")
        stays = [self._stay(known) for known in self._known() if not known.is_cancelled]
        if not stays:
            raise SkipTest("every known stay is cancelled")
        hotel = self.hotel()
        given: dict[str, Any] = {"certificate_ref": "FN-1", "stay": stays[0], "nights": 1}
        first = hotel.book_certificate_nights(**given, request_key="contract:1")
        _check(isinstance(first, str) and bool(first), f"the confirmation is {first!r}; give a text")
        again = hotel.book_certificate_nights(**given, request_key="contract:1")
        _same(again, first, "the confirmation of the same request")
        if hotel.has(Capability.CANCEL_CERTIFICATE_NIGHTS):
            back = hotel.cancel_certificate_nights(**given, request_key="contract:2")
            again = hotel.cancel_certificate_nights(**given, request_key="contract:2")
            _same(again, back, "the confirmation of the same cancellation")

    # --- how ---------------------------------------------------------------------------------------

    def _known(self) -> list[KnownStay]:
        known = list(self.known_stays())
        _check(bool(known), "known_stays() is empty: give at least one stay")
        return known

    def _stay(self, known: KnownStay) -> Stay:
        found = _asked(lambda: self.hotel().get_stay(known.ref), f"get_stay({known.ref!r})")
        if not isinstance(found, Stay):
            raise AssertionError(f"get_stay({known.ref!r}) is {found!r}; it must be a recovery.hotel.Stay")
        return found

    def _finds(self, known: KnownStay, words: str, around: dt.date | None) -> None:
        where = f"find_stays({words!r}, {around})"
        matches = _asked(lambda: self.hotel().find_stays(words, around), where)
        is_fine = isinstance(matches, list) and all(isinstance(each, StayMatch) for each in matches)
        _check(is_fine, f"{where} is {matches!r}; it must be a list of StayMatch")
        _check(len(matches) <= MOST_MATCHES, f"{where} finds {len(matches)}; at most {MOST_MATCHES} may be")
        found = [match.stay.ref for match in matches]
        _check(known.ref in found, f"{where} does not find {known.ref}: {found}")

    def _arriving(self, code: str, day: dt.date) -> list[str]:
        where = f"arrivals({code[:40]!r}, {day})"
        found = _asked(lambda: list(self.hotel().arrivals(code, day)), where)
        _check(all(isinstance(each, Stay) for each in found), f"{where} must hold Stay values")
        for stay in found:
            is_asked = (stay.property_code, stay.arrival_on) == (code, day)
            _check(is_asked, f"{where} names {stay.ref}: {stay.property_code!r} on {stay.arrival_on}")
            _check(not stay.is_cancelled, f"{where} names {stay.ref}, which is cancelled")
        refs = [stay.ref for stay in found]
        _same(sorted(set(refs)), sorted(refs), f"{where}, each stay once")
        return refs

    def _needs(self, capability: Capability) -> None:
        if not self.hotel().has(capability):
            raise SkipTest(f"this adapter has no {capability}")

    def _read_everything(self, known: list[KnownStay]) -> None:
        hotel = self.hotel()
        list(hotel.properties())
        for each in known:
            stay = self._stay(each)
            hotel.get_property(stay.property_code)
            if stay.guest is not None:
                hotel.get_guest(stay.guest.ref)
                hotel.may_write_to(stay.guest)
            if hotel.has(Capability.FIND_STAYS):
                hotel.find_stays(each.name or each.ref, each.arrival_on)
            if hotel.has(Capability.ARRIVALS) and each.arrival_on is not None:
                hotel.arrivals(stay.property_code, each.arrival_on)
            if each.row is not None:
                hotel.refs_of_stays([each.row])


def _after(stay: Stay) -> dt.date:
    """The first day on which the stay is too long ago: a guest in house is near on every day."""
    arrival = stay.arrival_on or dt.date.min
    return max(arrival + dt.timedelta(days=WINDOW), stay.departure_on or arrival) + dt.timedelta(days=1)


def _asked(ask: Any, where: str) -> Any:
    try:
        return ask()
    except AssertionError:
        raise
    except Exception as error:  # because whatever it is, the name of the question must be in the sentence
        raise AssertionError(f"{where} raises {type(error).__name__}: {error}") from error


def _check(is_so: bool, sentence: str) -> None:
    if not is_so:
        raise AssertionError(sentence)


def _same(found: object, wanted: object, what: str) -> None:
    _check(found == wanted, f"{what}: {found!r}, and it must be {wanted!r}")
