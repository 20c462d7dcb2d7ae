"""What the verbs of own words take."""

from __future__ import annotations

from typing import Any

from .fields import Text, Whole, YesNo
from .inputs import Input


class WithdrawalIn(Input):
    """At which house; empty: the group's own words."""

    property_code = Text()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["property_code"]:
            self.context["sight"].check_house(attrs["property_code"])
        return attrs


class WordingIn(WithdrawalIn):
    """The words, and the version of the own words that they were edited from; 0 where there were none."""

    words = Text()
    seen_version = Whole(required=False)


class LockIn(Input):
    """Whether the group's words are the only ones."""

    locked = YesNo()
