"""What was given, and certificates without their codes."""

from __future__ import annotations

from django.db.models import Prefetch
from rest_framework import serializers

from ...choices import CompensationState, EntryKind, Layer, RemedyKey
from ...models import Certificate, CertificateEntry, Compensation
from ..fields import Amount, Day, Moment, Word
from .shape import Answer, CertificateMark, Known, OfComplaint


class CompensationAnswer(Answer):
    """One thing granted to a guest."""

    queryset = Compensation.objects.select_related("complaint", "party", "remedy")

    id = serializers.IntegerField()
    complaint = OfComplaint()
    party = Known()
    remedy = Word(RemedyKey, source="remedy.key")
    layer = Word(Layer)
    what = serializers.CharField()
    units = serializers.IntegerField()
    face = Amount()
    currency = serializers.CharField()
    state = Word(CompensationState)
    pre_approved_by = serializers.CharField()
    granted_at = Moment()
    granted_on = Day()
    granted_by = serializers.CharField()
    fulfilled_at = Moment(allow_null=True)
    fulfilled_by = serializers.CharField()
    proof = serializers.CharField()
    void_at = Moment(allow_null=True)


class EntryRow(Answer):
    """One line of a certificate's ledger, in whole nights."""

    queryset = CertificateEntry.objects.all()

    id = serializers.IntegerField()
    seq = serializers.IntegerField()
    kind = Word(EntryKind)
    nights = serializers.IntegerField()
    at = Moment()
    on = Day()
    actor_name = serializers.CharField()
    stay_ref = serializers.CharField()
    property_code = serializers.CharField()
    arrival_on = Day(allow_null=True)
    departure_on = Day(allow_null=True)
    reason = serializers.CharField()
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)


class EntryAnswer(EntryRow):
    """What was just written into the ledger, and what is left. No name: the house may be another one."""

    queryset = CertificateEntry.objects.select_related("certificate")

    certificate = CertificateMark()
    nights_left = serializers.IntegerField(source="certificate.nights_left")


class Face(Answer):
    """What a certificate is good for, for whoever holds its code. Nothing about its guest."""

    queryset = Certificate.objects.all()

    uuid = serializers.UUIDField()
    last_four = serializers.CharField()
    state = serializers.SerializerMethodField()
    property_code = serializers.CharField()
    houses = serializers.ListField(child=serializers.CharField())
    nights = serializers.IntegerField()
    nights_left = serializers.IntegerField()
    valid_from_on = Day()
    last_arrival_on = Day()
    transferable = serializers.BooleanField()
    tax_included = serializers.BooleanField()
    breakfast_included = serializers.BooleanField()

    def get_state(self, certificate: Certificate) -> str:
        """On today's date at its own house."""
        return str(self.context["sight"].state_of(certificate))


class CertificateRow(Face):
    """A certificate in a list."""

    queryset = Certificate.objects.select_related("complaint", "party")

    complaint = OfComplaint()
    party = Known()
    why = serializers.CharField()
    issued_at = Moment()
    issued_by = serializers.CharField()
    void_at = Moment(allow_null=True)
    void_reason = serializers.CharField()
    expired_at = Moment(allow_null=True)
    refused_tries = serializers.IntegerField()


class CertificateAnswer(CertificateRow):
    """A certificate with its ledger."""

    queryset = CertificateRow.queryset.prefetch_related(
        Prefetch("entries", queryset=CertificateEntry.objects.order_by("seq"))
    )

    entries = EntryRow(many=True)
