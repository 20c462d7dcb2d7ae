"""Letters on paper, through Typst (extra ``[pdf]``).

What a letter says goes in as JSON, never as markup: a guest's name cannot run code. Every page is
PDF/UA-1, so that a missing glyph is an error instead of an empty box. The same input gives the
same bytes.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from .. import conf, errors
from ..rules.logo import check_png
from . import slots, sources
from .colour import INK, palette
from .compose import Block, compose
from .dates import known_language, long_date
from .facts import LetterFacts
from .formatting import typeset
from .placeholders import values
from .qr import qr_svg
from .render import Rendered
from .to_html import direction
from .words import load_part, load_phrases

_DOCUMENTS = ("letter", "certificate", "walk_card")
_PAPERS = {"a4": "a4", "letter": "us-letter"}
_PACKAGE_IMPORT = re.compile(r"\b(?:import|include)\s*\(?\s*\"@")
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def is_pdf_available() -> bool:
    """Whether PDFs can be made here: the extra ``[pdf]`` is installed."""
    return importlib.util.find_spec("typst") is not None


def letter_pdf(
    facts: LetterFacts, rendered: Rendered, secrets: Mapping[str, str], *, logo: bytes | None = None
) -> bytes:
    """The letter with room for a pen, and its certificate on a second page.

    :raises PdfNotInstalled: if the extra is missing.
    :raises GlyphMissing: if no font can print a character.
    :raises LetterFailed: if a secret is missing.
    :raises BadLogo: if the logo is not a PNG.
    """
    blocks = (block for block in rendered.blocks if block.medium != "mail" and not block.panel)
    data = _data(facts, logo, title=rendered.subject)
    data["blocks"] = _filled(blocks, secrets)
    data["certificate"] = _certificate(facts, secrets) if facts.certificate is not None else None
    return _compiled("letter", data)


def certificate_pdf(facts: LetterFacts, secrets: Mapping[str, str], *, logo: bytes | None = None) -> bytes:
    """The certificate by itself, one page.

    :raises PdfNotInstalled: if the extra is missing.
    :raises GlyphMissing: if no font can print a character.
    :raises LetterFailed: if there is no certificate in the facts, or a secret is missing.
    :raises BadLogo: if the logo is not a PNG.
    """
    if facts.certificate is None:
        raise errors.LetterFailed(problem="these facts hold no certificate")
    certificate = _certificate(facts, secrets)
    data = _data(facts, logo, title=f"{certificate['title']} – {facts.house.name}")
    data["certificate"] = certificate
    return _compiled("certificate", data)


def walk_card_pdf(facts: LetterFacts, rendered: Rendered, *, logo: bytes | None = None) -> bytes:
    """The card that a walked guest takes along, one page, large print.

    :raises PdfNotInstalled: if the extra is missing.
    :raises GlyphMissing: if no font can print a character.
    :raises BadLogo: if the logo is not a PNG.
    """
    title = load_phrases(rendered.language)["walk_card_title"]
    data = _data(facts, logo, title=f"{title} – {facts.house.name}")
    data["heading"] = title
    # A button is of no use on paper; the address above it is.
    blocks = (block for block in rendered.blocks if block.medium != "mail" and block.layout != "button")
    data["blocks"] = _filled(blocks, {})
    return _compiled("walk_card", data)


def _data(facts: LetterFacts, logo: bytes | None, *, title: str) -> dict[str, Any]:
    language = known_language(facts.language)
    colours, house, written_on = palette(facts.house.colour), facts.house, facts.written_on
    return {
        "title": title,
        "author": house.name,
        "day": written_on.isoformat(),
        "date_text": long_date(written_on, language),
        "lang": language,
        "dir": direction(language),
        "paper": _PAPERS.get(house.paper, "a4"),
        "accent": colours.accent,
        "rule": colours.rule,
        "ink": INK,
        "house": house.name,
        "address": list(house.address),
        "contact": [part for part in (house.phone, house.email, house.website) if part],
        "legal_line": house.legal_line,
        "logo": _logo(logo),
        "certificate": None,
    }


def _certificate(facts: LetterFacts, secrets: Mapping[str, str]) -> dict[str, Any]:
    """The certificate's page: the words of the panel, the code in fours, and the QR of its link."""
    language = known_language(facts.language)
    phrases = load_phrases(language)
    panel = compose(load_part("panel_certificate", language), values(facts, language), stance=facts.stance)
    by_layout: dict[str, list[dict[str, str]]] = {}
    for block in _filled((block for block in panel if block.medium != "mail"), secrets):
        by_layout.setdefault(block["layout"], []).extend(block["lines"])
    certificate = facts.certificate
    return {
        "title": phrases["certificate_title"],
        "heading": [line["text"] for line in by_layout.get("heading", [])],
        "dedication": [line["text"] for line in by_layout.get("dedication", [])],
        "why": typeset(certificate.why) if certificate is not None else "",
        "facts": by_layout.get("facts", []),
        "notes": [line["text"] for line in by_layout.get("small", [])],
        "code": _in_fours(slots.secret(slots.CERTIFICATE_CODE, secrets)),
        "qr": qr_svg(slots.secret(slots.CERTIFICATE_LINK, secrets)),
        "qr_text": phrases["certificate_qr"],
        "signatory": [facts.signatory.name, f"{facts.signatory.title}, {facts.house.name}"],
    }


