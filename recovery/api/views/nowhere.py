"""Every address that does not exist, in the same shape as every other refusal."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from ..view import Address


class Nowhere(Address):
    """Whoever asks: there is nothing here."""

    permission_classes = ()
    throttle_classes = ()
    schema = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404
