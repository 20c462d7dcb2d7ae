#!/usr/bin/env python3
"""Break the guarantee on purpose, one way at a time, and see which test notices.

    python tests/concurrency/mutants.py [--only WORD] [--servers] [--json]

Works on a copy in a temporary folder. A mutant that no test kills is a promise that nobody checks: exit
code 1. Mutants that only show on a server need RECOVERY_TEST_DB=postgresql or mariadb; on SQLite they
are listed as not tried.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = os.environ.get("RECOVERY_TEST_DB") or "sqlite"

OUTBOX, RACES = "tests/outbox", "tests/concurrency"


@dataclass(frozen=True)
class Mutant:
    """One way to break a promise: in which file, what becomes what, and who should notice."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    #: SQLite has one writer, so that some mistakes change nothing there.
    servers_only: bool = False


MUTANTS = (
    Mutant(
        "the fence does not ask whose row it is",
        "recovery/outbox/claim.py",
        ((".filter(pk=message.pk, token=message.token, state__in=(", ".filter(pk=message.pk, state__in=("),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "the settlement does not ask whose row it is",
        "recovery/outbox/claim.py",
        (
            (
                ".filter(pk=message.pk, token=message.token, state=OutboxState.SENDING)",
                ".filter(pk=message.pk, state=OutboxState.SENDING)",
            ),
        ),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "the claim does not ask who is free",
        "recovery/outbox/claim.py",
        (
            (
                "            rows.free(real_now=real_now)\n            .due(now=business_now)\n",
                "            rows\n",
            ),
        ),
        (f"{RACES}/test_claims.py",),
    ),
    Mutant(
        "who finds every candidate taken goes home",
        "recovery/outbox/claim.py",
        (("TRIES = 5\n", "TRIES = 1\n"),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "a mail is marked sent before it is sent",
        "recovery/outbox/claim.py",
        (
            ("            state=OutboxState.SENDING,\n", "            state=OutboxState.SENT,\n"),
            (
                "state=OutboxState.SENDING)\n        .update(**changes)",
                "state=OutboxState.SENT)\n        .update(**changes)",
            ),
        ),
        (f"{RACES}/test_crash_points.py",),
    ),
    Mutant(
        "an expired lease is never taken over",
        "recovery/models/outbox.py",
        (
            (
                "models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=real_now)",
                "models.Q(lease_until__isnull=True)",
            ),
        ),
        (f"{RACES}/test_crash_points.py",),
    ),
    Mutant(
        "leases follow the hotel's clock",
        "recovery/outbox/claim.py",
        (
            (
                "real_now = clock.now(using), clock.database_now(using)",
                "real_now = clock.now(using), clock.now(using)",
            ),
        ),
        (f"{OUTBOX}/test_clock.py",),
    ),
    Mutant(
        "the clock is this machine's",
        "recovery/clock.py",
        (
            (
                "    connection = connections[using]\n",
                "    return dt.datetime.now(dt.UTC)\n    connection = connections[using]\n",
            ),
        ),
        (f"{OUTBOX}/test_clock.py",),
        servers_only=True,
    ),
    Mutant(
        "4xx and 5xx are swapped",
        "recovery/outbox/retry.py",
        (("if code >= 500 else", "if code < 500 else"),),
        (f"{OUTBOX}/test_retry.py",),
    ),
    Mutant(
        "every error of the line is permanent",
        "recovery/outbox/retry.py",
        (("return Failure(Verdict.AMBIGUOUS, name)\n", "return Failure(Verdict.PERMANENT, name)\n"),),
        (f"{OUTBOX}/test_retry.py",),
    ),
    Mutant(
        "an unreachable server costs a try",
        "recovery/outbox/outcome.py",
        (("uncount=down", "uncount=False"),),
        (f"{OUTBOX}/test_retry.py",),
    ),
    Mutant(
        "no watchdog while sending",
        "recovery/outbox/channels.py",
        (
            (
                "            self._timer.daemon = True\n            self._timer.start()\n",
                "            self._timer.daemon = True\n",
            ),
        ),
        (f"{OUTBOX}/test_retry.py",),
    ),
    Mutant(
        "no limit while opening",
        "recovery/outbox/channels.py",
        (("    thread.join(seconds)\n", "    thread.join()\n"),),
        (f"{OUTBOX}/test_retry.py",),
    ),
    Mutant(
        "an end that cannot be recorded stays open",
        "recovery/outbox/relay.py",
        (("        ending = settle_alone(message, ending, error, using)\n", "        raise\n"),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "a dead mail server holds up everything",
        "recovery/outbox/relay.py",
        (
            (
                "delay, kind = retry.CHANNEL_DOWN_DELAY, fenced.kind",
                "delay, kind = retry.CHANNEL_DOWN_DELAY, None",
            ),
        ),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "a row that kills its worker comes first again",
        "recovery/outbox/relay.py",
        (("sorted(rows, key=lambda row: row.state == OutboxState.SENDING)", "list(rows)"),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "what may be out already is sent again although a copy hurts",
        "recovery/outbox/relay.py",
        (("if message.state == OutboxState.SENDING and not handler.repeat_when_unsure:", "if False:"),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "what is being sent can be cancelled",
        "recovery/outbox/enqueue.py",
        (
            (
                "rows.filter(state=OutboxState.DUE)",
                "rows.filter(state__in=(OutboxState.DUE, OutboxState.SENDING))",
            ),
        ),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "nothing is too late",
        "recovery/outbox/relay.py",
        (("now > message.not_after", "False"),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "each try has a Message-ID of its own",
        "recovery/actions/letter_mail.py",
        (('{"Message-ID": message_id, "References"', '{"References"'),),
        (f"{OUTBOX}/test_relay.py",),
    ),
    Mutant(
        "the request waits for the broker",
        "recovery/outbox/publisher.py",
        (
            (
                "        with self._lock:\n            self._waiting.setdefault",
                "        self._publish(ids, lane)\n"
                "        with self._lock:\n            self._waiting.setdefault",
            ),
        ),
        (f"{OUTBOX}/test_publisher.py",),
    ),
    Mutant(
        "a refused code is logged",
        "recovery/actions/redemptions.py",
        (
            (
                'log.warning("refused certificate try by %s", by.key)',
                'log.warning("refused certificate try %s %s", code, token)',
            ),
        ),
        (f"{OUTBOX}/test_secrets.py",),
    ),
    Mutant(
        "request keys are not written",
        "recovery/actions/engine.py",
        (
            (
                "        self._row = RequestKey.objects",
                "        self._row = None\n        return\n        self._row = RequestKey.objects",
            ),
        ),
        (f"{RACES}/test_request_keys.py",),
    ),
    Mutant(
        "the loser of a double click gets the database's error",
        "recovery/actions/engine.py",
        (("except (IntegrityError, RecoveryError):", "except ZeroDivisionError:"),),
        (f"{RACES}/test_request_keys.py",),
    ),
    Mutant(
        "verbs do not lock the complaint",
        "recovery/actions/engine.py",
        (('    if not rows.update(version=F("version") + 1):', "    if not rows.exists():"),),
        (f"{RACES}/test_verbs.py", f"{RACES}/test_redemptions.py"),
        servers_only=True,
    ),
    Mutant(
        "the complaint is read before the lock",
        "recovery/actions/engine.py",
        (
            (
                "    if complaint is None:\n        ask.write_key()\n",
                "    read = complaint and Complaint.objects.using(ask.using).get(pk=complaint.pk)\n"
                "    if complaint is None:\n        ask.write_key()\n",
            ),
            (
                "        complaint = Complaint.objects.using(ask.using).get(pk=complaint.pk)\n",
                "        complaint = read\n",
            ),
        ),
        (f"{RACES}/test_verbs.py",),
        servers_only=True,
    ),
    Mutant(
        "the clock is read before the lock",
        "recovery/actions/engine.py",
        (
            (
                "    if complaint is None:\n        ask.write_key()\n",
                "    now = clock.now(ask.using)\n    if complaint is None:\n        ask.write_key()\n",
            ),
            ("using=ask.using)\n    now = clock.now(ask.using)\n", "using=ask.using)\n"),
        ),
        (f"{RACES}/test_verbs.py",),
        servers_only=True,
    ),
    Mutant(
        "nights are taken by reading and saving, without the lock",
        "recovery/actions/certificate_steps.py",
        (
            (
                "    hit = Certificate.objects.filter(\n",
                "    if certificate.nights_left < nights:\n"
                "        raise CertificateUsed()\n"
                "    certificate.nights_left -= nights\n"
                "    certificate.save()\n"
                "    return\n"
                "    hit = Certificate.objects.filter(\n",
            ),
        ),
        (f"{RACES}/test_redemptions.py",),
        servers_only=True,
    ),
    Mutant(
        "a redemption writes no line in the ledger's order",
        "recovery/actions/certificate_steps.py",
        (
            (
                "seq=CertificateEntry.objects.filter(certificate=certificate).count() + 1,",
                "seq=nights % 30_000,",
            ),
        ),
        (f"{RACES}/test_redemptions.py",),
    ),
)

#: Read-and-save is harmless under the complaint's lock, which is the point of having both.
WITHOUT_LOCK = (
    "recovery/actions/engine.py",
    ('    if not rows.update(version=F("version") + 1):', "    if not rows.exists():"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="mutants whose name has this word")
    parser.add_argument("--servers", action="store_true", help="only those that need a database server")
    parser.add_argument("--json", action="store_true", help="one line of JSON, last on stdout")
    given = parser.parse_args()
    found = {}
    for mutant in MUTANTS:
        if given.only in mutant.name and mutant.servers_only >= given.servers:
            found[mutant.name] = "not tried on SQLite" if _skipped(mutant) else try_out(mutant)
            print(f"{mutant.name:<62} {found[mutant.name] or 'SURVIVED'}", flush=True)
    alive = [name for name, killer in found.items() if not killer]
    if given.json:
        print(json.dumps({"database": DATABASE, "survived": alive, "killed_by": found}))
    return 1 if alive else 0


def _skipped(mutant: Mutant) -> bool:
    return mutant.servers_only and DATABASE == "sqlite"


def try_out(mutant: Mutant) -> str:
    """The first test that fails with the mutant in place; empty if none does."""
    with tempfile.TemporaryDirectory(prefix="recovery-mutant-") as folder:
        copy = Path(folder)
        for name in ("recovery", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        change(copy / mutant.file, mutant.changes)
        if "without the lock" in mutant.name:
            change(copy / WITHOUT_LOCK[0], (WITHOUT_LOCK[1],))
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=900,
        )
    if done.returncode == 0:
        return ""
    failed = re.findall(r"^(?:FAILED|ERROR) \S+?::(.+?)(?: - |$)", done.stdout, re.MULTILINE)
    if not failed:
        raise RuntimeError(f"{mutant.name}: pytest ended with {done.returncode}\n{done.stdout[-2000:]}")
    return str(failed[0])


def change(file: Path, changes: tuple[tuple[str, str], ...]) -> None:
    text = file.read_text()
    for old, new in changes:
        if old not in text:
            raise RuntimeError(f"{file.name} has no {old!r} any more: the mutant must follow the code")
        text = text.replace(old, new, 1)
    file.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
