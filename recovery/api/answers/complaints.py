"""A complaint, who is in it, and its history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from ...actions.playbook_answers import questions_of
from ...choices import (
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
    Lamp,
    LampGap,
    LanguageSource,
    Outcome,
    PartyRole,
    Severity,
    Stance,
    Urgency,
    UrgencyCause,
)
from ...models import Complaint, Contact, Party, TimelineEvent
from ..fields import Amount, Day, Moment, Word
from .shape import Answer, Known


class LampAnswer(serializers.Serializer):
    """Heard, respected or handled; ``missing`` says why it is not on."""

    lamp = Word(Lamp)
    on = serializers.BooleanField(source="is_on")
    missing = serializers.ListField(child=Word(LampGap))


class ComplaintRow(Answer):
    """A complaint in a list."""

    queryset = Complaint.objects.select_related("owner").with_next_task().with_lamps()

    reference = serializers.CharField()
    version = serializers.IntegerField()
    property_code = serializers.CharField()
    state = Word(ComplaintState)
    lamps = LampAnswer(many=True)
    category = Word(Category)
    severity = Word(Severity)
    urgency = Word(Urgency)
    urgency_since = Moment(allow_null=True)
    urgency_cause = Word(UrgencyCause, allow_blank=True)
    at_risk = Word(AtRisk, allow_blank=True)
    hold_kind = Word(HoldKind, allow_blank=True)
    held_at = Moment(allow_null=True)
    channel = Word(Channel)
    summary = serializers.CharField()
    stay_ref = serializers.CharField()
    arrival_on = Day(allow_null=True)
    departure_on = Day(allow_null=True)
    owner = Known()
    next_due_at = Moment(allow_null=True)
    first_told_at = Moment()
    opened_at = Moment()
    closed_at = Moment(allow_null=True)


class StartedPlaybook(serializers.Serializer):
    key = serializers.CharField()
    version = serializers.IntegerField()
    source = serializers.CharField(default="shipped")
    category = serializers.CharField()


class Fact(serializers.Serializer):
    """What the guest answered to one question."""

    key = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField()
    playbook = serializers.CharField()
    by = serializers.CharField()
    at = serializers.CharField()


class QuestionAnswer(serializers.Serializer):
    """What to ask; ``kind`` is text, yes_no or count."""

    key = serializers.CharField()
    text = serializers.CharField()
    kind = serializers.CharField()


class ComplaintAnswer(ComplaintRow):
    """A complaint."""

    description = serializers.CharField()
    impact = serializers.CharField()
    guest_type = Word(GuestType, allow_blank=True)
    purpose = serializers.CharField()
    purpose_place = serializers.CharField()
    guest_deadline = Moment(allow_null=True)
    room_reported = serializers.CharField()
    nightly_rate = Amount(allow_null=True)
    currency = serializers.CharField()
    agency = serializers.CharField()
    agency_ref = serializers.CharField()
    playbooks = StartedPlaybook(many=True)
    questions = QuestionAnswer(many=True)
    answers = Fact(many=True)
    restatement = serializers.CharField()
    confirmation = Word(Confirmation, allow_blank=True)
    confirmation_reason = serializers.CharField()
    stance = Word(Stance)
    stance_by = serializers.CharField()
    stance_at = Moment(allow_null=True)
    stance_reason = serializers.CharField()
    acknowledged_at = Moment(allow_null=True)
    acknowledged_by = serializers.CharField()
    heard_at = Moment(allow_null=True)
    solved_at = Moment(allow_null=True)
    solved_by = serializers.CharField()
    solution = serializers.CharField()
    told_at = Moment(allow_null=True)
    told_by = serializers.CharField()
    told_how = serializers.CharField()
    asked_at = Moment(allow_null=True)
    followed_up_at = Moment(allow_null=True)
    reviewed_at = Moment(allow_null=True)
    outcome = Word(Outcome, allow_blank=True)
    no_apology_reason = serializers.CharField()
    follow_up_on = Day(allow_null=True)
    reopened_at = Moment(allow_null=True)
    hold_reason = serializers.CharField()
    hold_by = serializers.CharField()

    def to_representation(self, instance: Any) -> Any:
        # In the language of the request; asked of what the complaint keeps, so it costs no query.
        instance.questions = list(questions_of(instance, get_language()).values())
        return super().to_representation(instance)


class ReportAnswer(Answer):
    """Where a word was written down."""

    queryset = Contact.objects.select_related("complaint")

    id = serializers.IntegerField()
    complaint = serializers.CharField(source="complaint.reference")
    urgency = Word(Urgency, source="complaint.urgency")
    kind = Word(ContactKind)
    channel = Word(Channel)
    at = Moment()
    told_at = Moment()


class SuppressionAnswer(serializers.Serializer):
    """Whether marketing leaves a guest alone. ``until`` null while a complaint is open."""

    guest_ref = serializers.CharField()
    suppressed = serializers.BooleanField()
    until = Moment(allow_null=True)


class PartyAnswer(Answer):
    """A person in the story."""

    queryset = Party.objects.all()

    id = serializers.IntegerField()
    role = Word(PartyRole)
    name = serializers.CharField()
    first_name = serializers.CharField()
    email = serializers.CharField()
    address_class = Word(AddressClass)
    phone = serializers.CharField()
    postal_address = serializers.CharField()
    language = serializers.CharField()
    language_source = Word(LanguageSource)
    guest_ref = serializers.CharField()
    may_apology = serializers.BooleanField()
    may_money = serializers.BooleanField()
    may_certificate = serializers.BooleanField()
    may_status = serializers.BooleanField()
    agreed_how = serializers.CharField()
    agreed_at = Moment(allow_null=True)
    is_minor = serializers.BooleanField()
    is_vip = serializers.BooleanField()
    stopped_writing_at = Moment(allow_null=True)
    ended_at = Moment(allow_null=True)
    ended_reason = serializers.CharField()


class ContactAnswer(Answer):
    """One time that somebody raised it."""

    queryset = Contact.objects.select_related("party")

    id = serializers.IntegerField()
    at = Moment()
    told_at = Moment()
    channel = Word(Channel)
    kind = Word(ContactKind)
    text = serializers.CharField()
    taken_by = serializers.CharField()
    link = serializers.CharField()
    party = Known(allow_null=True)


class EventAnswer(Answer):
    """One line of history: ids and figures only."""

    queryset = TimelineEvent.objects.all()

    id = serializers.IntegerField()
    at = Moment()
    kind = Word(EventKind)
    actor_kind = Word(ActorKind)
    actor_name = serializers.CharField()
    data = serializers.DictField()
    guest_visible = serializers.BooleanField()
