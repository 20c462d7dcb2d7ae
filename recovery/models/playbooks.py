"""Edited copies of playbooks, and which one holds where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Category
from ..errors import BadPlaybook
from ..rules import playbook as playbooks
from ..rules import playbook_marks
from .compensation import OwnOrGroupQuerySet
from .fields import MomentField


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A playbook as it holds at one house, and whose words it is."""

    book: playbooks.Playbook
    source: str
    #: The edited copy; ``None`` for the shipped one.
    row: Playbook | None = None
    #: There is an edited copy that cannot be read; the shipped one steps in, and somebody must look.
    broken: Playbook | None = None

    @property
    def mark(self) -> str:
        return playbook_marks.mark_of(key=self.book.key, source=self.source, version=self.book.version)


class PlaybookQuerySet(OwnOrGroupQuerySet):
    def active(self) -> PlaybookQuerySet:
        return self.filter(active_key__isnull=False)

    def in_force(self, property_code: str, keys: Iterable[str] | None = None) -> dict[str, InForce]:
        """The playbooks that hold at a house, by key: its own copy, else the group's, else the shipped one.

        One query. A copy that cannot be read is passed over, because at three in the morning the
        shipped one is better than none.
        """
        wanted = list(playbooks.shipped()) if keys is None else list(keys)
        holders = (property_code, "") if property_code else ("",)
        names = [active_key(code, key) for key in wanted for code in holders]
        rows = {row.active_key: row for row in self.filter(active_key__in=names)}
        found: dict[str, InForce] = {}
        for key in wanted:
            copies = [rows[name] for code in holders if (name := active_key(code, key)) in rows]
            found[key] = _choose(playbooks.shipped()[key], copies)
        return found

    def for_category(self, property_code: str, category: Category) -> InForce | None:
        """What holds for a kind of failure; ``None`` where there is no playbook for it."""
        key = next((key for key, book in playbooks.shipped().items() if book.category == category), None)
        return self.in_force(property_code, [key])[key] if key is not None else None


def active_key(property_code: str, key: str) -> str:
    """What only one row may hold: a house's copy of a playbook that is in force."""
    return f"{property_code}:{key}"


def _choose(shipped: playbooks.Playbook, copies: list[Playbook]) -> InForce:
    broken = None
    for row in copies:
        try:
            return InForce(book=row.read(), source=playbook_marks.source_of(row.property_code), row=row)
        except BadPlaybook:
            broken = broken or row
    return InForce(book=shipped, source=playbook_marks.SHIPPED, broken=broken)


class Playbook(models.Model):
    """One edited version of a shipped playbook. Old versions stay: what ran is still explained by them."""

    property_code = models.CharField(
        _("house"), max_length=40, blank=True, help_text=_("Empty: every house.")
    )
    key = models.CharField(_("playbook"), max_length=12)
    version = models.PositiveIntegerField(_("version"))
    #: As it was typed, with its comments; ``data`` is the same, parsed and checked.
    text = models.TextField(_("words"))
    data = models.JSONField(default=dict, editable=False)
    #: The shipped version that it was edited from: a newer one is announced beside the copy.
    shipped_version = models.PositiveIntegerField()
    edited_by = models.CharField(_("edited by"), max_length=120)
    edited_at = MomentField(_("edited"))
    retired_at = MomentField(_("until"), null=True, blank=True)
    #: NULL once it is no longer in force: a nullable unique key, because MariaDB has no partial one.
    active_key = models.CharField(max_length=53, unique=True, null=True, blank=True, editable=False)

    objects = PlaybookQuerySet.as_manager()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        constraints = (
            models.UniqueConstraint(
                fields=("property_code", "key", "version"), name="recovery_playbook_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.property_code or '*'} {self.version}"

    @property
    def is_active(self) -> bool:
        return self.active_key is not None

    @property
    def is_behind(self) -> bool:
        """Whether we ship a newer version than the one that this was edited from."""
        shipped = playbooks.shipped().get(self.key)
        return shipped is not None and shipped.version > self.shipped_version

    def read(self) -> playbooks.Playbook:
        """:raises BadPlaybook: if it does not fit the rules of this release any more."""
        data: dict[str, Any] = {**self.data, "version": self.version} if self.data else {}
        return playbooks.read(data, key=str(self))
