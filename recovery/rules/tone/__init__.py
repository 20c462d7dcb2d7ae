"""Which phrases are not sent to a guest, and which parts an apology has. Plain words in, plain facts out."""

from .book import LANGUAGES
from .checking import Additions, Finding, check_text, components, is_checked

__all__ = ["LANGUAGES", "Additions", "Finding", "check_text", "components", "is_checked"]
