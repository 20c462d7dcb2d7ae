"""The reference names everything that there is, and nothing that there is not."""

from __future__ import annotations

import inspect
import re
from argparse import ArgumentParser
from dataclasses import fields
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps
from django.core.management import load_command_class
from django.core.management.base import BaseCommand
from django.dispatch import Signal

from recovery import errors, signals, tasks
from recovery.choices import LetterKind
from recovery.conf import RecoverySettings
from recovery.management import commands
from recovery.models.permissions import READ_PERMISSIONS, VERB_PERMISSIONS
from tests.docs.pages import DOCS, read

SETTINGS = {field.name: field for field in fields(RecoverySettings)}
COMMANDS = sorted(module.name for module in iter_modules(commands.__path__))
TASKS: dict[str, Any] = {found.name: found for found in vars(tasks).values() if hasattr(found, "apply_async")}
SIGNALS = sorted(name for name, found in vars(signals).items() if isinstance(found, Signal))


def page(name: str) -> str:
    return read(DOCS / name)


def rows(text: str, name: str = r"[^`|]+") -> dict[str, list[str]]:
    """Rows of tables whose first cell begins with a `name`: the name and the other cells."""
    found = re.findall(rf"^\| `({name})`[^|]*\|(.*)\|$", text, re.MULTILINE)
    return {name: [cell.strip() for cell in rest.split(" | ")] for name, rest in found}


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_row_with_its_default(name: str) -> None:
    default, says = rows(page("settings.md"), r"[A-Z_]+")[name]

    field = SETTINGS[name]
    real = getattr(RecoverySettings(), field.name)
    assert default.strip("`") == (f'"{real}"' if isinstance(real, str) else repr(real).replace("'", '"'))
    assert len(says) > 20


def test_no_setting_is_invented() -> None:
    ours = page("settings.md").split("## What else of your project it reads")[0]

    assert set(rows(ours, r"[A-Z_]+")) == set(SETTINGS)


# --- commands ------------------------------------------------------------------------------------


def options_of(name: str) -> set[str]:
    """What a command takes beyond what every Django command takes."""
    command = load_command_class("recovery", name)
    assert isinstance(command, BaseCommand)
    return _strings(command.create_parser("manage.py", name)) - _strings(
        BaseCommand().create_parser("manage.py", "any")
    )


def _strings(parser: ArgumentParser) -> set[str]:
    return {max(action.option_strings, key=len, default=action.dest.upper()) for action in parser._actions}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_exactly_its_options(name: str) -> None:
    described = {option.split()[0] for option in rows(sections(page("commands.md"))[name])}

    assert described == options_of(name)


def test_no_command_is_invented() -> None:
    assert sorted(sections(page("commands.md"))) == COMMANDS
    assert set(re.findall(r"`(recovery_\w+)`", page("commands.md"))) == set(COMMANDS)


# --- Celery tasks --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_row_with_its_arguments(name: str) -> None:
    arguments, says = rows(sections(page("celery.md"))["The tasks"])[name]

    for argument in inspect.signature(TASKS[name].run).parameters:
        assert f"`{argument}`" in arguments
    assert says


def test_no_task_is_invented() -> None:
    assert set(rows(sections(page("celery.md"))["The tasks"])) == set(TASKS)


# --- permissions ---------------------------------------------------------------------------------


def test_every_permission_of_a_verb_has_a_row_and_none_is_invented() -> None:
    table = sections(page("permissions.md"))["Verbs"]

    assert list(rows(table)) == [f"recovery.{codename}" for codename, _label in VERB_PERMISSIONS]


def test_no_permission_of_a_model_is_invented() -> None:
    models = apps.get_app_config("recovery").get_models()
    known = {f"{what}_{m._meta.model_name}" for m in models for what in m._meta.default_permissions}
    known |= {codename for codename, _label in (*VERB_PERMISSIONS, *READ_PERMISSIONS)}

    named = set(re.findall(r"`recovery\.(\w+)`", page("permissions.md")))

    assert named - known == set()


def test_the_verbs_of_managers_are_marked() -> None:
    from recovery.actions import setup

    marked = re.findall(r"^\| `recovery\.(\w+)` †", page("permissions.md"), re.MULTILINE)

    assert set(marked) == setup._MANAGERS

    marked = re.findall(r"^\| `recovery\.(\w+)` ‡", page("permissions.md"), re.MULTILINE)

    assert set(marked) == setup._GENERAL_MANAGERS


# --- guest texts and signals ---------------------------------------------------------------------


def test_every_kind_of_letter_has_a_row_and_none_is_invented() -> None:
    assert set(rows(page("letters.md"), r"[a-z_]+")) == set(LetterKind.values)


@pytest.mark.parametrize("name", SIGNALS)
def test_every_signal_is_named(name: str) -> None:
    own_page = DOCS / "signals.md"
    text = read(own_page) if own_page.exists() else page("verbs.md")  # because it may not be written yet

    assert f"recovery.signals.{name}" in text or f"`{name}`" in text


# --- verbs and error codes: tests/actions/test_documented.py; checks: tests/checks/test_checks.py ---


def test_every_error_code_that_any_page_links_to_exists() -> None:
    codes = {found.code for found in vars(errors).values() if hasattr(found, "code")}
    linked = {code for name in DOCS.glob("*.md") for code in re.findall(r"errors\.md#(\w+)", read(name))}

    assert linked <= codes
