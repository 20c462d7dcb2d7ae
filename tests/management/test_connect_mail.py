"""``recovery_connect`` prints every line without which the next command would be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.management.hosts import Host


@pytest.mark.parametrize(("timeout", "is_told"), [(None, True), (10, False)])
def test_a_mail_server_without_a_time_out_gets_its_line(
    tmp_path: Path, timeout: int | None, is_told: bool
) -> None:
    answer = Host("bare_fields", tmp_path).run(
        "recovery_connect", recovery={}, settings={"EMAIL_TIMEOUT": timeout}
    )

    assert ("EMAIL_TIMEOUT = 20" in answer.both) is is_told
