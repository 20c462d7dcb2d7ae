"""What we know about records of the host: open complaints and free nights, for a whole list at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import F
from django.http import HttpRequest

from ..choices import CertificateState
from ..models import Certificate, Complaint
from .certificates import state_of
from .desk import Desk


@dataclass(frozen=True)
class Sight:
    """What the person at the screen may know about the host's records, and do."""

    desk: Desk
    complaints: bool
    certificates: bool
    opens: bool

    @classmethod
    def of(cls, request: HttpRequest, site: AdminSite) -> Self | None:
        """``None``: nothing of ours is for this person, or it is on no site that they could be sent to."""
        ours = next((each for each in (site, admin.site) if each.is_registered(Complaint)), None)
        if ours is None or not getattr(getattr(request, "user", None), "is_authenticated", False):
            return None
        desk = Desk.of(request, ours)
        complaints = _may_look(ours, Complaint, request)
        certificates = _may_look(ours, Certificate, request)
        opens = desk.may("open_complaint")
        return cls(desk, complaints, certificates, opens) if complaints or certificates or opens else None


@dataclass
class Marks:
    """What there is about one record, as far as the person may know it."""

    #: Open ones, the gravest first.
    complaints: list[Complaint] = field(default_factory=list)
    #: Every one, the newest first.
    certificates: list[Certificate] = field(default_factory=list)

    def nights(self, desk: Desk) -> int:
        """Free nights that can be used today."""
        usable = (each for each in self.certificates if state_of(desk, each) is CertificateState.VALID)
        return sum(each.nights_left for each in usable)


def of_stays(sight: Sight, refs: Iterable[str]) -> dict[str, Marks]:
    """Reference of a stay → what there is. Two questions to the database, however many stays."""
    return _gather(sight, refs, complaints="stay_ref", certificates="complaint__stay_ref")


def of_guests(sight: Sight, refs: Iterable[str]) -> dict[str, Marks]:
    """Reference of a guest → what there is. Two questions to the database, however many guests."""
    return _gather(sight, refs, complaints="parties__guest_ref", certificates="party__guest_ref")


def _gather(sight: Sight, refs: Iterable[str], *, complaints: str, certificates: str) -> dict[str, Marks]:
    found: dict[str, Marks] = {ref: Marks() for ref in refs}
    if not found:
        return found
    user = sight.desk.user
    if sight.complaints:
        rows: Any = Complaint.objects.visible_to(user)
        rows = rows.open().order_by("-severity", "pk")
        _share_out(rows, complaints, found, "complaints")
    if sight.certificates:
        _share_out(Certificate.objects.visible_to(user).order_by("-pk"), certificates, found, "certificates")
    return found


def _share_out(rows: Any, path: str, found: dict[str, Marks], where: str) -> None:
    # Compared again in Python, because to some databases "ab" and "AB" are the same.
    for row in rows.filter(**{f"{path}__in": list(found)}).annotate(host_ref=F(path)):
        marks = found.get(row.host_ref)
        if marks is not None and row not in getattr(marks, where):  # two parties may be one guest
            getattr(marks, where).append(row)


def _may_look(site: AdminSite, model: Any, request: HttpRequest) -> bool:
    return site.is_registered(model) and site.get_model_admin(model).has_view_permission(request)
