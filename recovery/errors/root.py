"""The root of the tree of refusals, and its first branches."""

from __future__ import annotations

from typing import Any, ClassVar


def _(message: str) -> str:
    """Marks a message for translators. Django's own marker needs settings, and this file must not."""
    return message


class RecoveryError(Exception):
    """Something was refused. Nothing was written."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = _("This cannot be done.")

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The English sentence, filled in."""
        return self.message % self.params if self.params else self.message


class InvalidInput(RecoveryError):
    """What was typed cannot be used."""

    code = "invalid"


class NotAllowed(RecoveryError):
    """This person may not do this here."""

    code = "not_allowed"
    message = _("You are not allowed to do this here. Ask your duty manager.")


class WrongState(RecoveryError):
    """The record is not in a state in which this can happen."""

    code = "wrong_state"


class Misconfigured(RecoveryError):
    """The project is not set up for this yet."""

    code = "misconfigured"


class Unreachable(RecoveryError):
    """Somebody whom we have to ask does not answer now. The same thing later can succeed."""

    code = "unreachable"
