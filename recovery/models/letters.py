"""The frozen words of one guest text, and what was apologised for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import ApologyMode, HoldReason, LetterKind, LetterState, MailMode, Reading, Stance
from .complaints import Complaint, Party
from .fields import MomentField
from .letter_texts import LetterText
from .people import StaffMember
from .scope import VisibleQuerySet


class Letter(models.Model):
    """A guest text as it was frozen at release. Secrets are slots, filled only while sending."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="letters")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters")
    certificate = models.ForeignKey(
        "recovery.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    #: The promise that it speaks of: read again at release, because promises move.
    task = models.ForeignKey(
        "recovery.Task", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(_("kind"), max_length=24, choices=LetterKind.choices)
    language = models.CharField(_("language"), max_length=12)
    mode = models.CharField(_("who sends it"), max_length=8, choices=MailMode.choices)
    signatory = models.ForeignKey(
        StaffMember, verbose_name=_("signed by"), on_delete=models.PROTECT, related_name="+"
    )
    #: What the words are bound to; enough to render text, HTML and PDF again, byte for byte.
    facts = models.JSONField(default=dict)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    #: A house's own words of which it was made, and those of the English below; empty where ours were used.
    wording = models.ForeignKey(
        LetterText,
        verbose_name=_("own words"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
    )
    wording_below = models.ForeignKey(
        LetterText, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body_hash = models.CharField(max_length=64, blank=True)

    drafted_at = MomentField(_("drafted"))
    drafted_by = models.CharField(max_length=120)
    #: Whoever wrote it, by account or staff record: a second reader is somebody else.
    drafted_by_key = models.CharField(max_length=60, editable=False)
    due_at = MomentField(_("due"))
    not_after = MomentField(_("not after"))
    #: Why a draft does not go although it was to: shown, and cleared by the verb that makes it sendable.
    held_because = models.CharField(_("held because"), max_length=12, choices=HoldReason.choices, blank=True)
    released_at = MomentField(_("released"), null=True, blank=True)
    released_by = models.CharField(_("released by"), max_length=120, blank=True)
    #: How the words were read before they went; empty where one pair of eyes was enough.
    reading = models.CharField(_("second reading"), max_length=12, choices=Reading.choices, blank=True)
    by_hand = models.BooleanField(_("on paper, by hand"), default=False)
    sent_at = MomentField(_("sent"), null=True, blank=True)
    stopped_at = MomentField(_("stopped"), null=True, blank=True)
    stopped_reason = models.CharField(max_length=200, blank=True)
    handed_over_at = MomentField(_("handed over"), null=True, blank=True)
    handed_over_by = models.CharField(_("handed over by"), max_length=120, blank=True)
    #: Digest of kind and cause: a second draft for the same thing finds the first. NULL = any number.
    unique_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"

    @property
    def state(self) -> LetterState:
        if self.stopped_at:
            return LetterState.STOPPED
        if self.handed_over_at:
            return LetterState.HANDED_OVER
        if self.sent_at:
            return LetterState.SENT
        return LetterState.RELEASED if self.released_at else LetterState.DRAFT


class Apology(models.Model):
    """What was apologised for, in which stance, by whom."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="apologies")
    mode = models.CharField(max_length=8, choices=ApologyMode.choices)
    stance = models.CharField(max_length=16, choices=Stance.choices)
    parts = models.JSONField(_("components"), default=list)
    by = models.CharField(_("by"), max_length=120)
    at = MomentField()
    letter = models.OneToOneField(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="apology"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("apology")
        verbose_name_plural = _("apologies")

    def __str__(self) -> str:
        return f"{self.get_mode_display()}, {self.get_stance_display()}"
