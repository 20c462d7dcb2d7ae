"""The small language in which the rules are written, read into nodes.

word  word*  *word      a word, its beginning, its end (folded: no accents, "don't" is "do not")
=I                      exactly so written
#                       a number in digits        #time    18:40, 14.00
<name>                  a class of this language, from the same files
(a b|c)   x?            one of several            may be missing
~   ~4   ~4!<name>      up to 6, up to 4 words in between; none of them may begin the class
...                     up to 40 words, across ";" and ":" too
!x   --x                not followed by x, not straight after the word x
,   ^   $   $?          after a mark; at the start; at the end; in a question
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .words import ENDINGS, words_of

_PIECE = re.compile(
    r"\s*(!|--(?=\S)|\(|\)\??|\||<[\w-]+>\??|~\d*(?:!<[\w-]+>)?|\.\.\.|\$\??|\^|,(?=\s|$|\))|[^\s()|<>]+)"
)
NEAR, FAR = 6, 40


@dataclass(frozen=True, eq=False)
class Is:
    """One word. ``kind``: exact, begins, ends, holds, written, number, time. Made by ``one_word`` alone."""

    kind: str
    word: str


@functools.cache
def one_word(kind: str, word: str = "") -> Is:
    """The same node for the same word: they are looked up all the time, and identity is quickest."""
    return Is(kind, word)


@dataclass(frozen=True)
class Ref:
    name: str


@dataclass(frozen=True)
class Any:
    """One of several sequences; ``or_none``: it may also be missing."""

    ways: tuple[tuple[Node, ...], ...]
    or_none: bool = False


@dataclass(frozen=True)
class Gap:
    most: int
    far: bool = False
    without: str = ""


@dataclass(frozen=True)
class Not:
    node: Node


@dataclass(frozen=True)
class NotAfter:
    node: Node


@dataclass(frozen=True)
class At:
    """A place and no word: mark, start, end, question."""

    what: str


Node = Is | Ref | Any | Gap | Not | NotAfter | At
Sequence_ = tuple[Node, ...]


class BadTemplate(ValueError):
    """A template that cannot be read: a mistake in our own files."""


def parse(template: str, language: str) -> tuple[Node, ...]:
    """The nodes of a template."""
    pieces = _PIECE.findall(template)
    if "".join(pieces).replace(" ", "") != re.sub(r"\s", "", template):
        raise BadTemplate(template)
    ways, rest = _ways(pieces, 0, language)
    if rest != len(pieces):
        raise BadTemplate(template)
    if len(ways) > 1:
        return (Any(ways),)
    if not ways[0] or isinstance(ways[0][0], Gap):
        raise BadTemplate(template)
    return ways[0]


def _ways(pieces: Sequence[str], place: int, language: str) -> tuple[tuple[tuple[Node, ...], ...], int]:
    ways: list[tuple[Node, ...]] = []
    nodes: list[Node] = []
    negate: type[Not] | type[NotAfter] | None = None
    while place < len(pieces) and not pieces[place].startswith(")"):
        piece = pieces[place]
        place += 1
        if piece == "|":
            ways.append(tuple(nodes))
            nodes = []
            continue
        if piece in ("!", "--"):
            negate = Not if piece == "!" else NotAfter
            continue
        if piece == "(":
            inner, place = _ways(pieces, place, language)
            if place >= len(pieces):
                raise BadTemplate(" ".join(pieces))
            made: list[Node] = [Any(inner, or_none=pieces[place] == ")?")]
            place += 1
        else:
            made = _nodes(piece, language)
        if negate is not None:
            nodes.append(negate(made[0] if len(made) == 1 else Any((tuple(made),))))
            negate = None
        else:
            nodes.extend(made)
    ways.append(tuple(nodes))
    return tuple(ways), place


def _nodes(piece: str, language: str) -> list[Node]:
    if piece in (",", "^", "$", "$?"):
        return [At(piece)]
    if piece == "...":
        return [Gap(FAR, far=True)]
    if piece.startswith("~"):
        most, _, without = piece[1:].partition("!")
        return [Gap(int(most or NEAR), without=without.strip("<>"))]
    maybe = piece.endswith("?") and len(piece) > 1
    piece = piece.removesuffix("?")
    made: list[Node] = [Ref(piece[1:-1])] if piece.startswith("<") else _words(piece, language)
    return [Any((tuple(made),), or_none=True)] if maybe else made


def _words(piece: str, language: str) -> list[Node]:
    if piece.startswith("="):
        return [one_word("written", piece[1:])]
    if piece in ("#", "#time"):
        return [one_word("number" if piece == "#" else "time")]
    if piece.startswith("@"):
        return [one_word("exact", piece)]
    begins, ends = piece.endswith("*"), piece.startswith("*")
    bare = piece.strip("*")
    if bare.startswith("'"):
        return [one_word("exact", ENDINGS[bare])]
    norms = [word.norm for word in words_of(bare, language)[0]]
    if not norms:
        raise BadTemplate(piece)
    if not begins and not ends:
        return [one_word("exact", norm) for norm in norms]
    kind = "holds" if begins and ends else "begins" if begins else "ends"
    return [*(one_word("exact", norm) for norm in norms[:-1]), one_word(kind, norms[-1])]
