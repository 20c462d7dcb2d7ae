"""What changes for which guest, and what is handed to whoever has a step."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...choices import GuestType, RemedyKey
from .form import VISIT_EVIDENCE, Playbook, Step


def steps_for(book: Playbook, guest_type: GuestType) -> tuple[Step, ...]:
    """The steps for this kind of guest, in the order in which they are shown."""
    variant = book.guest_types.get(guest_type)
    if variant is None:
        return book.steps
    steps = [variant.changed.get(step.key, step) for step in (*book.steps, *variant.extra)]
    ranks = {key: rank for rank, key in enumerate(variant.first)}
    # Stable, so that what nobody moved stays in the playbook's own order.
    return tuple(sorted(steps, key=lambda step: ranks.get(step.key, len(ranks))))


def worth_of(steps: tuple[Step, ...]) -> Counter[RemedyKey]:
    """What these steps put back: percent by remedy. Equal for every kind of guest."""
    found: Counter[RemedyKey] = Counter()
    for step in steps:
        if step.puts_back is not None:
            found[step.puts_back.remedy] += step.puts_back.percent
    return found


def evidence_of(step: Step) -> list[dict[str, Any]]:
    """What is asked when it is done; of whoever knocked also the two answers (S1-05)."""
    asked = {str(field["key"]) for field in step.evidence}
    visit = [field for field in VISIT_EVIDENCE if step.visits_guest and field["key"] not in asked]
    return [dict(field) for field in (*step.evidence, *visit)]


def guide_of(book: Playbook, step: Step) -> dict[str, Any]:
    """What the task keeps of the step beside its title: running tasks never read the playbook again.

    JSON: ``can_do``, ``brief``, ``visits_guest``, ``after``, ``miracle``, and words by language.
    """
    guide: dict[str, Any] = {"can_do": list(step.can_do or book.can_do)}
    if step.visits_guest:
        guide |= {"visits_guest": True, "brief": step.brief or book.brief}
    if step.after:
        guide |= {"after": step.after, "before_deadline": step.before_deadline}
    if step.miracle:
        guide["miracle"] = step.miracle
    for code in sorted({*step.others, *book.others}):
        said, whole = step.others.get(code, {}), book.others.get(code, {})
        words = {name: said[name] for name in ("title", "detail") if said.get(name)}
        can_do = said.get("can_do") or (() if step.can_do else whole.get("can_do"))
        brief = said.get("brief") or ("" if step.brief else whole.get("brief"))
        if can_do:
            words["can_do"] = list(can_do)
        if brief and step.visits_guest:
            words["brief"] = brief
        if words:
            guide[code] = words
    return guide
