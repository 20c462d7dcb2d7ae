"""What one caller may see: the same rows for lists, single records, nested ones and keys in a request."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

from django.db import router
from django.db.models import QuerySet

from .. import clock, conf
from ..actions import Actor, may
from ..actions.letter_steps import outbox_key
from ..actions.lookups import find_property, find_stay
from ..choices import ActorKind, CertificateState
from ..errors import NotAllowed, PropertyUnknown, StayUnknown
from ..hotel import get_hotel
from ..hotel.cleaning import CODE_LIMIT, REF_LIMIT
from ..models import Certificate, Complaint, HouseProfile, Letter, OutboxMessage, Party, StaffMember
from ..models.scope import properties_of
from ..outbox.enqueue import digest
from ..rules import clocks, text

#: The permission without which nothing can be read.
LOOK = "view_complaint"


class Sight:
    """One request's caller. ``for_writing``: rows come from where verbs write, never from a replica."""

    def __init__(self, user: Any, *, for_writing: bool) -> None:
        self.user = user
        self.for_writing = for_writing

    @functools.cached_property
    def actor(self) -> Actor:
        return Actor.for_user(self.user, kind=ActorKind.API_CLIENT)

    def require(self, verb: str) -> None:
        """:raises NotAllowed: if the caller may do this nowhere."""
        if not may(self.actor, verb, property_code=""):
            raise NotAllowed()

    @functools.cached_property
    def codes(self) -> frozenset[str] | None:
        """The houses that the caller works for; ``None`` means every house."""
        return properties_of(self.user)

    @functools.cached_property
    def _hidden(self) -> list[str]:
        """Houses of the caller at which a host's own AUTHORIZE does not let them look."""
        codes = self.codes
        if codes is None:
            codes = frozenset(house.code for house in get_hotel().properties())
        return [code for code in sorted(codes) if not may(self.actor, LOOK, property_code=code)]

    @functools.cached_property
    def houses(self) -> frozenset[str] | None:
        """The houses at which the caller may look; ``None`` means every house."""
        if not self._hidden:
            return self.codes
        codes = self.codes
        if codes is None:
            codes = frozenset(house.code for house in get_hotel().properties())
        return codes - set(self._hidden)

    def rows(self, queryset: Any) -> Any:
        """Those rows of the queryset that the caller may see."""
        queryset = self._read(queryset).visible_to(self.user)
        path = getattr(queryset, "property_path", "")
        if path and self._hidden:
            queryset = queryset.exclude(**{f"{path}__in": self._hidden})
        return queryset

    def deliveries(self, letters: Iterable[Letter]) -> dict[int, str]:
        """Where the delivery of each of these letters stands, in one query."""
        keys = {digest(outbox_key(letter)): letter.pk for letter in letters}
        rows = self._read(OutboxMessage.objects.filter(key__in=keys))
        return {keys[key]: state for key, state in rows.values_list("key", "state")}

    def _read(self, queryset: Any) -> Any:
        return queryset.using(router.db_for_write(queryset.model)) if self.for_writing else queryset

    # --- keys in a request ---------------------------------------------------------------------

    def staff(self) -> QuerySet[StaffMember]:
        found: QuerySet[StaffMember] = self.rows(StaffMember.objects.all())
        return found

    def parties(self, complaint: Complaint) -> QuerySet[Party]:
        found: QuerySet[Party] = self.rows(Party.objects.filter(complaint=complaint))
        return found

    def certificates(self, complaint: Complaint) -> QuerySet[Certificate]:
        found: QuerySet[Certificate] = self.rows(Certificate.objects.filter(complaint=complaint))
        return found

    def stay_ref(self, ref: str) -> str:
        """The reference, if it names a stay at one of the caller's houses.

        :raises StayUnknown: if there is none: unknown and not visible are one refusal.
        """
        stay = find_stay(ref)
        if not self._works_at(stay.property_code):
            raise StayUnknown(stay_ref=text.soft_line(ref, limit=REF_LIMIT))
        return ref

    def house_of(self, ref: str) -> str:
        """The house of a stay that ``stay_ref`` let pass."""
        return find_stay(ref).property_code

    def check_house(self, code: str) -> None:
        """:raises PropertyUnknown: if there is no such house, or the caller does not work there; names those
        that there are for them.
        """
        if not self._works_at(code):
            known = ", ".join(sorted(self.codes or ()))
            raise PropertyUnknown(property_code=text.soft_line(code, limit=CODE_LIMIT), known=known)
        find_property(code)

    def _works_at(self, code: str) -> bool:
        return self.codes is None or code in self.codes

    # --- time ----------------------------------------------------------------------------------

    @functools.cached_property
    def now(self) -> dt.datetime:
        return clock.now()

    @functools.cached_property
    def _zones(self) -> dict[str, str]:
        return dict(self._read(HouseProfile.objects.all()).values_list("property_code", "time_zone"))

    def state_of(self, certificate: Certificate) -> CertificateState:
        """Where a certificate stands today at its own house."""
        today = clocks.local_date(self.now, self._zones.get(certificate.property_code, "UTC"))
        return certificate.state(today=today, grace_days=conf.current().CERTIFICATE_GRACE_DAYS)
