"""Who may decide what we apologise for, and which components a letter needs for it."""

from __future__ import annotations

from collections.abc import Collection

from ..choices import ApologyPart, Category, Role, Stance
from ..errors import LetterNotSendable, StanceLocked
from .severity import rule_for


def check_stance_change(category: Category, *, roles: Collection[str]) -> None:
    """:raises StanceLocked: if the category is about harm and the person is not the general manager."""
    if rule_for(category).harm and Role.GENERAL_MANAGER.value not in roles:
        raise StanceLocked(category=category.label)


def missing_parts(stance: Stance, parts: Collection[ApologyPart]) -> list[str]:
    """What an apology in this stance still lacks, or must not contain; empty when it is complete."""
    present = set(parts)
    missing = [part.label for part in (ApologyPart.REGRET, ApologyPart.REPAIR) if part not in present]
    if stance == Stance.RESPONSIBILITY:
        if ApologyPart.RESPONSIBILITY not in present:
            missing.append(ApologyPart.RESPONSIBILITY.label)
        if not present & {ApologyPart.EXPLANATION, ApologyPart.REPENTANCE}:
            missing.append(f"{ApologyPart.EXPLANATION.label} / {ApologyPart.REPENTANCE.label}")
    elif ApologyPart.RESPONSIBILITY in present:
        missing.append("no admission while fault is open")
    return [str(words) for words in missing]


def check_apology(stance: Stance, parts: Collection[ApologyPart]) -> None:
    """:raises LetterNotSendable: if the written apology does not fit its stance."""
    missing = missing_parts(stance, parts)
    if missing:
        raise LetterNotSendable(missing="; ".join(missing))
