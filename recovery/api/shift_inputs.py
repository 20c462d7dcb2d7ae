"""What the verbs of a shift take."""

from __future__ import annotations

from typing import Any

from .fields import StaffKey, Text
from .inputs import Input


class HandOver(Input):
    """To whom, and what the summary does not say. Both may be missing: no reason is asked for."""

    receiver = StaffKey(required=False, allow_null=True)
    note = Text(required=False)


class HandOverAll(Input):
    """At which house the shift ends, and to whom its work is offered; nobody named: who is next in each."""

    property_code = Text()
    receiver = StaffKey(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.context["sight"].check_house(attrs["property_code"])
        return attrs


class TakeOver(Input):
    """Who takes over, where it is not the caller."""

    person = StaffKey(required=False, allow_null=True)


class DutyLine(Input):
    """One line for whoever has the next shift."""

    property_code = Text()
    words = Text()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.context["sight"].check_house(attrs["property_code"])
        return attrs
