"""The small format of the words files.

A header (``subject: …``), then paragraphs with an empty line between them. A paragraph may begin
with a line of marks: ``[regret] [stance=responsibility]``. Lines that begin with ``#`` are notes
for whoever edits the words. See ``docs/letters.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .. import errors
from ..choices import ApologyPart, Stance
from . import sources

#: How a paragraph is set. In LINE_LAYOUTS each line stands, and disappears, by itself.
LAYOUTS = frozenset(
    {
        "text", "greeting", "heading", "dedication", "list", "facts", "code", "button", "closing",
        "signature", "small", "address",
    }
)  # fmt: skip
LINE_LAYOUTS = frozenset({"heading", "list", "facts", "code", "button", "signature", "small", "address"})
_PARTS = frozenset(ApologyPart.values)
_MEDIA = frozenset({"mail", "paper"})
_MARK_LINE = re.compile(r"(\[[a-z_]+(=[a-z_]+)?\]\s*)+")
_MARK = re.compile(r"\[([a-z_]+)(?:=([a-z_]+))?\]")
_HEADER = re.compile(r"([a-z_]+):\s*(.*)")
_FOLDER = "recovery/letters"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph of a words file, not filled in yet."""

    lines: tuple[str, ...]
    layout: str = "text"
    part: ApologyPart | None = None
    stance: str = ""
    #: Inside the framed box: the certificate, the room for tonight.
    panel: bool = False
    #: Only in the mail, or only on paper; empty is both.
    medium: str = ""
    #: Placeholders that must have, or must not have, a value.
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """One words file."""

    name: str
    header: dict[str, str]
    paragraphs: tuple[Paragraph, ...]


@dataclass
class _Marks:
    layout: str = "text"
    part: ApologyPart | None = None
    stance: str = ""
    panel: bool = False
    medium: str = ""
    needs: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    include: str = ""


def load(name: str, language: str) -> Words:
    """The words of ``<language>/<name>.txt``, with what it includes.

    :raises LetterFailed: if the file is missing or is not in the format.
    """
    path = f"{_FOLDER}/{language}/{name}.txt"
    return read(sources.read(path), name=path, language=language)


def shipped_text(name: str, language: str) -> str:
    """The words file as it was written.

    :raises LetterFailed: if the file is missing.
    """
    return sources.read(f"{_FOLDER}/{language}/{name}.txt")


def read(text: str, *, name: str, language: str) -> Words:
    """Words that may stand in no file; what they include comes from the files. ``name``: for refusals.

    :raises LetterFailed: if they are not in the format.
    """
    words = _parse(text, name)
    paragraphs: list[Paragraph] = []
    for item in words.paragraphs:
        if item.layout == "include":
            paragraphs += load_part(item.lines[0], language)
        else:
            paragraphs.append(item)
    return Words(name=words.name, header=words.header, paragraphs=tuple(paragraphs))


def load_part(name: str, language: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a file that letters share. It cannot include another one.

    :raises LetterFailed: if the file is missing or is not in the format.
    """
    path = f"{_FOLDER}/{language}/{name}.txt"
    words = _parse(sources.read(path), path, has_header=False)
    if any(item.layout == "include" for item in words.paragraphs):
        raise _broken(path, "an included file cannot include another one")
    return words.paragraphs


def load_starters(language: str) -> dict[str, str]:
    """What an apology may begin with (``starters.txt``): sentences and the words that they are chosen by.

    :raises LetterFailed: if the file is missing or is not in the format.
    """
    path = f"{_FOLDER}/{language}/starters.txt"
    return _parse(sources.read(path), path).header


def load_phrases(language: str) -> dict[str, str]:
    """The short phrases from which values are built (``phrases.txt``).

    :raises LetterFailed: if the file is missing or is not in the format.
    """
    path = f"{_FOLDER}/{language}/phrases.txt"
    return _parse(sources.read(path), path).header


@lru_cache(maxsize=256)
def _parse(text: str, path: str, *, has_header: bool = True) -> Words:
    """Keyed by the text itself, so that an edited file is read anew."""
    groups = list(_groups(text))
    header: dict[str, str] = {}
    if has_header:
        for line in groups.pop(0) if groups else []:
            match = _HEADER.fullmatch(line)
            if match is None:
                raise _broken(path, f"“{line}” is not “key: text”")
            header[match[1]] = match[2].strip()
    return Words(name=path, header=header, paragraphs=tuple(_paragraph(group, path) for group in groups))


def _groups(text: str) -> Iterable[list[str]]:
    group: list[str] = []
    for raw in [*text.replace("\r\n", "\n").lstrip("\ufeff").split("\n"), ""]:
        line = raw.strip()
        if line.startswith("#"):
            continue
        if line:
            group.append(line)
        elif group:
            yield group
            group = []


def _paragraph(group: list[str], path: str) -> Paragraph:
    marks = _Marks()
    lines = group
    if _MARK_LINE.fullmatch(group[0]):
        for key, value in _MARK.findall(group[0]):
            _apply(marks, key, value, path)
        lines = group[1:]
    if marks.include:
        if lines:
            raise _broken(path, "[include=…] stands alone")
        return Paragraph(lines=(marks.include,), layout="include")
    if not lines:
        raise _broken(path, f"nothing follows {group[0]}")
    if marks.layout not in LINE_LAYOUTS:
        lines = [" ".join(lines)]
    return Paragraph(
        lines=tuple(lines),
        layout=marks.layout,
        part=marks.part,
        stance=marks.stance,
        panel=marks.panel,
        medium=marks.medium,
        needs=tuple(marks.needs),
        lacks=tuple(marks.lacks),
    )


def _apply(marks: _Marks, key: str, value: str, path: str) -> None:
    """Note one mark.

    :raises LetterFailed: if no such mark exists.
    """
    if not value and key in _PARTS:
        marks.part = ApologyPart(key)
    elif not value and key in LAYOUTS:
        marks.layout = key
    elif not value and key == "panel":
        marks.panel = True
    elif key == "stance" and value in Stance.values:
        marks.stance = value
    elif key == "on" and value in _MEDIA:
        marks.medium = value
    elif key == "if" and value:
        marks.needs.append(value)
    elif key == "unless" and value:
        marks.lacks.append(value)
    elif key == "include" and value:
        marks.include = value
    else:
        raise _broken(path, f"unknown mark [{key}={value}]" if value else f"unknown mark [{key}]")


def _broken(path: str, problem: str) -> errors.LetterFailed:
    return errors.LetterFailed(problem=f"{path}: {problem}")
