"""What conftest.py promises to the other tests."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

CHILD = """
import django
django.setup()
from django.contrib.auth.models import Group
Group.objects.create(name="from the child " + Group.objects.get().name)
"""


def test_a_child_process_works_on_the_same_database(child_env: dict[str, str]) -> None:
    Group.objects.create(name="æøå")

    subprocess.run([sys.executable, "-c", CHILD], env=child_env, check=True, timeout=60)

    assert Group.objects.filter(name="from the child æøå").exists()


@pytest.mark.django_db(transaction=True)
def test_threads_write_without_locking_each_other_out() -> None:
    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            Group.objects.create(name=f"thread {number}")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Group.objects.count() == 8


def test_one_test_does_not_see_what_another_booked(hotel: Any) -> None:
    hotel.book_certificate_nights(
        certificate_ref="FN-1", stay=hotel.get_stay("Q11874"), nights=1, request_key="k"
    )

    hotel.reset()

    assert hotel.booked == []
