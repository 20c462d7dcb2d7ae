"""Every guest mail as mail programs show it: narrow, wide, dark, darkened by force."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from recovery.choices import LetterKind
from recovery.letters import EnglishFacts, fill, render

from ..letters import samples
from ..letters.test_golden import letters
from . import looking

pytest.importorskip("PIL", reason="pillow is not installed: nobody looks at the painted colours")

pytestmark = pytest.mark.browser

each_language = pytest.mark.parametrize("language", samples.LANGUAGES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of each sample letter, by its name."""
    folder: Path = tmp_path_factory.mktemp("letters")
    facts = letters()
    doubled = samples.facts(
        LetterKind.ACKNOWLEDGEMENT, "da", english_below=EnglishFacts(signatory_title="Director")
    )
    facts["da/english_below"] = dataclasses.replace(doubled, promise="", promise_by="", promise_who="")
    found = {}
    for name, each in facts.items():
        path = folder / f"{name.replace('/', '-')}.html"
        path.write_text(fill(render(each), samples.SECRETS).html, encoding="utf-8")
        found[name] = path.as_uri()
    return found


def of(pages: dict[str, str], language: str) -> dict[str, str]:
    return {name: url for name, url in pages.items() if name.startswith(f"{language}/")}


@each_language
def test_a_telephone_shows_every_word_of_a_letter(reader: Any, pages: dict[str, str], language: str) -> None:
    for name, url in of(pages, language).items():
        looking.resize(reader, looking.WIDE)
        reader.get(url)
        wide = looking.words(reader)
        looking.resize(reader, looking.PHONE)

        assert looking.words(reader) == wide, name
        assert len(wide) > 40, name
        assert looking.fits(reader), name
        assert looking.outside(reader) == [], name


@each_language
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_word_of_a_letter_stands_out(
    reader: Any, pages: dict[str, str], language: str, dark: bool
) -> None:
    for name, url in of(pages, language).items():
        looking.resize(reader, looking.PHONE, dark=dark)
        reader.get(url)

        assert looking.too_faint(reader) == [], name
        assert looking.is_dark(reader) is dark, name


@each_language
def test_a_letter_that_is_darkened_by_force_can_still_be_read(
    forced_dark: Any, pages: dict[str, str], language: str
) -> None:
    for name, url in of(pages, language).items():
        forced_dark.get(url)

        assert looking.is_dark(forced_dark), name
        assert looking.painted_too_faint(forced_dark) == [], name


def test_a_letter_needs_no_picture(pages: dict[str, str], reader: Any) -> None:
    for name, url in pages.items():
        reader.get(url)

        assert (
            reader.execute_script("return document.images.length + document.querySelectorAll('svg').length")
            == 0
        )
        painted = reader.execute_script(
            "return [...document.querySelectorAll('*')]"
            ".some(element => getComputedStyle(element).backgroundImage !== 'none')"
        )
        assert not painted, name


@each_language
@pytest.mark.parametrize("width", [600, 800, 1280])
def test_a_line_has_62_to_72_characters(
    reader: Any, pages: dict[str, str], language: str, width: int
) -> None:
    looking.resize(reader, width)
    counts = []
    for name in ("apology_letter", "apology_letter_regret"):
        reader.get(pages[f"{language}/{name}"])
        counts += looking.full_lines(reader)
    here = looking.character_width(reader)
    if not looking.TIMES * 0.97 <= here <= looking.GEORGIA * 1.03:
        pytest.skip(
            f"neither Georgia nor a font as wide as Times is installed: {here:.3f} of the size a character"
        )

    assert len(counts) > 5
    for font in (looking.GEORGIA, looking.TIMES):
        assert 62 <= sum(counts) / len(counts) * here / font <= 72, (font, counts)
