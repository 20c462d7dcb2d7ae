"""The complaint: one guest's failure story, the parties in it, each contact, and its history."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import clock, conf
from ..choices import (
    ActorKind,
    AddressClass,
    AtRisk,
    Category,
    Channel,
    ComplaintState,
    Confirmation,
    ContactKind,
    EventKind,
    GuestType,
    HoldKind,
    LanguageSource,
    Outcome,
    PartyRight,
    PartyRole,
    Severity,
    Stance,
    ToneCode,
    Urgency,
    UrgencyCause,
)
from ..rules import hush, lamps, transitions
from .fields import MomentField
from .people import StaffMember
from .permissions import READ_PERMISSIONS, VERB_PERMISSIONS
from .scope import AppendOnlyModel, AppendOnlyQuerySet, VisibleQuerySet


class ComplaintQuerySet(VisibleQuerySet):
    property_path = "property_code"
    named_path = "named_staff"

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def for_stay(self, stay_ref: str) -> Self:
        """Complaints of one stay of the host's system."""
        return self.filter(stay_ref=stay_ref)

    def overdue(self, *, now: dt.datetime) -> Self:
        """Open complaints with a task that should be done by now."""
        return self.open().filter(models.Exists(_open_tasks().filter(due_at__lt=now)))

    def abandoned(self, *, now: dt.datetime) -> Self:
        """Open complaints that rest: no open task lies ahead of them or is being worked on."""
        return self.open().filter(opened_at__lt=now - ABANDONED_AFTER).exclude(models.Exists(_open_tasks()))

    def with_next_task(self) -> Self:
        """Annotates ``next_task_id`` and ``next_due_at`` of the most urgent open task."""
        first = _open_tasks().most_urgent_first()
        return self.annotate(
            next_task_id=models.Subquery(first.values("pk")[:1]),
            next_due_at=models.Subquery(first.values("due_at")[:1]),
        )

    def hush(self, guest_ref: str, *, now: dt.datetime | None = None) -> hush.Hush:
        """Whether the host's marketing leaves this guest alone, and until when. Every house counts."""
        # An empty reference is nobody: all guests without one would share a hush.
        rows = self.filter(parties__guest_ref=guest_ref) if guest_ref else self.none()
        dates = list(rows.values_list("closed_at", "followed_up_at"))
        return hush.hush_of(
            is_open=any(closed is None for closed, _followed in dates),
            ended=[max(filter(None, pair)) for pair in dates if pair[0] is not None],
            days=conf.current().HUSH_DAYS,
            now=now or clock.now(),
        )

    def is_suppressed(self, guest_ref: str, *, now: dt.datetime | None = None) -> bool:
        """Whether no sales mail may go to this guest now. ``guest_ref``: the host's own key of the guest."""
        return self.hush(guest_ref, now=now).suppressed

    def with_lamps(self) -> Self:
        """Fetches what the lamps are reckoned from: two more queries for any number of rows."""
        apologies = apps.get_model("recovery", "Apology").objects.filter(letter__stopped_at__isnull=True)
        return self.annotate(
            lamp_promise_failed=models.Exists(_failed_promises().filter(complaint=models.OuterRef("pk"))),
            lamp_blamed=models.Exists(_kept_words().filter(complaint=models.OuterRef("pk"))),
        ).prefetch_related(models.Prefetch("apologies", queryset=apologies, to_attr="lamp_apologies"))

    def apology_outstanding(self) -> Self:
        """Open complaints that are solved, and for which nobody has apologised: a repair is no apology."""
        apologies = apps.get_model("recovery", "Apology").objects.filter(
            complaint=models.OuterRef("pk"), letter__stopped_at__isnull=True
        )
        return self.open().filter(~models.Exists(apologies), solved_at__isnull=False)

    def first_contact_resolved(self) -> Self:
        """Put right with the guest's first word: told, never reopened, and the guest did not come back."""
        again = apps.get_model("recovery", "Contact").objects.filter(
            complaint=models.OuterRef("pk"), kind__in=COMES_BACK, at__gt=models.OuterRef("opened_at")
        )
        return self.filter(
            ~models.Exists(again),
            told_at__isnull=False,
            reopened_at__isnull=True,
            told_at__lte=models.ExpressionWrapper(
                models.F("opened_at") + FIRST_CONTACT, output_field=MomentField()
            ),
        )


