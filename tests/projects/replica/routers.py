from __future__ import annotations

from typing import Any


class Replicas:
    """As it stands in many a project: reads here, writes there, whatever it is about."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "replica"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True
