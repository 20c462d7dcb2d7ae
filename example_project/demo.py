#!/usr/bin/env python3
"""Ten minutes with the app on a fresh machine: nothing but Python 3.11 or newer need be there.

    python3 example_project/demo.py           plays the lost reservation, then serves the site
    python3 example_project/demo.py --once    plays it and ends

Makes and fills ``.venv`` when it is missing. Everything it starts listens on this machine only and
ends with Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MANAGE = HERE / "manage.py"
FOLDER = ROOT / "build" / "story" / "lost-reservation"


def main(arguments: list[str]) -> int:
    if unknown := [word for word in arguments if word != "--once"]:
        print(f"Unknown: {' '.join(unknown)}. Only --once is known.", file=sys.stderr)
        return 2
    prepared = subprocess.call([sys.executable, str(ROOT / "tests" / "run.py"), "--only-venv"])
    if prepared:
        return prepared
    port = free_port()
    world = {**os.environ, "EXAMPLE_BASE_URL": f"http://127.0.0.1:{port}"}
    played = subprocess.call([str(PYTHON), str(MANAGE), "play_story", "lost-reservation"], env=world)
    if played:
        return played
    print(f"\n  The letter       {FOLDER / 'letter.pdf'}\n  The certificate  {FOLDER / 'certificate.pdf'}")
    if "--once" in arguments or not sys.stdout.isatty():
        return 0
    return serve(world, port)


def serve(world: dict[str, str], port: int) -> int:
    """Serve the story's world, with its worker, its schedule and its mail server, until Ctrl-C."""
    smtp = free_port()
    world |= {
        "EXAMPLE_DB": str(FOLDER / "db.sqlite3"),
        "EXAMPLE_CLOCK": str(FOLDER / "clock"),
        "EXAMPLE_BROKER_DIR": str(FOLDER / "broker"),
        "EXAMPLE_MAIL_DIR": str(FOLDER / "mails"),
        "EXAMPLE_SMTP": f"127.0.0.1:{smtp}",
        "PYTHONUNBUFFERED": "1",
    }
    if subprocess.call([str(PYTHON), str(MANAGE), "fill_desk"], env=world):
        return 1
    celery = [str(PYTHON), "-m", "celery", "--app", "example", "--quiet"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    commands = {
        "mail server": [str(PYTHON), str(MANAGE), "keep_mails"],
        "worker": [*celery, "worker", "--pool", "solo", "--loglevel", "warning", *alone],
        "schedule": [*celery, "beat", "--loglevel", "warning"],
        "site": [str(PYTHON), str(MANAGE), "runserver", "--noreload", f"127.0.0.1:{port}"],
    }
    # A closed window or a polite end must end the others as Ctrl-C does. SIGINT, too, because a shell that
    # starts us in the background has it ignored.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    log = (FOLDER / "demo.log").open("ab")
    running = {
        name: subprocess.Popen(command, cwd=HERE, env=world, stdout=log, stderr=log)
        for name, command in commands.items()
    }
    try:
        wait_for(port, running["site"])
        print(welcome(port), flush=True)
        return watch(running)
    except KeyboardInterrupt:
        print("\nEverything is ended.")
        return 0
    finally:
        for process in running.values():
            end(process)
        log.close()


def welcome(port: int) -> str:
    site = f"http://127.0.0.1:{port}"
    return f"""
  The desk      {site}/admin/recovery/complaint/
  The mailbox   {site}/mailbox/          every mail as the guest sees it

  Sign in as    helen   general manager, Bristol      password of all: demo
                joseph  duty manager, Bristol
                amelia  front desk, Bristol
                kirsten the whole small house in Skagen
                admin   everything

  Ctrl-C ends everything."""


def watch(running: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                print(f"The {name} ended by itself; see {FOLDER / 'demo.log'}", file=sys.stderr)
                return 1
        time.sleep(0.5)


def wait_for(port: int, process: subprocess.Popen[bytes], patience: float = 30) -> None:
    end_at = time.monotonic() + patience
    while time.monotonic() < end_at and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"The site did not start; see {FOLDER / 'demo.log'}")


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
