"""The database of a host project: a file of its own, or the server that the suite runs on."""

from __future__ import annotations

import os
from typing import Any

ON_SQLITE = (os.environ.get("RECOVERY_TEST_DB") or "sqlite") == "sqlite"


def host_database(**more: Any) -> dict[str, Any]:
    """The ``default`` entry of ``DATABASES``."""
    if ON_SQLITE:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
        name = os.environ.get("HOST_DATABASE", ":memory:")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options, **more}
    from tests.settings import DATABASES  # because only then it names a server

    return {**DATABASES["default"], **more}


def second_database() -> dict[str, Any]:
    """Another one beside it, such as a replica."""
    if ON_SQLITE:
        given = host_database()
        return {**given, "NAME": given["NAME"] if given["NAME"] == ":memory:" else f"{given['NAME']}.second"}
    given = host_database()
    return {**given, "TEST": {**given["TEST"], "NAME": f"{given['TEST']['NAME']}_second"}}
