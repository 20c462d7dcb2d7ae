"""The story is the main job, end to end; it must pass on a machine with no service running."""

from __future__ import annotations

import ast
import email
import email.policy
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]
MANAGE = ROOT / "example_project" / "manage.py"
DEMO = ROOT / "example_project" / "demo.py"
FOLDER = ROOT / "build" / "story" / "lost-reservation"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b")
TOKEN = re.compile(r"/recovery/g/([A-Za-z0-9_-]{43})/")

#: PostgreSQL, MariaDB, RabbitMQ, Redis.
SERVERS = {5432, 3306, 5672, 6379}

pytestmark = pytest.mark.slow


def _environment(**more: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("EXAMPLE_", "STORY_", "DJANGO_", "CELERY_"))
    }
    return kept | more


@pytest.fixture(scope="module")
def played() -> subprocess.CompletedProcess[str]:
    """The story, once for this file. It speaks on stderr; stdout is for the result."""
    done = subprocess.run(
        [sys.executable, str(MANAGE), "play_story", "lost-reservation", "--json"],
        capture_output=True,
        text=True,
        timeout=180,
        env=_environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


@pytest.fixture
def story(played: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    lines = played.stdout.strip().splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def _mail(kind: str) -> EmailMessage:
    (path,) = (FOLDER / "mails").glob(f"*-{kind}.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _cells() -> Iterator[str]:
    connection = sqlite3.connect(FOLDER / "db.sqlite3")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 because the names are SQLite's own
            yield from (str(value) for value in row if value is not None)
    connection.close()


def test_the_guest_gets_the_walk_card_the_apology_and_the_receipt_of_the_free_night(
    story: dict[str, Any],
) -> None:
    assert story["ok"] is True
    assert [mail["kind"] for mail in story["mails"]] == [
        "walk_card",
        "apology_letter",
        "certificate_redeemed",
    ]
    for mail in story["mails"]:
        assert _mail(mail["kind"])["Message-ID"] == mail["message_id"]


def test_the_certificate_is_redeemed_once_and_refused_the_second_time(story: dict[str, Any]) -> None:
    assert story["certificate"] == {"issued": True, "redeemed": True, "second_redemption": "refused"}


def test_the_papers_are_real_pdfs_of_the_paths_it_names(story: dict[str, Any]) -> None:
    for key in ("letter_pdf", "certificate_pdf"):
        assert (ROOT / story[key]).read_bytes().startswith(b"%PDF-")
    # The apology on one page, with the pen's room and the name; the certificate behind it.
    assert len(PdfReader(ROOT / story["letter_pdf"]).pages) == 2


def test_the_six_steps_are_on_the_timeline_in_order(story: dict[str, Any]) -> None:
    kinds = [kind for _at, kind in story["timeline"]]
    wanted = [
        "complaint.opened",
        "apology.spoken",
        "compensation.granted",
        "letter.sent",
        "task.confirmed",
        "guest.told",
        "certificate.issued",
        "complaint.closed",
        "certificate.redeemed",
    ]

    positions = [kinds.index(kind) for kind in wanted]

    assert positions == sorted(positions)


def test_no_cell_of_the_database_holds_a_live_code_or_token(story: dict[str, Any]) -> None:
    letter = _text(_mail("apology_letter"))
    code = CODE.search(letter)
    token = TOKEN.search(letter)
    assert code is not None
    assert token is not None
    secrets = {code.group(), code.group().replace("-", ""), token.group(1)}

    found = [cell for cell in _cells() if any(secret in cell for secret in secrets)]

    assert found == []


def test_the_code_is_refused_at_the_terminal_too(story: dict[str, Any]) -> None:
    code = CODE.search(_text(_mail("apology_letter")))
    assert code is not None

    done = subprocess.run(
        [sys.executable, str(MANAGE), "recovery_redeem", code.group(), "--stay", "S20417", "--json"],
        capture_output=True,
        text=True,
        env=_environment(EXAMPLE_DB=str(FOLDER / "db.sqlite3")),
        check=False,
    )

    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "redeemed": False,
        "code": "certificate_used",
        "message": "This certificate has been used: no night is left on it.",
    }


def test_the_result_file_says_the_same_as_the_terminal(story: dict[str, Any]) -> None:
    assert json.loads((FOLDER / "result.json").read_text(encoding="utf-8")) == story


def test_the_readme_tells_the_story_as_it_is_played(played: subprocess.CompletedProcess[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"^```\n(Sat 17 Jul 2027.*?)```$", readme, re.MULTILINE | re.DOTALL)
    said = " ".join(played.stderr.split())

    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert len(lines) == 12
    assert [line for line in lines if line not in said] == []
    assert lines[-1].startswith("✗ A second time")


# --- the demonstration: plays into the same folder, so it stands in this file and comes last ---------


def _run(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=_environment(**more), timeout=300
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Any]]]:
    """What it says without a terminal, and every address that any of its processes connected to."""
    assert _run(ROOT / "tests" / "run.py", "--only-venv").returncode == 0  # else pip would be listened to
    log = tmp_path_factory.mktemp("demo") / "connections"
    done = _run(DEMO, PYTHONPATH=str(Path(__file__).parent / "listening"), CONNECTIONS=str(log))
    assert done.returncode == 0, done.stderr[-2000:]
    yield done.stdout, [ast.literal_eval(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_without_a_terminal_it_plays_the_story_names_the_papers_and_ends(
    demo: tuple[str, list[Any]],
) -> None:
    said, _addresses = demo

    assert "A second time" in said
    for paper in ("letter.pdf", "certificate.pdf"):
        assert str(ROOT / "build/story/lost-reservation" / paper) in said


def test_no_process_of_it_speaks_with_a_server_or_with_another_machine(
    demo: tuple[str, list[Any]],
) -> None:
    _said, addresses = demo

    assert len(addresses) >= 3  # because three mails went to its own mail server
    for address in addresses:
        assert isinstance(address, tuple), address
        host, port = address[:2]
        assert host in ("127.0.0.1", "localhost", "::1")
        assert port not in SERVERS


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True)
    return [int(word) for word in found.stdout.split()]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_ends_everything_that_it_started(demo: tuple[str, list[Any]]) -> None:
    serve = "import demo, os, sys; sys.exit(demo.serve(dict(os.environ), demo.free_port()))"
    process = subprocess.Popen(
        [sys.executable, "-c", serve],
        cwd=DEMO.parent,
        env=_environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "Ctrl-C ends everything" in line:
                break
        children = _children(process.pid)
        # A terminal sends it to the whole group.
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[0]
    finally:
        process.kill()

    assert len(children) == 4
    assert process.returncode == 0
    assert "Everything is ended." in said
    assert [pid for pid in children if _is_alive(pid)] == []


def test_a_misspelt_option_is_told_and_nothing_is_played() -> None:
    done = _run(DEMO, "--onse")

    assert done.returncode == 2
    assert "Only --once is known" in done.stderr


def test_a_python_without_venv_prints_the_one_line_to_run(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "run.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    done = _run(tmp_path / "tests" / "run.py", PYTHONPATH=str(Path(__file__).parent / "without_venv"))

    version = f"python3.{sys.version_info[1]}"
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].strip() == f"sudo apt-get install -y {version}-venv"
    assert not (tmp_path / ".venv").exists()
