"""The example's broker: a folder in which a worker never finds half a message."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "example_project"
PROBE = """
import json, sys, threading
from example import broker
from kombu import Connection
broker.use()
queue, control = sys.argv[1:3]
folders = {"data_folder_in": queue, "data_folder_out": queue, "control_folder": control}
options = folders | {"store_processed": False}
TOTAL, got, problems = 200, [], []

def put():
    with Connection("filesystem://", transport_options=options) as line:
        for number in range(TOTAL):
            line.default_channel._put("celery", {"number": number, "fill": "x" * 20_000})

def get():
    from queue import Empty
    with Connection("filesystem://", transport_options=options) as line:
        while len(got) < TOTAL and not problems:
            try:
                got.append(line.default_channel._get("celery")["number"])
            except Empty:
                continue
            except Exception as error:
                problems.append(repr(error))

threads = [threading.Thread(target=put), threading.Thread(target=get)]
[t.start() for t in threads]
[t.join(60) for t in threads]
print(json.dumps([len(got), len(set(got)), problems]))
"""


def test_a_worker_never_reads_half_a_message(tmp_path: Path) -> None:
    folders = [tmp_path / "queue", tmp_path / "control"]
    for folder in folders:
        folder.mkdir()

    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, folders)],
        cwd=EXAMPLE,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [200, 200, []]
    assert not list(folders[1].glob("*.new"))
