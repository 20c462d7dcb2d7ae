"""Two houses, the people who sign in there, and a browser for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from recovery.models import StaffMember
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories

LOOKS = tuple(
    f"view_{name}"
    for name in (
        "complaint", "certificate", "outboxmessage", "staffmember", "brand", "houseprofile", "remedy",
        "authoritylimit", "playbook", "lettertext",
    )
)  # fmt: skip
VERBS = tuple(name for name, _label in VERB_PERMISSIONS)


@pytest.fixture
def quay(db: None) -> factories.House:
    return factories.make_house(code="QUAY")


@pytest.fixture
def strand(db: None) -> factories.House:
    return factories.make_house(code="STRAND")


@pytest.fixture
def sign_in(hotel: Any) -> Callable[..., Client]:
    """A browser in which somebody of one house is signed in, with these permissions."""

    def make(
        staff: StaffMember | None = None,
        *,
        verbs: Iterable[str] = VERBS,
        looks: Iterable[str] = LOOKS,
        houses: Iterable[str] | None = ("QUAY",),
        username: str = "helen",
    ) -> Client:
        user = factories.make_user(username=username, verbs=[*verbs, *looks], is_staff=True)
        if staff is not None:
            StaffMember.objects.filter(pk=staff.pk).update(user=user)
        if houses is not None:
            hotel.access[username] = frozenset(houses)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return make


@pytest.fixture
def helen(quay: factories.House, sign_in: Callable[..., Client]) -> Client:
    """The general manager of the Quayside, who may do everything there."""
    return sign_in(quay.general_manager)


@pytest.fixture
def asha(quay: factories.House, sign_in: Callable[..., Client]) -> Client:
    """The front desk of the Quayside: looks, and what any desk may do."""
    return sign_in(
        quay.desk,
        username="asha",
        verbs=(
            "open_complaint",
            "add_contact",
            "accept_task",
            "start_task",
            "keep_task",
            "redeem_certificate",
        ),
    )
