"""Who sits at the screen: one request's actor, time, permissions and houses."""

from __future__ import annotations

import functools
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from .. import clock
from ..actions import Actor, may
from ..actions.lookups import known_houses
from ..hotel import Property
from ..models import Complaint, HouseProfile
from ..models.scope import properties_of


class Desk:
    """What every page asks about the person in front of it. Lives as long as one request."""

    def __init__(self, request: HttpRequest, site: AdminSite) -> None:
        self.request = request
        self.site = site
        self.user: Any = request.user
        self.actor = Actor.for_user(self.user)
        self.now = clock.now()
        self._may: dict[tuple[str, str], bool] = {}

    @classmethod
    def of(cls, request: HttpRequest, site: AdminSite) -> Self:
        """The one desk of this request, however many hooks of Django ask for it."""
        known = getattr(request, "_recovery_desk", None)
        if known is None or known.site is not site or known.user is not request.user:
            known = cls(request, site)
            request._recovery_desk = known  # type: ignore[attr-defined]  # because a request is where it lives
        return known

    def may(self, verb: str, property_code: str = "") -> bool:
        """Whether this person may do this there; without a house: anywhere at all."""
        asked = (verb, property_code)
        if asked not in self._may:
            self._may[asked] = may(self.actor, verb, property_code=property_code)
        return self._may[asked]

    def require(self, verb: str, property_code: str = "") -> None:
        """:raises PermissionDenied: if this person may not do this there."""
        if not self.may(verb, property_code):
            raise PermissionDenied

    @functools.cached_property
    def codes(self) -> frozenset[str] | None:
        """The houses that this person works for; ``None`` means every house."""
        return properties_of(self.user)

    def sees(self, property_code: str) -> bool:
        return self.codes is None or property_code in self.codes

    @functools.cached_property
    def every_house(self) -> list[Property]:
        """Asked once a page: a hotel's system that is slow is slow once."""
        return known_houses()

    @functools.cached_property
    def houses(self) -> list[Property]:
        """The houses of this person, in the hotel's own order."""
        return [house for house in self.every_house if self.sees(house.code)]

    @functools.cached_property
    def house_names(self) -> dict[str, str]:
        return {house.code: house.name for house in self.every_house}

    def house_name(self, code: str) -> str:
        return self.house_names.get(code, code)

    @functools.cached_property
    def _zones(self) -> dict[str, str]:
        return dict(HouseProfile.objects.values_list("property_code", "time_zone"))

    def zone(self, property_code: str) -> str:
        """The property's time zone; UTC for a house that was never prepared."""
        return self._zones.get(property_code, "UTC")

    def url(self, name: str, /, *args: Any, **query: Any) -> str:
        """The address of one of our admin pages."""
        address = reverse(f"admin:recovery_{name}", args=args, current_app=self.site.name)
        return f"{address}?{urlencode(query)}" if query else address

    def verb_url(self, complaint: Complaint, verb: str, /, **query: Any) -> str:
        return self.url("complaint_verb", complaint.pk, verb, **query)

    def page(
        self, template: str, context: dict[str, Any], *, title: Any, status: int = 200
    ) -> TemplateResponse:
        """A page of our own in the clothes of the host's admin."""
        self.request.current_app = self.site.name
        known = {**self.site.each_context(self.request), "title": title, "desk": self, **context}
        return TemplateResponse(self.request, template, known, status=status)
