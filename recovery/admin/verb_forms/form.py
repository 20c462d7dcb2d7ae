"""What every verb's form has in common: what it is about, what it will do, and doing it once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...actions import houses
from ...errors import RecoveryError
from ...models import (
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    HouseProfile,
    Letter,
    Party,
    StaffMember,
    Task,
)
from .. import text
from ..desk import Desk
from .fields import HouseMomentField, PersonField

Words = str | Promise


@dataclass(kw_only=True)
class Subject:
    """What a verb page is about: the complaint, and the one row that was named in the address."""

    desk: Desk
    complaint: Complaint
    profile: HouseProfile
    task: Task | None = None
    letter: Letter | None = None
    certificate: Certificate | None = None
    entry: CertificateEntry | None = None
    compensation: Compensation | None = None
    party: Party | None = None

    @property
    def zone(self) -> str:
        return self.profile.time_zone

    @property
    def parties(self) -> list[Party]:
        return list(self.complaint.parties.order_by("pk"))

    def colleagues(self) -> list[StaffMember]:
        """Who works at the complaint's house today and may handle it: nobody whom the guest named."""
        today = houses.local_date(self.profile, self.desk.now)
        people = StaffMember.objects.active(on=today).exclude(named_in=self.complaint)
        return [person for person in people if person.works_at(self.complaint.property_code)]

    def named(self, what: str) -> Any:
        """The row of that kind; the page has made sure that it is there."""
        row = getattr(self, what)
        if row is None:
            raise LookupError(what)
        return row


class VerbForm(forms.Form):
    """One verb as a form. Subclasses add fields, and say what happens."""

    #: The verb's name: its address, and its permission unless another is named.
    verb: ClassVar[str]
    permission: ClassVar[str] = ""
    title: ClassVar[Words]
    button: ClassVar[Words]
    done: ClassVar[Words] = _("Done.")
    #: Which row the address must name: task, letter, certificate, entry, compensation, party; or none.
    target: ClassVar[str] = ""
    #: At which field a refusal belongs, by its code.
    places: ClassVar[dict[str, str]] = {}
    #: Fields behind "More": not needed at three in the morning.
    more: ClassVar[tuple[str, ...]] = ()
    #: The form can show what would be sent.
    has_preview: ClassVar[bool] = False
    #: The guest hears something by it: whoever was promised is found first (S1-14).
    answers_guest: ClassVar[bool] = False
    #: The page that shows it.
    template: ClassVar[str] = "recovery/admin/verb.html"
    #: The answer is a document and not a page.
    answers_with_document: ClassVar[bool] = False

    request_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This page was not complete. Reload it and try again."),
            "invalid": _("This page was not complete. Reload it and try again."),
        },
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={
            "required": _("This page was not complete. Reload it and try again."),
            "invalid": _("This page was not complete. Reload it and try again."),
        },
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        self.subject = subject
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, HouseMomentField):
                field.zone = subject.zone
            elif isinstance(field, PersonField):
                field.offer(subject.colleagues())
        self.initial.setdefault("request_key", uuid.uuid4())
        self.initial.setdefault("version", subject.complaint.version)
        for name, value in self.starting_values().items():
            self.initial.setdefault(name, value)
        self.prepare()

    # --- for subclasses ---------------------------------------------------------------------------

    @classmethod
    def chosen(cls, request: HttpRequest) -> type[VerbForm]:
        """The form that answers this request: some verbs have several."""
        return cls

    @classmethod
    def check(cls, at: Subject) -> None:
        """:raises RecoveryError: if the state forbids it now."""

    def alternatives(self) -> list[tuple[str, str, bool]]:
        """Other forms of the same verb: label, address, whether it is this one."""
        return []

    def prepare(self) -> None:
        """Adjust fields to the subject."""

    def starting_values(self) -> dict[str, Any]:
        """What the fields hold before anybody types."""
        return {}

    def consequences(self) -> list[Any]:
        """What happens when the button is pressed, one sentence each."""
        return []

    def act(self) -> models.Model:
        """Call the verb, once."""
        raise LookupError(self.verb)

    def told_afterwards(self, answer: models.Model) -> str:
        """What stands on the next page: what was done."""
        return str(self.done)

    def next_url(self, answer: models.Model) -> str:
        """Where to go afterwards: the complaint's page, unless the next step is known."""
        return self.desk.url("complaint_change", self.complaint.pk)

    def more_context(self) -> dict[str, Any]:
        """What its page shows besides."""
        return {}

    # --- for subclasses to use --------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        return self.subject.desk

    @property
    def complaint(self) -> Complaint:
        return self.subject.complaint

    @property
    def once(self) -> dict[str, Any]:
        """Who, and the two marks that make a second press harmless."""
        return {**self.who, "version": self.cleaned_data["version"]}

    @property
    def who(self) -> dict[str, Any]:
        """As ``once``, for verbs that look at no version."""
        return {"by": self.desk.actor, "request_key": str(self.cleaned_data["request_key"])}

    def moment(self, value: Any) -> str:
        return text.moment(value, self.subject.zone, now=self.desk.now)

    # --- for the page -----------------------------------------------------------------------------

    def refuse(self, error: RecoveryError) -> None:
        """Show a refusal of the verb where it belongs."""
        place = self.places.get(error.code)
        self.add_error(place if place in self.fields else None, text.sentence(error))

    def main_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.more]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.more]

    @property
    def more_is_open(self) -> bool:
        return any(field.errors for field in self.more_fields())

    @classmethod
    def needs(cls) -> str:
        """The permission behind the page."""
        return cls.permission or cls.verb
