"""``manage.py recovery_init``: prepare properties. Harmless to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...actions import prepare_property
from ...choices import House, Role
from ...errors import RecoveryError
from ...hotel import get_hotel
from ...models import Brand, StaffMember

WANTED = (Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


class Command(BaseCommand):
    help = "Prepare one property, or all: profile, brand, limits, remedies, groups. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--house", choices=House.values, default=House.SMALL, help="how big the house is")
        parser.add_argument(
            "--property", metavar="CODE", help="one property; default: every one of the adapter"
        )

    def handle(self, *args: Any, house: str, property: str | None, **options: Any) -> None:
        try:
            codes = [property] if property else [p.code for p in get_hotel().properties()]
            if not codes:
                raise CommandError("Your adapter knows no property: properties() is empty.")
            for code in codes:
                made = prepare_property(property_code=code, house=House(house))
                self.stdout.write(f"{code}: {', '.join(made) if made else 'nothing new'}")
        except RecoveryError as error:
            raise CommandError(f"{error} [{error.code}]") from error
        for line in self._missing(codes):
            self.stdout.write(self.style.WARNING(line))

    def _missing(self, codes: list[str]) -> list[str]:
        """What a person must still fill in before the first letter."""
        staff = list(StaffMember.objects.filter(active_until__isnull=True))
        lines = [
            f"{code}: nobody is {role.label} yet – add one under Staff."
            for code in codes
            for role in WANTED
            if not any(person.works_at(code) and person.has_role(role) for person in staff)
        ]
        lines += [
            f"{brand.property_code}: letters have no sender address yet – fill it in under Brands."
            for brand in Brand.objects.filter(property_code__in=codes, sender_email="")
        ]
        return lines
