"""The brand colour, made readable on paper tone and behind button text."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT = "#1f4e5f"
#: Neither pure white nor pure black: a mail program that inverts colours then stays soft.
PAPER = "#fbf8f2"
INK = "#2a2724"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_READABLE = 4.6  # WCAG AA asks for 4.5

Rgb = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours of one house's letters, as ``#rrggbb``."""

    accent: str
    button: str
    button_text: str
    tint: str
    rule: str


def palette(colour: str) -> Palette:
    """Colours from a brand colour; one that is not ``#rrggbb`` is replaced by our own."""
    brand = _rgb(colour if _HEX.fullmatch(colour) else DEFAULT)
    paper, ink = _rgb(PAPER), _rgb(INK)
    accent = _darkened(brand, against=paper)
    return Palette(
        accent=_hex(accent),
        button=_hex(accent),
        button_text=PAPER,
        tint=_hex(_mixed(accent, paper, 0.06)),
        rule=_hex(_mixed(_mixed(accent, ink, 0.5), paper, 0.35)),
    )


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two ``#rrggbb`` colours, 1 to 21."""
    return _contrast(_rgb(first), _rgb(second))


def _darkened(colour: Rgb, *, against: Rgb) -> Rgb:
    """The colour itself, or the nearest darker one that can be read."""
    for step in range(21):
        candidate = _mixed(colour, (0, 0, 0), 1 - step / 20)
        if _contrast(candidate, against) >= _READABLE:
            return candidate
    return (0, 0, 0)


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _contrast(first: Rgb, second: Rgb) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
