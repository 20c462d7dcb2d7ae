"""A member of staff who scans a guest's QR wants to redeem it, not to read it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ..actions import Actor, may
from ..choices import LinkPurpose
from ..models import GuestLink

#: Where the admin's redeem page finds what was scanned: the row of the link. Never the token, because
#: sessions are rows of a table, too.
SCANNED = "recovery_scanned_link"


def redeem_page(request: HttpRequest, link: GuestLink) -> str:
    """The address of the desk's page for this scan; empty for a guest."""
    user: Any = getattr(request, "user", None)
    if link.purpose != LinkPurpose.CERTIFICATE or not getattr(user, "is_staff", False):
        return ""
    # Without a house: which one it is depends on the stay, and the verb asks again.
    if not may(Actor.for_user(user), "redeem_certificate", property_code=""):
        return ""
    try:
        return reverse("admin:recovery_redeem")
    except NoReverseMatch:
        return ""
