"""Colour and logo of a house: public, cacheable, and readable in every light."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from django.test import Client
from django.urls import reverse

from recovery.choices import LinkPurpose
from recovery.guest.brand import readable
from recovery.letters.colour import contrast
from recovery.models import Complaint
from tests.factories import House, edit_brand
from tests.guest.doors import visit


def png() -> bytes:
    """One white point."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#ffe600", "#ff0000", "#1f4e5f", "#b5523b", "#7f7f7f"]
)
def test_every_colour_can_be_read_on_light_and_on_dark(client: Client, quay: House, colour: str) -> None:
    edit_brand(colour=colour)

    sheet = client.get(reverse("recovery_guest:brand", args=["QUAY"])).content.decode()
    light, dark = re.findall(r"--rg-accent: (#[0-9a-f]{6}); --rg-on-accent: (#[0-9a-f]{6})", sheet)

    assert contrast(light[0], "#ece6db") >= 4.5
    assert contrast(dark[0], "#33302c") >= 4.5
    assert contrast(*light) >= 4.5
    assert contrast(*dark) >= 4.5


def test_a_colour_that_is_readable_is_left_alone() -> None:
    assert readable("#1f4e5f", on="#ffffff", towards="#000000") == "#1f4e5f"
    assert readable("#ece6db", on="#ece6db", towards="#ece6db") == "#ece6db"


def test_a_colour_cannot_bring_its_own_rules(client: Client, quay: House) -> None:
    edit_brand(colour="red;}*{")

    assert "red" not in client.get(reverse("recovery_guest:brand", args=["QUAY"])).content.decode()


@pytest.mark.parametrize(("paper", "size"), [("a4", "A4"), ("letter", "letter"), ("foolscap", "A4")])
def test_the_page_is_as_large_as_the_houses_paper(client: Client, quay: House, paper: str, size: str) -> None:
    edit_brand(paper=paper)

    sheet = client.get(reverse("recovery_guest:brand", args=["QUAY"])).content.decode()

    assert f"@page {{ size: {size}; }}" in sheet


def test_the_logo_stands_at_the_head_of_the_page(client: Client, complaint: Complaint) -> None:
    edit_brand(logo=png())

    page = visit(client, complaint, LinkPurpose.STATUS).content.decode()
    response = client.get("/recovery/logo/QUAY.png")

    assert '<img class="rg-logo" src="/recovery/logo/QUAY.png" alt="The Quayside">' in page
    assert (response["Content-Type"], response.content) == ("image/png", png())
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["brand", "logo"])
def test_look_is_public_and_may_be_kept(client: Client, quay: House, name: str) -> None:
    edit_brand(logo=png())

    response = client.get(reverse(f"recovery_guest:{name}", args=["QUAY"]))

    assert response["Cache-Control"] == "public, max-age=600"
    assert not response.cookies


@pytest.mark.parametrize("name", ["brand", "logo"])
def test_a_house_that_does_not_exist_has_no_look(client: Client, quay: House, name: str) -> None:
    assert client.get(reverse(f"recovery_guest:{name}", args=["NOWHERE"])).status_code == 404


def test_a_house_without_logo_has_none(client: Client, quay: House) -> None:
    assert client.get(reverse("recovery_guest:logo", args=["QUAY"])).status_code == 404


def test_a_code_with_a_slash_has_an_address() -> None:
    assert reverse("recovery_guest:brand", args=["CPH/1 Nord"]).endswith("/brand/CPH/1%20Nord.css")