def _filled(blocks: Iterable[Block], secrets: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "layout": block.layout,
            "panel": block.panel,
            "lines": [
                {
                    "label": line.label,
                    "text": slots.fill_text(line.text, secrets),
                    "link": slots.fill_text(line.link, secrets),
                }
                for line in block.typeset
            ],
        }
        for block in blocks
    ]


def _in_fours(code: str) -> str:
    letters = code.replace("-", "")
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _logo(logo: bytes | None) -> list[int] | None:
    if logo is None:
        return None
    check_png(logo)
    return list(logo)


def _compiled(document: str, data: Mapping[str, Any]) -> bytes:
    try:
        import typst
    except ImportError:
        raise errors.PdfNotInstalled() from None
    main = f'#import "{document}.typ": make\n#make(json(bytes(sys.inputs.data)))\n'
    files = {"main.typ": main.encode(), **{f"{name}.typ": _source(name) for name in _DOCUMENTS}}
    folders = tuple(str(folder) for folder in conf.current().PDF_FONT_DIRS)
    failure: Exception | None = None
    # First with our own fonts only: the same page on every machine. A name that they cannot print
    # may use what the machine has.
    for with_system_fonts in (False, True):
        try:
            pdf = typst.compile(
                files,
                format="pdf",
                font_paths=_fonts(folders, with_system_fonts),
                ignore_system_fonts=not with_system_fonts,
                sys_inputs={"data": json.dumps(data)},
                pdf_standards=["ua-1"],
                timestamp=dt.datetime.fromisoformat(data["day"]).replace(tzinfo=dt.UTC),
            )
        except typst.TypstError as error:
            failure = error
            if not _NO_GLYPH.search(error.message):
                break
        else:
            return bytes(pdf)
    raise _explained(failure) from None


def _source(name: str) -> bytes:
    text = sources.read(f"recovery/pdf/{name}.typ")
    if _PACKAGE_IMPORT.search(text):
        # Typst would fetch it from the network while a guest waits.
        raise errors.LetterFailed(problem=f"recovery/pdf/{name}.typ imports a package")
    return text.encode()


@lru_cache(maxsize=8)
def _fonts(folders: tuple[str, ...], with_system_fonts: bool) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=with_system_fonts, font_paths=list(folders))


def _explained(failure: Exception | None) -> errors.RecoveryError:
    diagnostic = getattr(failure, "diagnostic", "") or str(failure)
    missing = dict.fromkeys(_NO_GLYPH.findall(diagnostic))
    if missing:
        return errors.GlyphMissing(text=" ".join(missing))
    return errors.LetterFailed(problem=f"Typst: {getattr(failure, 'message', '') or failure}")
