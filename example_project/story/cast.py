"""Who plays: the colleagues of the seeded group, with their roles in recovery."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from recovery.actions import Actor
from recovery.choices import Role
from recovery.models import StaffMember

ROLES: dict[str, tuple[Role, ...]] = {
    "amelia": (Role.FRONT_DESK,),
    "joseph": (Role.DUTY_MANAGER,),
    "helen": (Role.GENERAL_MANAGER,),
    "priya": (Role.RESERVATIONS,),
    "kirsten": (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER),
}
LANGUAGES = {"kirsten": ["da", "en"]}


def introduce() -> None:
    """Give every colleague a staff record and the permissions of the role. Harmless to repeat."""
    for username, roles in ROLES.items():
        user = User.objects.get(username=username)
        employee = user.employee
        StaffMember.objects.get_or_create(
            user=user,
            defaults={
                "name": user.get_full_name(),
                "title": employee.job_title,
                "roles": [role.value for role in roles],
                "property_codes": list(employee.hotels.values_list("code", flat=True)),
                "phone": employee.phone,
                "email": user.email,
                "languages": LANGUAGES.get(username, ["en"]),
            },
        )
        wanted = [f"recovery: {role.label}" for role in roles]
        user.groups.add(*Group.objects.filter(name__in=wanted))


def engineers() -> tuple[StaffMember, StaffMember]:
    """Two engineers at the Quayside, without accounts: they answer from the telephone. Harmless to repeat."""
    found = [
        StaffMember.objects.get_or_create(
            name=name,
            defaults={
                "title": "Engineer",
                "roles": [Role.ENGINEERING.value],
                "property_codes": ["QUAY"],
                "phone": phone,
                "email": f"{name.split()[0].lower()}@quay-strand.example",
                "languages": ["en"],
            },
        )[0]
        for name, phone in (("Maria Holt", "+44 7700 900145"), ("Olga Reis", "+44 7700 900146"))
    ]
    return found[0], found[1]


def actor(username: str) -> Actor:
    """The colleague, signed in: every permission is really asked."""
    return Actor.for_user(User.objects.get(username=username))


def staff(username: str) -> StaffMember:
    return StaffMember.objects.get(user__username=username)
