"""The page about guest mail shows the contract as it is written down in the code.

``RECOVERY_UPDATE_GOLDEN=1`` writes the table anew; then look at the difference.
"""

from __future__ import annotations

import datetime as dt
import os

from recovery.choices import EventKind, LetterKind, MailMode
from recovery.rules.mail_contract import CONTRACT, MailRow
from tests.docs.pages import DOCS, read

PAGE = DOCS / "mail.md"
HEAD = "| # | kind | when | who sends it | draft due · too late | for whom | must contain | stops |"


def span(length: dt.timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def sender(row: MailRow) -> str:
    who = row.mode.name
    if row.mode is MailMode.VETO:
        who += f" {span(row.veto)}"
    if row.wait:
        who += f" after {span(row.wait)}"
    if row.signed_by:
        who += f", signed by the {row.signed_by.label}"
    if row.any_hour or row.any_hour_by_person:
        who += "; any hour" if row.any_hour else "; any hour when a person sends it"
    free = [*(["L1, L4"] if row.exempt_from_counts else []), *(["L5"] if row.exempt_from_person else [])]
    return who + (f"; free of {', '.join(free)}" if free else "")


def addressee(row: MailRow) -> str:
    where = "a code to the own address only" if row.carries_secret else ""
    return ", ".join(filter(None, [row.right.value, "own address only" if row.own_address else where]))


def line(kind: LetterKind, row: MailRow) -> str:
    draft = "" if row.mode is MailMode.AUTO else f"{span(row.draft_due)} · "
    stops = "; ".join(
        [*(f"`{EventKind(event).value}`" for event in row.untrue_after), *filter(None, [row.stops_when])]
    )
    contains = ", ".join(f"`{fact}`" for fact in row.facts)
    cells = (
        row.number,
        f"`{kind.value}`",
        row.trigger,
        sender(row),
        f"{draft}{span(row.not_after)}",
        addressee(row),
        contains,
        stops,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def test_the_page_shows_every_row_of_the_contract() -> None:
    rows = [line(kind, row) for kind, row in sorted(CONTRACT.items(), key=lambda item: item[1].number)]
    table = "\n".join([HEAD, "|---" * HEAD.count(" | ") + "|---|", *rows])
    before, _head, rest = read(PAGE).partition(HEAD)
    after = rest.partition("\n\n")[2]
    if os.environ.get("RECOVERY_UPDATE_GOLDEN"):
        PAGE.write_text(f"{before}{table}\n\n{after}", encoding="utf-8")

    assert read(PAGE) == f"{before}{table}\n\n{after}"
