"""A letter held against the record: what must be there, and what must not be claimed."""

from .case import Case, Draft
from .checking import LetterFinding, check_letter

__all__ = ["Case", "Draft", "LetterFinding", "check_letter"]
