"""A manager of the host who looks at the host's own admin pages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from recovery import testing
from recovery.models import Complaint
from tests.projects.story import LostReservation


def complain(lost: LostReservation) -> Complaint:
    """An open complaint about the lost reservation, with a free night inside its letter."""
    complaint = testing.make_complaint(stay_ref=lost.stay_ref)
    testing.make_apology(complaint=complaint, by_hand=not lost.guest_email)
    return complaint


def browser(**facts: Any) -> Client:
    """Somebody who may do everything."""
    user = get_user_model()._default_manager.create(is_staff=True, is_superuser=True, is_active=True, **facts)
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())
