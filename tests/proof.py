#!/usr/bin/env python3
"""Kill workers and race desks, live, and count what the guests got.

    python tests/proof.py [--json] [--seed N]

600 mails while two workers are killed twelve times (kill -9); 150 free nights that six desks redeem at
the same moment; twenty posts of one form; 240 verbs on three complaints. SQLite, mail on loopback, no
service. Ends with four figures; exit code 1 if a promise is broken. ``--json``: one line, last on stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MAILS, KILLS = 600, 12
DESKS, CERTIFICATES = 6, 150
POSTS = 20
COLLEAGUES, VERBS_EACH = 8, 30


@dataclass
class Figures:
    """The four figures, and what they are made of."""

    lost: int = 0
    repeated: int = 0
    redeemed_twice: int = 0
    errors: int = 0
    mails: int = 0
    kills: int = 0
    certificates: int = 0
    verbs: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.lost and not self.redeemed_twice and not self.errors and self.repeated <= self.kills

    def blame(self, problems: list[str]) -> None:
        self.errors += len(problems)
        self.problems += problems[:5]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one line of JSON, last on stdout")
    parser.add_argument("--seed", type=int, default=7, help="when the kills fall (7)")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="recovery-proof-") as folder:
        make_database(Path(folder))
        figures = prove(Path(folder), seed=given.seed, quiet=given.json)
    figures.seconds = round(time.monotonic() - began, 1)
    show(figures, as_json=given.json)
    return 0 if figures.ok else 1


def make_database(folder: Path) -> None:
    """A database of our own; what the environment says about tests is not for us."""
    for name in [name for name in os.environ if name.startswith("RECOVERY_TEST_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.concurrency.child_settings",
        "RECOVERY_TEST_DB": "sqlite",
        "RECOVERY_TEST_DB_NAME": str(folder / "db.sqlite3"),
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")


def prove(folder: Path, *, seed: int, quiet: bool) -> Figures:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tests.concurrency import race
    from tests.factories import make_house

    figures = Figures()
    columns = (TextColumn("{task.description:<46}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=quiet)) as progress:
        house = make_house()
        kill_workers(figures, house, progress, folder, seed)
        with race.Pool(processes=DESKS, env=os.environ) as pool:
            race_desks(figures, house, progress, pool)
            race_posts(figures, house, progress, pool)
            race_colleagues(figures, house, progress, pool)
    return figures


def kill_workers(figures, house, progress, folder, seed) -> None:  # type: ignore[no-untyped-def]
    from tests.concurrency import kills
    from tests.concurrency.nursery import Nursery
    from tests.smtp_sink import Sink

    mailed = progress.add_task("Mails, while workers are killed", total=MAILS)
    killed = progress.add_task("kill -9", total=KILLS)
    kills.promise_mails(house, MAILS)
    with Sink(pause=kills.PAUSE) as sink:
        env = kills.worker_env(os.environ, sink)
        with Nursery(workers=2, env=env, log=folder / "workers.log") as workers:
            result = kills.run(
                sink=sink,
                fleet=workers,
                kills=KILLS,
                victims={0: 1, 1: 1},
                seed=seed,
                progress=lambda gone, done: (
                    progress.update(mailed, completed=min(gone, MAILS)),
                    progress.update(killed, completed=done),
                ),
            )
    figures.mails, figures.kills = result.mails, result.killed
    figures.lost, figures.repeated = result.lost, result.repeated
    figures.blame(["a repeated mail was not the same mail"] * result.different)
    figures.blame(["a mail was not settled"] * result.unsettled)


def race_desks(figures, house, progress, pool) -> None:  # type: ignore[no-untyped-def]
    from tests.concurrency.invariants import ledger_problems, times_redeemed
    from tests.concurrency.stock import codes_of, make_certificates

    issued = progress.add_task("Free nights issued", total=CERTIFICATES)
    codes: list[str] = []
    while len(codes) < CERTIFICATES:
        codes += codes_of(make_certificates(house, 10, each=10))
        progress.update(issued, completed=len(codes))
    redeemed = progress.add_task(f"Redeemed by {DESKS} desks at once", total=CERTIFICATES)
    answers = pool.run([("redeem", {"staff": house.desk.pk, "codes": codes})] * DESKS)
    times = times_redeemed()
    progress.update(redeemed, completed=times[1])
    figures.certificates = CERTIFICATES
    figures.redeemed_twice = sum(count for used, count in times.items() if used > 1)
    figures.blame(unexpected(answers, "refused certificate_used"))
    figures.blame(["a certificate was never redeemed"] * times[0])
    figures.blame(ledger_problems())


def race_posts(figures, house, progress, pool) -> None:  # type: ignore[no-untyped-def]
    from recovery.models import Complaint

    posted = progress.add_task("One form, posted twenty times at once", total=POSTS)
    before = Complaint.objects.count()
    racer = ("open_complaint", {"staff": house.desk.pk, "request_key": "one form"})
    answers = pool.run([racer] * POSTS)
    progress.update(posted, completed=POSTS)
    figures.blame(unexpected(answers))
    figures.blame(["one form made two complaints"] * (Complaint.objects.count() - before - 1))
    figures.blame(["one form got two answers"] * (len({one[0] for one in answers}) - 1))


def race_colleagues(figures, house, progress, pool) -> None:  # type: ignore[no-untyped-def]
    from tests.concurrency.invariants import history_problems, request_problems
    from tests.concurrency.stock import make_complaints

    worked = progress.add_task("Verbs on three complaints at once", total=COLLEAGUES * VERBS_EACH)
    pks = [complaint.pk for complaint in make_complaints(house, 3)]
    common = {"staff": house.manager.pk, "complaints": pks, "rounds": VERBS_EACH}
    racers = [("work", {**common, "seed": n, "backwards": n % 2 == 1}) for n in range(COLLEAGUES)]
    answers = pool.run(racers)
    figures.verbs = sum(len(one) for one in answers)
    progress.update(worked, completed=figures.verbs)
    figures.blame(unexpected(answers))
    figures.blame(request_problems() + history_problems())


def unexpected(answers: list[list[str]], *expected: str) -> list[str]:
    """Outcomes that nobody should see."""
    return [o for one in answers for o in one if not o.startswith("ok") and o not in expected]


def show(figures: Figures, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ok": figures.ok, **asdict(figures)}))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{'Kept' if figures.ok else 'BROKEN'}, in {figures.seconds:.0f} s")
    table.add_column("promise")
    table.add_column("figure", justify="right")
    table.add_column("allowed", justify="right")
    table.add_row(f"lost, of {figures.mails} mails", str(figures.lost), "0")
    table.add_row("repeated, with the same Message-ID and body", str(figures.repeated), f"≤ {figures.kills}")
    table.add_row(f"redeemed twice, of {figures.certificates} nights", str(figures.redeemed_twice), "0")
    table.add_row(f"errors, in {figures.verbs} verbs and all the rest", str(figures.errors), "0")
    console = Console()
    console.print(table)
    for problem, count in Counter(figures.problems).items():
        console.print(f"{count} × {problem}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
