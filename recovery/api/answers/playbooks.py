"""A playbook as it holds at a house, in the language of the request."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ...choices import Category, Role
from ...models.playbooks import InForce
from ...rules import playbook as rules
from ..fields import Word
from .complaints import QuestionAnswer


class PlaybookRow(serializers.Serializer):
    """A playbook in the list. ``source``: shipped, group, or the house whose own words it is."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    source = serializers.CharField()
    category = Word(Category, allow_blank=True)
    title = serializers.CharField()
    is_read = serializers.BooleanField(help_text="By the caller, in this version.")


class StepAnswer(serializers.Serializer):
    """One step, as for a guest of whom nothing special is known."""

    key = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    role = Word(Role)
    due = serializers.CharField()
    after = serializers.CharField()
    can_do = serializers.ListField(child=serializers.CharField())
    visits_guest = serializers.BooleanField()
    brief = serializers.CharField()


class PlaybookAnswer(PlaybookRow):
    """A playbook."""

    stance = serializers.CharField()
    cue_cards = serializers.ListField(child=serializers.CharField())
    questions = QuestionAnswer(many=True)
    steps = StepAnswer(many=True)


def row_of(found: InForce, *, language: str | None, read: Any) -> dict[str, Any]:
    """What ``PlaybookRow`` shows. ``read``: the marks of what the caller has read."""
    return {
        "key": found.book.key,
        "version": found.book.version,
        "source": found.source,
        "category": found.book.category or "",
        "title": found.book.told("title", language),
        "is_read": found.mark in read,
    }


def whole_of(found: InForce, *, language: str | None, read: Any) -> dict[str, Any]:
    """What ``PlaybookAnswer`` shows."""
    book = found.book
    return {
        **row_of(found, language=language, read=read),
        "stance": book.told("stance", language),
        "cue_cards": book.told("cue_cards", language),
        "questions": [
            {"key": each.key, "text": each.told("text", language), "kind": each.kind}
            for each in book.questions
        ],
        "steps": [_step(book, each, language) for each in book.steps],
    }


def _step(book: rules.Playbook, step: rules.Step, language: str | None) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.told("title", language),
        "detail": step.told("detail", language),
        "role": step.role,
        "due": step.due,
        "after": step.after,
        "can_do": step.told("can_do", language) or book.told("can_do", language),
        "visits_guest": step.visits_guest,
        "brief": (step.told("brief", language) or book.told("brief", language)) if step.visits_guest else "",
    }
