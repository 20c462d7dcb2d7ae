"""The written adapter is Python, whatever a host calls its things."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User

from recovery import errors
from recovery.hotel import Hotel, ModelHotel, Property, StayStatus
from recovery.hotel.connecting.proposal import Finding, Proposal
from recovery.hotel.connecting.source import bare_adapter, model_adapter

HOSTILE = 'a"b\'c\\d\n    import os\r"""\t{x} %s \u202eé'


def proposal(**values: Any) -> Proposal:
    findings = {
        name: Finding(attribute=name, value=value, sure=55, instead=(("other.path", 30),))
        for name, value in {"stay_model": "auth.User", **values}.items()
    }
    return Proposal(stay=User, sure=80, findings=findings)


def run(source: str, name: str) -> Any:
    """The class that the file defines."""
    found: dict[str, Any] = {"__name__": "written"}
    exec(compile(source, "written.py", "exec"), found)  # noqa: S102 because this is what is tested
    return found[name]


def test_every_kind_of_attribute_is_written_as_it_is_read() -> None:
    values = {
        "arrival": "date_joined",
        "guest_name": ("first_name", "last_name"),
        "property_address": ("street",),
        "single_property": Property(code="x", name="X", time_zone="UTC", address=("Quay 1", "1000 Town")),
        "status_words": {0: StayStatus.BOOKED, "X": StayStatus.CANCELLED, True: StayStatus.UNKNOWN},
    }

    made = run(model_adapter(proposal(**values), "Inn"), "Inn")

    assert issubclass(made, ModelHotel)
    assert {name: getattr(made, name) for name in values} == values


def test_hostile_words_of_a_host_stay_words() -> None:
    made = proposal(
        status_words={HOSTILE: StayStatus.UNKNOWN},
        property_list=(Property(code="x", name=HOSTILE, time_zone="UTC"),),
    )
    made.status_labels = {HOSTILE: HOSTILE}
    made.notes = [HOSTILE]

    written = run(model_adapter(made, "Inn"), "Inn")

    assert written.status_words == {HOSTILE: StayStatus.UNKNOWN}
    assert written.property_list == made.findings["property_list"].value


def test_doubtful_attributes_and_other_paths_stand_in_comments() -> None:
    source = model_adapter(proposal(arrival="date_joined"), "Inn")

    assert 'arrival = "date_joined"  # 55 % – look here' in source
    assert '# arrival = "other.path"  # or this: 30 %' in source


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"here": True, "left": False, "live": True}, StayStatus.IN_HOUSE),
        ({"here": True, "left": True, "live": True}, StayStatus.DEPARTED),
        ({"here": False, "left": False, "live": True}, StayStatus.BOOKED),
        ({"here": True, "left": False, "live": False}, StayStatus.CANCELLED),
        ({"here": True, "left": False, "live": True, "gone": True}, StayStatus.CANCELLED),
    ],
)
def test_several_flags_become_a_method(row: dict[str, bool], status: StayStatus) -> None:
    made = proposal(cancelled="gone")
    made.flags = {"in_house": "here", "departed": "left", "active": "live"}

    hotel = run(model_adapter(made, "Inn"), "Inn")()

    assert hotel.status_of(SimpleNamespace(**row)) is status


def test_a_bare_adapter_can_be_made_and_says_what_to_fill_in() -> None:
    made: Hotel = run(bare_adapter("Inn", looked_at=3, zone="UTC", house=HOSTILE), "Inn")()

    with pytest.raises(errors.BadHotel, match="fill in get_stay"):
        made.get_stay("1")
