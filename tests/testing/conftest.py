"""The fixtures that a host gets are the ones that these tests use."""

from __future__ import annotations

from recovery.testing.fixtures import (  # noqa: F401 because they are fixtures
    recovery_clock,
    recovery_house,
    recovery_memory_hotel,
)
