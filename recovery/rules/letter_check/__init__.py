"""A letter held against the record: what must be there, and what must not be claimed."""

from .case import Case, Draft
from .checking import LetterFinding, check_letter
from .lights import Light, Need, Part, lights

__all__ = ["Case", "Draft", "LetterFinding", "Light", "Need", "Part", "check_letter", "lights"]
