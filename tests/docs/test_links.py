"""Links lead somewhere, and code on the pages can be imported."""

from __future__ import annotations

import ast
import re
import textwrap
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT, anchors, blocks, links, prose, target

OURS = re.compile(r"^(?:from recovery[\w.]* import (?:\([^)]*\)|[^\n(]+)|import recovery[\w.]*[^\n]*)", re.M)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in links(page):
        file, anchor = target(page, link)
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_import_of_ours_on_a_page_works(page: Path) -> None:
    for code in blocks(page, "python"):
        for statement in OURS.findall(textwrap.dedent(code)):
            # Statement by statement, because blocks hold "…" where the reader fills something in.
            exec(compile(ast.parse(statement), _name(page), "exec"), {})  # noqa: S102 because it is our own page


def test_the_readme_sends_nobody_to_a_file_that_is_gone() -> None:
    table = prose(ROOT / "README.md").split("## Where is…?")[1].split("\n\n")[2]
    answers = " ".join(line.rsplit("|", 2)[1] for line in table.splitlines()[2:])
    named = [name for name in re.findall(r"`([^`]+)`", answers) if "/" in name or name.endswith(".py")]

    assert len(named) > 30
    assert [name for name in named if not (ROOT / "recovery" / name).exists()] == []


def test_every_guide_is_in_the_tree_of_the_first_page() -> None:
    trees = "\n".join(blocks(DOCS / "index.md", "{toctree}"))
    entries = [line for line in trees.splitlines() if line and not line.startswith(":")]
    guides = [page.stem for page in sorted(DOCS.glob("*.md")) if page.stem != "index"]

    assert [guide for guide in guides if not any(fnmatch(guide, entry) for entry in entries)] == []
