"""How often one caller may ask. A host changes it in ``DEFAULT_THROTTLE_RATES``, ``None`` switches it off."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.settings import api_settings
from rest_framework.throttling import UserRateThrottle


class Calls(UserRateThrottle):
    """Everything that a caller asks."""

    scope = "recovery"
    usual_rate: ClassVar[str] = "600/min"

    def get_rate(self) -> str | None:
        rate: str | None = api_settings.DEFAULT_THROTTLE_RATES.get(self.scope, self.usual_rate)
        return rate


class Codes(Calls):
    """What could be used to guess a certificate's code. Counted besides ``Calls``."""

    scope = "recovery_codes"
    usual_rate = "30/min"
