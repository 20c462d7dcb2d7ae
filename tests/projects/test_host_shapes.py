"""Each host project passes its checks, migrates, and its adapter walks the same journey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.projects.shapes import ONE_HALF, ROOT, drive


@pytest.mark.slow
@pytest.mark.parametrize("project", ONE_HALF)
def test_a_host_of_this_shape_can_use_the_app(project: str) -> None:
    drive(project)


def test_the_page_about_hosts_names_every_project_and_no_other() -> None:
    page = (ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")
    first_table = page.partition("\n## The guest")[0]
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", first_table, re.MULTILINE))))

    assert named == {folder.parent.name for folder in Path(__file__).parent.glob("*/settings.py")}
