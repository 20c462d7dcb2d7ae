"""What the answers have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers


class Answer(serializers.Serializer):
    """One record, read only. ``queryset``: what it needs in a constant number of queries."""

    queryset: ClassVar[QuerySet[Any]]


class Known(serializers.Serializer):
    """A person, by name and key."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class OfComplaint(serializers.Serializer):
    """Which complaint a record belongs to; ``version`` is what ``If-Match`` takes."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    property_code = serializers.CharField()


class CertificateMark(serializers.Serializer):
    """Which certificate, without its code."""

    uuid = serializers.UUIDField()
    last_four = serializers.CharField()
