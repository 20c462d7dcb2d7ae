"""One look at an apology while it is written: the letter, what lights up, what a careful reader would say.

Reads only. What is lit is there; nothing here ever says that a letter is good.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actions import LetterWords
from ..actions.letter_reading import Remark, case_of
from ..choices import ApologyPart, LetterFault, LetterKind
from ..errors import RecoveryError
from ..letters import Filled, title_of
from ..letters.beside import Passage, in_language, passages
from ..letters.dates import known_language
from ..letters.spoken import NAME as SPOKEN
from ..letters.spoken import script
from ..letters.starters import Way
from ..models import Complaint, Party, StaffMember
from ..rules.letter_check import Draft, Light, Need, Part, lights
from . import letter_previews, text
from .desk import Desk
from .letter_previews import Shown

#: What the parts are called for whoever writes.
PARTS: Mapping[Part, Any] = {
    Part.NAMED: _("Names what went wrong"),
    Part.REGRET: _("Says sorry"),
    Part.RESPONSIBILITY: _("Says that it was ours"),
    Part.EXPLANATION: _("Says what happened"),
    Part.REPAIR: _("Says what we do"),
    Part.OFFER: _("Names what was given"),
    Part.REPENTANCE: _("Says what changes"),
    Part.OWN: _("Has a sentence for this guest alone"),
    Part.THANKS: _("Thanks the guest"),
    Part.FORGIVENESS: _("Asks for forgiveness"),
}
#: What a letter needs and a word at the desk does not.
_OF_PAPER = frozenset({LetterFault.NEEDS_SECOND_READER, LetterFault.NEEDS_GM})


@dataclass(frozen=True, kw_only=True)
class Lamp:
    """One part as the page shows it. ``state`` in a word, because a colour alone tells nobody."""

    label: Any
    tone: str
    state: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the page shows of the words as they are now."""

    shown: Shown | None
    lamps: tuple[Lamp, ...]
    remarks: tuple[Remark, ...]
    #: Why there is no letter to show.
    problems: tuple[str, ...]
    #: The letter in pieces, and the same in the language of whoever writes; empty where they are one.
    theirs: tuple[Passage, ...] = ()
    ours: tuple[Passage, ...] = ()
    still_open: int = 0

    @property
    def text(self) -> str:
        return self.shown.filled.text if self.shown else ""

    @property
    def word_count(self) -> int:
        return self.shown.rendered.word_count if self.shown else 0

    @property
    def said(self) -> str:
        """The look in one sentence, for whoever hears the page."""
        missing = ngettext("%(n)s part is still open.", "%(n)s parts are still open.", self.still_open)
        found = ngettext(
            "A careful reader has %(n)s remark.", "A careful reader has %(n)s remarks.", len(self.remarks)
        )
        first = missing % {"n": self.still_open} if self.still_open else gettext("No needed part is missing.")
        if self.problems:
            return " ".join((*self.problems, first))
        # Never "all is well": nothing found is not the same as a good letter.
        second = found % {"n": len(self.remarks)} if self.remarks else gettext("No known problem was found.")
        return f"{first} {second}"


def look_at(
    desk: Desk,
    complaint: Complaint,
    *,
    way: Way,
    words: LetterWords,
    signatory: StaffMember | None,
    nights: int = 0,
    why: str = "",
) -> Look:
    """What the guest would get with these words, and what is to be said about it."""
    party = letter_previews.party_of(complaint)
    try:
        shown = shown_of(desk, complaint, way=way, words=words, signatory=signatory, nights=nights, why=why)
    except RecoveryError as error:
        return _without_letter(desk, complaint, party, words, signatory, text.sentence(error))
    language = shown.rendered.language
    draft = Draft(
        text=shown.rendered.text, own=_own(words), parts=frozenset(map(ApologyPart, shown.rendered.parts))
    )
    case = case_of(complaint, party, shown.signatory, language=language)
    marked = [
        (ApologyPart(block.part), " ".join(line.text for line in block.lines))
        for block in shown.rendered.blocks
        if block.part
    ]
    found = lights(draft, case, marked=marked, has_certificate=shown.facts.certificate is not None)
    remarks = shown.remarks(get_language() or "en")
    if way is Way.SPOKEN:
        remarks = [remark for remark in remarks if remark.code not in _OF_PAPER]
    theirs, ours = _beside(shown, way)
    return Look(
        shown=shown,
        lamps=tuple(_lamps(found)),
        remarks=tuple(remarks),
        problems=(),
        theirs=theirs,
        ours=ours,
        still_open=_still_open(found),
    )


