"""Certificates: a read-only list and page with the ledger; verbs do the rest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from .. import clock, conf
from ..actions import certificate_steps
from ..choices import CertificateState, EntryKind, LetterKind
from ..models import Certificate, CertificateEntry
from ..rules import clocks
from . import complaint_page, redeem_page, text
from .desk import Desk
from .queue_filters import HouseFilter
from .scoped import ReadOnlyMixin


class CertificateList(ChangeList):
    """Gives each row the desk at which it is read: the state depends on the date at its house."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        desk = Desk.of(request, self.model_admin.admin_site)
        for row in self.result_list:
            row.seen_by = desk


class LeftFilter(admin.SimpleListFilter):
    """Whether anything is left on it."""

    title = _("nights")
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("nights left")), ("no", _("nothing left")), ("soon", _("ends within 60 days"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(nights_left__gt=0)
        if self.value() == "no":
            return queryset.filter(nights_left=0)
        if self.value() == "soon":
            today = clock.now().date()
            return queryset.filter(
                nights_left__gt=0, last_arrival_on__range=(today, today + dt.timedelta(days=60))
            )
        return queryset


class CertificateAdminMixin(ReadOnlyMixin):
    """Free nights that were promised. Staff see the last four letters, never the code."""

    change_list_template = "recovery/admin/certificate_list.html"
    list_display = ("four", "guest", "nights_of", "state_badge", "last_arrival_on", "house", "refused_tries")
    list_display_links = ("four", "guest")
    list_filter = (LeftFilter, HouseFilter)
    list_select_related = ("party",)
    list_per_page = 50
    search_fields = ("last_four__exact", "party__name", "party__email", "complaint__reference")
    search_help_text = _(
        "Last four letters, guest, e-mail or reference of the complaint. Never the whole code."
    )
    ordering = ("-issued_at", "-pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CertificateList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(
            request, queryset, search_term.upper() if len(search_term) == 4 else search_term
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        desk = Desk.of(request, self.admin_site)
        links = (
            [(gettext("Redeem a certificate"), desk.url("redeem"))] if desk.may("redeem_certificate") else []
        )
        known = {"title": gettext("Free nights that we promised"), "desk_links": links}
        return super().changelist_view(request, {**known, **(extra_context or {})})

    @admin.display(description=_("certificate"), ordering="last_four")
    def four(self, row: Any) -> str:
        return f"…{row.last_four}"

    @admin.display(description=_("guest"), ordering="party__name")
    def guest(self, row: Any) -> str:
        return text.name(row.party.name)

    @admin.display(description=_("nights"), ordering="nights_left")
    def nights_of(self, row: Any) -> str:
        return gettext("%(left)s of %(nights)s") % {"left": row.nights_left, "nights": row.nights}

    @admin.display(description=_("state"))
    def state_badge(self, row: Any) -> str:
        return text.certificate_state(state_of(row.seen_by, row))

    @admin.display(description=_("house"), ordering="property_code")
    def house(self, row: Any) -> str:
        return row.seen_by.house_name(row.property_code)

    # --- pages ------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        # Verbs open their own transactions, whatever ATOMIC_REQUESTS says.
        view = sensitive_post_parameters("code")(self.redeem_view)
        redeem = transaction.non_atomic_requests(self.admin_site.admin_view(view))
        return [path("redeem/", redeem, name="recovery_redeem"), *super().get_urls()]

    def redeem_view(self, request: HttpRequest) -> HttpResponse:
        return redeem_page.show(Desk.of(request, self.admin_site))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows: Any = Certificate.objects.visible_to(request.user)
        rows = rows.select_related("complaint__owner", "party", "compensation")
        found = rows.filter(pk=object_id).first() if object_id.isascii() and object_id.isdigit() else None
        if found is None:
            raise Http404
        return _page(Desk.of(request, self.admin_site), found)


def state_of(desk: Desk, certificate: Certificate) -> CertificateState:
    """Where it stands on today's date at its house."""
    today = clocks.local_date(desk.now, desk.zone(certificate.property_code))
    return certificate.state(today=today, grace_days=conf.current().CERTIFICATE_GRACE_DAYS)


def _page(desk: Desk, certificate: Certificate) -> HttpResponse:
    complaint, code = certificate.complaint, certificate.property_code
    state = state_of(desk, certificate)
    entries = list(certificate.entries.select_related("reversed_by").order_by("seq"))
    told = certificate.letters.filter(kind__in=(LetterKind.APOLOGY, LetterKind.CERTIFICATE))
    context = {
        "certificate": certificate,
        "complaint": complaint,
        "opts": Certificate._meta,
        "state": text.certificate_state(state),
        "strip": _strip(desk, certificate),
        "ledger": [_line(desk, certificate, entry) for entry in entries],
        "letters": complaint_page.letter_rows(
            desk, complaint, list(told.select_related("party").order_by("pk"))
        ),
        "buttons": _buttons(desk, certificate, state),
        "unsent": certificate_steps.unsent(complaint) == certificate,
        "complaint_url": desk.url("complaint_change", complaint.pk),
        "send_url": desk.verb_url(complaint, "send_written_apology")
        if desk.may("release_letter", code)
        else "",
        "back": desk.url("certificate_changelist"),
    }
    title = gettext("Certificate …%(four)s · %(name)s") % {
        "four": certificate.last_four,
        "name": certificate.party.name,
    }
    return desk.page("recovery/admin/certificate.html", context, title=title)


def _strip(desk: Desk, certificate: Certificate) -> list[tuple[Any, Any]]:
    names = [desk.house_name(code) for code in certificate.houses]
    extras = [
        _("tax included") if certificate.tax_included else _("tax not included"),
        _("breakfast included") if certificate.breakfast_included else _("breakfast not included"),
        _("may be given away") if certificate.transferable else _("personal"),
    ]
    left = gettext("%(left)s of %(nights)s") % {"left": certificate.nights_left, "nights": certificate.nights}
    rows = [
        (_("Nights left"), left),
        (_("Last arrival"), text.day(certificate.last_arrival_on)),
        (_("Valid at"), ", ".join(names) or _("every house")),
        (_("Included"), ", ".join(str(word) for word in extras)),
        (_("Issued by"), f"{certificate.issued_by}, {desk.house_name(certificate.property_code)}"),
        (_("Worth"), text.amount(certificate.compensation.face, certificate.compensation.currency)),
        (_("Why"), certificate.why),
        (_("Refused tries"), certificate.refused_tries or ""),
        (_("Withdrawn because"), certificate.void_reason),
    ]
    return [(label, value) for label, value in rows if value]


def _line(desk: Desk, certificate: Certificate, entry: CertificateEntry) -> dict[str, Any]:
    code = certificate.property_code
    can_give_back = entry.kind == EntryKind.REDEEM and not hasattr(entry, "reversed_by")
    can_give_back = can_give_back and certificate.void_at is None and desk.may("reverse_redemption", code)
    url = desk.verb_url(certificate.complaint, "reverse_redemption", entry=entry.pk) if can_give_back else ""
    return {
        "entry": entry,
        "at": text.moment(entry.at, desk.zone(code), now=desk.now),
        "house": desk.house_name(entry.property_code) if entry.property_code else "",
        "nights": f"{entry.nights:+d}",
        "give_back": url,
    }


def _buttons(desk: Desk, certificate: Certificate, state: CertificateState) -> list[tuple[Any, str, str]]:
    """What can be done: label, address, reason why not now."""
    complaint, code = certificate.complaint, certificate.property_code
    usable = "" if state is CertificateState.VALID else str(state.label)
    found: list[tuple[Any, str, str]] = []
    if desk.may("redeem_certificate", code):
        found.append((_("Redeem with the code"), desk.url("redeem"), usable))
    if desk.may("redeem_without_code", code):
        url = desk.verb_url(complaint, "redeem_without_code", certificate=certificate.pk)
        found.append((_("The guest lost the code"), url, usable))
    if desk.may("void_certificate", code):
        url = desk.verb_url(complaint, "void_certificate", certificate=certificate.pk)
        found.append((_("Withdraw it"), url, str(state.label) if state is CertificateState.VOID else ""))
    return found


class CertificateAdmin(CertificateAdminMixin, admin.ModelAdmin):
    """Certificates on the stock admin."""