#: What is told within so long after the first word was put right with it.
FIRST_CONTACT = dt.timedelta(minutes=15)
#: Contacts that say that it was not right.
COMES_BACK = (ContactKind.COMPLAINT, ContactKind.CHASER)

#: A complaint without a next dated task surfaces within this time (S0-02).
ABANDONED_AFTER = dt.timedelta(hours=1)


def _open_tasks() -> Any:
    # By name, because Task points at Complaint and an import would be a cycle.
    return apps.get_model("recovery", "Task").objects.open().filter(complaint=models.OuterRef("pk"))


def _failed_promises() -> models.QuerySet:
    """Promises that were broken, missed, or kept late by a second: the guest was told a time."""
    tasks = apps.get_model("recovery", "Task").objects.filter(told_guest_at__isnull=False)
    return tasks.filter(
        models.Q(broken_at__isnull=False)
        | models.Q(missed_at__isnull=False)
        | models.Q(done_at__gt=models.F("due_at"))
    )


def _kept_words() -> models.QuerySet:
    """Sentences that the tone rules stop, and that reached a guest because somebody wanted them."""
    return apps.get_model("recovery", "Override").objects.filter(
        rule__in=ToneCode.values, letter__released_at__isnull=False, letter__stopped_at__isnull=True
    )


