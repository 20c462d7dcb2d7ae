"""What a host pays at start-up for having the app installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OPTIONAL = ("celery", "kombu", "rest_framework", "django_filters", "typst", "segno")
#: A project that has the app and nothing else; the admin loads its own pages where it is installed.
PROBE = """
import json, sys
from django.conf import settings
settings.configure(
    SECRET_KEY="only for this probe",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "recovery"],
)
import django
django.setup()
print(json.dumps(sorted(sys.modules)))
"""


def _modules_after_setup() -> list[str]:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_starting_django_imports_none_of_the_optional_libraries() -> None:
    loaded = {name.partition(".")[0] for name in _modules_after_setup()}

    assert loaded.isdisjoint(OPTIONAL)


def test_starting_django_imports_at_most_120_of_our_modules() -> None:
    ours = [name for name in _modules_after_setup() if name.partition(".")[0] == "recovery"]

    assert 20 < len(ours) <= 120
