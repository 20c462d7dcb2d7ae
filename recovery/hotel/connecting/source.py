"""Write an adapter down as a file that a hotel's developer can read, check and keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts import Property, StayStatus
from .building import FLAG_STEPS
from .guessing import SURE_ENOUGH
from .proposal import Finding, Proposal, class_name

#: Below this a person must look before they believe it.
LOOK_AGAIN = 60

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "The stay",
        ("stay_model", "stay_ref", "stay_property", "arrival", "departure", "nights", "room", "room_type",
         "nightly_rate", "total_price", "currency", "status", "status_words", "cancelled", "cancelled_on",
         "cancel_until", "agency", "agency_ref", "source_note"),
    ),
    (
        "The guest",
        ("stay_guest", "guest_name", "guest_first_name", "guest_last_name", "guest_email", "guest_phone",
         "guest_language", "guest_tier", "guest_is_minor",
         "guest_is_vip"),
    ),
    (
        "The houses",
        ("property_model", "property_code", "property_name", "property_time_zone", "property_currency",
         "property_phone", "property_email", "property_address", "property_country", "property_latitude",
         "property_longitude", "default_currency", "property_list", "single_property"),
    ),
)  # fmt: skip
#: What a letter can do without, in the order in which it is missed.
_WANTED = {
    "stay_guest": ("guest_email", "guest_phone", "guest_language"),
    "stay_model": ("room", "status"),
}

_TOP = '''"""Where ``recovery`` finds our guests, stays and houses.

Proposed by ``manage.py recovery_connect``. The figures say how sure it was: look at everything below
{look} %. ``manage.py recovery_doctor`` asks this class about real rows.
"""

from __future__ import annotations

'''


def model_adapter(proposal: Proposal, name: str) -> str:
    """The file with a ``ModelHotel``."""
    lines = [f"class {name}(ModelHotel):"]
    for title, attributes in _GROUPS:
        present = [proposal.findings[key] for key in attributes if key in proposal.findings]
        if not present:
            continue
        # A line of dashes, so that the three parts are seen at a glance.
        lines += ["", f"    # --- {title.lower()} ".ljust(100, "-"), ""] if len(lines) > 1 else []
        for finding in present:
            lines += [f"    {line}" for line in _attribute(finding, proposal)]
    lines += _flag_method(proposal)
    if proposal.notes:
        lines += ["", *(f"    # {line}" for note in proposal.notes for line in _wrapped(f"{note}"))]
    names = _imports(proposal)
    head = _TOP.format(look=LOOK_AGAIN) + f"from recovery.hotel import {', '.join(names)}\n\n\n"
    return head + "\n".join(lines) + "\n"


def _imports(proposal: Proposal) -> list[str]:
    names = ["ModelHotel"]
    if {"single_property", "property_list"} & proposal.findings.keys():
        names.append("Property")
    if "status_words" in proposal.findings or proposal.flags:
        names.append("StayStatus")
    return names


def _attribute(finding: Finding, proposal: Proposal) -> Iterator[str]:
    name, value, sure = finding.attribute, finding.value, finding.sure
    remark = f"  # {sure} %" + (" – look here" if sure < LOOK_AGAIN else "") if sure else "  # fill this in"
    if name == "status_words":
        yield "status_words = {"
        for key, status in value.items():
            label = proposal.status_labels.get(key, "")
            said = f" “{_one_line(label)}”" if label and label != str(key) else ""
            ask = " – say what it means" if status is StayStatus.UNKNOWN else ""
            comment = f"  #{said}{ask}" if said or ask else ""
            yield f"    {_literal(key)}: StayStatus.{status.name},{comment}"
        yield "}"
    elif name == "single_property":
        yield f"single_property = {_property(value)}{remark}"
    elif name == "property_list":
        yield f"property_list = ({remark}"
        for house in value:
            yield f"    {_property(house)},"
        yield ")"
    else:
        yield f"{name} = {_literal(value)}{remark}"
    for path, how_sure in finding.instead:
        yield f"# {name} = {_literal(path)}  # or this: {how_sure} %"


def _literal(value: Any) -> str:
    """A text in double quotes, several as a tuple, a number as it is."""
    if isinstance(value, str):
        inner = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
        return f'"{inner}"' if inner.isprintable() else repr(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(_literal(item) for item in value) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def _property(house: Property) -> str:
    given = {
        "code": house.code, "name": house.name, "time_zone": house.time_zone, "currency": house.currency,
        "phone": house.phone, "email": house.email, "address": house.address, "country": house.country,
    }  # fmt: skip
    always = ("code", "name", "time_zone", "currency")
    parts = [f"{key}={_literal(value)}" for key, value in given.items() if value or key in always]
    return f"Property({', '.join(parts)})"


def _flag_method(proposal: Proposal) -> list[str]:
    """How far a stay has come, where a host keeps it in several flags."""
    if not proposal.flags:
        return []
    lines = [
        "",
        "    def status_of(self, row):",
        '        """This project keeps it in several flags."""',
        "        found = super().status_of(row)",
        "        if found is StayStatus.CANCELLED:",
        "            return found",
    ]
    for meaning, status, is_set in FLAG_STEPS:
        if meaning in proposal.flags:
            flag = f"row.{proposal.flags[meaning]}"
            lines += [
                f"        if {flag if is_set else f'not {flag}'}:",
                f"            return StayStatus.{status.name}",
            ]
    return [*lines, "        return StayStatus.BOOKED"]


def _wrapped(text: str, width: int = 96) -> list[str]:
    lines, line = [], ""
    for word in _one_line(text).split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


# --- for a project without a stay ----------------------------------------------------------------

_BARE = '''"""Where ``recovery`` finds our guests, stays and houses.

``manage.py recovery_connect`` looked at {count} models and found no stay among them. Two ways on:

* the bookings are Django models after all: subclass ``ModelHotel`` and name model and paths;
* they are in another system: fill in the three methods below. Set a time-out on every call that
  you make, because the desk waits for the answer.

docs/adapter.md shows both.
"""

from __future__ import annotations

from recovery import errors
from recovery.hotel import Guest, Hotel, Property, Stay


class {name}(Hotel):
    def get_stay(self, ref: str) -> Stay | None:
        """The stay with exactly this reference, cancelled ones too; None if there is none."""
        # guest = Guest(ref="17", name="Ada Byron", email="ada@example.com", language="en")
        # return Stay(ref=ref, property_code="hotel", guest=guest, room="12",
        #             arrival_on=date(2026, 7, 11), departure_on=date(2026, 7, 13))
        raise errors.BadHotel(problem="fill in get_stay: return the Stay with this reference, or None.")

    def get_guest(self, ref: str) -> Guest | None:
        """The guest with exactly this reference; None if there is none."""
        raise errors.BadHotel(problem="fill in get_guest: return the Guest with this reference, or None.")

    def properties(self) -> list[Property]:
        """Every house."""
        # return [Property(code="hotel", name="{house}", time_zone="{zone}", currency="EUR")]
        raise errors.BadHotel(problem="fill in properties: return every house as a Property.")
'''


def bare_adapter(name: str, *, looked_at: int, zone: str, house: str) -> str:
    """The file with a ``Hotel`` whose methods say what must be filled in."""
    return _BARE.format(name=name, count=looked_at, zone=zone, house=_literal(_one_line(house))[1:-1])


__all__ = ["LOOK_AGAIN", "SURE_ENOUGH", "bare_adapter", "class_name", "model_adapter"]
