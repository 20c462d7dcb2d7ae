"""``recovery_connect`` in projects that have never seen us."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.management.hosts import EXAMPLE, KEYS, Answer, Example, Host

PROJECTS = ("bare_fields", "guest_is_user", "no_tz", "pension")
READY = {"KEYS": KEYS, "BASE_URL": "https://www.example.com"}


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Host]:
    """Each with its own tables and rows; nothing in these tests may change them."""
    folder = tmp_path_factory.mktemp("hosts")
    return {name: Host(name, folder).prepare() for name in (*PROJECTS, "no_stays")}


@pytest.fixture(scope="module")
def proposals(hosts: dict[str, Host]) -> dict[str, Answer]:
    """What the command says in each, once."""
    return {name: hosts[name].run("recovery_connect", recovery={}) for name in PROJECTS}


def attributes(source: str) -> dict[str, Any]:
    """The plain class attributes of a written adapter."""
    (found,) = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in found.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, (ast.Constant, ast.Tuple))
        and "Property" not in ast.dump(node.value)
    }


# --- what is proposed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (
            "guest_is_user",
            {
                "stay_model": "guest_is_user.Reservation",
                "stay_guest": "guest",
                "stay_property": "house.code",
                "arrival": "check_in",
                "departure": "check_out",
                "room": "rooms.number",
                "nightly_rate": "rate",
                "status": "state",
                "agency": "channel",
                "agency_ref": "channel_ref",
                "guest_first_name": "given_name",
                "guest_last_name": "family_name",
                "guest_email": "email",
                "guest_phone": "profile.mobile",
                "guest_language": "profile.language",
                "property_model": "guest_is_user.House",
                "property_code": "code",
                "property_name": "title",
                "property_time_zone": "zone",
                "property_currency": "currency",
                "property_address": "address",
            },
        ),
        (
            "bare_fields",
            {
                "stay_model": "bare_fields.Booking",
                "stay_property": "hotel",
                "arrival": "first_night",
                "nights": "nights",
                "room": "room.label",
                "room_type": "room.kind",
                "total_price": "total",
                "status": "status",
                "cancelled": "removed_at",
                "guest_name": "guest_name",
                "guest_email": "guest_email",
                "guest_phone": "guest_phone",
            },
        ),
        (
            "no_tz",
            {
                "stay_model": "no_tz.Visit",
                "stay_guest": "person",
                "arrival": "start",
                "nights": "nights",
                "room": "chamber.number",
                "nightly_rate": "chamber.price",
                "cancelled": "called_off",
                "guest_name": "full_name",
                "guest_phone": "tel",
            },
        ),
        (
            "pension",
            {
                "stay_model": "pension.Buchung",
                "stay_ref": "buchungsnummer",
                "stay_property": "zimmer.haus.kuerzel",
                "arrival": "anreise",
                "departure": "abreise",
                "room": "zimmer.nummer",
                "room_type": "zimmer.typ.name",
                "total_price": "gesamtpreis",
                "status": "stand",
                "cancelled": "geloescht_am",
                "stay_guest": "gast",
                "guest_first_name": "vorname",
                "guest_last_name": "nachname",
                "guest_email": "konto.email",
                "guest_phone": "handynummer",
                "guest_language": "sprache",
                "property_model": "pension.Haus",
                "property_code": "kuerzel",
                "property_name": "bezeichnung",
                "property_time_zone": "zeitzone",
                "property_currency": "waehrung",
                "property_phone": "telefon",
                "property_address": ("strasse", "plz", "ort"),
            },
        ),
    ],
)
def test_the_adapter_names_what_a_person_would_name(
    proposals: dict[str, Answer], project: str, expected: dict[str, Any]
) -> None:
    answer = proposals[project]

    assert answer.code == 0
    assert attributes(answer.out) == expected


def test_the_example_without_its_adapter_gets_the_same_one_again(tmp_path: Path) -> None:
    example = Example(tmp_path)
    assert example.run("seed_group").code == 0

    answer = example.run("recovery_connect", recovery={})

    by_hand = attributes((EXAMPLE / "grandhotel" / "recovery.py").read_text(encoding="utf-8"))
    assert by_hand.pop("currency") == "hotel.currency"  # the house says it, so the stay need not
    assert by_hand.pop("cancel_until") == "cancel_until"  # a fact that is not guessed
    assert attributes(answer.out) == by_hand


@pytest.mark.parametrize("project", PROJECTS)
def test_what_is_written_passes_the_checks(hosts: dict[str, Host], project: str) -> None:
    host = hosts[project]
    file = host.folder / f"{project}_adapter.py"

    written = host.run("recovery_connect", "--write", str(file), recovery={})
    hotel = next(
        line.split('"')[3] for line in written.out.splitlines() if line.strip().startswith('"HOTEL"')
    )
    checked = host.run("check", "--tag", "recovery", recovery={**READY, "HOTEL": hotel})

    assert written.code == 0
    assert hotel.startswith(f"{project}_adapter.")
    assert "every path in it leads somewhere" in written.out
    assert checked.code == 0, checked.both


@pytest.mark.parametrize("project", PROJECTS)
def test_names_and_addresses_are_not_printed(proposals: dict[str, Answer], project: str) -> None:
    said = proposals[project].both

    for secret in (
        "Åkesson",
        "jurgen",
        "Kovács",
        "lea@",
        "Østergaard",
        "Müßiggang",
        "juergen",
        "123 45",
        "123 4567",
    ):
        assert secret not in said, secret


@pytest.mark.parametrize("project", PROJECTS)
def test_looking_changes_nothing(hosts: dict[str, Host], project: str) -> None:
    host = hosts[project]
    before = host.database.read_bytes()

    connected = host.run("recovery_connect", recovery=READY)
    previewed = host.run("recovery_connect", "--preview", "--out", str(host.folder / "calm"), recovery={})

    assert connected.code == previewed.code == 0, previewed.both
    assert host.database.read_bytes() == before
    assert connected.writes == previewed.writes == []


def test_a_host_without_email_is_told_what_follows(proposals: dict[str, Answer]) -> None:
    said = proposals["no_tz"].err

    assert "guest's e-mail: letters are printed and handed over" in said


def test_what_is_said_goes_to_the_screen_and_the_adapter_alone_to_the_file(
    proposals: dict[str, Answer],
) -> None:
    answer = proposals["pension"]

    compile(answer.out, "recovery.py", "exec")
    assert "Stays are in pension.Buchung" in answer.err
    assert 'path("recovery/", include("recovery.urls"))' in answer.err
    assert '"KEYS": {' in answer.err


def test_settings_that_are_there_are_not_asked_for_again(hosts: dict[str, Host]) -> None:
    said = hosts["pension"].run("recovery_connect", recovery=READY).err

    assert "RECOVERY |= {" in said
    assert '"KEYS"' not in said


def test_models_alone_are_enough(hosts: dict[str, Host], tmp_path: Path) -> None:
    empty = Host("pension", tmp_path)  # not even the host's own tables

    answer = empty.run("recovery_connect", recovery={})

    assert answer.code == 0
    assert attributes(answer.out)["guest_email"] == "konto.email"
    assert "are they migrated?" in answer.err


def test_a_person_can_choose_the_model(hosts: dict[str, Host]) -> None:
    host = hosts["no_stays"]

    chosen = host.run("recovery_connect", "--model", "no_stays.subscription", recovery={})
    wrong = host.run("recovery_connect", "--model", "no_stays.Nothing", recovery={})

    assert attributes(chosen.out)["stay_model"] == "no_stays.Subscription"
    assert wrong.code == 1
    assert "There are: auth.User, no_stays.Product, no_stays.Subscription" in wrong.err


# --- a host without a stay -----------------------------------------------------------------------


def test_a_host_without_a_stay_gets_a_bare_adapter_that_says_what_is_missing(hosts: dict[str, Host]) -> None:
    host = hosts["no_stays"]
    file = host.folder / "bare_adapter.py"

    answer = host.run("recovery_connect", "--write", str(file), recovery={})
    checked = host.run("check", "--tag", "recovery", recovery={**READY, "HOTEL": "bare_adapter.TestsHotel"})
    asked = host.run("recovery_doctor", recovery={**READY, "HOTEL": "bare_adapter.TestsHotel"})

    assert answer.code == 1
    assert "None of these models looks like a stay" in answer.out
    assert "no_stays.Subscription" in answer.out
    assert "--model app.Model" in answer.err
    assert checked.code == 0, checked.both
    assert "fill in properties" in asked.out


def test_a_bare_adapter_raises_a_clear_refusal_from_each_method(hosts: dict[str, Host]) -> None:
    from recovery import errors

    file = hosts["no_stays"].folder / "bare_methods.py"
    hosts["no_stays"].run("recovery_connect", "--write", str(file), recovery={})
    spec = importlib.util.spec_from_file_location("bare_methods", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    hotel = module.TestsHotel()

    for call in (lambda: hotel.get_stay("1"), lambda: hotel.get_guest("1"), hotel.properties):
        with pytest.raises(errors.BadHotel, match="fill in"):
            call()


# --- files ---------------------------------------------------------------------------------------


def refused(host: Host, *arguments: str) -> str:
    answer = host.run("recovery_connect", *arguments, recovery={})
    assert answer.code == 1
    return answer.err


def test_a_file_is_not_overwritten_unless_forced(hosts: dict[str, Host]) -> None:
    host = hosts["pension"]
    file = host.folder / "mine.py"
    file.write_text("mine = True\n")

    said = refused(host, "--write", str(file))
    kept = file.read_text()
    forced = host.run("recovery_connect", "--write", str(file), "--force", recovery={})

    assert "--force" in said
    assert kept == "mine = True\n"
    assert forced.code == 0
    assert "class PensionHotel" in file.read_text()


def test_what_was_overwritten_is_tried_and_not_what_stood_there(hosts: dict[str, Host]) -> None:
    host = hosts["pension"]
    name = host.write("renewed", "class PensionHotel:\n    pass\n")
    file = str(host.folder / f"{name}.py")

    answer = host.run(
        "recovery_connect", "--write", file, "--force", recovery={"HOTEL": f"{name}.PensionHotel"}
    )

    assert "every path in it leads somewhere" in answer.out


def test_a_file_that_would_hide_the_app_is_refused(hosts: dict[str, Host]) -> None:
    host = hosts["pension"]

    for name in ("recovery.py", ""):
        assert "would hide the app" in refused(host, "--write", str(host.folder / name))


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere/adapter.py", "make it first"), ("adapter.txt", "ends with .py")]
)
def test_a_file_that_cannot_be_written_is_refused(hosts: dict[str, Host], name: str, said: str) -> None:
    assert said in refused(hosts["pension"], "--write", str(hosts["pension"].folder / name))


# --- the preview ---------------------------------------------------------------------------------


def preview(host: Host, *arguments: str, recovery: Any = None) -> tuple[Answer, Path]:
    folder = host.folder / "preview"
    answer = host.run(
        "recovery_connect", "--preview", "--out", str(folder), *arguments, recovery=recovery or {}
    )
    return answer, folder


def test_the_preview_is_the_letter_that_this_guest_would_get(hosts: dict[str, Host]) -> None:
    answer, folder = preview(hosts["pension"], "--stay", "SB-0")

    letter = (folder / "letter.txt").read_text(encoding="utf-8")
    certificate = (folder / "certificate.html").read_text(encoding="utf-8")
    assert answer.code == 0
    assert "Jürgen Müßiggang" in letter
    assert "Saturday 11 July 2026" in letter
    assert "XXXX-XXXX-XXXX" in letter
    assert "Pension Seeblick" in certificate
    assert (folder / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert "Müßiggang" not in answer.both
    assert all(str(folder / name) in answer.out for name in ("letter.html", "certificate.pdf"))


def test_the_preview_is_in_the_guests_language_where_there_are_words(hosts: dict[str, Host]) -> None:
    host = hosts["no_tz"]
    adapter = host.write(
        "danish",
        "from tests.projects.no_tz.adapter import OldInn\n\n\n"
        "class DanishInn(OldInn):\n"
        "    def guest_from(self, row):\n"
        "        from dataclasses import replace\n\n"
        "        return replace(super().guest_from(row), language='da-DK')\n",
    )

    answer, folder = preview(host, recovery={"HOTEL": f"{adapter}.DanishInn"})

    assert answer.code == 0, answer.both
    assert (folder / "letter.txt").read_text(encoding="utf-8").startswith("Dit ophold på The Old Inn")
    assert "printed and handed over" in answer.out


def test_the_preview_needs_none_of_our_tables_and_sends_nothing(hosts: dict[str, Host]) -> None:
    host = hosts["guest_is_user"]
    before = host.database.read_bytes()

    answer, _ = preview(host, recovery={"HOTEL": "tests.projects.guest_is_user.adapter.ChainHotel"})

    assert answer.code == 0, answer.both
    assert b"recovery_" not in before
    assert host.database.read_bytes() == before
    assert answer.writes == []
    assert "Nothing was sent" in answer.out


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        ('guest_email = "konto.emial"', "email"),
        ('guest_phone = "profil.telefon"', "profil"),
        ('arrival = "zimmer"', "Go on to one of its fields"),
    ],
)
def test_a_misspelt_path_is_told_before_the_preview(
    hosts: dict[str, Host], attribute: str, said: str
) -> None:
    host = hosts["pension"]
    adapter = host.write(
        "misspelt",
        "from recovery.hotel import ModelHotel, Property\n\n\n"
        "class Misspelt(ModelHotel):\n"
        '    stay_model, stay_guest, guest_name = "pension.Buchung", "gast", "nachname"\n'
        '    single_property = Property(code="x", name="X", time_zone="UTC")\n'
        f"    {attribute}\n",
    )

    answer, _ = preview(host, recovery={"HOTEL": f"{adapter}.Misspelt"})

    assert answer.code == 1
    assert said in answer.err
    assert attribute.partition(" ")[0] in answer.err


@pytest.mark.parametrize(
    ("recovery", "arguments", "said"),
    [
        ({}, ("--stay", "nobody"), "There is no stay “nobody”"),
        ({"HOTEL": "nowhere.Hotel"}, (), "cannot be imported"),
        ({"HOTEL": 5}, (), "HOTEL"),
        ({"LANGUAGES": "en"}, (), "LANGUAGES"),
        ({"CERTIFICATE_MONTHS": "24"}, (), "CERTIFICATE_MONTHS"),
    ],
)
def test_bad_input_is_told_with_the_fix(
    hosts: dict[str, Host], recovery: dict[str, Any], arguments: tuple[str, ...], said: str
) -> None:
    answer, _ = preview(hosts["pension"], *arguments, recovery=recovery)

    assert answer.code == 1
    assert said in answer.err


def test_a_host_without_rows_is_told_to_add_one(tmp_path: Path) -> None:
    host = Host("bare_fields", tmp_path)

    answer, _ = preview(host, recovery={"HOTEL": "tests.projects.bare_fields.adapter.BareHotel"})

    assert answer.code == 1
    assert "is the database migrated?" in answer.err


def test_a_urls_file_with_an_error_does_not_stop_the_proposal(hosts: dict[str, Host]) -> None:
    host = hosts["pension"]
    broken = {"ROOT_URLCONF": host.write("broken_urls", "import nowhere\n"), "RECOVERY": {}}

    proposed = host.run("recovery_connect", settings=broken)
    examined = host.run("recovery_doctor", settings=broken)

    assert proposed.code == 0
    assert "Correct your urls.py" in examined.out


def test_a_stay_belongs_to_the_preview(hosts: dict[str, Host]) -> None:
    assert "add --preview" in refused(hosts["pension"], "--stay", "SB-0")
