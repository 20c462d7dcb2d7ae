"""Playbooks: what holds at a house, and who has read it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import get_language
from rest_framework.response import Response

from ... import actions
from ...models import Playbook as Row
from ...models.playbooks import InForce
from .. import filters, inputs
from ..answers import PlaybookAnswer, PlaybookRow
from ..answers.playbooks import row_of, whole_of
from ..view import Doing
from .of_house import OfHouse


class AtHouse(OfHouse):
    """What holds at the house that the address names with ``?property=``."""

    filterset_class = filters.PlaybookFilters
    queryset = Row.objects.none()

    def in_force(self, *keys: str) -> dict[str, InForce]:
        """:raises Http404: if we ship no playbook with that key."""
        known = Row.objects.in_force(self.house())
        if not set(keys) <= set(known):
            raise Http404
        return known

    def how(self) -> dict[str, Any]:
        staff = self.sight.actor.staff
        return {"language": get_language(), "read": staff.playbooks_read if staff is not None else {}}


class Playbooks(AtHouse):
    """The playbooks as they hold at a house: its own words, the group's, or the shipped ones."""

    shows: ClassVar[Any] = PlaybookRow

    def get(self, request: Any) -> Response:
        found = self.in_force().values()
        return Response(PlaybookRow([row_of(each, **self.how()) for each in found], many=True).data)

    @classmethod
    def row_shape(cls) -> type[PlaybookRow]:
        return PlaybookRow


class Playbook(AtHouse):
    """One playbook, with its steps, cue cards and questions."""

    shows: ClassVar[Any] = PlaybookAnswer

    def get(self, request: Any, playbook: str) -> Response:
        found = self.in_force(playbook)[playbook]
        return Response(PlaybookAnswer(whole_of(found, **self.how())).data)


class Reading(Doing):
    """I have read it: kept with the colleague to whom the account belongs."""

    shows: ClassVar[Any] = PlaybookAnswer
    verb = staticmethod(actions.acknowledge_playbook)
    takes = inputs.ReadingIn
    takes_version = False

    def parse(self, request: Any, row: Any) -> dict[str, Any]:
        self._house = (given := super().parse(request, row))["property_code"]
        return {**given, "playbook": self.kwargs["playbook"]}

    def answer(self, done: Any) -> Response:
        key = self.kwargs["playbook"]
        found = Row.objects.in_force(self._house, [key])[key]
        how = {"language": get_language(), "read": done.playbooks_read}
        return Response(PlaybookAnswer(whole_of(found, **how)).data, status=self.status)
