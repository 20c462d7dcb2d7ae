"""What the host's marketing asks about a guest. It sees no complaint."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.response import Response

from ...models import Complaint
from .. import answers, filters
from ..fields import Text
from ..inputs import Input
from ..view import Address


class WhichGuest(Input):
    """The host's own key of a guest."""

    guest_ref = Text(allow_blank=False, max_length=64)


class Suppression(Address):
    """Whether marketing leaves a guest alone: while a complaint is open, and for a while afterwards."""

    needs: ClassVar[str] = "view_suppression"
    shows: ClassVar[Any] = answers.SuppressionAnswer
    filterset_class = filters.WhichGuest

    def get(self, request: Any) -> Response:
        asked = WhichGuest(data=request.query_params)
        asked.is_valid(raise_exception=True)
        guest_ref = asked.validated_data["guest_ref"]
        hush = Complaint.objects.hush(guest_ref)
        told = {"guest_ref": guest_ref, "suppressed": hush.suppressed, "until": hush.until}
        return Response(answers.SuppressionAnswer(told).data)
