"""The page about testing is executed in the project of the quickstart, and names everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from recovery import testing
from recovery.testing import fixtures

from .doing import blocks_of, obey, text_of

PAGE = text_of("testing.md")


@pytest.mark.slow
def test_the_examples_pass_in_a_project_of_the_quickstart(tmp_path: Path) -> None:
    set_up, _letter = text_of("quickstart.md").split("## The first letter")
    for block in blocks_of(set_up):
        obey(block, tmp_path)

    said = "".join(obey(block, tmp_path) for block in blocks_of(PAGE))

    # Four stories, and the contract: what the adapter cannot do is skipped, not left out.
    rules = [name for name in dir(testing.AdapterContract) if name.startswith("test_")]
    assert f"{4 + len(rules) - 1} passed, 1 skipped" in said, said


@pytest.mark.parametrize("name", testing.__all__)
def test_every_public_name_is_on_the_page(name: str) -> None:
    assert f"`{name}" in PAGE or f"def {name}" in PAGE


def test_every_fixture_is_on_the_page() -> None:
    names = [name for name in vars(fixtures) if name.startswith("recovery_")]

    assert len(names) == 3
    for name in names:
        assert f"| `{name}` |" in PAGE
