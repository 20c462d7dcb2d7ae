"""What a shift begins and ends with: the morning sheet, readiness, everything that one colleague has open."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.utils.translation import get_language, gettext
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from ... import actions
from ...actions import houses
from ...actions.hand_overs import offers_of, open_work
from ...actions.morning_sheets import sheet_on_screen
from ...actions.playbooks import shipped_playbooks
from ...models import Complaint, HouseProfile
from ...reports.readiness import readiness_of
from ...rules.sheet_words import words
from .. import answers, filters, shift_inputs
from ..answers.shifts import sheet_shown
from ..fields import Day
from ..view import Doing
from .of_house import OfHouse


class MorningSheet(OfHouse):
    """The morning sheet of a house and business day, as the caller may see it."""

    filterset_class = filters.SheetFilters
    queryset = HouseProfile.objects.none()
    shows: ClassVar[Any] = answers.MorningSheetAnswer

    def get(self, request: Any) -> Response:
        profile = houses.profile_of(self.house())
        language = get_language() or "en"
        found, error = sheet_on_screen(
            by=self.sight.actor,
            profile=profile,
            day=self.day() or houses.business_date(profile, self.sight.now),
            now=self.sight.now,
            seen=self.sight.rows(Complaint.objects.all()),
            language=language,
        )
        note = "" if found.knows_arrivals else words(language)["no_arrivals"]
        if error:
            note = gettext("The hotel system did not answer (%(error)s).") % {"error": error}
        return Response(self.shows(sheet_shown(found, note=note)).data)

    def day(self) -> dt.date | None:
        """The day that the address names."""
        given = self.request.query_params.get("day")
        if not given:
            return None
        try:
            found: dt.date = Day().run_validation(given)
        except ValidationError as error:
            raise ValidationError({"day": error.detail}) from None
        return found


class Readiness(OfHouse):
    """Whether each house of the caller can be left alone, or what is missing and how to put it right."""

    filterset_class = filters.ReadinessFilters
    queryset = HouseProfile.objects.none()
    shows: ClassVar[Any] = answers.ReadinessAnswer

    def get(self, request: Any) -> Response:
        asked, codes = self.asked_house(), self.sight.houses
        if asked:
            codes = frozenset({asked} if codes is None else {asked} & codes)
        found = readiness_of(now=self.sight.now, playbooks=len(shipped_playbooks()), codes=codes)
        return Response(self.shows(found, many=True).data)

    @classmethod
    def row_shape(cls) -> Any:
        return cls.shows


class HandingOverAll(Doing):
    """Offer everything that a colleague has open at a house. Until a yes each stays where it is."""

    target = "giver"
    shows: ClassVar[Any] = answers.OnOfferAnswer
    verb = staticmethod(actions.hand_over_all)
    takes = shift_inputs.HandOverAll
    takes_version = False

    def find_target(self, **address: Any) -> Any:
        self._giver = self.find(answers.StaffAnswer, pk=address["staff"])
        return self._giver

    def parse(self, request: Any, row: Any) -> dict[str, Any]:
        given = super().parse(request, row)
        self._house = given["property_code"]
        return given

    def answer(self, done: Any) -> Response:
        """What is on offer now: a repetition is answered from the same place as the first time."""
        mine = {"property_code": self._house}
        tasks = answers.TaskAnswer.queryset.filter(pk__in=offers_of(self._giver, **mine).values("pk"))
        offers = list(self.sight.rows(tasks).order_by("pk"))
        kept = self.sight.rows(open_work(self._giver)).filter(**mine)
        kept = kept.exclude(pk__in=[task.complaint_id for task in offers])
        told = {
            "giver": self._giver,
            **mine,
            "offers": offers,
            "not_offered": list(kept.values_list("reference", flat=True)),
        }
        return Response(self.show(told, self.shows), status=self.status)
