from __future__ import annotations

import itertools

import pytest

from recovery.choices import ApologyPart, Category, Role, Stance
from recovery.errors import LetterNotSendable, StanceLocked
from recovery.rules import stances

P = ApologyPart
FULL = (P.REGRET, P.RESPONSIBILITY, P.EXPLANATION, P.REPAIR, P.REPENTANCE)
SUBSETS = [set(c) for n in range(len(P) + 1) for c in itertools.combinations(P, n)]


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ((P.REGRET,), ["what we do", "responsibility", "what happened / what changes"]),
        ((P.REGRET, P.RESPONSIBILITY, P.EXPLANATION), ["what we do"]),
        ((P.REGRET, P.REPAIR, P.EXPLANATION), ["responsibility"]),
        ((P.RESPONSIBILITY, P.REPAIR, P.EXPLANATION), ["regret"]),
        (FULL, []),
        ((P.REGRET, P.RESPONSIBILITY, P.REPAIR, P.REPENTANCE), []),
    ],
)
def test_responsibility_needs_its_components(parts: tuple[ApologyPart, ...], missing: list[str]) -> None:
    found = stances.missing_parts(Stance.RESPONSIBILITY, parts)

    assert sorted(found) == sorted(missing)


@pytest.mark.parametrize(
    ("parts", "complete"),
    [
        ((P.REGRET, P.REPAIR), True),
        ((P.REGRET,), False),
        ((P.REPAIR,), False),
        ((P.REGRET, P.REPAIR, P.RESPONSIBILITY), False),
        (FULL, False),
    ],
)
def test_regret_contains_no_admission(parts: tuple[ApologyPart, ...], complete: bool) -> None:
    assert (not stances.missing_parts(Stance.REGRET, parts)) is complete


@pytest.mark.parametrize("parts", SUBSETS)
def test_no_set_of_components_fits_both_stances(parts: set[ApologyPart]) -> None:
    fitting = [stance for stance in Stance if not stances.missing_parts(stance, parts)]

    assert len(fitting) <= 1


@pytest.mark.parametrize(
    "parts", [parts for parts in SUBSETS if P.EXPLANATION in parts and P.REPAIR not in parts]
)
@pytest.mark.parametrize("stance", list(Stance))
def test_an_explanation_without_a_repair_is_never_sent(parts: set[ApologyPart], stance: Stance) -> None:
    with pytest.raises(LetterNotSendable) as refusal:
        stances.check_apology(stance, parts)

    assert "what we do" in refusal.value.sentence


def test_asking_for_forgiveness_is_never_required() -> None:
    stances.check_apology(Stance.RESPONSIBILITY, FULL)


@pytest.mark.parametrize("category", [Category.SAFETY, Category.PRIVACY])
@pytest.mark.parametrize("role", list(Role))
def test_for_harm_only_the_general_manager_decides(category: Category, role: Role) -> None:
    if role is Role.GENERAL_MANAGER:
        stances.check_stance_change(category, roles=[role.value])
    else:
        with pytest.raises(StanceLocked):
            stances.check_stance_change(category, roles=[role.value])


@pytest.mark.parametrize("category", [c for c in Category if c not in (Category.SAFETY, Category.PRIVACY)])
def test_elsewhere_whoever_may_decides(category: Category) -> None:
    stances.check_stance_change(category, roles=[])
