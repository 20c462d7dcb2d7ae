"""What a host's words and flags say about how far a stay has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..facts import StayStatus
from ..names import fold
from ..path_check import type_of_model
from ..status_words import STATUS_WORDS
from .columns import Column, Kind, columns_of
from .samples import Sampler
from .vocabulary import Concept

# Folded beginnings of words: "annuler" is annulér, annuleret, annulering.
_STEMS: tuple[tuple[StayStatus, str], ...] = (
    (
        StayStatus.CANCELLED,
        "cancel calledoff call annul afly afbest storn geannul avbok avlys void reject declin deny "
        "denied refus delet remov slet gelosch elimin exclu nulo noshow expired abandon failed fail",
    ),
    (
        StayStatus.DEPARTED,
        "checkedout checkout checkouts depart udtjek udcheck afrejst ausgecheck abgereis parti sortie "
        "salid said complet finish finaliz conclu termin afslut abgeschlossen beendet past left gone "
        "over done closed ended uscit vertrokk utcheck ferdig realiz",
    ),
    (
        StayStatus.IN_HOUSE,
        "checkedin checkin inhouse indtjek indcheck ankommet eingecheck angereis arriv present occup "
        "hosped alojad presente here staying inprogress ongoing current incheck activ encurso emcurso "
        "encours",
    ),
    (
        StayStatus.BOOKED,
        "book reserv confirm pend bekraeft bestat bestaet best bevestig approv accept guarant paid open "
        "new draft wait hold request tentativ option provision afvent bestilt ausstehend offen attente "
        "pendient aguard prenot conferm gebucht gereserveerd upcoming future expected created initiated "
        "unconfirmed process planned scheduled ordered awaiting inatt partial",
    ),
)
_STEM_LIST = tuple((stem, status) for status, stems in _STEMS for stem in stems.split())


@dataclass(frozen=True, kw_only=True)
class StatusWords:
    """The host's values → ours, and which of them nobody could guess."""

    meanings: dict[Any, StayStatus]
    labels: dict[Any, str]

    @property
    def unknown(self) -> list[Any]:
        return [value for value, status in self.meanings.items() if status is StayStatus.UNKNOWN]


def read_words(column: Column, stay: type_of_model, samples: Sampler) -> StatusWords:
    """What each value of a status column means, by its choices, else by the values in the rows."""
    choices = list(getattr(column.field, "flatchoices", ()) or ())
    pairs: Sequence[tuple[Any, Any]] = [(v, label) for v, label in choices if v not in (None, "")]
    if not pairs:
        pairs = [(word, "") for word in samples.words(stay, column.path) if isinstance(word, (str, int))][:20]
    labels = {_plain(value): _label(label) for value, label in pairs}
    meanings = {value: meaning_of(value, label) for value, label in labels.items()}
    return StatusWords(meanings=meanings, labels=labels)


def meaning_of(value: object, label: str) -> StayStatus:
    """Our word for one value of the host; its label decides where the value is a code."""
    texts = [value] if isinstance(value, str) and len(value) > 2 else []
    for text in (*texts, label):
        found = _meaning(str(text))
        if found is not StayStatus.UNKNOWN:
            return found
    return StayStatus.UNKNOWN


def is_known_without_us(value: object) -> bool:
    """``ModelHotel`` knows this word by itself."""
    word = str(value).casefold().replace(" ", "_").replace("-", "_")
    return word in STATUS_WORDS


def _meaning(text: str) -> StayStatus:
    words = fold(text.replace("_", " ").replace("-", " ")).split()
    joined = "".join(words)
    if not joined or (words[0] in {"not", "no", "un", "non", "ikke", "nicht"} and joined != "noshow"):
        return StayStatus.UNKNOWN
    for candidate in (joined, *words):
        for stem, status in _STEM_LIST:
            if candidate.startswith(stem):
                return status
    return StayStatus.UNKNOWN


def _plain(value: object) -> Any:
    """A member of an enumeration as its value, so that it can be written down."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return str(value) if not isinstance(value, bool) else value
    return str.__str__(value) if isinstance(value, str) else int(value)


def _label(label: object) -> str:
    try:
        return str(label)
    except Exception:  # because a lazy label runs a host's code; the value alone must do then
        return ""


# --- flags ---------------------------------------------------------------------------------------


def flags_of(stay: type_of_model) -> dict[str, str]:
    """Yes-or-no columns that say how far a stay has come: what it says → path."""
    found: dict[str, str] = {}
    for column in columns_of(stay):
        if column.kind is not Kind.FLAG:
            continue
        if column.unknown:
            continue
        own = column.concepts - {Concept.FLAG, Concept.STAY, Concept.ACTUAL}
        for meaning, wanted in _FLAGS.items():
            if own == wanted:
                found.setdefault(meaning, column.path)
    return found


_FLAGS = {
    "departed": frozenset({Concept.DEPART}),
    "in_house": frozenset({Concept.ARRIVE}),
    "confirmed": frozenset({Concept.CONFIRM}),
    "active": frozenset({Concept.ACTIVE}),
}
