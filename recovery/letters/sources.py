"""Find a letter's files as Django finds templates, so that a host overrides one by its path.

Words and Typst files are only *found* by the template loaders, never run through the template
engine. What no loader knows comes from this package: a letter is never silenced by TEMPLATES.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template import Engine, Template, TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates

from .. import errors

_OWN = Path(__file__).resolve().parent.parent / "templates"


def read(name: str) -> str:
    """The text of ``recovery/…`` as the host has it.

    :raises LetterFailed: if nobody has that file.
    """
    for engine in _engines():
        for loader in engine.template_loaders:
            for origin in loader.get_template_sources(name):
                try:
                    # A cached loader keeps compiled templates only; the origin's own one reads files.
                    reader: Any = origin.loader
                    return str(reader.get_contents(origin))
                except TemplateDoesNotExist:
                    continue
    raise errors.LetterFailed(problem=f"the file {name} does not exist")


def html_template(name: str) -> Template:
    """The compiled template that lays a letter out.

    :raises LetterFailed: if nobody has that file.
    """
    for engine in _engines():
        try:
            return engine.get_template(name)
        except TemplateDoesNotExist:
            continue
    raise errors.LetterFailed(problem=f"the file {name} does not exist")


def _engines() -> list[Engine]:
    hosts = [backend.engine for backend in engines.all() if isinstance(backend, DjangoTemplates)]
    return [*hosts, _own_engine()]


@cache
def _own_engine() -> Engine:
    return Engine(dirs=[str(_OWN)])
