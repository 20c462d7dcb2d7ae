"""What may stand in a name, a sentence, a CSV cell. Linear in the length of the input.

Two temperaments: ``clean_…`` refuses what a person typed and says why; ``soft_line`` takes what a
host's row holds and makes the best of it. Lengths are counted in characters.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from .. import errors

# Control characters other than white space, surrogates, private use, characters that are none, and
# whatever turns the reading direction around: a name must not rewrite the sentence it stands in.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
    r"\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    r"\U000f0000-\U0010ffff]"
)
# All that str.splitlines() and with it Python's mail headers take for a line break.
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
# Letters by category, blank to the eye.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# The stream-safe limit of Unicode. Without one, sorting the marks takes quadratic time.
_MOST_MARKS = 30
_MOST_SHRINKING = 4  # NFC makes one character of at most this many
_FORMULA_STARTS = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
_TITLES = re.compile(
    r"(dr|dra|prof|mr|mrs|ms|miss|mx|sir|hr|fr|fru|frk|herr|frau|mme|mlle|madame|monsieur|mademoiselle|"
    r"sr|sra|srta|señor|señora|señorita|don|doña)\.?",
    re.IGNORECASE,
)
# More than one person, or a household.
_SEVERAL = re.compile(
    r"&|\+|/|and|og|und|et|y|family|familien?|famille|familia|eheleute|ægteparret", re.IGNORECASE
)


#: Characters of a reason.
REASON = 200


def clean_line(value: str, *, field: str, limit: int) -> str:
    """One line of text as it is stored. May be empty.

    :raises NotOneLine: if there is a line break in it.
    :raises TextTooLong: if more than ``limit`` characters are left.
    """
    if _BREAK.search(value):
        raise errors.NotOneLine(field=field)
    return _composed(_one_line(value), field=field, limit=limit)


def clean_text(value: str, *, field: str, limit: int) -> str:
    """Text with paragraphs as it is stored: line breaks and tabs stay. May be empty.

    :raises TextTooLong: if more than ``limit`` characters are left.
    """
    text = _UNWANTED.sub("", _BREAK.sub("\n", value)).strip()
    return _composed(text, field=field, limit=limit)


def unwanted_in(value: str) -> tuple[str, ...]:
    """Characters that no text may hold, each once, as ``U+202E``: for who must be told instead of cleaned."""
    return tuple(dict.fromkeys(f"U+{ord(letter):04X}" for letter in _UNWANTED.findall(value)))


def is_blank(value: str) -> bool:
    """Whether there is nothing to see: white space and invisible characters only."""
    return all(_is_invisible(letter) for letter in value)


def require(value: str, field: str) -> str:
    """The value, if there is anything to see in it.

    :raises TextMissing: if it is empty, or white space and invisible characters only.
    """
    if is_blank(value):
        raise errors.TextMissing(field=field)
    return value


def require_reason(value: str) -> str:
    """A reason in one line, because somebody reads it later.

    :raises ReasonMissing: if it is empty.
    """
    cleaned = clean_line(value, field="reason", limit=REASON)
    if is_blank(cleaned):
        raise errors.ReasonMissing()
    return cleaned


def check_link(value: str) -> str:
    """The web address, or nothing where nothing was given.

    :raises BadLink: if a browser would do something else with it than fetch a page.
    """
    try:
        has_host = bool(urlsplit(value).hostname)
    except ValueError:
        has_host = False
    if value and not (has_host and value.lower().startswith(("https://", "http://"))):
        raise errors.BadLink()
    return value


def soft_line(value: str, limit: int) -> str:
    """One line of at most ``limit`` characters out of anything; what does not fit is cut with ``…``."""
    line = _one_line(value)
    # Cut twice: before composing, which may be slow, and after it, when the length is known.
    line = _compose(line[: limit * _MOST_SHRINKING + _MOST_MARKS])
    if len(line) <= limit:
        return line
    return line[: limit - 1].rstrip() + "…" if limit > 0 else ""


def first_name(full_name: str) -> str:
    """What a letter calls a colleague: ``Anna`` for "Dr. Anna Maria Holm" and for "Holm, Anna".

    A title with one name ("Mr Holm") stays as it is, because Holm is not a first name; so do two
    people ("Anna and Bo Holm") and a family, because one of them would be left out.
    """
    last, _, given = full_name.partition(",")
    words = (given.strip() or last).split()
    if any(_SEVERAL.fullmatch(word) for word in full_name.split()):
        return " ".join(full_name.split())
    named = [word for word in words if not _TITLES.fullmatch(word)]
    if not named or (len(named) == 1 and len(words) > 1):
        return " ".join(words)
    return named[0]


def safe_csv_cell(value: str) -> str:
    """The value with a ``'`` in front where a spreadsheet would take it for a formula."""
    return "'" + value if value.lstrip(" ").startswith(_FORMULA_STARTS) else value


def _one_line(value: str) -> str:
    return _SPACES.sub(" ", _UNWANTED.sub("", value)).strip()


def _composed(text: str, *, field: str, limit: int) -> str:
    if len(text) > limit * _MOST_SHRINKING:
        raise errors.TextTooLong(field=field, length=len(text), limit=limit)
    text = _compose(text)
    if len(text) > limit:
        raise errors.TextTooLong(field=field, length=len(text), limit=limit)
    return text


def _compose(text: str) -> str:
    if text.isascii():
        return text
    # Twice, because composing can also take one character apart into several marks.
    return _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(text)))


def _fewer_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _is_invisible(letter: str) -> bool:
    return letter.isspace() or letter in _BLANK_LETTERS or unicodedata.category(letter) in ("Cc", "Cf", "Cs")
