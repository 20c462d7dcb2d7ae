"""Form fields that know the hotel: moments on the property's wall, its people, lines of words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ...choices import Role
from ...models import StaffMember
from ...rules import clocks

_EARLIEST, _LATEST = 2000, 2100  # years; outside of them a digit slipped


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class HouseMomentField(forms.Field):
    """A point in time, typed as the clock on the property's wall shows it."""

    widget = MomentInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "bad": _("That is not a date and time. Write it as 2027-07-17 15:30."),
    }

    def __init__(self, *, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    def to_python(self, value: Any) -> dt.datetime | None:
        if value in self.empty_values:
            return None
        try:
            typed = dt.datetime.fromisoformat(str(value).strip()[:32])
        except ValueError:
            raise self._bad() from None
        if typed.tzinfo is not None or not _EARLIEST <= typed.year <= _LATEST:
            raise self._bad()
        return clocks.wall_time(typed.date(), typed.time(), self.zone)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dt.datetime):
            return value
        return value.astimezone(clocks.zone_named(self.zone)).replace(tzinfo=None)

    def _bad(self) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["bad"], code="bad")


class DayField(forms.DateField):
    """A local date."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ModelChoiceField):
    """Somebody who works at the house now; those on duty first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=StaffMember.objects.none(), **kwargs)

    def offer(self, people: Iterable[StaffMember]) -> None:
        """Take only these people."""
        ids = [person.pk for person in people]
        self.queryset = StaffMember.objects.filter(pk__in=ids).order_by("-on_duty", "name", "pk")

    def label_from_instance(self, obj: Any) -> str:
        titles = ", ".join(str(Role(key).label) for key in obj.roles if key in Role.values)
        where = str(_("on duty")) if obj.on_duty else str(_("off duty"))
        return f"{obj.name} – {titles or obj.title}, {where}"


class LinesField(forms.CharField):
    """Several short lines, one each row."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(line.strip() for line in text.splitlines() if line.strip())


def words(*, rows: int = 0, limit: int, **kwargs: Any) -> forms.CharField:
    """A field for text: one line, or a box of so many rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(widget=widget, max_length=limit, **kwargs)
