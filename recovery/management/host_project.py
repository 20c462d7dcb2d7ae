"""What the host calls its files, so that a line can be printed that needs no editing."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import Error as DatabaseError
from django.urls import NoReverseMatch, get_resolver, reverse

from .. import clock, conf
from ..hotel.path_check import type_of_model


def dotted_path(file: Path) -> str:
    """The module's name as Python would import it; empty if no folder of ``sys.path`` holds it."""
    file = file.resolve()
    bases = {Path(entry or ".").resolve() for entry in sys.path}
    fitting = sorted((base for base in bases if file.is_relative_to(base)), key=lambda base: -len(base.parts))
    for base in fitting:
        parts = file.relative_to(base).with_suffix("").parts
        if all(part.isidentifier() for part in parts):
            return ".".join(parts)
    return ""


def suggested_file(model: type_of_model) -> Path:
    """``recovery.py`` in the app of a model, from where the developer stands; never in an installed one."""
    path = Path(apps.get_app_config(model._meta.app_label).path) / "recovery.py"
    if "site-packages" in path.parts or "dist-packages" in path.parts:
        return Path("yourapp/recovery.py")
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def settings_file() -> str:
    """Where the settings are, as the developer knows the file."""
    module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    return f"{module.replace('.', '/')}.py" if module else "your settings"


def urls_file() -> str:
    """Where the project's addresses are."""
    module = get_resolver().urlconf_name if _has_urls() else None
    return f"{module.replace('.', '/')}.py" if isinstance(module, str) else "your urls.py"


def has_guest_pages() -> bool:
    """Whether the private links of letters lead anywhere.

    :raises Exception: whatever importing the host's URLconf raises.
    """
    if not _has_urls():
        return False
    try:
        reverse("recovery_guest:enter", args=["x"])
    except NoReverseMatch:
        return False
    return True


def _has_urls() -> bool:
    try:
        get_resolver()
    except AttributeError:  # because a project may have no ROOT_URLCONF at all
        return False
    return True


def settings_lines(hotel: str) -> list[str]:
    """The lines for the settings, without what is there already; none if nothing is missing."""
    given = conf.raw()
    lines = [f'    "HOTEL": "{hotel}",'] if given.get("HOTEL") != hotel else []
    if not given.get("KEYS"):
        lines.append(f'    "KEYS": {{"{_key_name()}": "{secrets.token_urlsafe(48)}"}},')
    if not given.get("BASE_URL"):
        lines.append('    "BASE_URL": "https://www.example.com",  # where guests reach your site')
    if not lines:
        return []
    if given:
        return ["RECOVERY |= {", *lines, "}"]
    return ["RECOVERY = {", *lines, "}"]


def _key_name() -> str:
    try:
        return str(clock.database_now().year)
    except DatabaseError:  # because this line must also be printed where no database answers yet
        return "first"


def site_name() -> str:
    """What to call a house that has no name yet: the project's package, in words."""
    module = os.environ.get("DJANGO_SETTINGS_MODULE", "").split(".")[0]
    words: Any = module.replace("_", " ").strip().title()
    return str(words) or "Our hotel"
