"""Trying a failed delivery again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import retry_delivery
from ...choices import LetterState
from ...errors import DeliveryNotRetryable
from ...models import OutboxMessage
from .. import deliveries
from .form import Subject
from .letters import LetterForm


class RetryDelivery(LetterForm):
    verb = "retry_delivery"
    title = _("Try the delivery again")
    button = _("Try again")
    done = _("It is tried again now.")

    @classmethod
    def check(cls, at: Subject) -> None:
        letter = at.named("letter")
        message = cls._message(letter)
        failed = message is not None and message.state in deliveries.FAILED
        if letter.state is not LetterState.RELEASED or letter.by_hand or not failed:
            raise DeliveryNotRetryable()

    @staticmethod
    def _message(letter: Any) -> OutboxMessage | None:
        return deliveries.of_letters([letter]).get(letter.pk)

    def consequences(self) -> list[Any]:
        message = self._message(self.letter)
        error = message.last_error if message else ""
        party = self.letter.party
        why = gettext("Last time: %(error)s") % {"error": error} if error else ""
        return [
            gettext("The same words go to %(name)s, now at %(email)s.")
            % {"name": party.name, "email": party.email or "–"},
            *([why] if why else []),
            _("Is the address wrong? Then first correct who the guest is."),
        ]

    def act(self) -> models.Model:
        return retry_delivery(letter=self.letter, **self.once)
