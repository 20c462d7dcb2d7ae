"""``recovery_doctor``: every line green when all is ready, and red with the fix when it is not."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from celery.schedules import crontab
from django.contrib.auth.models import User
from django.core.management import call_command

from recovery import actions, clock
from recovery.choices import HeartbeatKind, OutboxState
from recovery.hotel import Guest, MemoryHotel, Property, Stay, get_hotel
from recovery.management.doctor import adapter, celery_app, delivery, houses, project
from recovery.management.doctor.line import Line
from recovery.models import AuthorityLimit, Brand, Heartbeat, HouseProfile, OutboxMessage, StaffMember
from tests.management.hosts import KEYS, Example, Host

HOUSE = Property(code="QUAY", name="The Quayside", time_zone="Europe/London", currency="GBP", phone="1234567")
GUEST = Guest(
    ref="g1", name="Daniel Whitfield", email="daniel@example.com", phone="+44 7700 900211", language="en"
)
STAY = Stay(
    ref="Q1",
    property_code="QUAY",
    guest=GUEST,
    arrival_on=dt.date(2026, 7, 11),
    departure_on=dt.date(2026, 7, 13),
)


def red(lines: list[Line]) -> dict[str, str]:
    """Name → detail and fix of the red lines."""
    return {line.name: f"{line.detail} | {line.fix}" for line in lines if not line.ok}


def memory(**more: Any) -> MemoryHotel:
    return MemoryHotel(**({"properties": [HOUSE], "stays": [STAY]} | more))


# --- the command, in projects ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def pension(tmp_path_factory: pytest.TempPathFactory) -> Host:
    return Host("pension", tmp_path_factory.mktemp("pension")).prepare()


READY = {"KEYS": KEYS, "BASE_URL": "https://www.example.com"}
PENSION = (
    "from recovery.hotel import ModelHotel\n\n\n"
    "class Pension(ModelHotel):\n"
    '    stay_model, stay_ref, stay_guest = "pension.Buchung", "buchungsnummer", "gast"\n'
    '    stay_property, property_model = "zimmer.haus.kuerzel", "pension.Haus"\n'
    '    property_code, property_name, property_currency = "kuerzel", "bezeichnung", "waehrung"\n'
    '    arrival, departure, room = "anreise", "abreise", "zimmer.nummer"\n'
    '    guest_first_name, guest_last_name, guest_email = "vorname", "nachname", "konto.email"\n'
)


def said_json(answer: Any) -> dict[str, dict[str, Any]]:
    """The lines of ``--json`` by name; of those with one name a red one, with the words of all."""
    (only,) = answer.out.splitlines()
    found = json.loads(only)
    assert found["ok"] is all(line["ok"] for line in found["lines"])
    assert all(set(line) == {"name", "ok", "detail", "fix"} for line in found["lines"])
    assert all(line["fix"] for line in found["lines"] if not line["ok"])
    lines: dict[str, dict[str, Any]] = {}
    for line in found["lines"]:
        before = lines.get(line["name"], {"ok": True, "detail": "", "fix": ""})
        words = {key: f"{before[key]} {line[key]}".strip() for key in ("detail", "fix")}
        lines[line["name"]] = {"ok": line["ok"] and before["ok"], **words}
    return lines


def test_before_our_tables_exist_each_thing_to_do_is_a_red_line(pension: Host) -> None:
    before = pension.database.read_bytes()

    answer = pension.run("recovery_doctor", "--json", recovery={})

    lines = said_json(answer)
    assert answer.code == 1
    assert "manage.py migrate recovery" in lines["tables"]["fix"]
    assert "recovery_connect" in lines["adapter"]["fix"]
    assert "secrets.token_urlsafe" in lines["keys"]["fix"]
    assert "tests/projects/pension/urls.py" in lines["guest pages"]["fix"]
    assert lines["Celery"]["ok"]
    assert pension.database.read_bytes() == before


def test_celery_is_not_imported_for_a_host_that_does_not_use_it(pension: Host) -> None:
    assert "celery imported: False" in pension.run("recovery_doctor", recovery={}).err


def test_the_adapter_is_asked_about_real_rows_before_our_tables_exist(pension: Host) -> None:
    hotel = pension.write("pension_hotel", PENSION)

    answer = pension.run("recovery_doctor", "--json", recovery={**READY, "HOTEL": f"{hotel}.Pension"})

    lines = said_json(answer)
    assert lines["properties()"]["detail"] == "Pension Seeblick (SEE)"
    assert lines["get_stay()"]["ok"] and lines["get_guest()"]["ok"]
    assert lines["find_stays()"]["detail"].startswith("“U… K…” was found")
    assert lines["guest's e-mail"]["detail"] == "1 of 2 recent guests have one"
    assert "Kaltwasser" not in answer.both


@pytest.mark.parametrize(
    ("attribute", "name", "said"),
    [
        ('guest_email = "konto.emial"', "adapter", "Did you mean"),
        ('guest_phone = "konto.handy"', "adapter", "stops at “handy”"),
        ('guest_phone = "konto.last_name"', "guest's telephone", "konto.last_name"),
        ('arrival = "stand"', "days of stays", "Name the column in arrival"),
        ('property_code = "bezeichnung"', "house of a stay", "same column as property_code"),
        ('room = "anzahl_naechte"', "get_stay()", "tried to write"),
        ('departure = "angelegt_am"\n    arrival = "angelegt_von"', "adapter", "ends at a related User"),
    ],
)
def test_a_wrong_path_is_a_red_line_with_the_fix(pension: Host, attribute: str, name: str, said: str) -> None:
    hotel = pension.write("wrong_hotel", f"{PENSION}    {attribute}\n")

    answer = pension.run("recovery_doctor", "--json", recovery={**READY, "HOTEL": f"{hotel}.Pension"})

    line = said_json(answer)[name]
    assert not line["ok"]
    assert said in f"{line['detail']} {line['fix']}"


@pytest.mark.parametrize(
    ("recovery", "name", "said"),
    [
        ({"LANGUAGES": "en"}, "settings", "a list of texts"),
        ({"LEASE": "300", "KEYS": ["a"], "HOTEL": 7}, "settings", "a whole number"),
        ("nothing", "settings", "is a str, not a dictionary"),
        ({"HTOEL": "x"}, "settings", "HOTEL"),
        ({"HOTEL": "nowhere.Hotel"}, "adapter", "cannot be imported"),
        ({"BASE_URL": "www.example.com"}, "base address", "is no web address"),
        ({"KEYS": {"2026": "short"}}, "keys", "it needs 32"),
    ],
)
def test_settings_of_a_wrong_kind_are_red_lines_with_the_fix(
    pension: Host, recovery: Any, name: str, said: str
) -> None:
    answer = pension.run("recovery_doctor", "--json", recovery=recovery)

    line = said_json(answer)[name]
    assert answer.code == 1
    assert not line["ok"]
    assert said in f"{line['detail']} {line['fix']}"


def test_a_database_that_does_not_answer_is_a_red_line(tmp_path: Path) -> None:
    host = Host("pension", tmp_path / "not" / "there")
    host.folder = tmp_path

    answer = host.run(
        "recovery_doctor", "--json", recovery={**READY, "HOTEL": "tests.projects.no_tz.adapter.OldInn"}
    )

    assert answer.code == 1
    assert "Is the database running" in said_json(answer)["tables"]["fix"]


def test_the_example_is_green_when_it_is_ready_and_not_before(tmp_path: Path) -> None:
    example = Example(tmp_path)
    example.run("seed_group")

    unready = example.run("recovery_doctor", "--json")
    example.run("recovery_init")
    example.run(
        "shell",
        "-c",
        "from recovery.models import StaffMember as S; "
        "S.objects.create(name='H M', roles=['DM', 'GM'], phone='+44 117 496 0140')",
    )
    example.run("recovery_relay")
    ready = example.run("recovery_doctor")

    lines = said_json(unready)
    assert unready.code == 1
    assert lines["profile QUAY"]["fix"] == "manage.py recovery_init --property QUAY"
    assert lines["schedule"]["detail"] == "recovery.sweep every 15 s"
    assert "recovery_relay" in lines["last sweep"]["fix"]
    assert ready.code == 0, ready.out
    assert "lines are green" in ready.out


def test_a_broker_that_does_not_answer_is_a_red_line_without_its_password(tmp_path: Path) -> None:
    broker = "amqp://guest:geheim@127.0.0.1:1//"

    answer = Example(tmp_path).run("recovery_doctor", "--json", CELERY_BROKER_URL=broker)

    line = said_json(answer)["Celery broker"]
    assert not line["ok"]
    assert "recovery_relay --loop" in line["fix"]
    assert "geheim" not in answer.both


# --- the adapter ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_sound_adapter_has_no_red_line() -> None:
    assert red(adapter.lines(memory(), stay_ref="Q1")) == {}


def break_method(method: str, answer: Any) -> MemoryHotel:
    """A hotel of which one method answers wrongly, or raises."""

    def broken(self: MemoryHotel, *args: Any, **kwargs: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return type("Broken", (MemoryHotel,), {method: broken})(properties=[HOUSE], stays=[STAY])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "answer", "name", "said"),
    [
        ("properties", ZeroDivisionError("division by zero"), "properties()", "ZeroDivisionError: division"),
        ("properties", [], "properties()", "no house"),
        ("properties", ["QUAY"], "properties()", "it returned a str"),
        ("properties", [HOUSE, HOUSE], "properties()", "the same code"),
        ("get_property", None, "get_property()", "not the same house"),
        ("get_stay", None, "get_stay()", "it returned nothing"),
        ("get_stay", STAY, "get_stay()", "cannot exist"),
        ("get_stay", KeyError("Q1"), "get_stay()", "KeyError"),
        ("get_guest", None, "get_guest()", "does not find the guest"),
        ("get_guest", GUEST, "get_guest()", "cannot exist"),
        ("find_stays", [], "find_stays()", "“D… W…” was not found"),
        ("arrivals", [], "arrivals()", "“Q1” arrives at “QUAY” on 2026-07-11"),
        ("arrivals", ["Q1"], "arrivals()", "it returned a str"),
        ("arrivals", [replace(STAY, status="cancelled")], "arrivals()", "“Q1” is cancelled"),
        ("may_write_to", False, "may_write_to()", "the right way round"),
        ("may_write_to", "yes", "may_write_to()", "it returned a str"),
        ("properties_for", "QUAY", "properties_for()", "it returned a str"),
        ("properties_for", {"NOWHERE"}, "properties_for()", "“NOWHERE” is no house"),
    ],
)
def test_a_method_that_answers_wrongly_is_a_red_line(method: str, answer: Any, name: str, said: str) -> None:
    User.objects.create(username="amelia", is_staff=True)

    found = red(adapter.lines(break_method(method, answer), stay_ref="Q1"))

    assert said in found[name]


@pytest.mark.django_db
def test_one_broken_method_hides_no_other() -> None:
    found = adapter.lines(break_method("properties", RuntimeError("down")), stay_ref="Q1")

    assert {"get_guest()", "find_stays()", "may_write_to()"} <= {line.name for line in found if line.ok}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "“Q1” was found on its day, with 0 others"),
        ({"stays": [replace(STAY, status="cancelled")]}, "there was no stay to look for"),
        ({"cannot": ["arrivals"]}, "not there"),
    ],
)
def test_who_arrives_is_asked_about_a_stay_that_is_known(more: dict[str, Any], said: str) -> None:
    found = {line.name: line for line in adapter.lines(memory(**more), stay_ref="Q1")}

    assert found["arrivals()"].ok
    assert said in found["arrivals()"].detail


@pytest.mark.django_db
def test_who_is_here_already_need_not_be_expected() -> None:
    hotel = break_method("arrivals", [])
    hotel.put(replace(STAY, status="in_house"))

    found = {line.name: line for line in adapter.lines(hotel, stay_ref="Q1")}

    assert found["arrivals()"].ok


@pytest.mark.django_db
def test_a_hotel_that_cannot_list_its_stays_is_asked_about_one_that_is_named() -> None:
    found = {line.name: line for line in adapter.lines(memory())}

    assert found["get_stay()"].ok
    assert "--stay REF" in found["get_stay()"].fix


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"arrival_on": None, "departure_on": None}, "days of stays"),
        ({"arrival_on": dt.date(2026, 7, 14)}, "days of stays"),
        ({"property_code": "GONE"}, "house of a stay"),
        ({"guest": None}, "guests"),
        ({"guest": Guest(ref="g1", name="")}, "guest's name"),
    ],
)
def test_a_stay_with_a_fact_amiss_is_a_red_line(facts: dict[str, Any], name: str) -> None:
    assert name in red(adapter.lines(memory(stays=[replace(STAY, **facts)]), stay_ref="Q1"))


# --- houses --------------------------------------------------------------------------------------


@pytest.fixture
def ready(db: None, hotel: Any) -> None:
    """Houses that can write letters."""
    hotel.put(HOUSE)
    for house in hotel.properties():
        actions.prepare_property(property_code=house.code)
    Brand.objects.update(sender_email="desk@hotel.example", phone="1", address="Quay 1")
    StaffMember.objects.create(name="Helen Marsh", roles=["DM", "GM"], phone="+44 7700 900103")


def _swedish_limit() -> None:
    limits = AuthorityLimit.objects.filter(role="DM")
    limits.update(share_percent=None, amount=Decimal(9), currency="SEK")


def look() -> list[Line]:
    """What is said about the house, without its sister."""
    codes = {house.code for house in get_hotel().properties()} - {"QUAY"}
    return [line for line in houses.lines([HOUSE]) if not any(line.name.endswith(code) for code in codes)]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("price", "reference", "is_ok", "said"),
    [
        ({"nightly_rate": Decimal(90), "currency": "GBP"}, Decimal(120), True, "1 of 1"),
        ({}, Decimal(120), True, "reference rate of their house"),
        ({"nightly_rate": Decimal(90), "currency": "GBP"}, None, True, "whom the system does not know"),
        ({}, None, False, "“Q1” gets no letter with a free night"),
        ({"nightly_rate": Decimal(900), "currency": "DKK"}, None, False, "QUAY has no reference rate"),
    ],
)
def test_a_night_without_a_price_is_told_before_the_letter_is_refused(
    price: dict[str, Any], reference: Decimal | None, is_ok: bool, said: str
) -> None:
    HouseProfile.objects.update(reference_rate=reference)
    hotel = memory(stays=[replace(STAY, **price)])

    line = next(found for found in adapter.lines(hotel, stay_ref="Q1") if found.name == "price of a night")

    assert line.ok is is_ok
    assert said in f"{line.detail} | {line.fix}"


@pytest.mark.usefixtures("ready")
def test_a_house_that_is_ready_has_no_red_line() -> None:
    assert red(look()) == {}


@pytest.mark.django_db
def test_a_house_that_nobody_prepared_is_told_with_the_command() -> None:
    found = red(look())

    assert "recovery_init --property QUAY" in found["profile QUAY"]
    assert "recovery_init --property QUAY" in found["brand QUAY"]
    assert "nobody is duty manager and nobody is general manager" in found["staff QUAY"]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        (lambda: Brand.objects.update(sender_email=""), "brand QUAY", "a sender address"),
        (
            lambda: Brand.objects.update(sender_email="desk@gmail.example"),
            "domains QUAY",
            "Send from an address",
        ),
        (lambda: Brand.objects.update(reply_to="me@other.example"), "domains QUAY", "Reply-To under Brands"),
        (
            lambda: HouseProfile.objects.update(currency="DKK"),
            "profile QUAY",
            "currency is DKK there and GBP",
        ),
        (lambda: HouseProfile.objects.update(time_zone="UTC"), "profile QUAY", "time zone"),
        (lambda: StaffMember.objects.update(roles=["DM"]), "staff QUAY", "nobody is general manager"),
        (lambda: StaffMember.objects.update(active_until=dt.date(2020, 1, 1)), "staff QUAY", "nobody is"),
        (lambda: StaffMember.objects.update(property_codes=["STRAND"]), "staff QUAY", "nobody is"),
        (lambda: AuthorityLimit.objects.all().delete(), "limits QUAY", "may give nothing"),
        (
            lambda: _swedish_limit(),
            "limits QUAY",
            "in GBP",
        ),
    ],
)
def test_what_a_house_lacks_is_a_red_line_with_the_fix(change: Any, name: str, said: str) -> None:
    change()

    assert said in red(look())[name]


@pytest.mark.usefixtures("ready")
def test_a_profile_of_a_house_that_the_adapter_forgot_is_told() -> None:
    HouseProfile.objects.create(property_code="OLD", time_zone="UTC", currency="EUR")

    assert "the adapter does not know it" in red(look())["house OLD"]


@pytest.mark.usefixtures("ready")
def test_managers_who_may_not_release_a_letter_are_told() -> None:
    StaffMember.objects.update(user=User.objects.create(username="helen"))

    assert "may not release a letter" in red(look())["permissions QUAY"]


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:8000"])
def test_links_to_this_machine_are_for_trying_only(settings: Any, url: str) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "BASE_URL": url}
    serious = red(look())
    settings.DEBUG = True

    assert "not to this machine" in serious["domains QUAY"]
    assert red(look()) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hotel.dk", "www.hotel.dk", True),
        ("mail.hotel.co.uk", "care.hotel.co.uk", True),
        ("hotel.co.uk", "inn.co.uk", False),
        ("hotel.dk", "hotel.com", False),
        ("myhotel.dk", "hotel.dk", False),
        ("HOTEL.dk", "hotel.DK.", True),
        ("localhost", "hotel.dk", False),
    ],
)
def test_domains_belong_together_when_one_owner_has_them(one: str, other: str, same: bool) -> None:
    assert houses.is_same_owner(one, other) is same


# --- delivery ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_signs_of_life_are_told_with_their_age() -> None:
    now = clock.database_now()
    Heartbeat.objects.create(kind=HeartbeatKind.SWEEP, at=now - dt.timedelta(seconds=20))
    Heartbeat.objects.create(kind=HeartbeatKind.DELIVERY, at=now - dt.timedelta(hours=3))

    found = {line.name: line for line in delivery.lines(has_tables=True)}

    assert found["last sweep"].ok
    assert found["last delivery"].detail == "3 hours ago"


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [None, 6, 60 * 50])
def test_a_sweep_that_stays_away_is_a_red_line(minutes: int | None) -> None:
    if minutes:
        at = clock.database_now() - dt.timedelta(minutes=minutes)
        Heartbeat.objects.create(kind=HeartbeatKind.SWEEP, at=at)

    assert "recovery_relay --loop" in red(delivery.lines(has_tables=True))["last sweep"]


@pytest.mark.django_db
def test_a_letter_that_waits_is_a_red_line() -> None:
    now = clock.database_now()
    for key, state in (("a", OutboxState.DUE), ("b", OutboxState.SENT), ("c", OutboxState.DEAD)):
        OutboxMessage.objects.create(
            kind="letter.mail", key=key, created_at=now, due_at=now - dt.timedelta(hours=2), state=state
        )

    found = delivery.lines(has_tables=True)

    assert "1 due, the oldest 2 hours ago" in red(found)["waiting letters"]
    assert next(line for line in found if line.name == "failed letters").detail.startswith("1 could not")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (5, "5 s ago"),
        (119, "119 s ago"),
        (120, "2 minutes ago"),
        (3600, "1 hour ago"),
        (200_000, "2 days ago"),
    ],
)
def test_an_age_is_said_in_words(ago: int, said: str) -> None:
    now = dt.datetime(2026, 7, 11, tzinfo=dt.UTC)

    assert houses.age(now - dt.timedelta(seconds=ago), now) == said
    assert houses.age(None, now) == "never"


# --- Celery --------------------------------------------------------------------------------------


def app(**configuration: Any) -> Celery:
    made = Celery("inn", broker=configuration.pop("broker", "memory://"), set_as_current=False)
    made.conf.update(configuration)
    return made


def schedule_of(value: Any, task: str = "recovery.sweep") -> Celery:
    return app(beat_schedule={"ours": {"task": task, "schedule": value}})


@pytest.mark.parametrize("value", [15, 15.0, dt.timedelta(seconds=60), crontab()])
def test_a_schedule_that_sweeps_each_minute_or_oftener_is_green(value: Any) -> None:
    assert "schedule" not in red(list(celery_app.lines(schedule_of(value))))


@pytest.mark.parametrize(
    "value", [61, dt.timedelta(minutes=5), crontab(minute="*/5"), crontab(hour="8"), None, "x"]
)
def test_a_schedule_that_sweeps_seldom_is_a_red_line(value: Any) -> None:
    assert "every 15 s" in red(list(celery_app.lines(schedule_of(value))))["schedule"]


def test_a_schedule_without_the_sweep_is_a_red_line_with_the_line_to_add() -> None:
    found = red(list(celery_app.lines(schedule_of(15, task="shop.clean_up"))))

    assert '"task": "recovery.sweep"' in found["schedule"]


def test_a_task_that_is_added_when_the_application_is_ready_counts() -> None:
    late = app()
    late.on_after_finalize.connect(
        lambda sender, **_: sender.add_periodic_task(15.0, sender.signature("recovery.sweep")), weak=False
    )

    assert "schedule" not in red(list(celery_app.lines(late)))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: app(broker=None), "Set CELERY_BROKER_URL"),
        (lambda: app(task_always_eager=True), "task_always_eager is on"),
        (lambda: app(broker="amqp://guest:geheim@127.0.0.1:1//"), "it does not answer"),
    ],
)
def test_a_broker_that_takes_nothing_is_a_red_line(made: Any, said: str) -> None:
    found = red(list(celery_app.lines(made())))["Celery broker"]

    assert said in found
    assert "recovery_relay --loop" in found
    assert "geheim" not in found


def test_a_queue_that_no_worker_reads_is_a_red_line(settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "QUEUES": {"urgent": "letters"}}
    fixed = app(task_queues=[SimpleNamespace(name="celery")])

    assert "“letters” is not among the queues" in red(list(celery_app.lines(fixed)))["queues"]
    assert "queues" not in red(list(celery_app.lines(app())))


# --- around us, and the output -------------------------------------------------------------------


@pytest.mark.django_db
def test_tables_pages_and_paper_are_there_in_this_project() -> None:
    lines = [*project.tables(), *project.guest_pages(), *project.paper()]

    assert red(lines) == {}


def test_a_font_folder_that_does_not_exist_is_a_red_line(settings: Any, tmp_path: Path) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "PDF_FONT_DIRS": [str(tmp_path / "fonts")]}

    assert "PDF_FONT_DIRS" in red(list(project.paper()))["font folders"]


@pytest.mark.usefixtures("ready")
def test_json_is_one_line_and_the_exit_code_says_whether_all_is_well(settings: Any) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("recovery_doctor", "--json", stdout=out)
    first = json.loads(out.getvalue())
    Heartbeat.objects.create(kind=HeartbeatKind.SWEEP, at=clock.database_now())
    again = io.StringIO()
    call_command("recovery_doctor", "--json", stdout=again)

    assert stopped.value.code == 1
    assert [line["name"] for line in first["lines"] if not line["ok"]] == ["last sweep"]
    assert json.loads(again.getvalue())["ok"] is True
    assert again.getvalue().count("\n") == 1


@pytest.mark.usefixtures("ready")
def test_the_table_names_the_fix_below_each_red_line() -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("recovery_doctor", stdout=out, no_color=True)

    lines = out.getvalue().splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith(" RED "))
    assert "last sweep" in lines[place]
    assert "→" in lines[place + 1]
    assert "1 of" in lines[-1]
