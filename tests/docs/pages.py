"""The pages that people read: README and docs/, their links, anchors and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
#: Every page whose links we answer for.
PAGES = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    ROOT / "example_project" / "README.md",
    ROOT / "recovery" / "outbox" / "README.md",
    *sorted(DOCS.glob("*.md")),
)

#: Where our own files stand on the web; what is said to stand there must be here.
FORGE = "https://github.com/django-service-recovery/django-service-recovery/blob/main/"

_FENCE = re.compile(r"^(`{3,})([\w{}]*)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SRC = re.compile(r'(?:src|href)="([^"]+)"')
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)">')


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return _FENCE.sub("", read(page))


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """The page's blocks of code in these languages."""
    for _fence, language, code in _FENCE.findall(read(page)):
        if language in languages:
            yield code


def links(page: Path) -> list[str]:
    """Where the page's links and pictures lead, other web sites left out."""
    text = prose(page)
    found = _LINK.findall(text) + _SRC.findall(text)
    return [link for link in found if link.startswith(FORGE) or not re.match(r"[a-z]+:", link)]


def target(page: Path, link: str) -> tuple[Path, str]:
    """The file and the anchor that a link names."""
    path, _, anchor = link.partition("#")
    if path.startswith(FORGE):
        return ROOT / path.removeprefix(FORGE), anchor
    return (page.parent / path).resolve() if path else page, anchor


def anchors(page: Path) -> set[str]:
    """What ``#…`` can name on this page, made as Git forges and MyST make it."""
    text = prose(page)
    made: list[str] = []
    for heading in _HEADING.findall(text):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        slug = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        made.append(f"{slug}-{made.count(slug)}" if slug in made else slug)
    return {*made, *_ANCHOR.findall(text)}
