from __future__ import annotations

import pytest

from recovery.letters.colour import DEFAULT, PAPER, contrast, palette


@pytest.mark.parametrize("colour", ["#ffffff", "#ffee00", "#c9a86a", "#1f4e5f", "#000000", "#ff0000"])
def test_any_brand_colour_can_be_read_on_paper_and_button(colour: str) -> None:
    colours = palette(colour)

    assert contrast(colours.accent, PAPER) >= 4.5
    assert contrast(colours.button_text, colours.button) >= 4.5


def test_a_readable_brand_colour_is_kept() -> None:
    assert palette("#7a3b2e").accent == "#7a3b2e"


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "url(x)", "#12345g"])
def test_what_is_not_a_colour_is_replaced(colour: str) -> None:
    assert palette(colour) == palette(DEFAULT)
