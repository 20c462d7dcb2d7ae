"""The house at the head and foot of a page: its name, its look, and how to reach it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from ..actions import houses, letter_facts
from ..letters.formatting import unbroken
from .words import Words


@dataclass(frozen=True, kw_only=True)
class House:
    """What a page may say about the house."""

    name: str
    address: tuple[str, ...]
    website: str
    legal_line: str
    phone: str
    phone_link: str
    ring: str
    email: str
    email_link: str
    write: str
    brand: str
    logo: str
    safe: str


def house_of(property_code: str, language: str, *, phone: str = "") -> House:
    """The house, as its brand says; ``phone`` replaces its number.

    :raises NoBrand: if nobody said how the house looks.
    """
    brand = houses.brand_of(property_code)
    facts = letter_facts.house_facts(brand)
    number = phone or facts.phone
    words = Words(language, "page")
    return House(
        name=facts.name,
        address=facts.address,
        website=facts.website,
        legal_line=facts.legal_line,
        phone=unbroken(number),
        phone_link=_dialled(number),
        ring=words.say("phone", phone=number) if number else "",
        email=facts.email,
        email_link=f"mailto:{quote(facts.email, safe='@')}",
        write=words.say("email", email=facts.email) if facts.email else "",
        brand=reverse("recovery_guest:brand", args=[property_code]),
        logo=reverse("recovery_guest:logo", args=[property_code]) if brand.logo else "",
        safe=words["safe"],
    )


def _dialled(phone: str) -> str:
    """``tel:+441174960140``: what a telephone can dial."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    return f"tel:{'+' if phone.lstrip().startswith('+') else ''}{digits}"
