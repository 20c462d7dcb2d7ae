"""May this person do this verb at this property? One replaceable answer for every door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string

from .. import conf
from ..choices import ActorKind
from ..errors import NotAllowed
from ..models.scope import properties_of
from .actor import Actor

#: What the app itself does on a schedule.
SYSTEM_VERBS = frozenset(
    {
        "open_complaint",
        "draft_letter",
        "release_letter",
        "issue_certificate",
        "redeem_certificate",
        "expire_due_certificates",
        "take_roster",
        "inherit_work",
        "hand_over",
        "change_shifts",
        "plan_morning_sheets",
    }
)
#: What a guest may do through a private link.
GUEST_VERBS = frozenset({"stop_writing"})
#: What a colleague may do through the link in an alarm: answer for that one task.
STAFF_LINK_VERBS = frozenset({"accept_task", "start_task", "ask_next", "accept_hand_over"})


def has_verb_permission(user: Any, verb: str, property_code: str) -> bool:
    """The default of ``RECOVERY["AUTHORIZE"]``: Django permission and property of the adapter.

    A user model without permissions (no ``has_perm``) is refused: name your own callable then.
    """
    if not getattr(user, "is_active", False):
        return False
    has_perm = getattr(user, "has_perm", None)
    if not (has_perm and has_perm(f"recovery.{verb}")):
        return False
    if not property_code:
        return True  # without the adapter: every page of the host's admin asks this for its menu
    # Last, because the adapter may have to ask a slow hotel system.
    codes = properties_of(user)
    return codes is None or property_code in codes


def may(actor: Actor, verb: str, *, property_code: str) -> bool:
    """Whether the actor may do this there. The one question behind every button."""
    if actor.kind is ActorKind.SYSTEM:
        return verb in SYSTEM_VERBS
    if actor.kind is ActorKind.GUEST_LINK:
        return verb in GUEST_VERBS
    if actor.kind is ActorKind.STAFF_LINK:
        at_work = actor.staff is not None and actor.staff.works_at(property_code)
        return verb in STAFF_LINK_VERBS and at_work
    if actor.user is None:
        # A staff member without an account: trusted code of the host speaks for a person at that house.
        return actor.staff is not None and (not property_code or actor.staff.works_at(property_code))
    authorize: Callable[[Any, str, str], bool] = import_string(conf.current().AUTHORIZE)
    return bool(authorize(actor.user, verb, property_code))


def check_may(actor: Actor, verb: str, *, property_code: str) -> None:
    """:raises NotAllowed: if the actor may not do this there."""
    if not may(actor, verb, property_code=property_code):
        raise NotAllowed()


def works_everywhere(actor: Actor) -> bool:
    """Whether somebody works for every house: only they change what holds for every house."""
    if actor.user is not None:
        return properties_of(actor.user) is None
    return actor.staff is not None and not actor.staff.property_codes
