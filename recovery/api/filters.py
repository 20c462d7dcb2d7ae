"""What a list can be narrowed by. A parameter that does not exist is refused: it would narrow nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, Filter, UUIDFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework.exceptions import ErrorDetail, ValidationError

from .. import clock
from ..choices import Category, Layer, LetterKind, RemedyKey, Role, Severity, TaskKind
from ..models import (
    Certificate,
    Compensation,
    Complaint,
    DutyLogEntry,
    HouseProfile,
    Letter,
    LetterText,
    Party,
    Playbook,
    Task,
)
from .paging import ByKey
from .wire import shown

_MOST_KEY = 2**63 - 1
_MOST_WORDS = 5


class KnownFilters(DjangoFilterBackend):
    """As django-filter does it, but a misspelt parameter is said instead of ignored."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filters = getattr(view, "filterset_class", None)
        known = {ByKey.cursor_query_param, ByKey.page_size_query_param}
        known |= set(filters.base_filters) if filters else set()
        unknown = sorted(set(request.query_params) - known)[:10]
        if unknown:
            raise _refused(unknown, _("There is no such parameter here."), "unknown_field")
        repeated = sorted(name for name, values in request.query_params.lists() if len(values) > 1)
        if repeated:
            raise _refused(repeated, _("This is there twice, and only one can count."), "repeated")
        return super().filter_queryset(request, queryset, view)


def _refused(names: list[str], words: Any, code: str) -> ValidationError:
    return ValidationError({shown(name): [ErrorDetail(words, code=code)] for name in names})


class _MomentField(forms.Field):
    """An instant with its offset, whatever zone is active."""

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        try:
            found = parse_datetime(value)
        except ValueError:
            found = None
        if found is None or found.utcoffset() is None or not 1970 < found.year < 2999:
            raise forms.ValidationError(_("A date and time with its offset, as in 2027-07-17T11:12:00Z."))
        # In UTC, because PostgreSQL takes no offset of 16 hours and more, and RFC 3339 does.
        return found.astimezone(dt.UTC)


class WhichGuest(FilterSet):
    """The one parameter of the question whether a guest is suppressed."""

    guest_ref = CharFilter()


class MomentFilter(Filter):
    field_class = _MomentField


class KeyFilter(Filter):
    """By a primary key, which no database lets overflow."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=_MOST_KEY, **kwargs)


class WordFilter(ChoiceFilter):
    """By one word of a closed list."""

    def __init__(self, kind: Any, **kwargs: Any) -> None:
        super().__init__(choices=kind.choices, **kwargs)


class YesNoFilter(ChoiceFilter):
    """``true`` or ``false``. ``when_true`` says which rows are meant; the others are ``false``."""

    def __init__(self, when_true: Callable[[], Q], **kwargs: Any) -> None:
        self.when_true = when_true
        super().__init__(choices=(("true", _("yes")), ("false", _("no"))), **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(self.when_true()) if value == "true" else qs.exclude(self.when_true())


class ReferenceFilter(CharFilter):
    """By a complaint's reference, in small letters too: as in an address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return super().filter(qs, value.upper())


class DayFilter(DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


def _text(field_name: str, **kwargs: Any) -> CharFilter:
    return CharFilter(field_name=field_name, max_length=80, **kwargs)


class ComplaintFilters(FilterSet):
    """``search``: up to five words, each in the reference, the line, the stay, or a guest's name."""

    property = _text("property_code")
    category = WordFilter(Category)
    severity = WordFilter(Severity)
    owner = KeyFilter(field_name="owner_id")
    stay = _text("stay_ref")
    guest = CharFilter(method="with_guest", max_length=64)
    open = YesNoFilter(lambda: Q(closed_at__isnull=True))
    overdue = YesNoFilter(lambda: _among(Complaint.objects.overdue(now=clock.now())))
    abandoned = YesNoFilter(lambda: _among(Complaint.objects.abandoned(now=clock.now())))
    opened_from = DayFilter(field_name="opened_on", lookup_expr="gte")
    opened_to = DayFilter(field_name="opened_on", lookup_expr="lte")
    search = CharFilter(method="with_words", max_length=100)

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = ()

    def with_guest(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(_has_party(guest_ref=value))

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in value.split()[:_MOST_WORDS]:
            rows = rows.filter(
                Q(reference__icontains=word)
                | Q(summary__icontains=word)
                | Q(stay_ref__iexact=word)
                | Q(agency_ref__iexact=word)
                | _has_party(name__icontains=word)
            )
        return rows


class OfComplaintFilters(FilterSet):
    """What every record of a complaint can be narrowed by."""

    property = _text("complaint__property_code")
    complaint = ReferenceFilter(field_name="complaint__reference")


class TaskFilters(OfComplaintFilters):
    kind = WordFilter(TaskKind)
    role = WordFilter(Role)
    assignee = KeyFilter(field_name="assignee_id")
    open = YesNoFilter(lambda: Q(done_at__isnull=True, broken_at__isnull=True, withdrawn_at__isnull=True))
    promise = YesNoFilter(lambda: Q(told_guest_at__isnull=False))
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()


class LetterFilters(OfComplaintFilters):
    kind = WordFilter(LetterKind)
    draft = YesNoFilter(lambda: Q(released_at__isnull=True, stopped_at__isnull=True))
    by_hand = YesNoFilter(lambda: Q(by_hand=True))

    class Meta:
        model = Letter
        fields: tuple[str, ...] = ()


class CompensationFilters(OfComplaintFilters):
    layer = WordFilter(Layer)
    remedy = WordFilter(RemedyKey, field_name="remedy__key")
    fulfilled = YesNoFilter(lambda: Q(fulfilled_at__isnull=False))

    class Meta:
        model = Compensation
        fields: tuple[str, ...] = ()


class CertificateFilters(OfComplaintFilters):
    uuid = UUIDFilter()
    last_four = CharFilter(max_length=4, lookup_expr="iexact")
    ended = YesNoFilter(lambda: Q(nights_left=0) | Q(void_at__isnull=False) | Q(expired_at__isnull=False))

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()


def _has_party(**wanted: Any) -> Exists:
    """Not a join: two parties would show the complaint twice."""
    return Exists(Party.objects.filter(complaint=OuterRef("pk"), **wanted))


def _among(rows: QuerySet[Complaint]) -> Q:
    return Q(pk__in=rows.values("pk"))


class PlaybookFilters(FilterSet):
    """At which house."""

    property = CharFilter(field_name="property_code")

    class Meta:
        model = Playbook
        fields = ("property",)


class LetterTextFilters(FilterSet):
    """At which house; none: what the group says."""

    property = CharFilter(field_name="property_code")

    class Meta:
        model = LetterText
        fields = ("property",)


class ReadinessFilters(FilterSet):
    """At which house; none: every house of the caller."""

    property = CharFilter(field_name="property_code")

    class Meta:
        model = HouseProfile
        fields: tuple[str, ...] = ()


class SheetFilters(ReadinessFilters):
    """At which house, on which of its business days; none: today."""

    day = DayFilter(method="one_day")

    def one_day(self, rows: QuerySet[Any], name: str, value: dt.date) -> QuerySet[Any]:
        return rows  # because it says what is shown, not which rows

    class Meta(ReadinessFilters.Meta):
        pass


class DutyLogFilters(FilterSet):
    property_code = CharFilter()
    business_on = DateFilter()

    class Meta:
        model = DutyLogEntry
        fields = ()
