"""Guest texts and apologies. Texts are shown with every secret masked."""

from __future__ import annotations

from typing import Any

from ... import actions
from .. import answers, filters, inputs
from ..answers import LetterAnswer
from ..view import Doing, Listing, Reading
from .complaints import ComplaintVerb, OfComplaint


class ComplaintLetters(OfComplaint, ComplaintVerb):
    """The guest texts of a complaint. POST writes a draft; nothing is sent."""

    shows = LetterAnswer
    filterset_class = filters.LetterFilters
    verb = staticmethod(actions.draft_letter)
    takes = inputs.Draft
    status = 201


class Apology(ComplaintVerb):
    """Write, sign and send the written apology, with a free-night certificate inside."""

    shows = LetterAnswer
    verb = staticmethod(actions.send_written_apology)
    takes = inputs.ApologyIn
    status = 201


class SpokenApologies(OfComplaint, ComplaintVerb):
    """What was apologised for, spoken and written. POST records a spoken apology."""

    shows = answers.ApologyAnswer
    verb = staticmethod(actions.record_spoken_apology)
    takes = inputs.SpokenApology
    status = 201


class Letters(Listing):
    """Guest texts of every complaint."""

    shows = LetterAnswer
    filterset_class = filters.LetterFilters


class Letter(Reading):
    """One guest text."""

    shows = LetterAnswer


class LetterVerb(Doing):
    """A verb about a letter. ``If-Match`` takes the version of its complaint."""

    target = "letter"
    shows = LetterAnswer

    def find_target(self, **address: Any) -> Any:
        return self.find(LetterAnswer, pk=address["letter"])


class Release(LetterVerb):
    """Freeze a draft and promise its delivery: by mail, or on paper with ``by_hand``."""

    verb = staticmethod(actions.release_letter)
    takes = inputs.Release


class Stop(LetterVerb):
    """Keep a letter from going."""

    verb = staticmethod(actions.stop_letter)
    takes = inputs.Reason


class Print(LetterVerb):
    """Record that a letter was printed to be handed over. The paper itself is not given out here."""

    verb = staticmethod(actions.print_letter)


class HandDelivery(LetterVerb):
    """Record that the guest has the paper in hand."""

    verb = staticmethod(actions.record_hand_delivery)
    takes = inputs.HandDelivery


class Retry(LetterVerb):
    """Send a letter once more that failed, came too late, or may or may not have arrived."""

    verb = staticmethod(actions.retry_delivery)
