"""How often one caller may ask: works without a setting of the host, and can be set by it."""

from __future__ import annotations

from typing import Any

import pytest

from recovery.api.throttles import Calls, Codes
from recovery.models import Complaint

from .asking import Caller, at, make_caller, problem


@pytest.fixture
def usual(settings: Any) -> None:
    """A host that has set nothing."""
    settings.REST_FRAMEWORK = {}


def test_without_a_setting_there_is_a_limit(usual: None) -> None:
    assert (Calls().rate, Codes().rate) == ("600/min", "30/min")


def test_whoever_tries_codes_is_stopped_soon(usual: None, caller: Caller) -> None:
    answers = [caller.post(at("verification"), {"code": "0000-0000-0000"}) for _ in range(31)]

    assert [a.status_code for a in answers] == [404] * 30 + [429]
    found = problem(answers[-1])
    assert (found["code"], 0 < found["params"]["wait"] <= 60) == ("throttled", True)
    assert int(answers[-1].headers["Retry-After"]) == found["params"]["wait"]


def test_tries_at_both_addresses_count_together_and_readers_are_not_stopped(
    usual: None, caller: Caller
) -> None:
    for _ in range(15):
        caller.post(at("verification"), {"code": "0000-0000-0000"})
        caller.post(at("redemptions"), {"code": "0000-0000-0000", "stay_ref": "Q11874"})

    assert caller.post(at("verification"), {"code": "x"}).status_code == 429
    assert caller.post(at("redemptions"), {"code": "x", "stay_ref": "Q11874"}).status_code == 429
    assert caller.get(at("complaints")).status_code == 200


def test_one_caller_does_not_stop_another(usual: None, caller: Caller) -> None:
    for _ in range(31):
        caller.post(at("verification"), {"code": "x"})

    colleague = make_caller("redeem_certificate", username="colleague")

    assert colleague.post(at("verification"), {"code": "x"}).status_code == 404


def test_a_host_sets_its_own_limit(settings: Any, caller: Caller, complaint: Complaint) -> None:
    settings.REST_FRAMEWORK = {"DEFAULT_THROTTLE_RATES": {"recovery": "2/min"}}

    answers = [caller.get(at("complaints")).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_a_host_that_counts_elsewhere_switches_it_off(settings: Any, caller: Caller) -> None:
    settings.REST_FRAMEWORK = {"DEFAULT_THROTTLE_RATES": {"recovery": None, "recovery_codes": None}}

    answers = [caller.post(at("verification"), {"code": "x"}).status_code for _ in range(40)]

    assert set(answers) == {404}
