"""Reading our pages as a person would: what is in the form, where the buttons lead."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from recovery.models import Complaint

LIST = "/admin/recovery/complaint/"


def page_of(complaint: Complaint) -> str:
    return reverse("admin:recovery_complaint_change", args=[complaint.pk])


def verb_url(complaint: Complaint, verb: str, **query: Any) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("admin:recovery_complaint_verb", args=[complaint.pk, verb]) + (
        f"?{asked}" if asked else ""
    )


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def hidden(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the form on the page: what a browser sends without being asked."""
    return hidden_in(text_of(client, url))


def hidden_in(page: str) -> dict[str, str]:
    """The same of a page that was read already."""
    reader = _Inputs()
    reader.feed(page)
    return reader.hidden


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.hidden[str(found["name"])] = found.get("value") or ""


class Markup(HTMLParser):
    """Every tag with its attributes, for rules about the whole page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
