from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import Category, Layer, RemedyKey, Role, Stance
from recovery.errors import AboveAuthority, NoTariffOnHarm
from recovery.rules import limits
from recovery.rules.limits import Limit

R = Decimal("168")


def limit(
    role: Role = Role.FRONT_DESK,
    *,
    share: str | None = "50",
    amount: str | None = "100",
    currency: str = "GBP",
    unlimited: bool = False,
) -> Limit:
    return Limit(
        role=role,
        share_percent=Decimal(share) if share else None,
        amount=Decimal(amount) if amount else None,
        currency=currency,
        unlimited=unlimited,
    )


@pytest.mark.parametrize(
    ("row", "rate", "allowed"),
    [
        (limit(share="50", amount="100"), R, "100"),
        (limit(share="150", amount="100"), R, "252"),
        (limit(share=None, amount="100"), R, "100"),
        (limit(share="50", amount=None), R, "84"),
        (limit(share="50", amount="100"), None, "100"),
        (limit(share="50", amount=None), None, "0"),
        (limit(currency="EUR"), R, "84"),
        (limit(currency="EUR"), None, "0"),
    ],
)
def test_a_role_may_give_the_higher_of_share_and_amount(
    row: Limit, rate: Decimal | None, allowed: str
) -> None:
    assert limits.allowance([row], roles=["FD"], rate=rate, currency="GBP") == Decimal(allowed)


def test_an_amount_in_another_currency_is_never_converted() -> None:
    rows = [limit(amount="900", currency="EUR"), limit(amount="40", share=None, currency="GBP")]

    assert limits.allowance(rows, roles=["FD"], rate=Decimal(10), currency="GBP") == 40


def test_several_roles_may_give_what_the_highest_may() -> None:
    rows = [limit(amount="100"), limit(Role.DUTY_MANAGER, amount="500")]

    assert limits.allowance(rows, roles=["FD", "DM"], rate=None, currency="GBP") == 500


def test_no_limit_is_no_limit() -> None:
    rows = [limit(), limit(Role.GENERAL_MANAGER, share=None, amount=None, unlimited=True)]

    assert limits.allowance(rows, roles=["GM", "FD"], rate=None, currency="GBP") is None


@pytest.mark.parametrize("roles", [(), ("ENG",), ("fd",), ("",)])
def test_who_has_no_role_with_a_limit_may_give_nothing(roles: tuple[str, ...]) -> None:
    assert limits.allowance([limit()], roles=roles, rate=R, currency="GBP") == 0


def ask(asked: str, *, complaint: str = "0", today: str = "0", allowed: str | None = "100") -> None:
    limits.check_authority(
        asked=Decimal(asked),
        given_on_complaint=Decimal(complaint),
        given_today=Decimal(today),
        allowed=Decimal(allowed) if allowed else None,
        currency="GBP",
        who_may="Tom Ridley (duty manager)",
    )


@pytest.mark.parametrize(
    ("asked", "complaint", "today"),
    [("100", "0", "0"), ("40", "60", "0"), ("40", "60", "60"), ("1", "0", "99")],
)
def test_up_to_the_limit_nobody_is_asked(asked: str, complaint: str, today: str) -> None:
    ask(asked, complaint=complaint, today=today)


@pytest.mark.parametrize(
    ("asked", "complaint", "today"),
    [("100.01", "0", "0"), ("40.01", "60", "0"), ("40.01", "0", "60"), ("0.01", "100", "0")],
)
def test_above_the_limit_somebody_is_named(asked: str, complaint: str, today: str) -> None:
    with pytest.raises(AboveAuthority) as refusal:
        ask(asked, complaint=complaint, today=today)

    assert "Tom Ridley" in refusal.value.sentence
    assert "GBP\u00a0100.00" in refusal.value.sentence


def test_without_a_limit_everything_goes() -> None:
    ask("100000", complaint="100000", allowed=None)


@given(st.lists(st.decimals("0.01", "200", places=2), min_size=1, max_size=8))
def test_splitting_never_gives_more_than_the_limit(gifts: list[Decimal]) -> None:
    given_so_far = Decimal(0)

    for gift in gifts:
        try:
            ask(str(gift), complaint=str(given_so_far))
        except AboveAuthority:
            continue
        given_so_far += gift

    assert given_so_far <= 100


@pytest.mark.parametrize(
    ("remedy", "units", "asked", "given_before", "covered"),
    [
        (RemedyKey.SUBSTITUTE_ROOM, 3, "5000", "0", True),
        (RemedyKey.TRANSPORT, 2, "5000", "0", True),
        (RemedyKey.FREE_NIGHT, 1, "168", "0", True),
        (RemedyKey.FREE_NIGHT, 2, "168", "0", False),
        (RemedyKey.FREE_NIGHT, 1, "168", "100.80", True),
        (RemedyKey.FREE_NIGHT, 1, "168", "100.81", False),
        (RemedyKey.DINNER, 2, "100.80", "168", True),
        (RemedyKey.DINNER, 2, "268.80", "0", True),
        (RemedyKey.DINNER, 2, "268.81", "0", False),
    ],
)
def test_a_playbook_covers_one_night_and_one_dinner(
    remedy: RemedyKey, units: int, asked: str, given_before: str, covered: bool
) -> None:
    found = limits.is_in_bundle(
        remedy, units=units, asked=Decimal(asked), given=Decimal(given_before), rate=R, currency="GBP"
    )

    assert found is covered


def test_without_a_rate_somebody_is_asked_about_gifts_but_not_about_the_room() -> None:
    def covered(remedy: RemedyKey) -> bool:
        return limits.is_in_bundle(
            remedy, units=1, asked=Decimal(10), given=Decimal(0), rate=None, currency="GBP"
        )

    assert covered(RemedyKey.SUBSTITUTE_ROOM)
    assert not covered(RemedyKey.DINNER)


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("layer", list(Layer))
def test_only_goodwill_for_harm_waits_for_the_stance(category: Category, layer: Layer) -> None:
    def check(*, decided: bool) -> None:
        limits.check_goodwill(category=category, layer=layer, stance_decided=decided, stance=Stance.REGRET)

    check(decided=True)
    if layer is Layer.GOODWILL and category in (Category.SAFETY, Category.PRIVACY):
        with pytest.raises(NoTariffOnHarm):
            check(decided=False)
    else:
        check(decided=False)
