"""What a house or the group says in its guest texts instead of our own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import LetterKind
from .compensation import OwnOrGroupQuerySet
from .fields import MomentField


class LetterTextQuerySet(OwnOrGroupQuerySet):
    def active(self) -> LetterTextQuerySet:
        return self.filter(active_key__isnull=False)

    def chains(
        self, property_code: str, texts: Iterable[tuple[str, str]]
    ) -> dict[tuple[str, str], list[LetterText]]:
        """For each (kind, language) the own words in the order in which they count, best first. One query.

        The house's own, then the group's; what the group has locked counts alone. An empty list: ours hold.
        """
        wanted = list(texts)
        holders = (property_code, "") if property_code else ("",)
        keys = [active_key(code, kind, language) for kind, language in wanted for code in holders]
        rows = {row.active_key: row for row in self.filter(active_key__in=keys)}
        found: dict[tuple[str, str], list[LetterText]] = {}
        for kind, language in wanted:
            chain = [rows[key] for code in holders if (key := active_key(code, kind, language)) in rows]
            locked = [row for row in chain if row.locked]
            found[kind, language] = locked or chain
        return found


def active_key(property_code: str, kind: str, language: str) -> str:
    """What only one row may hold: the own words of a house for a text that are in force."""
    return f"{property_code}:{kind}:{language}"


class LetterText(models.Model):
    """One version of own words for a guest text. Old versions stay, because letters name them."""

    property_code = models.CharField(
        _("house"), max_length=40, blank=True, help_text=_("Empty: every house.")
    )
    kind = models.CharField(_("text"), max_length=24, choices=LetterKind.choices)
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("words"))
    #: Of our own words when these were written: that they changed since is said beside them.
    shipped_digest = models.CharField(max_length=16, editable=False)
    #: By the group: no house may say it in its own words.
    locked = models.BooleanField(_("locked by the group"), default=False)
    locked_by = models.CharField(_("locked by"), max_length=120, blank=True)
    locked_at = MomentField(_("locked"), null=True, blank=True)
    edited_by = models.CharField(_("edited by"), max_length=120)
    edited_at = MomentField(_("edited"))
    retired_at = MomentField(_("until"), null=True, blank=True)
    retired_by = models.CharField(max_length=120, blank=True)
    #: NULL once it is no longer in force: a nullable unique key, because MariaDB has no partial one.
    active_key = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter text")
        verbose_name_plural = _("letter texts")
        constraints = (
            models.UniqueConstraint(
                fields=("property_code", "kind", "language", "version"), name="recovery_letter_text_version"
            ),
            models.CheckConstraint(
                condition=models.Q(locked=False) | models.Q(property_code=""),
                name="recovery_only_the_group_locks",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.mark}"

    @property
    def is_active(self) -> bool:
        return self.active_key is not None

    @property
    def mark(self) -> str:
        """Whose words, and which version: ``QUAY:3``, ``group:1``."""
        return f"{self.property_code or GROUP}:{self.version}"

    def details(self) -> dict[str, Any]:
        """What a refusal says about it."""
        return {"kind": self.get_kind_display(), "language": self.language}


#: Whose words the group's are; ours are ``shipped``.
GROUP, SHIPPED = "group", "shipped"
