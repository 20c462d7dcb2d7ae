"""Made-up facts of one letter of each kind, for a preview before anything is saved."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from ...choices import LetterKind, Stance
from ...rules.mail_contract import CONTRACT
from ..facts import (
    CertificateFacts,
    HouseFacts,
    LetterFacts,
    PaymentFacts,
    RedeemedFacts,
    RestoredFacts,
    SignatoryFacts,
    WalkFacts,
)

_WRITTEN_ON = dt.date(2027, 7, 18)
#: In a language that a host has added, the made-up sentences are English.
_ELSE = "en"


def sample_facts(
    kind: LetterKind,
    language: str,
    *,
    stance: Stance = Stance.RESPONSIBILITY,
    is_least: bool = False,
    house: HouseFacts | None = None,
) -> LetterFacts:
    """A letter of that kind to a guest who does not exist.

    ``is_least``: with nothing in it but what every letter of the kind has. ``house``: on whose letterhead.
    """
    known = _facts(language)
    signatory = SignatoryFacts(**known["signatory"])
    facts = LetterFacts(
        kind=kind,
        language=language,
        house=house or HouseFacts(**known["house"]),
        guest_name=known["guest"]["name"],
        guest_first_name=known["guest"]["name"].split()[0],
        signatory=signatory,
        reference=known["guest"]["reference"],
        written_on=_WRITTEN_ON,
        stance=stance if kind in (LetterKind.APOLOGY, LetterKind.WALK_CARD) else "",
        earlier_signatory="" if is_least else known["receipt"]["answered_by"],
        **_of_kind(kind, known, stance),
    )
    return _stripped(facts) if is_least else facts


def _of_kind(kind: LetterKind, known: Mapping[str, Any], stance: Stance) -> dict[str, Any]:
    if kind is LetterKind.APOLOGY:
        certificate = CertificateFacts(**known["certificate"]) if stance is Stance.RESPONSIBILITY else None
        return {**known[stance.value], "certificate": certificate}
    if kind is LetterKind.RECEIPT:
        return {**known["receipt"], "automatic": True, "has_status_link": True}
    if kind in (LetterKind.WALK_CARD, LetterKind.WALK_BEFORE_TRAVEL):
        return {"walk": WalkFacts(**known["walk"])}
    if kind is LetterKind.CERTIFICATE:
        return {"certificate": CertificateFacts(**known["certificate"])}
    if kind is LetterKind.REDEEMED:
        return {"redeemed": RedeemedFacts(**known["redeemed"]), "automatic": True}
    if kind is LetterKind.RESTORED:
        return {"restored": RestoredFacts(**known["restored"]), "automatic": True}
    if kind is LetterKind.PAYMENT_DONE:
        return {"payment": PaymentFacts(**known["payment"]), "automatic": True}
    return {"repairs": tuple(known["responsibility"]["repairs"]), **known["matter"]}


def _stripped(facts: LetterFacts) -> LetterFacts:
    """Without every sentence that the mail contract does not ask for."""
    needed = {*CONTRACT[facts.kind].facts, "repairs" if facts.kind is LetterKind.APOLOGY else ""}
    changes: dict[str, Any] = {
        each.name: "" if each.type == "str" else ()
        for each in dataclasses.fields(facts)
        if each.default in ("", ()) and each.name not in {*needed, "stance"}
    }
    if facts.kind is LetterKind.APOLOGY:
        changes["certificate"] = None
    if facts.walk is not None:
        changes["walk"] = dataclasses.replace(
            facts.walk, distance="", map_url="", taxi="", dinner="", tomorrow=""
        )
    if "signatory_phone" not in needed:
        changes["signatory"] = dataclasses.replace(facts.signatory, phone="")
    return dataclasses.replace(facts, automatic=False, has_status_link=False, **changes)


@cache
def _facts(language: str) -> Mapping[str, Any]:
    folder = resources.files("recovery") / "letters" / "wording" / "made_up"
    file = folder / f"{language}.toml"
    return tomllib.loads((file if file.is_file() else folder / f"{_ELSE}.toml").read_text("utf-8"))
