"""Which step waits for which."""

from __future__ import annotations

from collections.abc import Mapping


def find_cycle(after: Mapping[str, str]) -> tuple[str, ...]:
    """Steps that wait for each other, the first one named again at the end; empty where there are none."""
    fine: set[str] = set()
    for start in sorted(after):
        walked: list[str] = []
        key = start
        while key and key in after and key not in fine:
            if key in walked:
                return (*walked[walked.index(key) :], key)
            walked.append(key)
            key = after[key]
        fine.update(walked)
    return ()
