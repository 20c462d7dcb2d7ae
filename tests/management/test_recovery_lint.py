"""Sentences in, one line of JSON each out: without a database, in order, none lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recovery.choices import ToneCode


def lint(folder: Path, text: str | bytes, *more: str, lang: str = "en") -> list[dict[str, Any]]:
    path = folder / "sentences.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    call_command("recovery_lint", str(path), "--lang", lang, *more, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_line_has_its_answer_in_order(tmp_path: Path) -> None:
    texts = [
        "We are sorry if the noise disturbed you.",
        "",
        "Dinner is served until ten.",
        "This was our mistake.",
    ]

    answers = lint(tmp_path, "\n".join(texts) + "\n")

    assert [answer["text"] for answer in answers] == texts
    assert [answer["codes"] for answer in answers] == [["COND_APOLOGY"], [], [], []]
    assert "C_RESP" in answers[3]["components"]


def test_what_counts_only_while_fault_is_open_depends_on_the_stance(tmp_path: Path) -> None:
    text = "We accept full liability for your fall on the stairs.\n"

    assert "ADMIT_LEGAL" in lint(tmp_path, text)[0]["codes"]
    assert "ADMIT_LEGAL" in lint(tmp_path, text, "--stance", "regret")[0]["codes"]
    assert "ADMIT_LEGAL" not in lint(tmp_path, text, "--stance", "responsibility")[0]["codes"]


def test_only_sentence_codes_are_given(tmp_path: Path) -> None:
    (answer,) = lint(tmp_path, "I'm sorry.")

    assert set(answer) == {"text", "codes", "components"}
    assert set(answer["codes"]) <= set(ToneCode.values)


@pytest.mark.parametrize("odd", [b"caf\xe9 is closed.", b"a\x0bb\x85c", b"\xff\xfe", b"one\r\n"])
def test_no_odd_byte_loses_a_line(tmp_path: Path, odd: bytes) -> None:
    answers = lint(tmp_path, odd.rstrip(b"\n") + b"\nDinner is served until ten.\n")

    assert len(answers) == 2
    assert answers[1]["text"] == "Dinner is served until ten."


def test_a_very_long_line_is_answered(tmp_path: Path) -> None:
    (answer,) = lint(tmp_path, "we are sorry " * 2_000)

    assert len(answer["text"]) == 26_000


def test_standard_input_is_read_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("Please calm down.\n"))

    call_command("recovery_lint", "--lang", "en", "--json", stdout=out)

    assert json.loads(out.getvalue())["codes"] == ["DISMISS"]


def test_a_language_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no rules for “ja”"):
        lint(tmp_path, "x", lang="ja")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("recovery_lint", str(tmp_path / "none.txt"), "--lang", "en")
