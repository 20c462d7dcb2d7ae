"""Using the composer as a browser does: its addresses, what stands in its fields, a look at them."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from recovery import actions
from recovery.choices import Confirmation
from recovery.models import Apology, Certificate, Complaint, Letter, OutboxMessage, TimelineEvent
from tests import factories

RESTATEMENT = "You came with your booking for July, and we had no room for you."
IMPACT = "You missed the dinner before your friends' wedding."


def url_of(complaint: Complaint, way: str = "mail", *, look: bool = False, **query: Any) -> str:
    name = "admin:recovery_complaint_compose" + ("_look" if look else "")
    asked = "&".join(f"{key}={value}" for key, value in {"way": way, **query}.items())
    return reverse(name, args=[complaint.pk]) + f"?{asked}"


def heard(house: factories.House, *, restatement: str = RESTATEMENT, impact: str = IMPACT) -> Complaint:
    complaint = factories.make_complaint(house=house)
    return actions.confirm_restatement(
        complaint=complaint,
        by=house.by_manager,
        restatement=restatement,
        confirmation=Confirmation.YES,
        impact=impact,
    )


def typed(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """What a browser would send: the fields as they stand, with what somebody changed."""
    form = client.get(url).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**found, **changed}.items() if value not in (None, False)}


def look(client: Client, url: str, data: dict[str, Any]) -> dict[str, Any]:
    response = client.post(url, data)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return dict(json.loads(response.content))


def rows() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Letter, Apology, Certificate, OutboxMessage, TimelineEvent)
    )
