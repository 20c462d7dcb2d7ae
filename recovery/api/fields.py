"""What one value of a request may be. Types are strict; what a value means is for the verbs to judge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import IntegerChoices
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty

#: What every database keeps in an integer column, and in a primary key.
_MOST, _MOST_KEY = 2**31 - 1, 2**63 - 1
#: Years that a hotel's desk can mean; beyond them clocks and databases overflow.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999


class Text(serializers.CharField):
    """Text as it was sent. Verbs clean it, and refuse it in words of their own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_blank", True)
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(data)


class Whole(serializers.IntegerField):
    """A whole number, written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", -_MOST)
        kwargs.setdefault("max_value", _MOST)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:  # because True is an int, too
            self.fail("invalid")
        return int(data)


class YesNo(serializers.BooleanField):
    """``true`` or ``false``, and no other word for it."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=_("this"))
        return data


class Word(serializers.ChoiceField):
    """One word (or figure) out of a closed list of ``recovery.choices``."""

    default_error_messages: ClassVar[Any] = {"invalid_choice": _("One of these, please: {allowed}.")}

    def __init__(self, kind: Any, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(choices=kind.choices, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        wanted = int if issubclass(self.kind, IntegerChoices) else str
        if type(data) is wanted and data in self.kind.values:
            return self.kind(data)
        return self.fail("invalid_choice", allowed=", ".join(str(v) for v in self.kind.values if v != ""))


class Amount(serializers.DecimalField):
    """An amount, exact: ``"412.50"``. A JSON number counts as it is written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=4, coerce_to_string=True, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, str | int | Decimal):
            self.fail("invalid")
        found: Decimal = super().to_internal_value(data)
        return found


def _refusal(field: serializers.Field, code: str) -> serializers.ValidationError:
    """What ``fail`` raises, as a value, so that type checkers know where a function ends."""
    return serializers.ValidationError(field.error_messages[code], code=code)


class Moment(serializers.DateTimeField):
    """An instant with its offset: ``2027-07-17T12:12:00+01:00`` or ``…Z``. Shown in UTC."""

    default_error_messages: ClassVar[Any] = {
        "invalid": _("A date and time with its offset, please, as in 2027-07-17T12:12:00+01:00."),
        "out_of_range": _("Is the year right?"),
    }

    def __init__(self, **kwargs: Any) -> None:
        # Said here, because where a host sets USE_TZ = False the framework would make it naive.
        super().__init__(format="iso-8601", default_timezone=dt.UTC, **kwargs)

    def to_internal_value(self, value: Any) -> dt.datetime:
        try:
            found = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.utcoffset() is None:
            raise _refusal(self, "invalid")
        if not _FIRST_YEAR < found.year < _LAST_YEAR:
            raise _refusal(self, "out_of_range")
        return found.astimezone(dt.UTC)


class Day(serializers.DateField):
    """A day at the property: ``2027-07-17``."""

    default_error_messages: ClassVar[Any] = {
        "invalid": _("A day, please, as in 2027-07-17."),
        "out_of_range": _("Is the year right?"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso-8601", **kwargs)

    def to_internal_value(self, value: Any) -> dt.date:
        try:
            found = dt.date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None:
            raise _refusal(self, "invalid")
        if not _FIRST_YEAR < found.year < _LAST_YEAR:
            raise _refusal(self, "out_of_range")
        return found


# --- pointing at a record ----------------------------------------------------------------------


class _Pointer(serializers.Field):
    """A key in the request, a record for the verb. Unknown and not visible are one refusal."""

    default_error_messages: ClassVar[Any] = {"unknown": _("There is nothing with this key here.")}
    #: Where to look, given the serializer's context; and by which column.
    rows: ClassVar[Any]
    column: ClassVar[str] = "pk"

    def run_validation(self, data: Any = empty) -> Any:
        key = super().run_validation(data)
        row = self.rows(self.context).filter(**{self.column: key}).first()
        if row is None:
            self.fail("unknown")
        return row


class _Key(Whole):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=_MOST_KEY, **kwargs)


class StaffKey(_Pointer, _Key):
    """The ``id`` of somebody who works at one of the caller's houses."""

    rows = staticmethod(lambda context: context["sight"].staff())


class PartyKey(_Pointer, _Key):
    """The ``id`` of a party of this very complaint."""

    rows = staticmethod(lambda context: context["sight"].parties(context["target"]))


class CertificateKey(_Pointer, serializers.UUIDField):
    """The ``uuid`` of a certificate of this very complaint."""

    rows = staticmethod(lambda context: context["sight"].certificates(context["target"]))
    column = "uuid"


class StayKey(Text):
    """The reference of a stay in the hotel's own system, at one of the caller's houses."""

    def run_validation(self, data: Any = empty) -> Any:
        ref = super().run_validation(data)
        return self.context["sight"].stay_ref(ref) if ref else ref
