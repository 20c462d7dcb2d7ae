"""Watch an adapter at work: what it asks, what it writes, what it prints."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

R = TypeVar("R")

_WRITES = ("insert", "update", "delete", "replace", "merge", "truncate", "alter", "create", "drop")


def questions(ask: Callable[[], R]) -> tuple[R, int]:
    """The answer, and how many statements it took on all databases together."""
    with contextlib.ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(each)) for each in connections.all()]
        answer = ask()
        return answer, sum(len(each) for each in captured)


@contextlib.contextmanager
def nothing_is_written() -> Iterator[None]:
    """:raises AssertionError: at the first statement that would change something."""

    def refuse(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        first = str(sql).lstrip("( \n").split(None, 1)
        if first and first[0].lower() in _WRITES:
            raise AssertionError(f"the adapter writes into the hotel's tables: {str(sql)[:200]}")
        return execute(sql, params, many, context)

    with contextlib.ExitStack() as stack:
        for each in connections.all():
            stack.enter_context(each.execute_wrapper(refuse))
        yield


@contextlib.contextmanager
def nothing_is_printed() -> Iterator[None]:
    """Every record of the host refuses to be turned into text, and nothing may reach the screen.

    :raises AssertionError: if the adapter prints a record: some crash, others show a guest's phone.
    """
    before: list[tuple[type[Model], Any]] = []
    for model in apps.get_models():
        if model._meta.app_label != "recovery":
            before.append((model, model.__dict__.get("__str__")))
            setattr(model, "__str__", _refuse_to_print)  # noqa: B010 because the type checker knows what we do
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            yield
    finally:
        for model, given in before:
            if given is None:
                delattr(model, "__str__")
            else:
                setattr(model, "__str__", given)  # noqa: B010 because the type checker knows what we do
    if out.getvalue():
        raise AssertionError(f"the adapter prints: {out.getvalue()[:200]}")


def _refuse_to_print(row: Model) -> str:
    raise AssertionError(f"the adapter turns a {type(row).__name__} into text; read its columns instead")
