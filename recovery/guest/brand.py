"""Colour, paper and logo of a house: public, so that pages need no inline style."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from ..letters.colour import contrast, palette
from ..models import Brand

_CACHE = "public, max-age=600"  # seconds: a changed colour is seen the same evening
#: Colours of guest.css: the ground behind the sheet, and the lightest ground in the dark.
_GROUND, _DARK_GROUND, _DARK_INK = "#ece6db", "#33302c", "#1d1b19"
_BLACK, _WHITE = "#000000", "#ffffff"
_READABLE = 4.6  # WCAG AA asks for 4.5
#: Name in CSS, and the height that is left inside the margins of guest.css.
_PAPERS = {"a4": ("A4", "277mm"), "letter": ("letter", "259mm")}


@transaction.non_atomic_requests
@require_safe
def stylesheet(request: HttpRequest, property_code: str) -> HttpResponse:
    """The brand colour, readable on light and on dark, and the size of the paper."""
    brand = Brand.objects.filter(property_code=property_code).only("colour", "paper").first()
    if brand is None:
        return HttpResponseNotFound()
    colours = palette(brand.colour)
    accent = readable(colours.accent, on=_GROUND, towards=_BLACK)
    light = _root(accent, colours.button_text, colours.tint, colours.rule)
    dark_accent = readable(colours.accent, on=_DARK_GROUND, towards=_WHITE)
    dark = _root(dark_accent, _DARK_INK, _DARK_GROUND, "#7a7063")
    paper, height = _PAPERS.get(brand.paper, _PAPERS["a4"])
    rules = (
        light,
        f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}",
        f":root {{ --rg-paper-height: {height}; }}",
        f"@page {{ size: {paper}; }}",
    )
    return _public("\n".join(rules) + "\n", "text/css; charset=utf-8")


@transaction.non_atomic_requests
@require_safe
def logo(request: HttpRequest, property_code: str) -> HttpResponse:
    """The picture on the letterhead, if the house has one."""
    brand = Brand.objects.filter(property_code=property_code).only("logo").first()
    if brand is None or not brand.logo:
        return HttpResponseNotFound()
    return _public(bytes(brand.logo), "image/png")


def readable(colour: str, *, on: str, towards: str) -> str:
    """The colour, or the nearest one ``towards`` black or white that can be read on that ground."""
    start, end = _parts(colour), _parts(towards)
    for step in range(21):
        mixed = (round(a + (b - a) * step / 20) for a, b in zip(start, end, strict=True))
        candidate = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(candidate, on) >= _READABLE:
            return candidate
    return towards


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _root(accent: str, on_accent: str, tint: str, rule: str) -> str:
    colours = {"accent": accent, "on-accent": on_accent, "tint": tint, "rule": rule}
    return ":root {" + "".join(f" --rg-{name}: {value};" for name, value in colours.items()) + " }"


def _public(content: str | bytes, content_type: str) -> HttpResponse:
    headers = {"Cache-Control": _CACHE, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)
