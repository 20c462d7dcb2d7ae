"""What is wrong with a declarative adapter. Looks at models, never at rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import CompositePrimaryKey, Manager

from .. import errors
from .facts import Property, StayStatus, is_zone
from .model_paths import GUEST_PATHS, PROPERTY_PATHS, STAY_PATHS, ModelPaths, each
from .model_rows import ModelRows
from .path_check import Route, inspect_path, type_of_model
from .problems import Problem, ProblemKind, did_you_mean

_MODELS = ("stay_model", "guest_model", "property_model")
_MANAGERS = (
    ("stay_manager", "stay_model"),
    ("guest_manager", "guest_model"),
    ("property_manager", "property_model"),
)
_FIX_END = "Go on to one of its fields, as in “{path}.{field}”."


def find_problems(hotel: ModelRows) -> list[Problem]:
    """Every problem that can be seen without a row."""
    found = [*_models(hotel), *_houses(hotel), *_names(hotel)]
    if any(problem.where in _MODELS for problem in found):
        return found  # because paths from an unknown model would all look wrong
    found += _managers(hotel)
    found += _paths(hotel, hotel.stay_class, STAY_PATHS)
    guest_link = list(_guest_link(hotel))
    found += guest_link
    if not guest_link:
        guests = hotel.guest_class or hotel.stay_class
        found += _paths(hotel, guests, [path for path in GUEST_PATHS if path != "stay_guest"])
    if hotel.property_model:
        found += _paths(hotel, apps.get_model(hotel.property_model), PROPERTY_PATHS)
    return [*found, *_status(hotel)]


def _models(hotel: ModelRows) -> Iterator[Problem]:
    if not hotel.stay_model:
        yield _setup("stay_model", "is empty", 'Name your model of a booking, as in "bookings.Booking".')
    labels = [model._meta.label for model in apps.get_models()]
    for attribute in _MODELS:
        label = getattr(hotel, attribute)
        if label and not (isinstance(label, str) and label.lower() in {known.lower() for known in labels}):
            yield _setup(attribute, f"names “{label}”, which is no model", did_you_mean(str(label), labels))


def _houses(hotel: ModelRows) -> Iterator[Problem]:
    sources = ("property_model", "property_list", "single_property")
    given = [name for name in sources if getattr(hotel, name)]
    fix = "Set one of: property_model, property_list, single_property."
    if len(given) != 1:
        yield _setup(given[0] if given else "property_model", f"{len(given)} sources of houses are set", fix)
    single: Any = hotel.single_property  # because a host may write anything
    if single is not None and not isinstance(single, Property):
        yield _setup("single_property", "is no Property", "Write Property(code=…, name=…, time_zone=…).")
    if any(not isinstance(house, Property) for house in hotel.property_list):
        yield _setup("property_list", "holds something else than a Property", "Write Property(code=…, …).")
    # A host whose rows do not say it may override the method instead.
    says_it_itself = type(hotel).property_code_of is not ModelRows.property_code_of
    if "single_property" not in given and not hotel.stay_property and not says_it_itself:
        fix = "Name the path from a stay to the code of its house, or override property_code_of."
        yield _setup("stay_property", "is empty", fix)
    if hotel.default_time_zone and not is_zone(hotel.default_time_zone):
        yield _setup("default_time_zone", "is no IANA name", 'Write it as in "Europe/Copenhagen".')


def _names(hotel: ModelRows) -> Iterator[Problem]:
    """Attributes that we would never read."""
    if not (hotel.guest_name or hotel.guest_first_name or hotel.guest_last_name):
        yield _setup("guest_name", "is empty", "Name the path to the guest's name: letters need it.")
    known = {name for name in dir(ModelPaths) if not name.startswith("_")}
    prefixes = ("stay_", "guest_", "property_")
    for name, value in vars(type(hotel)).items():
        is_plain = isinstance(value, (str, tuple, dict, Property))
        if name.startswith("_") or name in known or not is_plain:
            continue
        fix = did_you_mean(name, known)
        if name.startswith(prefixes) or fix.startswith("Did"):
            yield Problem(kind=ProblemKind.DOUBT, where=name, what="is no attribute of ModelHotel", fix=fix)


def _managers(hotel: ModelRows) -> Iterator[Problem]:
    for attribute, of in _MANAGERS:
        label, name = getattr(hotel, of), getattr(hotel, attribute)
        if not label:
            continue
        model = apps.get_model(label)
        if not isinstance(getattr(model, str(name), None), Manager):
            names = [manager.name for manager in model._meta.managers]
            fix = did_you_mean(str(name), [*names, "_base_manager", "_default_manager"])
            yield _setup(attribute, f"“{name}” is no manager of {label}", fix)


def _guest_link(hotel: ModelRows) -> Iterator[Problem]:
    if not hotel.stay_guest:
        return
    route = inspect_path(hotel.stay_class, hotel.stay_guest)
    if route.is_broken:
        yield _broken("stay_guest", route)
        return
    if route.field is not None:
        fix = "Leave stay_guest empty when the guest's columns are on the stay."
        yield _path("stay_guest", f"“{route.path}” ends at a column, not at a guest", fix)
        return
    try:
        guests = hotel.guest_class
    except errors.BadHotel:
        yield _setup("guest_model", "is empty, and the relation does not tell it", "Name the guest's model.")
        return
    if route.ends_at and guests and not _is_same_kind(route.ends_at, guests):
        what = f"“{route.path}” leads to {route.ends_at._meta.label}, not to {guests._meta.label}"
        yield _path("stay_guest", what, "Make stay_guest and guest_model agree.")


def _is_same_kind(one: type_of_model, other: type_of_model) -> bool:
    return issubclass(one, other) or issubclass(other, one)


def _paths(hotel: ModelRows, model: type_of_model, attributes: Any) -> Iterator[Problem]:
    for attribute in attributes:
        paths = getattr(hotel, attribute)
        for path in each(paths) if isinstance(paths, (str, tuple)) else (paths,):
            route = inspect_path(model, path)
            if route.is_broken:
                yield _broken(attribute, route)
            elif route.ends_at is not None:
                names = [field.name for field in route.ends_at._meta.concrete_fields]
                what = f"“{path}” ends at a related {route.ends_at._meta.object_name}, not at a value"
                example = next((n for n in ("number", "code", "name") if n in names), names[0])
                yield _path(attribute, what, _FIX_END.format(path=path, field=example))
            elif attribute in ("stay_ref", "guest_ref"):
                yield from _reference(attribute, route)


def _reference(attribute: str, route: Route) -> Iterator[Problem]:
    if isinstance(route.field, CompositePrimaryKey):
        yield _path(attribute, "is a key of several columns", "Name one unique column.")
    elif not route.lookup or route.is_many:
        yield _path(attribute, f"“{route.path}” is no column to look up by", "Name a unique column.")
    elif not route.field.unique:
        fix = "Name a unique column, or make sure that the values are."
        what = f"“{route.path}” is not unique: another row may be taken for this one"
        yield Problem(kind=ProblemKind.DOUBT, where=attribute, what=what, fix=fix)


def _status(hotel: ModelRows) -> Iterator[Problem]:
    """Choices of the status column that we would read as unknown."""
    route = inspect_path(hotel.stay_class, hotel.status) if hotel.status else None
    wrong = [v for v in hotel.status_words.values() if v not in list(StayStatus)]
    if wrong:
        fix = f"Use StayStatus: {', '.join(StayStatus)}."
        yield _setup("status_words", f"maps to “{wrong[0]}”, which is no status", fix)
    if wrong or route is None or route.field is None or not route.field.flatchoices:
        return
    values = [value for value, _label in route.field.flatchoices if value not in (None, "")]
    unknown = [str(v) for v in values if hotel.status_from(v) is StayStatus.UNKNOWN]
    unmeant = [v for v in unknown if v not in {str(known) for known in hotel.status_words}]
    if unmeant:
        what = f"does not say what these mean: {', '.join(unmeant[:8])}"
        fix = f'Map each to a StayStatus, as in {{"{unmeant[0]}": StayStatus.BOOKED}}.'
        yield Problem(kind=ProblemKind.DOUBT, where="status_words", what=what, fix=fix)


def _broken(attribute: str, route: Route) -> Problem:
    return _path(attribute, f"“{route.path}” {route.what}", route.fix)


def _path(where: str, what: str, fix: str) -> Problem:
    return Problem(kind=ProblemKind.PATH, where=where, what=what, fix=fix)


def _setup(where: str, what: str, fix: str) -> Problem:
    return Problem(kind=ProblemKind.SETUP, where=where, what=what, fix=fix)
