"""Complaints: the work queue, and the addresses of every page that belongs to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..choices import Urgency
from ..models import Complaint, Letter, Party, Task
from ..models.complaints import ABANDONED_AFTER
from ..models.fields import MomentField
from . import (
    bulk,
    complaint_page,
    composer,
    finder,
    letter_pages,
    letter_texts,
    open_page,
    playbooks,
    shift_pages,
    small_page,
    text,
    verb_pages,
)
from .desk import Desk
from .queue_filters import HouseFilter, QueueFilter
from .scoped import ReadOnlyMixin

#: When a complaint wants somebody to look at it.
_WANTS_US_AT = Coalesce(
    F("next_due_at"), ExpressionWrapper(F("opened_at") + ABANDONED_AFTER, output_field=MomentField())
)

#: Whoever had to complain twice is not looked for in the middle of a list.
_EMERGENCIES_FIRST = Case(When(urgency=Urgency.EMERGENCY, then=Value(0)), default=Value(1)).asc()


class QueueList(ChangeList):
    """Gives each row the time at which the list was made, so that no row asks for it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        desk = Desk.of(request, self.model_admin.admin_site)
        for row in self.result_list:
            row.seen_by = desk


class ComplaintAdminMixin(ReadOnlyMixin):
    """The list is the queue; a page per complaint; a page per verb."""

    change_list_template = "recovery/admin/complaint_list.html"
    list_display = (
        "who_and_what",
        "how_grave",
        "next_up",
        "owner",
    )
    list_display_links = ("who_and_what",)
    list_filter = (QueueFilter, HouseFilter, "severity")
    list_select_related = ("owner",)
    list_per_page = 50
    search_fields = ("reference", "parties__name", "parties__email", "room_reported", "stay_ref")
    search_help_text = _("Reference, guest, e-mail, room or stay")
    actions = ("send_written_apology", "issue_certificate")

    # --- the list ---------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        first = Task.objects.open().filter(complaint=OuterRef("pk")).most_urgent_first()
        guest = Party.objects.filter(complaint=OuterRef("pk")).order_by("pk")
        rows: Any = super().get_queryset(request)
        return (
            rows.with_next_task()
            .with_lamps()
            .annotate(
                next_title=Subquery(first.values("title")[:1]),
                next_guide=Subquery(first.values("guide")[:1]),
                next_zone=Subquery(first.values("due_zone")[:1]),
                guest_name=Subquery(guest.values("name")[:1]),
            )
        )

    def get_ordering(self, request: HttpRequest) -> Any:
        """Next due first. What nobody has planned anything for is due when it counts as abandoned."""
        queue = request.GET.get(QueueFilter.parameter_name, QueueFilter.OPEN)
        if queue == "closed":
            return ("-closed_at", "-pk")
        if queue == "all":
            return (F("closed_at").desc(nulls_first=True), _WANTS_US_AT.asc(), "-pk")
        return (_EMERGENCIES_FIRST, _WANTS_US_AT.asc(), "-pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QueueList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        desk = Desk.of(request, self.admin_site)
        links = [
            (
                gettext("Find a stay, open a complaint"),
                desk.url("complaint_find"),
                desk.may("open_complaint"),
            ),
            (gettext("Log and done"), desk.url("complaint_log"), desk.may("log_and_done")),
            (gettext("Redeem a certificate"), desk.url("redeem"), desk.may("redeem_certificate")),
            *playbooks.links(request, self.admin_site),
        ]
        known = {
            "title": gettext("Who is waiting for us"),
            "desk_links": [
                *((a, b) for a, b, may in links if may),
                *letter_texts.links(desk),
                *shift_pages.links(desk),
            ],
        }
        return super().changelist_view(request, {**known, **(extra_context or {})})

    @admin.display(description=_("guest, room, what"), ordering="guest_name")
    def who_and_what(self, row: Any) -> str:
        room = gettext("room %(room)s") % {"room": row.room_reported} if row.room_reported else ""
        name, what = text.name(row.guest_name or "–"), Truncator(row.summary).chars(90)
        return format_html(
            '{} <span class="rcv-room">{}</span><span class="rcv-what">{}</span>'
            '<span class="rcv-ref">{}</span>',
            name,
            room,
            text.name(what),
            row.reference,
        )

    @admin.display(description=_("how grave, how far"), ordering="severity")
    def how_grave(self, row: Any) -> str:
        # One column for both, because with Django's side bar and filter the owner falls off a laptop.
        return format_html(
            "{}<br>{}{}",
            text.severity_in_short(row),
            text.complaint_state(row),
            text.lamps(row, is_short=True),
        )

    @admin.display(description=_("next"), ordering="next_due_at")
    def next_up(self, row: Any) -> str:
        if row.next_due_at is None:
            return "–" if row.closed_at else text.badge("alert", _("Nothing is planned"))
        shown = text.due(row.next_due_at, row.next_zone, now=row.seen_by.now)
        title = Task(title=row.next_title, guide=row.next_guide or {}).told("title", get_language())
        return format_html('{}<br><span class="rcv-next">{}</span>', shown, Truncator(title).chars(70))

    # --- permissions ------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return Desk.of(request, self.admin_site).may("open_complaint")

    def has_apology_permission(self, request: HttpRequest) -> bool:
        return Desk.of(request, self.admin_site).may("release_letter")

    def has_certificate_permission(self, request: HttpRequest) -> bool:
        return Desk.of(request, self.admin_site).may("issue_certificate")

    # --- actions ----------------------------------------------------------------------------------

    @admin.action(description=_("Send written apology"), permissions=["apology"])
    def send_written_apology(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self._bulk(request, "send_written_apology", queryset)

    @admin.action(description=_("Issue free-night certificate"), permissions=["certificate"])
    def issue_certificate(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return self._bulk(request, "issue_certificate", queryset)

    def _bulk(self, request: HttpRequest, verb: str, queryset: Any) -> HttpResponse:
        desk = Desk.of(request, self.admin_site)
        rows = list(queryset.select_related("owner")[: bulk.MOST + 1])
        if len(rows) == 1:
            return HttpResponseRedirect(desk.verb_url(rows[0], verb))
        return bulk.start(desk, verb, rows)

    # --- pages ------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            # Verbs open their own transactions, whatever ATOMIC_REQUESTS says.
            wrapped = transaction.non_atomic_requests(self.admin_site.admin_view(view))
            return path(route, wrapped, name=f"recovery_{name}")

        return [
            at("morning-sheet/", self.shift_view(shift_pages.sheet_page), "morning_sheet"),
            at("duty-log/", self.shift_view(shift_pages.log_page), "duty_log"),
            at("shift-end/", self.shift_view(shift_pages.shift_end_page), "shift_end"),
            at("readiness/", self.shift_view(shift_pages.readiness_page), "readiness"),
            at("find/", self.find_view, "complaint_find"),
            at("open/", self.open_view, "complaint_open"),
            at("log/", self.log_view, "complaint_log"),
            at("together/<slug:verb>/", self.bulk_view, "complaint_bulk"),
            at("<int:pk>/do/<slug:verb>/", self.verb_view, "complaint_verb"),
            at("<int:pk>/compose/", self.compose_view, "complaint_compose"),
            at("<int:pk>/compose/look/", self.compose_look_view, "complaint_compose_look"),
            at("<int:pk>/letter/<int:letter>/", self.letter_view, "complaint_letter"),
            at(
                "<int:pk>/letter/<int:letter>/html/",
                self.letter_html_view,
                "complaint_letter_html",
            ),
            at(
                "<int:pk>/letter/<int:letter>/preview.pdf",
                self.letter_pdf_view,
                "complaint_letter_pdf",
            ),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Adding begins with looking for the stay."""
        return HttpResponseRedirect(Desk.of(request, self.admin_site).url("complaint_find"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        desk, complaint = self._enter(request, object_id)
        return complaint_page.show(desk, complaint)

    def shift_view(self, page: Callable[[Desk], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        """A page of a shift, for whoever may see complaints at all."""

        def view(request: HttpRequest) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return page(Desk.of(request, self.admin_site))

        return view

    def find_view(self, request: HttpRequest) -> HttpResponse:
        return finder.show(Desk.of(request, self.admin_site))

    def open_view(self, request: HttpRequest) -> HttpResponse:
        return open_page.show(Desk.of(request, self.admin_site))

    def log_view(self, request: HttpRequest) -> HttpResponse:
        return small_page.show(Desk.of(request, self.admin_site))

    def bulk_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        desk = Desk.of(request, self.admin_site)
        if request.method != "POST":
            return HttpResponseRedirect(desk.url("complaint_changelist"))
        return bulk.post(desk, verb, self.get_queryset(request).select_related("owner"))

    def verb_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        desk, complaint = self._enter(request, str(pk))
        return verb_pages.verb_page(desk, complaint, verb)

    def compose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return composer.page(*self._enter(request, str(pk)))

    def compose_look_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return composer.look(*self._enter(request, str(pk)))

    def letter_view(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        return letter_pages.letter_page(*self._letter(request, pk, letter))

    def letter_html_view(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        return letter_pages.letter_html(*self._letter(request, pk, letter))

    def letter_pdf_view(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        return letter_pages.letter_pdf(*self._letter(request, pk, letter))

    def _enter(self, request: HttpRequest, object_id: str) -> tuple[Desk, Complaint]:
        """The complaint, for somebody who may see it; for anybody else there is none.

        :raises Http404: if there is none for this person.
        :raises PermissionDenied: if this person may see no complaints at all.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows: Any = Complaint.objects.visible_to(request.user).select_related("owner")
        found = rows.filter(pk=object_id).first() if object_id.isascii() and object_id.isdigit() else None
        if found is None:
            raise Http404
        return Desk.of(request, self.admin_site), found

    def _letter(self, request: HttpRequest, pk: int, letter: int) -> tuple[Desk, Letter]:
        desk, complaint = self._enter(request, str(pk))
        rows: Any = Letter.objects.visible_to(request.user)
        rows = rows.select_related("complaint__owner", "party", "certificate", "signatory")
        found = rows.filter(pk=letter, complaint=complaint).first()
        if found is None:
            raise Http404
        return desk, found


class ComplaintAdmin(ComplaintAdminMixin, admin.ModelAdmin):
    """Complaints on the stock admin."""
