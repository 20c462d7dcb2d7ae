"""A letter cut into sentences, with the place of every character in the original kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Marks that look alike to whoever types them, each as the plainest one.
_LIKE = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    **dict.fromkeys("\u2014\u2015", "\u2013"),
}
# Nobody sees them, and they would tear a word apart.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
# What somebody else said, in the quotes of our five languages. A new paragraph ends it, and so does a
# length that no quotation has: an odd inch sign must not silence half a letter.
_QUOTED = (
    re.compile(r"[\"“”„][^\"“”„\n]{1,400}[\"“”]"),
    re.compile(r"«[^«»\n]{1,400}»"),
    re.compile(r"»[^«»\n]{1,400}«"),
    re.compile(r"(?<!\w)\u2018[^\u2018\n]{1,400}?\u2019(?!\w)"),
)
_END = re.compile(r"[.!?…]+[\"')\]»”’]*(?=\s|$)|\n\s*\n")
# After these a full stop ends nothing.
_SHORT = frozenset(
    re.findall(
        r"\S+",
        "approx a.m bl.a bzw ca d.h dr dvs e.g ekskl etc evt f.eks fr frk fx ggf hr i.e inkl jf kl max mht "
        "min m mlle mm mme mr mrs ms mx no nr osv p.ej p.m pga prof sr sra srta st str tel tlf ud uds usw "
        "vedr vs z.b",
    )
)
_BEFORE = re.compile(r"([^\s(\"']+)\.$")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence in plain characters. ``origin[i]``: where its i-th character stands in the letter."""

    text: str
    origin: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """From and to in the letter, for a piece of the sentence that is not empty."""
        return self.origin[start], self.origin[end - 1] + 1


def split(text: str) -> Iterator[Sentence]:
    """The sentences of a letter. What stands in quotation marks is somebody else's and left out."""
    plain, origin = _plain(_without_quotes(text))
    start = 0
    for end in [*_ends(plain), len(plain)]:
        if plain[start:end].strip():
            yield Sentence(text=plain[start:end], origin=tuple(origin[start:end]))
        start = end


def _without_quotes(text: str) -> str:
    """As long as before: repeating a guest's words is good, and must not count as ours."""
    cut = text
    for quoted in _QUOTED:
        cut = quoted.sub(lambda found: "Q" + " " * (len(found[0]) - 1), cut)
    # A whole letter pasted in quotation marks is a letter.
    return cut if cut.strip(" .!?\nQ") or not text.strip() else text


def _plain(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        if letter in _INVISIBLE:
            continue
        if letters and unicodedata.combining(letter):
            # "e" and an accent typed apart are one letter to whoever reads it.
            together = unicodedata.normalize("NFC", letters[-1] + letter)
            if len(together) == 1:
                letters[-1] = together
            continue
        if letter.isspace():
            letter = "\n" if letter in "\n\u2028\u2029" else " "
        letters.append(_LIKE.get(letter, letter))
        origin.append(place)
    return "".join(letters), origin


def _ends(plain: str) -> Iterator[int]:
    for found in _END.finditer(plain):
        if found[0] == "." and _goes_on(plain, found.start()):
            continue
        yield found.end()


def _goes_on(plain: str, stop: int) -> bool:
    before = _BEFORE.search(plain, max(0, stop - 20), stop + 1)
    if before is None:
        return False
    word = before[1].lower()
    after = plain[stop + 1 :][:40].lstrip()
    if word.isdigit() and len(word) <= 2:
        # "am 5. Juli", "den 3. marts": a day and not the end, if a small letter or a name follows closely.
        return bool(
            re.match(
                r"[a-zæøå]|(?:jan|feb|m[aä]r|apr|ma[ijy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])", after, re.I
            )
        )
    if word == "no":
        return after[:1].isdigit()  # "No. 7" goes on, "No. You are wrong" does not
    if word in ("min", "m", "max", "st"):
        return after[:1].isdigit() or after[:1].isupper()
    return word in _SHORT