def shown_of(
    desk: Desk,
    complaint: Complaint,
    *,
    way: Way,
    words: LetterWords,
    signatory: StaffMember | None,
    nights: int = 0,
    why: str = "",
) -> Shown:
    """The letter with these words, or the words to say.

    :raises RecoveryError: if it cannot be made.
    """
    shown = letter_previews.apology(desk, complaint, words=words, signatory=signatory, nights=nights, why=why)
    return _spoken(shown) if way is Way.SPOKEN else shown


def _spoken(shown: Shown) -> Shown:
    """The same apology as it is said: a text to read aloud, and nothing that goes anywhere."""
    said = script(shown.facts)
    html = render_to_string("recovery/admin/script_frame.html", {"said": said, "language": said.language})
    rendered = dataclasses.replace(
        shown.rendered,
        subject="",
        text=said.text,
        html=html,
        slots=(),
        parts=said.parts,
        blocks=said.blocks,
        english=(),
    )
    filled = Filled(subject="", text=said.text, html=html)
    # Nothing is missing that would keep it from being said: the parts beside it tell what is.
    return dataclasses.replace(shown, rendered=rendered, filled=filled, missing=())


def _without_letter(
    desk: Desk,
    complaint: Complaint,
    party: Party,
    words: LetterWords,
    signatory: StaffMember | None,
    problem: str,
) -> Look:
    """The lamps of what is there already, although it makes no letter yet."""
    own = _own(words)
    try:
        signer = signatory or letter_previews.signatory_of(desk, complaint, LetterKind.APOLOGY)
        case = case_of(complaint, party, signer, language=known_language(party.language))
    except RecoveryError:
        return Look(shown=None, lamps=(), remarks=(), problems=(problem,))
    found = lights(Draft(text="\n\n".join(own), own=own), case)
    return Look(
        shown=None,
        lamps=tuple(_lamps(found)),
        remarks=(),
        problems=(problem,),
        still_open=_still_open(found),
    )


def _own(words: LetterWords) -> tuple[str, ...]:
    lines = (words.wrong, words.impact, words.explanation, *words.repairs, words.changes, words.own_sentence)
    return tuple(line for line in lines if line)


def _beside(shown: Shown, way: Way) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The guest's letter, and the same in the language of this page; nothing where they are the same."""
    language, mine = shown.rendered.language, known_language(get_language() or "en")
    if mine == language:
        return (), ()
    signer = shown.signatory
    title = signer.title or title_of(signer.roles, mine)
    blocks = in_language(shown.facts, mine, title=title, spoken=SPOKEN if way is Way.SPOKEN else "")
    return passages(shown.rendered.blocks, shown.facts, language), passages(blocks, shown.facts, mine)


def _one_is_there(found: Iterable[Light]) -> bool:
    return any(light.is_lit for light in found if light.need is Need.ONE_OF)


def _still_open(found: tuple[Light, ...]) -> int:
    choice = any(light.need is Need.ONE_OF for light in found) and not _one_is_there(found)
    return sum(light.is_open for light in found) + choice


def _lamps(found: tuple[Light, ...]) -> Iterable[Lamp]:
    one_is_there = _one_is_there(found)
    for light in found:
        tone, state = _state(light, one_is_there=one_is_there)
        yield Lamp(label=PARTS[light.part], tone=tone, state=state, words=light.words)


def _state(light: Light, *, one_is_there: bool) -> tuple[str, str]:
    if light.need is Need.MUST_NOT:
        if light.is_lit:
            return "alert", gettext("take it out: fault is open")
        return "quiet", gettext("rightly not there: fault is open")
    if light.is_lit:
        return "good", gettext("there")
    if light.need is Need.MUST:
        return "soon", gettext("still missing")
    if light.need is Need.ONE_OF and not one_is_there:
        return "soon", gettext("what happened, or what changes: one is needed")
    return "quiet", gettext("not there, and not needed")