class Complaint(models.Model):
    """The managed record of one guest's failure story."""

    reference = models.CharField(_("reference"), max_length=16, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    property_code = models.CharField(_("house"), max_length=40, db_index=True)

    # Snapshot of the stay: the host's row may be changed or deleted tomorrow.
    stay_ref = models.CharField(_("stay"), max_length=64, blank=True, db_index=True)
    arrival_on = models.DateField(_("arrival"), null=True, blank=True)
    departure_on = models.DateField(_("departure"), null=True, blank=True)
    room_reported = models.CharField(_("room"), max_length=40, blank=True)
    nightly_rate = models.DecimalField(
        _("rate a night"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    agency_ref = models.CharField(_("agency reference"), max_length=80, blank=True)

    # What happened, and to whom.
    category = models.CharField(_("what kind"), max_length=24, choices=Category.choices)
    summary = models.CharField(_("in one line"), max_length=160)
    description = models.TextField(_("what happened"), blank=True)
    impact = models.TextField(_("what it cost the guest"), blank=True)
    guest_type = models.CharField(_("guest type"), max_length=16, choices=GuestType.choices, blank=True)
    purpose = models.CharField(_("why they travel"), max_length=160, blank=True)
    purpose_place = models.CharField(_("where they must be"), max_length=160, blank=True)
    guest_deadline = MomentField(_("must be on time for"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    urgency_since = MomentField(_("urgent since"), null=True, blank=True)
    urgency_cause = models.CharField(_("because"), max_length=20, choices=UrgencyCause.choices, blank=True)
    #: What it was before Emergency, for the half hour in which that can be taken back.
    urgency_before = models.CharField(max_length=12, choices=Urgency.choices, blank=True, editable=False)
    #: Circumstances raise the severity once; which one did. Empty: none has.
    severity_raised_by = models.CharField(
        max_length=20, choices=UrgencyCause.choices, blank=True, editable=False
    )
    at_risk = models.CharField(_("at risk"), max_length=12, choices=AtRisk.choices, blank=True)
    #: The earlier complaint that this one repeats: shown as a banner.
    repeats = models.ForeignKey(
        "self",
        verbose_name=_("it repeats"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    named_staff = models.ManyToManyField(
        StaffMember,
        verbose_name=_("employees whom the guest named"),
        blank=True,
        related_name="named_in",
        help_text=_("They can neither see nor handle this complaint."),
    )
    owner = models.ForeignKey(
        StaffMember,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="complaints",
        help_text=_("Always a named employee: a supplier can own a task, never the complaint."),
    )

    #: What was started: key, version, the remedies that it gives unasked, and what the page shows of it.
    playbooks = models.JSONField(default=list, blank=True, editable=False)

    #: What the guest answered to the questions of the playbooks: one fact each, newest answer only.
    answers = models.JSONField(_("answers"), default=list, blank=True, editable=False)

    # What we understood, and where we stand.
    restatement = models.TextField(_("restatement"), blank=True)
    confirmation = models.CharField(
        _("confirmed how"), max_length=16, choices=Confirmation.choices, blank=True
    )
    confirmation_reason = models.CharField(max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=16, choices=Stance.choices, default=Stance.REGRET)
    stance_by = models.CharField(_("stance decided by"), max_length=120, blank=True)
    stance_at = MomentField(null=True, blank=True)
    stance_reason = models.CharField(max_length=200, blank=True)
    #: Never rendered to a guest: letters are built from a list of facts that has no place for it.
    internal_cause = models.TextField(_("internal cause"), blank=True)
    supplier = models.CharField(_("supplier involved (internal)"), max_length=120, blank=True)

    # Dated facts from which the state is computed.
    first_told_at = MomentField(_("guest's first word to any of us"))
    opened_at = MomentField(_("written down"))
    acknowledged_at = MomentField(_("answered by a person"), null=True, blank=True)
    acknowledged_by = models.CharField(max_length=120, blank=True)
    heard_at = MomentField(_("heard"), null=True, blank=True)
    solved_at = MomentField(_("solved"), null=True, blank=True)
    solved_by = models.CharField(max_length=120, blank=True)
    solution = models.TextField(_("what was done"), blank=True)
    told_at = MomentField(_("guest told"), null=True, blank=True)
    told_by = models.CharField(max_length=120, blank=True)
    told_how = models.CharField(max_length=200, blank=True)
    asked_at = MomentField(_("guest asked whether it is right"), null=True, blank=True)
    followed_up_at = MomentField(_("followed up"), null=True, blank=True)
    reviewed_at = MomentField(_("reviewed"), null=True, blank=True)
    closed_at = MomentField(_("closed"), null=True, blank=True, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    no_apology_reason = models.CharField(max_length=200, blank=True)
    follow_up_on = models.DateField(_("look again on"), null=True, blank=True)
    reopened_at = MomentField(null=True, blank=True)

    # Why nothing goes to the guest now. Set and lifted by a manager.
    hold_kind = models.CharField(_("on hold"), max_length=16, choices=HoldKind.choices, blank=True)
    hold_reason = models.CharField(max_length=200, blank=True)
    hold_by = models.CharField(max_length=120, blank=True)
    held_at = MomentField(_("on hold since"), null=True, blank=True)

    #: Local hotel business day on which it was opened; what reports group by.
    opened_on = models.DateField(editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        permissions = VERB_PERMISSIONS + READ_PERMISSIONS
        # What a person still owns, without reading all that was ever closed.
        indexes = (models.Index(fields=("owner", "closed_at"), name="recovery_complaint_owner"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(severity__range=(1, 5)), name="recovery_severity_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(told_at__isnull=False),
                name="recovery_closed_needs_told",
            ),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=True) | models.Q(solved_at__isnull=False),
                name="recovery_told_needs_solved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.summary}"

    @property
    def state(self) -> ComplaintState:
        return transitions.state_of(self.facts)

    @property
    def facts(self) -> transitions.Facts:
        """The dated facts that the transition rules look at."""
        return transitions.Facts(
            heard=self.heard_at is not None,
            recovering=self.acknowledged_at is not None,
            solved=self.solved_at is not None,
            told=self.told_at is not None,
            followed_up=self.followed_up_at is not None,
            reviewed=self.reviewed_at is not None,
            closed=self.closed_at is not None,
        )

    @property
    def lamps(self) -> tuple[lamps.LampState, ...]:
        """Heard, respected, handled, with what each still lacks. For lists: ``with_lamps()``."""
        return lamps.lamps_of(
            lamps.Facts(
                stance=Stance(self.stance),
                heard=self.heard_at is not None,
                answered=self.acknowledged_at is not None and bool(self.acknowledged_by),
                apologies=tuple(frozenset(row.parts) for row in self.standing_apologies),
                no_apology_reason=bool(self.no_apology_reason),
                promise_failed=self._has_failed_promise,
                blamed=self._has_kept_words,
                solved=self.solved_at is not None,
                told=self.told_at is not None,
                asked=self.asked_at is not None or self.followed_up_at is not None,
            )
        )

    @property
    def standing_apologies(self) -> list[Any]:
        """Apologies that were not stopped on their way: a stopped letter never reached anybody."""
        known = getattr(self, "lamp_apologies", None)
        return list(self.apologies.filter(letter__stopped_at__isnull=True)) if known is None else known

    @property
    def _has_failed_promise(self) -> bool:
        known = getattr(self, "lamp_promise_failed", None)
        return _failed_promises().filter(complaint=self).exists() if known is None else bool(known)

    @property
    def _has_kept_words(self) -> bool:
        known = getattr(self, "lamp_blamed", None)
        return _kept_words().filter(complaint=self).exists() if known is None else bool(known)


class Party(models.Model):
    """A person in the story, as known when it was written down."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(_("role"), max_length=12, choices=PartyRole.choices)
    name = models.CharField(_("name"), max_length=160)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True, db_index=True)
    address_class = models.CharField(max_length=10, choices=AddressClass.choices, default=AddressClass.NONE)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12)
    language_source = models.CharField(
        _("how we know the language"),
        max_length=12,
        choices=LanguageSource.choices,
        default=LanguageSource.GUESSED,
    )
    guest_ref = models.CharField(_("guest in the hotel system"), max_length=64, blank=True, db_index=True)
    may_apology = models.BooleanField(_("may receive the apology"), default=True)
    may_money = models.BooleanField(_("may receive money"), default=False)
    may_certificate = models.BooleanField(_("may receive the certificate"), default=True)
    may_status = models.BooleanField(_("may see the status"), default=True)
    #: How the guest said that this person may know of it: “at the desk, to Asha”. Empty: nobody asked.
    agreed_how = models.CharField(_("the guest agreed"), max_length=200, blank=True)
    agreed_at = MomentField(null=True, blank=True)
    is_minor = models.BooleanField(
        _("a minor"), default=False, help_text=_("Never written to: the guardian is.")
    )
    is_vip = models.BooleanField(
        _("VIP"), default=False, help_text=_("A named person sends every text of weight.")
    )
    stopped_writing_at = MomentField(_("asked us to stop writing"), null=True, blank=True)
    ended_at = MomentField(_("taken out of the story"), null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name

    def may_receive(self, right: PartyRight) -> bool:
        """Whether this person may have that from us. A minor is never an addressee: the guardian is."""
        if self.is_minor or self.ended_at is not None:
            return False
        return bool(getattr(self, f"may_{right.value}"))


class Contact(models.Model):
    """Each time somebody raised it, on any channel."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="contacts")
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    at = MomentField(_("written down"))
    told_at = MomentField(_("said"))
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=ContactKind.choices)
    text = models.TextField(_("what was said"))
    taken_by = models.CharField(_("taken by"), max_length=120)
    link = models.URLField(_("link to the public post"), max_length=500, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_channel_display()}"


class TimelineEvent(AppendOnlyModel):
    """Append-only history: what happened, who did it, ids only."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="timeline")
    at = MomentField(db_index=True)
    kind = models.CharField(max_length=40, choices=EventKind.choices)
    actor_kind = models.CharField(max_length=12, choices=ActorKind.choices)
    actor_name = models.CharField(max_length=120)
    data = models.JSONField(default=dict, help_text=_("Ids and figures; no personal text."))
    guest_visible = models.BooleanField(default=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("timeline")
        indexes = (models.Index(fields=("complaint", "at", "id"), name="recovery_timeline"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
