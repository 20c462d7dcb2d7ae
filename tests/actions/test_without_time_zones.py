"""Hosts with USE_TZ=False and USE_I18N=False: the same verbs, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

HOST = """
from tests.settings import *

USE_TZ = False
USE_I18N = False
TIME_ZONE = "Europe/Copenhagen"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:",
                         "OPTIONS": {"transaction_mode": "IMMEDIATE"}}}
RECOVERY = {**RECOVERY, "CLOCK": "tests.actions.travel.hotel_time"}
DEBUG = True
"""

STORY = """
import datetime as dt
import django
django.setup()
from django.core import mail
from django.core.management import call_command
call_command("migrate", verbosity=0)
from recovery import actions
from recovery.actions import HANDLERS, Actor, GuestInput
from recovery.choices import Channel
from recovery.models import Certificate, Complaint, Letter, OutboxMessage, Task
from recovery.outbox import relay
from tests import factories as make
from tests.actions import travel

house = make.make_house(code="STRAND")
naive = dt.datetime(2027, 7, 17, 13, 0)
make.make_complaint(house=house, channel=Channel.EMAIL, told_at=naive)
complaint = Complaint.objects.get()
assert complaint.first_told_at == dt.datetime(2027, 7, 17, 11, 0, tzinfo=dt.UTC), complaint.first_told_at
assert complaint.opened_at == travel.now(), complaint.opened_at
room = Task.objects.get(step_key="substitute_room")
assert room.due_at == dt.datetime(2027, 7, 17, 11, 15, tzinfo=dt.UTC), room.due_at
again = Task.objects.get(step_key="ask_again")
assert again.due_at == dt.datetime(2027, 7, 18, 7, 0, tzinfo=dt.UTC), again.due_at
at_three = dt.datetime(2027, 7, 17, 15, 0)
task = actions.add_task(complaint=complaint, by=house.by_desk, title="x", due_at=at_three)
actions.move_task(task=task, by=house.by_desk, due_at=dt.datetime(2027, 7, 17, 16, 0), reason="x")
assert Complaint.objects.overdue(now=travel.later(hours=2)).count() == 1
travel.go_to(travel.WEDDING)
travel.later(minutes=3)
relay.drain(handlers=HANDLERS)
assert len(mail.outbox) == 1, OutboxMessage.objects.values()
assert "Kære Mette" in mail.outbox[0].body
assert "lørdag den 17. juli 2027" in mail.outbox[0].body or "juli 2027" in mail.outbox[0].body
make.solve(house=house, complaint=complaint)
make.tell(house=house, complaint=complaint)
letter = make.make_apology(house=house, complaint=complaint)
relay.drain(handlers=HANDLERS)
letter = Letter.objects.get(pk=letter.pk)
assert letter.sent_at == travel.now(), letter.sent_at
assert "Med venlig hilsen" in mail.outbox[1].body
assert letter.language == "da"
entry = make.make_entry(house=house, certificate=Certificate.objects.get(), stay_ref=make.SECOND_RETURN)
back = actions.reverse_redemption(entry=entry, by=house.by_manager, reason="x")
link = make.make_link(complaint=complaint)
assert link.works(now=travel.now())
actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)
first = actions.reopen(complaint=complaint, by=house.by_manager, reason="x", request_key="k")
assert actions.reopen(complaint=complaint, by=house.by_manager, reason="x", request_key="k") == first
ats = list(complaint.timeline.order_by("pk").values_list("at", flat=True))
assert ats == sorted(ats) and all(at.tzinfo for at in ats)
assert actions.expire_due_certificates(by=Actor.system(), now=dt.datetime(2031, 1, 1)) == 1
print("ok")
"""


@pytest.mark.slow
def test_a_host_without_time_zones_and_translations_is_served(tmp_path: Path) -> None:
    (tmp_path / "host_settings.py").write_text(HOST)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "host_settings",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "RECOVERY_TEST_DB": "sqlite",
    }

    done = subprocess.run(
        [sys.executable, "-c", STORY], env=environment, capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == "ok"
