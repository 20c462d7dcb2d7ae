"""Let nothing be written while we look: a host's property may save, and looking must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

from ... import errors

_COMMENT = re.compile(r"\A(\s|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)
_READS = frozenset({"SELECT", "WITH", "VALUES", "SHOW", "EXPLAIN", "PRAGMA", "DESCRIBE", "TABLE"})
#: Settings of the connection and marks inside a transaction: nothing of the host's changes.
_HARMLESS = frozenset({"SET", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "START", "COMMIT"})
# Inside a statement that reads: a CTE that writes, a table made by SELECT, a lock taken on rows.
_WRITES = re.compile(
    r"\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET|SELECT\b.*\bINTO)\b", re.I | re.DOTALL
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]")


@contextmanager
def read_only() -> Iterator[None]:
    """Every statement that could write is refused, on every database of the project.

    :raises HostWrites: from inside the block, at the statement.
    """
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(_only_read))
        yield


def _only_read(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    text = str(sql)
    word = re.match(r"\w*", text[_end_of_comments(text) :])
    verb = word[0].upper() if word else ""
    reads = verb in _READS and not (verb in ("WITH", "SELECT") and _WRITES.search(_QUOTED.sub("''", text)))
    if not (reads or verb in _HARMLESS):
        raise errors.HostWrites(statement=verb or "nothing")
    return execute(sql, params, many, context)


def _end_of_comments(text: str) -> int:
    match = _COMMENT.match(text)
    start = match.end() if match else 0
    return start + (len(text) - start - len(text[start:].lstrip("( \n\t")))
