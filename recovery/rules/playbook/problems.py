"""What is wrong with a playbook, where, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import BadPlaybook

#: From the whole to the part: ``("steps", 3, "due")``, ``("guest_types", "family", "extra", 0)``.
Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong."""

    path: Path
    problem: str
    fix: str
    #: The key of the step, where it has one.
    step: str = ""
    refusal: type[BadPlaybook] = BadPlaybook

    @property
    def where(self) -> str:
        """As a person would say it: ``step look, due``."""
        named = [f"step {self.step}"] if self.step else []
        place = [str(part + 1) if isinstance(part, int) else part for part in self.path]
        return ", ".join([*named, *(place[-1:] if self.step else [" ".join(place)] if place else [])])

    def as_refusal(self, key: str) -> BadPlaybook:
        where = f"{self.where}: " if self.where else ""
        # What to do is said with it; for ownership the refusal says it itself.
        said = self.problem if self.refusal is not BadPlaybook else f"{self.problem}. {self.fix.rstrip('.')}"
        return self.refusal(key=key, problem=f"{where}{said}", fix=self.fix)


def line_of(text: str, path: Path) -> int:
    """The line, from 1, at which a part of a TOML text stands; 1 where it cannot be found."""
    lines = text.splitlines()
    start, end = _table(lines, path)
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    for number in range(start, end):
        if re.match(rf"\s*\"?{re.escape(name)}\"?\s*=", lines[number]):
            return number + 1
    return max(start, 1)


def _table(lines: list[str], path: Path) -> tuple[int, int]:
    """The lines of the innermost table of the path: from after its header to the next header."""
    names = [part for part in path if isinstance(part, str)]
    counts = {tuple(names[: i + 1]): part for i, part in _numbered(path)}
    best = (0, next((i for i, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines)))
    deepest, seen = 0, 0
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}", line)
        if not header:
            continue
        dotted = [part.strip().strip("\"'") for part in header[1].split(".")]
        if dotted != names[: len(dotted)]:
            continue
        wanted = counts.get(tuple(dotted))
        if wanted is not None:
            seen += 1
            if seen - 1 != wanted:
                continue
        if len(dotted) > deepest or wanted is not None:
            deepest = len(dotted)
            rest = range(number + 1, len(lines))
            best = (number + 1, next((i for i in rest if lines[i].lstrip().startswith("[")), len(lines)))
    return best


def _numbered(path: Path) -> list[tuple[int, int]]:
    """For each number in the path: how many names stand before it, less one, and the number."""
    found, names = [], 0
    for part in path:
        if isinstance(part, int):
            found.append((names - 1, part))
        else:
            names += 1
    return found
