"""What a shift begins and ends with."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...reports.morning_sheet import Sheet
from ..fields import Day
from .shape import Known
from .tasks import TaskAnswer


class SheetLine(serializers.Serializer):
    """One guest or one promise. ``note``: what to do or to say. ``complaint``: a reference, or empty."""

    room = serializers.CharField()
    guest = serializers.CharField()
    what = serializers.CharField()
    note = serializers.CharField()
    complaint = serializers.CharField(source="reference")
    marks = serializers.ListField(child=serializers.CharField())


class SheetSection(serializers.Serializer):
    """``key``: leaving, promises, in_house, arriving or resting."""

    key = serializers.CharField()
    title = serializers.CharField()
    lines = SheetLine(many=True)


class MorningSheetAnswer(serializers.Serializer):
    """A sheet. Sections without lines are not there. ``arrivals_note``: why nobody stands under arriving."""

    property_code = serializers.CharField()
    day = Day()
    knows_arrivals = serializers.BooleanField()
    arrivals_note = serializers.CharField()
    sections = SheetSection(many=True)


class ReadyLineAnswer(serializers.Serializer):
    """One question. ``found``: what is there; ``fix``: what to do where it is not."""

    key = serializers.CharField()
    ok = serializers.BooleanField()
    found = serializers.CharField()
    fix = serializers.CharField()


class ReadinessAnswer(serializers.Serializer):
    """One house: ready, or what is missing."""

    property_code = serializers.CharField()
    ready = serializers.BooleanField()
    lines = ReadyLineAnswer(many=True)


class OnOfferAnswer(serializers.Serializer):
    """What a colleague offers at a house. ``not_offered``: references of what nobody there could take."""

    giver = Known()
    property_code = serializers.CharField()
    offers = TaskAnswer(many=True)
    not_offered = serializers.ListField(child=serializers.CharField())


def sheet_shown(found: Sheet, *, note: str) -> dict[str, Any]:
    """What ``MorningSheetAnswer`` shows."""
    return {
        "property_code": found.property_code,
        "day": found.day,
        "knows_arrivals": found.knows_arrivals,
        "arrivals_note": note,
        "sections": found.sections,
    }
