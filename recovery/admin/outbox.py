"""Deliveries: what was promised to the outside world, failed ones first. Read only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions.hotel_nights import BOOK_NIGHTS, CANCEL_NIGHTS
from ..actions.letter_steps import LETTER_MAIL
from ..models import Letter, OutboxMessage
from ..models.scope import properties_of
from . import deliveries, text
from .desk import Desk
from .queue_filters import HouseFilter
from .scoped import ReadOnlyMixin

_KINDS = {
    LETTER_MAIL: _("a letter"),
    BOOK_NIGHTS: _("free nights in the hotel system"),
    CANCEL_NIGHTS: _("nights given back in the hotel system"),
}


class DeliveryList(ChangeList):
    """Gives each row its letter, in one query for all."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        desk = Desk.of(request, self.model_admin.admin_site)
        ids = [row.payload.get("letter") for row in self.result_list if row.kind == LETTER_MAIL]
        letters: Any = Letter.objects.visible_to(desk.user).select_related("party", "complaint")
        found = letters.in_bulk([pk for pk in ids if isinstance(pk, int)])
        for row in self.result_list:
            row.seen_by = desk
            row.letter = found.get(row.payload.get("letter")) if row.kind == LETTER_MAIL else None


class OutboxAdminMixin(ReadOnlyMixin):
    """What still has to be delivered, and what could not be."""

    list_display = ("what", "state_badge", "what_to_do", "due", "house")
    list_filter = ("state", HouseFilter, "lane")
    list_per_page = 50
    readonly_fields = ("letter_link",)
    fields = (
        "kind",
        "letter_link",
        "state",
        "lane",
        "created_at",
        "due_at",
        "not_after",
        "settled_at",
        "attempts",
        "last_error",
        "message_id",
        "property_code",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Not the mixin's: the outbox knows no complaint, only the house.
        rows = OutboxMessage.objects.all()
        codes = properties_of(request.user)
        if codes is not None:
            rows = rows.filter(property_code__in=sorted(codes))
        rows = deliveries.without_named(rows, request.user)
        failed = When(state__in=deliveries.FAILED, then=Value(0))
        return rows.annotate(order=Case(failed, default=Value(1), output_field=IntegerField()))

    def get_ordering(self, request: HttpRequest) -> Any:
        return ("order", "-due_at", "-pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeliveryList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        known = {"title": gettext("What is on its way, and what did not arrive")}
        return super().changelist_view(request, {**known, **(extra_context or {})})

    @admin.display(description=_("what"))
    def what(self, row: Any) -> str:
        words: Any = _KINDS.get(row.kind, row.kind)
        if row.letter is not None:
            words = format_html("{} – {}", row.letter.get_kind_display(), text.name(row.letter.party.name))
        if not row.last_error:
            return words
        return format_html('{} <span class="rcv-what">{}</span>', words, text.name(row.last_error))

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, row: Any) -> str:
        return text.outbox_state(row.state)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, row: Any) -> str:
        return text.moment(row.due_at, row.seen_by.zone(row.property_code), now=row.seen_by.now)

    @admin.display(description=_("house"), ordering="property_code")
    def house(self, row: Any) -> str:
        return row.seen_by.house_name(row.property_code)

    @admin.display(description=_("what to do"), empty_value="")
    def what_to_do(self, row: Any) -> str:
        """The button for a letter that failed."""
        if row.letter is None or row.state not in deliveries.FAILED:
            return ""
        desk, complaint = row.seen_by, row.letter.complaint
        if not desk.may("retry_delivery", complaint.property_code):
            return ""
        url = desk.verb_url(complaint, "retry_delivery", letter=row.letter.pk)
        return format_html('<a class="rcv-button rcv-button--small" href="{}">{}</a>', url, _("Try again"))

    @admin.display(description=_("letter"))
    def letter_link(self, row: Any) -> str:
        letter = (
            Letter.objects.filter(pk=row.payload.get("letter")).first() if row.kind == LETTER_MAIL else None
        )
        if letter is None:
            return "–"
        url = f"../../../complaint/{letter.complaint_id}/letter/{letter.pk}/"
        return format_html('<a href="{}">{}</a>', url, letter.get_kind_display())


class OutboxAdmin(OutboxAdminMixin, admin.ModelAdmin):
    """Deliveries on the stock admin."""
