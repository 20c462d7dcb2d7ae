"""How a guest comes in: from the link in a mail, with a browser that keeps cookies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from recovery.actions import links
from recovery.choices import LinkPurpose
from recovery.models import Complaint, GuestLink
from tests.factories import make_link

PURPOSES = (LinkPurpose.CERTIFICATE, LinkPurpose.STATUS, LinkPurpose.STOP)
SESSIONS = "sessions.Session"


def address(link: GuestLink) -> str:
    """What stands in the mail, without the name of the site."""
    return links.url_of(link).removeprefix("https://hotel.example")


def token_of(link: GuestLink) -> str:
    return address(link).rstrip("/").rpartition("/")[2]


def clean(link: GuestLink, name: str = "") -> str:
    """The address without a secret to which the link leads."""
    return reverse(f"recovery_guest:{name or link.purpose}", args=[link.uuid])


def visit(client: Client, complaint: Complaint, purpose: LinkPurpose, **more: Any) -> Any:
    """Open the link of a mail and follow it to its page."""
    return client.get(address(make_link(complaint=complaint, purpose=purpose)), follow=True, **more)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def tags_of(response: Any) -> list[tuple[str, dict[str, str]]]:
    """The tags of a page, each with its attributes."""
    parser = _Tags()
    parser.feed(response.content.decode())
    return parser.found


def text_of(response: Any) -> str:
    """What can be read on a page, in one line."""
    body = re.sub(r"<head>.*</head>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\u00a0", " ").split())


def tables(*, without: tuple[str, ...] = (SESSIONS,)) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in without
    }
