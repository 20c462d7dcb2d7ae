"""Guest texts: whose words hold at a house, and a house's own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response

from ... import actions
from ...actions.letter_texts import spoken
from ...choices import LetterKind
from ...models import LetterText as Row
from ...models.letter_texts import active_key
from .. import filters, text_inputs
from ..answers import LetterTextAnswer, LetterTextRow
from ..answers.letter_texts import row_of, whole_of
from ..view import Doing
from .of_house import OfHouse


class OfTexts(OfHouse):
    """At the house that the address names; none: what the group says, for who works for every house."""

    filterset_class = filters.LetterTextFilters
    queryset = Row.objects.none()

    def place(self) -> str:
        """:raises ValidationError: if it names no house, and the caller does not work for every one."""
        code = self.asked_house()
        if not code and self.sight.codes is not None:
            words = ErrorDetail("Which house? Add ?property=CODE.", code="required")
            raise ValidationError({"property": [words]})
        return code


class LetterTexts(OfTexts):
    """Every text in every language, and whose words hold at a house."""

    shows: ClassVar[Any] = LetterTextRow

    def get(self, request: Any) -> Response:
        pairs = [(kind, language) for kind in LetterKind.values for language in spoken()]
        chains = Row.objects.chains(self.place(), pairs)
        rows = [row_of(LetterKind(kind), language, chain) for (kind, language), chain in chains.items()]
        return Response(LetterTextRow(rows, many=True).data)

    @classmethod
    def row_shape(cls) -> type[LetterTextRow]:
        return LetterTextRow


class LetterText(OfTexts):
    """One text in one language: the words that guests read, ours, and what may be filled in."""

    shows: ClassVar[Any] = LetterTextAnswer

    def get(self, request: Any, kind: str, language: str) -> Response:
        if kind not in LetterKind.values or language not in spoken():
            raise Http404
        return Response(_shown(self.place(), kind, language))


class _Changing(Doing):
    """A change of one text at one house, or of the group's."""

    shows: ClassVar[Any] = LetterTextAnswer
    takes_version = False

    def parse(self, request: Any, row: Any) -> dict[str, Any]:
        given = super().parse(request, row)
        self._place = str(given.get("property_code", ""))
        return {**given, "kind": self.kwargs["kind"], "language": self.kwargs["language"]}

    def answer(self, done: Any) -> Response:
        return Response(_shown(self._place, self.kwargs["kind"], self.kwargs["language"]), status=self.status)


class Wording(_Changing):
    """Say a text in own words. Everything that is wrong with them refuses; warnings stand in the answer."""

    verb = staticmethod(actions.word_letter_text)
    takes = text_inputs.WordingIn


class WordingWithdrawal(_Changing):
    """Take own words out of force; they are kept."""

    verb = staticmethod(actions.withdraw_letter_text)
    takes = text_inputs.WithdrawalIn


class WordingLock(_Changing):
    """Let every house say it in the group's words, or no longer."""

    verb = staticmethod(actions.lock_letter_text)
    takes = text_inputs.LockIn


def _shown(code: str, kind: str, language: str) -> Any:
    chain = Row.objects.chains(code, [(kind, language)])[kind, language]
    own = Row.objects.filter(active_key=active_key(code, kind, language)).first()
    return LetterTextAnswer(whole_of(LetterKind(kind), language, chain, own)).data
