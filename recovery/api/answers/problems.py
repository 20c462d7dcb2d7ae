"""A refusal."""

from __future__ import annotations

from rest_framework import serializers


class FieldProblem(serializers.Serializer):
    field = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """A refusal, as in RFC 9457. ``code`` is for machines, ``detail`` for people."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    params = serializers.DictField()
    errors = FieldProblem(many=True, required=False)
