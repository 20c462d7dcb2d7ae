"""Preparing a property: what every house starts from. Running it again changes nothing that was edited."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.apps import apps
from django.db import router

from ..choices import House, RemedyKey, Role
from ..hotel import Property
from ..models import AuthorityLimit, Brand, HouseProfile, Remedy
from ..models.permissions import VERB_PERMISSIONS
from ..outbox.database import run_atomic
from ..rules import text
from ..rules.choosing import one_of
from .lookups import find_property

BRAND_NAME = 120

#: Share of a night's rate and, in euro, the amount that a role may give without asking.
_LIMITS: dict[Role, tuple[Decimal | None, Decimal | None]] = {
    Role.EMPLOYEE: (Decimal(10), Decimal(25)),
    Role.FRONT_DESK: (Decimal(50), Decimal(100)),
    Role.HOUSEKEEPING: (Decimal(50), Decimal(100)),
    Role.FOOD_BEVERAGE: (Decimal(50), Decimal(100)),
    Role.RESERVATIONS: (Decimal(50), Decimal(100)),
    Role.LOYALTY: (Decimal(50), Decimal(100)),
    Role.DUTY_MANAGER: (Decimal(150), Decimal(500)),
    Role.GENERAL_MANAGER: (None, None),
}

_UNITS: dict[RemedyKey, tuple[str, str]] = {
    RemedyKey.FREE_NIGHT: ("night", "certificate by letter"),
    RemedyKey.REFUND: ("amount", "refund to the same card or account"),
    RemedyKey.FOLIO_CREDIT: ("amount", "credit on the folio"),
    RemedyKey.POINTS: ("point", "loyalty desk"),
    RemedyKey.ROOM_MOVE: ("move", "front desk"),
    RemedyKey.UPGRADE: ("night", "front desk"),
    RemedyKey.AMENITY: ("piece", "brought to the room"),
    RemedyKey.TRANSPORT: ("ride", "taxi on our account"),
    RemedyKey.DINNER: ("person", "table booked on our account"),
    RemedyKey.SUBSTITUTE_ROOM: ("night", "guarantee sent to the other hotel"),
    RemedyKey.OTHER: ("piece", "as agreed"),
}

_MANAGERS = frozenset(
    {
        "set_stance",
        "void_certificate",
        "redeem_without_code",
        "reverse_redemption",
        "assign",
        "name_staff",
        "set_hold",
        "lift_hold",
        "reopen",
        "take_back_emergency",
        "edit_playbook",
        "restore_playbook",
    }
)
#: What every guest of a house reads from then on.
_GENERAL_MANAGERS = frozenset({"word_letter_text", "withdraw_letter_text", "lock_letter_text"})
#: Also a colleague at risk says so, whoever it is.
_WHO_KNOCKS = frozenset(
    {
        "open_complaint",
        "log_and_done",
        "add_contact",
        "accept_task",
        "start_task",
        "keep_task",
        "ask_next",
        "record_answers",
        "run_overlay",
        "acknowledge_playbook",
        "hand_over",
        "accept_hand_over",
        "log_duty",
    }
)
_GROUPS: dict[Role, frozenset[str]] = {
    Role.FRONT_DESK: frozenset(name for name, _label in VERB_PERMISSIONS) - _MANAGERS - _GENERAL_MANAGERS,
    Role.HOUSEKEEPING: _WHO_KNOCKS,
    Role.ENGINEERING: _WHO_KNOCKS,
    Role.DUTY_MANAGER: frozenset(name for name, _label in VERB_PERMISSIONS) - _GENERAL_MANAGERS,
    Role.GENERAL_MANAGER: frozenset(name for name, _label in VERB_PERMISSIONS),
}


def prepare_property(*, property_code: str, house: House = House.SMALL) -> list[str]:
    """Make profile, brand, limits, catalogue and groups for one property. Returns what was made.

    Idempotent: what exists is left as it is. The time zone and currency come from the adapter.

    :raises PropertyUnknown: if the adapter knows no such property.
    """
    facts = find_property(property_code)
    kind = one_of(House, house, field="house")
    return run_atomic(lambda: _prepare(facts, kind), using=router.db_for_write(HouseProfile))


def _prepare(facts: Property, house: House) -> list[str]:
    made: list[str] = []
    _profile, new = HouseProfile.objects.get_or_create(
        property_code=facts.code,
        defaults={
            "time_zone": facts.time_zone,
            "currency": facts.currency or "EUR",
            "house": house,
            "on_call_phone": facts.phone,
        },
    )
    made += [f"house profile {facts.code}"] if new else []
    _brand, new = Brand.objects.get_or_create(
        property_code=facts.code,
        defaults={
            "name": text.soft_line(facts.name, limit=BRAND_NAME) or facts.code,
            "address": "\n".join(facts.address),
            "phone": facts.phone,
            "sender_email": facts.email,
        },
    )
    made += [f"brand {facts.code}"] if new else []
    # In whatever currency: a limit that a hotel has changed is not joined by ours.
    limited = set(AuthorityLimit.objects.filter(property_code="").values_list("role", flat=True))
    missing = [role for role in _LIMITS if role not in limited]
    AuthorityLimit.objects.bulk_create(_limit(role, *_LIMITS[role]) for role in missing)
    made += [f"authority limit {role}" for role in missing]
    known = set(Remedy.objects.filter(property_code="").values_list("key", flat=True))
    units = {key: value for key, value in _UNITS.items() if key not in known}
    # Two who set up at once make it once.
    Remedy.objects.bulk_create(
        (
            Remedy(property_code="", key=key, unit=unit, fulfilled_how=how)
            for key, (unit, how) in units.items()
        ),
        ignore_conflicts=True,
    )
    made += [f"remedy {key}" for key in units]
    return made + _groups()


def _limit(role: Role, share: Decimal | None, euro: Decimal | None) -> AuthorityLimit:
    return AuthorityLimit(
        property_code="",
        role=role,
        share_percent=share,
        amount=euro,
        currency="" if share is None else "EUR",
        unlimited=share is None,
    )


def _groups() -> list[str]:
    """Django groups for the roles, where the host's users have groups."""
    if not apps.is_installed("django.contrib.auth"):
        return []
    group_model = apps.get_model("auth", "Group")
    # Not the label, which is in the language of whoever runs this.
    titles = {f"recovery: {role.name.replace('_', ' ').lower()}": verbs for role, verbs in _GROUPS.items()}
    known = set(group_model.objects.filter(name__in=titles).values_list("name", flat=True))
    made = []
    for title in sorted(set(titles) - known):
        group, new = group_model.objects.get_or_create(name=title)
        if new:
            group.permissions.add(*_permissions(group._state.db, titles[title]))
            made.append(f"group {title}")
    return made


def _permissions(database: str | None, verbs: Collection[str]) -> list[int]:
    """Keys of the permissions for these verbs, and to look at everything of ours.

    ``database``: where the group is written; on a replica they may not have arrived.
    """
    looks = [f"view_{m._meta.model_name}" for m in apps.get_app_config("recovery").get_models()]
    ours = apps.get_model("auth", "Permission").objects.using(database)
    ours = ours.filter(content_type__app_label="recovery", codename__in=[*verbs, *looks])
    return list(ours.values_list("pk", flat=True))
