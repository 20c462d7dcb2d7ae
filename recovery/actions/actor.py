"""Who does something: one value instead of four parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ..choices import ActorKind, Role
from ..models import GuestLink, StaffLink, StaffMember
from ..rules import text

#: Characters of a name in history, as of a colleague's.
NAME = 120


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Staff, a guest behind a link, the system, or an API client."""

    kind: ActorKind
    #: Stable identity for request keys: the same person asking twice is the same actor.
    key: str
    #: Shown in the timeline.
    name: str
    user: Any = None
    staff: StaffMember | None = None

    @classmethod
    def for_user(cls, user: Any, *, kind: ActorKind = ActorKind.STAFF) -> Self:
        """A signed-in person, with the staff record that points at the account, if there is one."""
        # Without a key (nobody is signed in) every colleague without an account would fit.
        staff = StaffMember.objects.filter(user_id=user.pk).first() if user.pk is not None else None
        name = staff.name if staff else text.soft_line(str(user.get_username()), limit=NAME)
        return cls(kind=kind, key=f"{kind}:{user.pk}", name=name, user=user, staff=staff)

    @classmethod
    def for_staff(cls, staff: StaffMember) -> Self:
        """A staff member who acts without signing in here, named by code of the host."""
        return cls(
            kind=ActorKind.STAFF, key=f"member:{staff.pk}", name=staff.name, user=staff.user, staff=staff
        )

    @classmethod
    def system(cls, name: str = "recovery") -> Self:
        """The app itself: schedules and deliveries."""
        return cls(kind=ActorKind.SYSTEM, key=f"system:{name}", name=name)

    @classmethod
    def for_link(cls, link: GuestLink) -> Self:
        """The guest who opened a private link."""
        # Not the guest's name: history is for ever, and a guest can ask to be forgotten.
        return cls(kind=ActorKind.GUEST_LINK, key=f"link:{link.pk}", name="guest")

    @classmethod
    def for_staff_link(cls, link: StaffLink) -> Self:
        """The colleague who opened the link in an alarm."""
        person = link.person
        return cls(kind=ActorKind.STAFF_LINK, key=f"staff-link:{link.pk}", name=person.name, staff=person)

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self.staff.roles) if self.staff else ()

    @property
    def is_person(self) -> bool:
        """Whether a named person answers for it."""
        return self.kind in (ActorKind.STAFF, ActorKind.STAFF_LINK, ActorKind.API_CLIENT)

    @property
    def is_manager(self) -> bool:
        return bool({Role.DUTY_MANAGER.value, Role.GENERAL_MANAGER.value} & set(self.roles))
