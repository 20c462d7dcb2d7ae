"""The reference in docs/ says what the code does: every verb, every parameter, every code."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from recovery import actions, errors
from recovery.models.permissions import VERB_PERMISSIONS

from . import calls

DOCS = Path(__file__).resolve().parents[2] / "docs"
VERBS, ERRORS = ((DOCS / name).read_text("utf-8") for name in ("verbs.md", "errors.md"))
SECTIONS = {match[1]: match[2] for match in re.finditer(r"^### (\w+)\n(.*?)(?=^##|\Z)", VERBS, re.M | re.S)}
#: Said once for all verbs.
COMMON = {"by", "complaint", "request_key", "version"}
EVERY = [*sorted(calls.CALLS), *sorted(calls.SETUP), "expire_due_certificates", "inherit_work"]
EVERY += ["joinable", "prepare_property", "receive_report", "take_roster"]
EVERY += ["change_shifts", "hand_over_all", "keep_shifts", "plan_morning_sheets"]
REFUSALS = [
    found
    for _name, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, errors.RecoveryError)
]


def raised_by(name: str) -> set[str]:
    """The codes that a verb's docstring promises."""
    text = " ".join((inspect.getdoc(calls.verb(name)) or "").split())
    promised = re.findall(r":raises ([\w, ]+):", text)
    return {getattr(errors, word).code for group in promised for word in re.findall(r"\w+", group)}


@pytest.mark.parametrize("name", actions.__all__)
def test_everything_exported_is_named(name: str) -> None:
    assert f"`{name}`" in VERBS or name in SECTIONS


@pytest.mark.parametrize("name", EVERY)
def test_every_verb_has_its_section_with_all_parameters(name: str) -> None:
    section = SECTIONS[name]

    for parameter in calls.parameters(name) - COMMON:
        assert f"`{parameter}`" in section, parameter


@pytest.mark.parametrize("name", EVERY)
def test_every_refusal_that_a_verb_promises_is_in_its_section(name: str) -> None:
    for code in raised_by(name):
        assert f"`{code}`" in SECTIONS[name], code


@pytest.mark.parametrize("name", sorted({*calls.CALLS, *calls.SETUP}))
def test_every_verb_names_its_permission(name: str) -> None:
    for permission in (calls.PERMISSION.get(name, name), *calls.ALSO_NEEDS.get(name, ())):
        assert f"`recovery.{permission}`" in SECTIONS[name]


def test_no_permission_is_invented() -> None:
    known = {name for name, _label in VERB_PERMISSIONS} | {"stop_writing", "expire_due_certificates"}
    known |= {"take_roster", "inherit_work", "change_shifts", "plan_morning_sheets"}

    named = set(re.findall(r"`recovery\.([a-z_]+)`", VERBS)) - {"actions"}

    assert named <= known


def test_no_code_is_invented() -> None:
    known = {refusal.code for refusal in REFUSALS}
    said = re.findall(r"Refuses\s+with\s+(.*?)\.(?:\s|$)", VERBS, re.S)

    named = {word for text in said for word in re.findall(r"`([a-z_]+)`", text)}

    assert named
    assert named - set(calls.CALLS) - calls.parameters("redeem_certificate") <= known


def test_no_section_is_about_something_that_is_gone() -> None:
    assert set(SECTIONS) <= set(actions.__all__)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_has_its_row_with_its_sentence_and_what_to_do(
    refusal: type[errors.RecoveryError],
) -> None:
    rows = [line for line in ERRORS.splitlines() if f'<a id="{refusal.code}"></a>`{refusal.code}`' in line]
    assert len(rows) == 1, f"docs/errors.md has {len(rows)} rows for {refusal.code}"

    first, sentence, advice = (cell.strip() for cell in rows[0].strip("|").split(" | "))

    assert first.endswith(f"`{refusal.__name__}`")
    assert sentence == re.sub(r"%\((\w+)\)s", r"{\1}", refusal.message)
    assert len(advice.rstrip(" |")) > 10


def test_no_row_is_about_a_code_that_is_gone() -> None:
    assert set(re.findall(r'<a id="(\w+)">', ERRORS)) == {refusal.code for refusal in REFUSALS}


def test_every_code_is_used_once() -> None:
    codes = [refusal.code for refusal in REFUSALS]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_sentence_can_be_filled_and_read(refusal: type[errors.RecoveryError]) -> None:
    names = re.findall(r"%\((\w+)\)s", refusal.message)

    made = refusal(**dict.fromkeys(names, "x"))

    assert "%(" not in made.sentence
    assert made.sentence.rstrip("”")[-1] in ".?x"
    assert str(made) == made.sentence
