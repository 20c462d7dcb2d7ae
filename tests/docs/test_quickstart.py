"""The quickstart is executed, block by block, in an empty folder."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest

from tests.docs.doing import blocks_of, obey, text_of

COUNTED = re.compile(r"\*\*(\d+) commands · (\d+) lines · less than (\d+) minute")

pytestmark = pytest.mark.slow


def _figures() -> tuple[int, int, int]:
    """Commands, lines and minutes, as the page says them."""
    (found,) = COUNTED.findall(text_of("quickstart.md"))
    commands, lines, minutes = map(int, found)
    return commands, lines, minutes


def _seconds_of_children() -> float:
    # Processor time, so that a busy machine says the same.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_quickstart_leads_to_a_letter_in_the_mailbox_within_its_minutes(tmp_path: Path) -> None:
    before = _seconds_of_children()
    for block in blocks_of(text_of("quickstart.md")):
        obey(block, tmp_path)
    seconds = _seconds_of_children() - before

    (mail,) = (tmp_path / "mailbox").iterdir()
    written = mail.read_text(encoding="utf-8")
    assert "To: Daniel Whitfield <daniel@example.com>" in written
    assert "we wrote it down for June, and then we cancelled it" in written.replace("\n", " ")
    assert 'filename="certificate.pdf"' in written
    _commands, _lines, minutes = _figures()
    assert seconds < minutes * 60


def test_the_page_counts_its_commands_and_lines_truly() -> None:
    ours = text_of("quickstart.md").split("## Install")[1]
    in_the_host = ours.split("## The first letter")[0]
    run = [line for block in blocks_of(ours) if block.language == "sh" for line in block.code.splitlines()]
    commands = [line for line in run if line.startswith(("pip ", "python "))]
    lines = [
        line
        for block in blocks_of(in_the_host)
        if block.language == "python"
        for line in block.code.splitlines()
        if line.strip() and not line.startswith("#")
    ]

    assert _figures()[:2] == (len(commands), len(lines))
