"""Our facts on the host's own booking and guest pages. Two lines in the host's ``admin.py``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.db import Error as DatabaseError
from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..errors import RecoveryError
from . import host_marks, host_panel, text
from .host_marks import Marks, Sight

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as _Mixed  # because that is what it is mixed into
else:
    _Mixed = object

log = logging.getLogger("recovery.admin")

PANEL, BADGE = "recovery_panel", "recovery_badge"
#: Where one request leaves what a row's column and panel show. Attributes of the object, never of the row.
_SEEN, _MARKS = "_recovery_seen", "_recovery_marks"

R = TypeVar("R")


class HostAdminMixin(_Mixed):
    """What the two mixins share. Adds to whatever the host's class and its templates do; replaces nothing.

    A host's page never goes down with us: where the adapter fails, the panel says so.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """:raises TypeError: if the mixin stands behind the class that it adds to: it would do nothing."""
        super().__init_subclass__(**kwargs)
        order = cls.__mro__
        if admin.ModelAdmin in order and order.index(admin.ModelAdmin) < order.index(HostAdminMixin):
            raise TypeError(f"{cls.__name__}: write our mixin before ModelAdmin, or nothing of it is seen")

    # --- the page of one record -------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        given = super().get_readonly_fields(request, obj)
        if PANEL in given or not self._shows_panel(request, obj):
            return given
        return [*given, PANEL]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A first group of its own, unless the host has put ``recovery_panel`` where it wants it."""
        given = super().get_fieldsets(request, obj)
        chosen = _names(self.fieldsets) if self.fieldsets else _flat(self.fields or ())
        if PANEL in chosen and self._shows_panel(request, obj):
            return given
        rest = [(title, {**options, "fields": _without(options["fields"])}) for title, options in given]
        if not self._shows_panel(request, obj):
            return rest
        return [(_("Guest recovery"), {"fields": (PANEL,), "classes": ("rcv-host",)}), *rest]

    def _shows_panel(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None or obj.pk is None or IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            return False
        seen = self._seen(request)
        setattr(obj, _SEEN, seen)  # because a column of the admin is given the row and no request
        return seen is not None

    @admin.display(description=_("complaints and free nights"))
    def recovery_panel(self, obj: Any) -> str:
        """The button, the open complaints and the certificates of this record."""
        seen = getattr(obj, _SEEN, None)
        if not isinstance(seen, Sight):
            return host_panel.render_problem(seen) if seen else ""
        panel, problem = _guarded(lambda: self._panel(seen, obj))
        return host_panel.render_problem(problem) if panel is None else panel

    # --- the list ---------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        given = super().get_list_display(request)
        seen = self._seen(request)
        if BADGE in given and not isinstance(seen, Sight):
            return [name for name in given if name != BADGE]
        if BADGE in given or not isinstance(seen, Sight):
            return given
        return [
            *given[:1],
            BADGE,
            *given[1:],
        ]  # second, because the last of many columns is not on the screen

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        host_list: Any = super().get_changelist(request, **kwargs)
        return type("MarkedList", (_MarkedList, host_list), {})

    @admin.display(description=_("guest recovery"))
    def recovery_badge(self, obj: Any) -> str:
        """How many complaints are open, how many free nights are left."""
        found = getattr(obj, _MARKS, None)
        return host_panel.badge(*found) if found else ""

    def mark(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        """Leave on each row of a list what its column shows. Asks the same number of times for any list."""
        seen = self._seen(request)
        if not isinstance(seen, Sight):
            return
        refs, problem = _guarded(lambda: self._refs(rows))
        if problem or refs is None:
            return
        marks, _problem = _guarded(lambda: self._marks(seen, [ref for ref in refs if ref]))
        for row, ref in zip(rows, refs, strict=True):
            if marks and ref:
                setattr(row, _MARKS, (seen.desk, marks[ref]))

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": ["recovery/admin.css"]})

    # --- what the two differ in -------------------------------------------------------------------

    def _refs(self, rows: Sequence[Any]) -> list[str | None]:
        raise NotImplementedError

    def _marks(self, seen: Sight, refs: list[str]) -> dict[str, Marks]:
        raise NotImplementedError

    def _panel(self, seen: Sight, obj: Any) -> str:
        raise NotImplementedError

    def _seen(self, request: HttpRequest) -> Sight | str | None:
        """What this person may know; a sentence where the adapter fails; ``None``: nothing at all."""
        known: Any = getattr(request, _SEEN, False)
        if known is False:
            found, problem = _guarded(lambda: Sight.of(request, self.admin_site))
            known = problem or found
            setattr(request, _SEEN, known)
        seen: Sight | str | None = known
        return seen


class StayAdminMixin(HostAdminMixin):
    """For the admin of the model that your adapter reads stays from.

    .. code-block:: python

        @admin.register(Booking)
        class BookingAdmin(StayAdminMixin, admin.ModelAdmin): ...
    """

    def _refs(self, rows: Sequence[Any]) -> list[str | None]:
        return host_panel.hotel().refs_of_stays(rows)

    def _marks(self, seen: Sight, refs: list[str]) -> dict[str, Marks]:
        return host_marks.of_stays(seen, refs)

    def _panel(self, seen: Sight, obj: Any) -> str:
        return host_panel.of_stay(seen, obj)


class GuestAdminMixin(HostAdminMixin):
    """For the admin of the model that your adapter reads guests from."""

    def _refs(self, rows: Sequence[Any]) -> list[str | None]:
        return host_panel.hotel().refs_of_guests(rows)

    def _marks(self, seen: Sight, refs: list[str]) -> dict[str, Marks]:
        return host_marks.of_guests(seen, refs)

    def _panel(self, seen: Sight, obj: Any) -> str:
        return host_panel.of_guest(seen, obj)


class _MarkedList(ChangeList):
    """The host's own list, whose rows know what there is about them."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        host: Any = self.model_admin
        host.mark(request, list(self.result_list))


def _guarded(ask: Callable[[], R]) -> tuple[R | None, str]:
    """The answer, or why there is none.

    :raises DatabaseError: because a transaction of the host that is broken must not look whole.
    """
    try:
        return ask(), ""
    except DatabaseError:
        raise
    except RecoveryError as error:
        return None, text.sentence(error)
    except Exception:  # because an adapter may ask a system that is down; it is logged
        log.exception("the adapter failed on a page of the host")
        return None, str(_("The hotel system does not answer at the moment."))


def _names(fieldsets: Any) -> list[Any]:
    return [name for _title, options in fieldsets for name in _flat(options["fields"])]


def _flat(fields: Any) -> list[Any]:
    return [name for line in fields for name in (line if isinstance(line, (list, tuple)) else (line,))]


def _without(fields: Any) -> list[Any]:
    """The same lines of fields without ours."""
    lines: list[Any] = []
    for line in fields:
        if isinstance(line, (list, tuple)):
            kept = tuple(name for name in line if name != PANEL)
            lines += [kept] if kept else []
        elif line != PANEL:
            lines.append(line)
    return lines
