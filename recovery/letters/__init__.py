"""Letters: frozen facts in; subject, text, HTML, PDF and preview out. No writes, no sending."""

from __future__ import annotations

from . import attachments
from .facts import (
    CertificateFacts,
    EnglishFacts,
    HouseFacts,
    LetterFacts,
    PaymentFacts,
    RedeemedFacts,
    RestoredFacts,
    SignatoryFacts,
    WalkFacts,
)
from .placeholders import first_missing
from .render import Filled, Rendered, fill, preview, render
from .slots import SLOTS, sample_secrets
from .titles import title_of
from .validate import check_words

__all__ = [
    "SLOTS",
    "CertificateFacts",
    "EnglishFacts",
    "Filled",
    "HouseFacts",
    "LetterFacts",
    "PaymentFacts",
    "RedeemedFacts",
    "Rendered",
    "RestoredFacts",
    "SignatoryFacts",
    "WalkFacts",
    "attachments",
    "check_words",
    "fill",
    "first_missing",
    "preview",
    "render",
    "sample_secrets",
    "title_of",
]
