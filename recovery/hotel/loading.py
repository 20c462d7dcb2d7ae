"""Find the adapter that the host named in ``RECOVERY["HOTEL"]``."""

from __future__ import annotations

from threading import RLock
from typing import Any

from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from .. import conf, errors
from .protocol import Hotel

_lock = RLock()
_loaded: dict[str, Hotel] = {}


def get_hotel() -> Hotel:
    """The host's adapter. One instance per process, made on first use.

    :raises NoHotel: if the setting is empty.
    :raises BadHotel: if it cannot be imported or is no adapter.
    """
    path = conf.current().HOTEL
    if not path:
        raise errors.NoHotel()
    with _lock:
        if path not in _loaded:
            _loaded[path] = make_hotel(path, import_adapter(path))
        return _loaded[path]


def import_adapter(path: object) -> Any:
    """What the dotted path names.

    :raises BadHotel: if it cannot be imported.
    """
    if not isinstance(path, str):
        raise errors.BadHotel(problem="HOTEL must be a dotted path, as text.")
    try:
        return import_string(path)
    except Exception as error:  # because the host's module may raise anything, and the path matters
        raise errors.BadHotel(
            problem=f"“{path}” cannot be imported ({type(error).__name__}: {error})."
        ) from error


def make_hotel(path: str, found: Any) -> Hotel:
    """An adapter from a class or from a ready instance.

    :raises BadHotel: if it is neither, or lacks a required method.
    """
    if isinstance(found, Hotel):
        return found
    if not (isinstance(found, type) and issubclass(found, Hotel)):
        raise errors.BadHotel(problem=f"“{path}” is no subclass of recovery.hotel.Hotel.")
    missing = sorted(found.__abstractmethods__)
    if missing:
        raise errors.BadHotel(problem=f"“{path}” does not define: {', '.join(missing)}.")
    try:
        return found()
    except TypeError as error:
        raise errors.BadHotel(problem=f"“{path}” cannot be made without arguments: {error}.") from error


def _forget(**_: object) -> None:
    # Any setting: adapters also depend on INSTALLED_APPS and TIME_ZONE.
    with _lock:
        _loaded.clear()


setting_changed.connect(_forget, dispatch_uid="recovery.hotel.loading")
