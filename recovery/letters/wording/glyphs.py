"""Characters that no font here can print, found by printing."""

from __future__ import annotations

from ... import errors
from ...choices import LetterKind
from .. import attachments
from ..pdf import is_pdf_available
from ..render import render
from ..slots import sample_secrets
from .reading import own_words
from .samples import sample_facts


def unprintable(text: str, *, kind: LetterKind, language: str) -> errors.Unprintable | None:
    """Why the paper of this text cannot be made; ``None`` where it can, has no paper, or cannot be tried.

    A mail shows what the guest's telephone can show; paper only what our fonts have.
    """
    if kind not in attachments.NAMES or not is_pdf_available():
        return None
    facts = sample_facts(kind, language)
    words = own_words(text, kind=kind, language=language)
    try:
        rendered = render(facts, {language: words})
        attachments.document(kind, facts, rendered, sample_secrets(language))
    except errors.GlyphMissing as missing:
        return errors.Unprintable(text=missing.params["text"])
    return None
