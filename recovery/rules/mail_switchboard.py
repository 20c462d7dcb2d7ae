"""The switchboard of a house: guest texts that it sends more strictly than the contract, or not at all.

Checked where it is edited. Read with forgiveness: what is laxer than the contract, or unknown to this
version, has no effect, so that a stricter contract tomorrow stops no house today.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..choices import LetterKind, MailMode
from ..errors import BadMailModes, MailModeLaxer
from .mail_contract import CONTRACT

#: The house does not send this text.
OFF = "off"
#: The text is drafted and waits for a named person: what ``person`` means for a text that the system writes.
DRAFT = "draft"
#: From the laxest.
STRICTNESS = (MailMode.AUTO, MailMode.VETO, MailMode.CLICK, MailMode.PERSON)
_MODES: Mapping[str, MailMode] = {DRAFT: MailMode.PERSON, **{mode.value: mode for mode in MailMode}}


def check(modes: Any) -> dict[str, str]:
    """The switches, if each is a text of the contract and not laxer than its row.

    :raises BadMailModes: if it is no object of texts and modes, or names one that does not exist.
    :raises MailModeLaxer: if a switch is laxer than the contract.
    """
    if not isinstance(modes, dict):
        raise BadMailModes(problem="write it as {“receipt”: “off”}")
    for kind, word in modes.items():
        if kind not in LetterKind.values:
            raise BadMailModes(problem=f"there is no text “{str(kind)[:40]}”")
        if word == OFF:
            continue
        if not isinstance(word, str) or word not in _MODES:
            allowed = ", ".join((OFF, *_MODES))
            raise BadMailModes(problem=f"“{str(word)[:40]}” is not one of {allowed}")
        contract = CONTRACT[LetterKind(kind)].mode
        if STRICTNESS.index(_MODES[word]) < STRICTNESS.index(contract):
            raise MailModeLaxer(kind=kind, mode=word, contract=contract.value)
    return dict(modes)


def is_off(modes: Mapping[str, Any], kind: LetterKind) -> bool:
    """Whether the house does not send this text."""
    return modes.get(kind.value) == OFF


def mode_of(modes: Mapping[str, Any], kind: LetterKind) -> MailMode | None:
    """The mode of the house, or ``None`` where the contract holds; the stricter of both decides."""
    word = modes.get(kind.value)
    return _MODES.get(word) if isinstance(word, str) else None


def stricter(mode: MailMode, other: MailMode | None) -> MailMode:
    """The stricter of two modes."""
    return mode if other is None else max(mode, other, key=STRICTNESS.index)
