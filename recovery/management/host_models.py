"""The host's models: which of them are looked at, what they suggest, and where that is written."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError

from .. import conf
from ..hotel.connecting.building import settle
from ..hotel.connecting.proposal import Proposal, propose
from ..hotel.connecting.samples import NoSamples, RowSamples
from ..hotel.facts import is_zone
from ..hotel.path_check import type_of_model
from . import host_project


def models_of_host(label: str | None) -> tuple[list[type_of_model], type_of_model | None]:
    """The host's models and its user, and the one with this label.

    :raises CommandError: if there is none.
    """
    user = conf.auth_user_model()
    models = [
        model
        for model in apps.get_models()
        if model._meta.label == user or not model.__module__.startswith(("django.", "recovery."))
    ]
    if not models:
        raise CommandError("This project has no models yet: add your apps to INSTALLED_APPS.")
    if not label:
        return models, None
    chosen = next((model for model in models if model._meta.label_lower == label.lower()), None)
    if chosen is None:
        names = ", ".join(sorted(model._meta.label for model in models))
        raise CommandError(f"There is no model “{label}”. There are: {names}.")
    return models, chosen


def proposal_of(
    models: list[type_of_model], samples: RowSamples | NoSamples, chosen: type_of_model | None
) -> Proposal:
    """What these models suggest, tried out as far as that is possible without writing."""
    zone = conf.host_time_zone()
    proposal = propose(
        models,
        samples,
        zone=zone if is_zone(zone) else "UTC",
        name=host_project.site_name(),
        stay=chosen,
    )
    if proposal.stay is not None:
        settle(proposal, with_rows=isinstance(samples, RowSamples))
    return proposal


def unreadable(samples: RowSamples | NoSamples) -> list[str]:
    """Why there were no rows, once for each reason."""
    reasons: dict[str, list[str]] = {}
    for label, why in getattr(samples, "unreadable", {}).items():
        # The name of the table stands in the reason on most databases.
        reasons.setdefault(why.partition(":")[0], []).append(label)
    return [
        f"No rows could be read of {', '.join(labels[:4])}"
        f"{f' and {len(labels) - 4} more' if len(labels) > 4 else ''} ({why}): are they migrated?"
        for why, labels in reasons.items()
    ]


def adapter_file(path: Path, force: bool) -> Path:
    """Where the adapter goes.

    :raises CommandError: if it would overwrite a file, hide the app or stand nowhere.
    """
    file = path / "recovery.py" if path.is_dir() else path
    if host_project.dotted_path(file) == "recovery":
        raise CommandError(
            f"{file} would hide the app “recovery” itself: write it into one of your packages, "
            f"as in --write bookings/recovery.py."
        )
    if file.suffix != ".py":
        raise CommandError(f"{file} is no Python file: name one that ends with .py.")
    if not file.parent.is_dir():
        raise CommandError(f"The folder {file.parent} does not exist: make it first.")
    if file.exists() and not force:
        raise CommandError(f"{file} is there already: name another file, or add --force.")
    return file


def write_adapter(file: Path, source: str) -> None:
    """:raises CommandError: if the system does not let us."""
    try:
        file.write_text(source, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
