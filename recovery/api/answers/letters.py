"""Guest texts with their secrets masked, and apologies."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...choices import ApologyMode, HoldReason, LetterKind, LetterState, MailMode, Stance
from ...letters import slots
from ...models import Apology, Letter
from ..fields import Moment, Word
from .shape import Answer, CertificateMark, Known, OfComplaint


class Masked(serializers.CharField):
    """A guest text in which every secret is a word in brackets: ``[certificate_code]``."""

    def to_representation(self, value: Any) -> str:
        text = str(value)
        for slot in slots.SLOTS:
            text = text.replace(slots.marker(slot), f"[{slot}]")
        return text


class LetterAnswer(Answer):
    """A guest text. Secrets are filled in while it is sent, and nowhere before."""

    queryset = Letter.objects.select_related(
        "complaint", "party", "signatory", "certificate", "wording"
    ).defer("html", "facts")

    id = serializers.IntegerField()
    complaint = OfComplaint()
    party = Known()
    signatory = Known()
    certificate = CertificateMark(allow_null=True)
    kind = Word(LetterKind)
    language = serializers.CharField()
    wording = serializers.SerializerMethodField()
    mode = Word(MailMode)
    state = Word(LetterState)
    by_hand = serializers.BooleanField()
    held_because = Word(HoldReason, allow_blank=True)
    delivery = serializers.SerializerMethodField()
    subject = Masked()
    text = Masked()
    drafted_at = Moment()
    drafted_by = serializers.CharField()
    due_at = Moment()
    not_after = Moment()
    released_at = Moment(allow_null=True)
    released_by = serializers.CharField()
    sent_at = Moment(allow_null=True)
    stopped_at = Moment(allow_null=True)
    stopped_reason = serializers.CharField()
    handed_over_at = Moment(allow_null=True)
    handed_over_by = serializers.CharField()

    def get_wording(self, letter: Letter) -> str | None:
        """The own words it was made of, as ``QUAY:3`` or ``group:1``; null where they were ours."""
        return letter.wording.mark if letter.wording is not None else None

    def get_delivery(self, letter: Letter) -> str | None:
        """Where its delivery stands; null while there is none."""
        found: str | None = self.context["deliveries"].get(letter.pk)
        return found


class ApologyAnswer(Answer):
    """What was apologised for, in which stance, by whom."""

    queryset = Apology.objects.all()

    id = serializers.IntegerField()
    mode = Word(ApologyMode)
    stance = Word(Stance)
    parts = serializers.ListField(child=serializers.CharField())
    by = serializers.CharField()
    at = Moment()
    letter = serializers.IntegerField(source="letter_id", allow_null=True)
