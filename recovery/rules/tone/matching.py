"""Looking for the rules in one sentence. The cost grows with its words, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .book import Book, Group, Rule
from .grammar import Any, At, Gap, Is, Node, Not, Ref
from .words import Word


class Reading:
    """A sentence and what was found in it so far. Places count words; the last is after them all."""

    def __init__(self, book: Book, words: Sequence[Word], marks_after: str) -> None:
        self.book = book
        self.words = words
        self.is_question = "?" in marks_after
        self.firsts = [frozenset(book.first_words(word.norm, word.raw)) for word in words]
        self._places: dict[Is, list[int]] = {}
        for place, firsts in enumerate(self.firsts):
            for first in firsts:
                self._places.setdefault(first, []).append(place)
        self._classes: dict[tuple[str, int], frozenset[int]] = {}
        self._anywhere: dict[int, bool] = {}

    def hits(self, rule: Rule) -> Iterator[tuple[int, int]]:
        """From and to, in words, of every place where the rule's words stand."""
        for place in self._places_of(rule.match):
            ends = self._at(rule.match, place)
            if ends:
                yield place, min(ends)

    def candidates(self) -> list[Rule]:
        """The rules of which a first word is there, in the order of the files."""
        seen = {id(rule) for first in self._places for rule in self.book.by_first.get(first, ())}
        return [rule for rule in self.book.rules if id(rule) in seen]

    def has(self, group: Group) -> bool:
        """Whether one of the sequences stands anywhere in the sentence."""
        key = id(group)
        if key not in self._anywhere:
            self._anywhere[key] = any(self._at(group, place) for place in self._places_of(group))
        return self._anywhere[key]

    def _places_of(self, group: Group) -> list[int]:
        """Where one of the sequences could begin."""
        firsts = [first for first in self._places if first in group.by_first]
        return sorted({place for first in firsts for place in self._places[first]})

    def _at(self, group: Group, place: int) -> frozenset[int]:
        if place >= len(self.words):
            return frozenset()
        found: set[int] = set()
        for first in self.firsts[place]:
            for way in group.by_first.get(first, ()):
                found.update(self._along(way, place))
        return frozenset(found)

    def _along(self, nodes: tuple[Node, ...], place: int) -> set[int]:
        """Where the sequence can end when it begins here."""
        places = {place}
        for node in nodes:
            reached: set[int] = set()
            for here in places:
                reached.update(self._ends(node, here))
            if not reached:
                return reached
            places = reached
        return places

    def _ends(self, node: Node, place: int) -> Sequence[int] | set[int] | frozenset[int]:
        if isinstance(node, Is):
            return (place + 1,) if place < len(self.words) and node in self.firsts[place] else ()
        if isinstance(node, Ref):
            return self._class(node.name, place)
        if isinstance(node, Any):
            found = {place} if node.or_none else set()
            for way in node.ways:
                found.update(self._along(way, place))
            return found
        if isinstance(node, Gap):
            return self._gap(node, place)
        if isinstance(node, At):
            return (place,) if self._stands_at(node, place) else ()
        if isinstance(node, Not):
            return () if self._ends(node.node, place) else (place,)
        return () if place and place in self._ends(node.node, place - 1) else (place,)

    def _class(self, name: str, place: int) -> frozenset[int]:
        key = (name, place)
        if key not in self._classes:
            self._classes[key] = self._at(self.book.classes[name], place)
        return self._classes[key]

    def _gap(self, gap: Gap, place: int) -> list[int]:
        ends = [place]
        for here in range(place, min(place + gap.most, len(self.words))):
            if gap.without and self._class(gap.without, here):
                break
            # What stands behind a mark that parts two thoughts belongs to the next one.
            if not gap.far and here + 1 < len(self.words) and self.words[here + 1].is_after_break:
                break
            ends.append(here + 1)
        return ends

    def _stands_at(self, at: At, place: int) -> bool:
        if at.what == "^":
            return place == 0
        if at.what == "$":
            return place == len(self.words)
        if at.what == "$?":
            return self.is_question
        return place == 0 or place == len(self.words) or bool(self.words[place].marks)
