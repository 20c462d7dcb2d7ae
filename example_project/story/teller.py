"""Tells a story on the terminal while it happens."""

from __future__ import annotations

import datetime as dt
import sys
import time

from rich.console import Console


class Teller:
    """Prints scenes and lines; everything goes to stderr when stdout belongs to JSON."""

    def __init__(self, *, quiet_stdout: bool) -> None:
        self._console = Console(file=sys.stderr if quiet_stdout else sys.stdout, highlight=False)
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self._began, 2)

    def title(self, text: str) -> None:
        self._console.print(f"\n[bold]{text}[/bold]")

    def scene(self, moment: dt.datetime, text: str) -> None:
        self._console.print(f"\n[bold cyan]{moment:%a %-d %b %Y, %H:%M}[/bold cyan]  [bold]{text}[/bold]")

    def line(self, text: str) -> None:
        self._console.print(f"    {text}")

    def done(self, text: str) -> None:
        self._console.print(f"    [green]✓[/green] {text}")

    def refused(self, text: str) -> None:
        self._console.print(f"    [yellow]✗[/yellow] {text}")

    def mail(self, text: str) -> None:
        self._console.print(f"    [magenta]✉[/magenta] {text}")


class Nowhere:
    """A stream for commands whose words are not part of the story."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is kept, so nothing is flushed."""
