"""The queues of the complaint list. The first one is what opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..actions import Actor
from ..actions.lookups import known_houses
from ..choices import ActorKind, EventKind
from ..models import Task, TimelineEvent
from ..models.scope import properties_of


class QueueFilter(admin.SimpleListFilter):
    """Which complaints: the open ones unless somebody asks for others."""

    title = _("queue")
    parameter_name = "queue"
    OPEN = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (self.OPEN, _("Open")),
            ("mine", _("Mine")),
            ("written", _("What I wrote down")),
            ("late", _("Late")),
            ("abandoned", _("Abandoned")),
            ("untold", _("Solved but guest not told")),
            ("unapologised", _("Solved but nobody apologised")),
            ("closed", _("Closed")),
            ("all", _("All")),
        ]

    def value(self) -> Any:
        return super().value() or self.OPEN

    def choices(self, changelist: Any) -> Iterator[Any]:
        # Django's own first choice is "All"; ours is the queue to work on.
        every = super().choices(changelist)
        next(every)
        yield from every

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        wanted = self.value()
        if wanted == "mine":
            return queryset.open().filter(_is_mine(request.user))
        if wanted == "written":
            return queryset.filter(Exists(_written_by(request.user)))
        if wanted == "late":
            return queryset.overdue(now=clock.now())
        if wanted == "abandoned":
            return queryset.abandoned(now=clock.now())
        if wanted == "untold":
            return queryset.open().filter(solved_at__isnull=False, told_at__isnull=True)
        if wanted == "unapologised":
            return queryset.apology_outstanding()
        if wanted == "closed":
            return queryset.filter(closed_at__isnull=False)
        return queryset if wanted == "all" else queryset.open()


def _is_mine(user: Any) -> Q:
    """What I own, and where something that I do is open."""
    tasks = Task.objects.open().filter(complaint=OuterRef("pk"), assignee__user=user.pk)
    return Q(owner__user=user.pk) | Q(Exists(tasks))


def _written_by(user: Any) -> QuerySet[TimelineEvent]:
    """What this person wrote down, open or closed, so that whoever reported it sees what became of it."""
    return TimelineEvent.objects.filter(
        complaint=OuterRef("pk"),
        kind__in=(EventKind.COMPLAINT_OPENED, EventKind.CONTACT_ADDED),
        actor_kind=ActorKind.STAFF,
        actor_name=Actor.for_user(user).name,
    )


class HouseFilter(admin.SimpleListFilter):
    """The houses of this person only: Django's own filter would list every code in the table."""

    title = _("house")
    parameter_name = "house"
    field = "property_code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        mine = properties_of(request.user)
        houses = [house for house in known_houses() if mine is None or house.code in mine]
        return [(house.code, house.name) for house in houses] if len(houses) > 1 else []

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset
