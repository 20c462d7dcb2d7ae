#!/usr/bin/env python3
"""What the tone rules find and what they flag wrongly, by language and code.

    python tests/benchmarks/tone.py [--language en] [--sentences FILE.jsonl] [--show]

Without a file: the development sentences beside the tests. On those the rules were built, so the figures
flatter; what the rules do with words that they have not seen is measured with ``--sentences``: one JSON
object on each line, ``{"text": …, "codes": […]}``, and ``--language``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.rules.tone.measuring import HERE, LANGUAGES, Measured, measure, sentences  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--sentences", type=Path, help="labelled sentences of that language")
    parser.add_argument(
        "--show", action="store_true", help="also what was missed and what was flagged wrongly"
    )
    given = parser.parse_args()
    if given.sentences and not given.language:
        parser.error("--sentences needs --language")
    languages = [given.language] if given.language else LANGUAGES
    counts = {
        language: measure(sentences(given.sentences or HERE / f"{language}.jsonl"), language)
        for language in languages
    }
    _table(counts)
    if given.show:
        _show(counts)


def _table(counts: dict[str, Measured]) -> None:
    print(f"{'':18}" + "".join(f"{language:>15}" for language in counts))
    _row("right code", [f"{one.caught}/{one.bad} {one.recall:.2f}" for one in counts.values()])
    _row(
        "false alarms", [f"{len(one.flagged)}/{one.clean} {one.false_alarms:.3f}" for one in counts.values()]
    )
    codes = sorted({code for one in counts.values() for code in (*one.wanted, *one.false)}, key=_order)
    for code in codes:
        _row(code, [_cell(one, code) for one in counts.values()])
    print("Found / labelled; “+2” are false alarms. Nothing found never means that the tone is right.")


def _row(name: str, cells: list[str]) -> None:
    print(f"{name:18}" + "".join(f"{cell:>15}" for cell in cells))


def _cell(one: Measured, code: str) -> str:
    cell = f"{one.found[code]}/{one.wanted[code]}" if one.wanted[code] else ""
    return f"{cell} +{one.false[code]}" if one.false[code] else cell


def _order(code: str) -> tuple[bool, str]:
    return code.startswith(("C_", "M_")), code


def _show(counts: dict[str, Measured]) -> None:
    for language, one in counts.items():
        for kind, found in (("missed", one.missed), ("flagged", one.flagged)):
            for codes, text in found:
                print(f"{language} {kind} {codes}: {text}")


if __name__ == "__main__":
    main()
