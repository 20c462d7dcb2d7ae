"""What every verb has in common: permission, request key, lock, clock, history, answer.

A verb is written as a function whose first parameter is a ``Turn``. Callers do not see it::

    @verb
    def set_stance(turn: Turn, /, *, complaint: Complaint, by: Actor, stance: Stance, …) -> Complaint:

Order inside one call, and why:

1. permission and request key are read before the transaction;
2. the first statement is a write – the version bump of the complaint, or the request key of a verb
   that creates one – because a read first makes SQLite fail under load;
3. the clock is read second: before the lock it could run backwards;
4. the row is read again under the lock; what the caller held may be old;
5. the verb writes facts, timeline and outbox; the answer is stored under the request key.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, router, transaction
from django.db.models import F

from .. import clock
from ..choices import EventKind
from ..errors import NamedInComplaint, NotOfThisComplaint, RecoveryError, RequestKeyReused, StalePage
from ..hotel import Guest, Stay
from ..models import Complaint, RequestKey, TimelineEvent
from ..outbox.database import run_atomic
from ..rules import tokens
from ..signals import Happened, happened
from .actor import Actor
from .authority import check_may

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class Turn:
    """One verb being carried out: the locked complaint, the time, and who does it."""

    def __init__(self, *, by: Actor, now: dt.datetime, using: str, complaint: Complaint | None) -> None:
        self.by = by
        self.now = now
        self.using = using
        self._complaint = complaint

    @property
    def complaint(self) -> Complaint:
        """The complaint as it is under the lock."""
        if self._complaint is None:
            raise LookupError("this verb has not created its complaint yet")
        return self._complaint

    def begin(self, complaint: Complaint) -> None:
        """A creating verb names the complaint that it has made."""
        self._complaint = complaint

    def fresh(self, row: M) -> M:
        """The row as it is under the lock."""
        return type(row)._default_manager.using(self.using).get(pk=row.pk)

    def record(self, kind: EventKind, *, guest_visible: bool = False, **data: Any) -> TimelineEvent:
        """Write one line of history, and announce it after commit. ``data``: ids and figures only."""
        complaint = self.complaint
        event = TimelineEvent.objects.create(
            complaint=complaint,
            at=self.now,
            kind=kind,
            actor_kind=self.by.kind,
            actor_name=self.by.name[:120],
            data=data,
            guest_visible=guest_visible,
        )
        fact: Happened = {
            "event": event.kind,
            "complaint_id": complaint.pk,
            "reference": complaint.reference,
            "property_code": complaint.property_code,
            "at": event.at,
            "data": data,
        }
        transaction.on_commit(
            lambda: happened.send_robust(sender=Complaint, **fact), using=self.using, robust=True
        )
        return event


class _Verb:
    """Makes verbs. ``@verb`` takes the permission's name from the function, ``@verb.named(…)`` is told it."""

    def __call__(self, function: Callable[Concatenate[Turn, P], R]) -> Callable[P, R]:
        return _make_verb(function, function.__name__)

    def named(self, name: str) -> Callable[[Callable[Concatenate[Turn, P], R]], Callable[P, R]]:
        """For the inner half of a verb whose outer half asks the hotel's system first."""

        def decorate(function: Callable[Concatenate[Turn, P], R]) -> Callable[P, R]:
            return _make_verb(function, name)

        return decorate


verb = _Verb()


def _make_verb(function: Callable[Concatenate[Turn, P], R], name: str) -> Callable[P, R]:
    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        by = cast(Actor, kwargs["by"])
        complaint = _complaint_of(kwargs)
        check_may(by, name, property_code=_property_of(kwargs, complaint))
        ask = _Ask(name=name, by=by, kwargs=dict(kwargs))
        answered = ask.answer()
        if answered is not None:
            return cast(R, answered)
        try:
            return run_atomic(lambda: _carry_out(function, ask, complaint, args, kwargs), using=ask.using)
        except (IntegrityError, RecoveryError):
            # The loser of a double click gets the first answer, not a refusal.
            answered = ask.answer()
            if answered is None:
                raise
            return cast(R, answered)

    signature = inspect.signature(function)
    call.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    )
    return call


def _carry_out(
    function: Callable[..., R],
    ask: _Ask,
    complaint: Complaint | None,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> R:
    if complaint is None:
        ask.write_key()
    else:
        _lock(complaint, version=kwargs.get("version"), using=ask.using)
    now = clock.now(ask.using)
    if complaint is not None:
        if ask.key is not None:
            ask.write_key()
        complaint = Complaint.objects.using(ask.using).get(pk=complaint.pk)
        _check_not_named(complaint, ask.by)
    turn = Turn(by=ask.by, now=now, using=ask.using, complaint=complaint)
    answer = function(turn, *args, **kwargs)
    ask.store(answer, now=now)
    return answer


def _check_not_named(complaint: Complaint, by: Actor) -> None:
    """:raises NamedInComplaint: if the guest complains about the very person who acts (S2-10)."""
    if by.staff is not None and complaint.named_staff.filter(pk=by.staff.pk).exists():
        raise NamedInComplaint()


def _lock(complaint: Complaint, *, version: int | None, using: str) -> None:
    """The lock is a write: it serialises verbs on this complaint, and is the stale-page check."""
    rows = Complaint.objects.using(using).filter(pk=complaint.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise StalePage()


def turn_for_delivery(complaint: Complaint, *, by: Actor, now: dt.datetime) -> Turn:
    """A turn inside the settling transaction of a delivery, for what a handler records there."""
    using = router.db_for_write(Complaint)
    _lock(complaint, version=None, using=using)
    return Turn(by=by, now=now, using=using, complaint=complaint)


class _Ask:
    """One request, and its place in the table of requests."""

    def __init__(self, *, name: str, by: Actor, kwargs: dict[str, Any]) -> None:
        self.name = name
        self.by = by
        self.using = router.db_for_write(RequestKey)
        self.key: str | None = kwargs.pop("request_key", None) or None
        given = {k: _plain(v) for k, v in kwargs.items() if k not in ("by", "version")}
        self.fingerprint = tokens.fingerprint(given) if self.key else ""
        self.digest = tokens.request_digest(actor=by.key, verb=name, key=self.key or f"once:{uuid.uuid4()}")
        self._row: RequestKey | None = None

    def answer(self) -> models.Model | None:
        """The answer that this request got before.

        :raises RequestKeyReused: if the same key was used with other input.
        """
        if self.key is None:
            return None
        row = RequestKey.objects.using(self.using).filter(digest=self.digest).first()
        if row is None:
            return None
        if row.fingerprint != self.fingerprint:
            raise RequestKeyReused()
        model = apps.get_model("recovery", row.answer_model)
        found: models.Model | None = model._default_manager.using(self.using).filter(pk=row.answer_pk).first()
        return found

    def write_key(self) -> None:
        """Take the key; a second taker waits for the first, then fails and is given its answer."""
        self._row = RequestKey.objects.using(self.using).create(
            digest=self.digest, verb=self.name, fingerprint=self.fingerprint
        )

    def store(self, answer: Any, *, now: dt.datetime) -> None:
        if self._row is None or not isinstance(answer, models.Model):
            return
        RequestKey.objects.using(self.using).filter(pk=self._row.pk).update(
            answer_model=answer._meta.model_name, answer_pk=str(answer.pk), at=now
        )


def _plain(value: Any) -> Any:
    """A model instance counts as its primary key in a fingerprint; frozen facts as their fields.

    A host's record counts as its reference: it may have changed between a request and its repetition.
    """
    if isinstance(value, models.Model):
        return f"{value._meta.model_name}:{value.pk}"
    if isinstance(value, Stay | Guest):
        return f"{type(value).__name__}:{value.ref}"
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, set | frozenset):
        # Sorted, because a set's order differs between processes, and the same input must stay the same.
        return sorted((_plain(item) for item in value), key=repr)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    return value


#: Rows of a complaint by which a verb may be told what it is about.
_ROWS = ("task", "letter", "certificate", "compensation", "party", "link")


def _complaint_of(kwargs: dict[str, Any]) -> Complaint | None:
    """The complaint that a verb is about: given itself, or through the row that it is given.

    :raises NotOfThisComplaint: if the rows are of different ones: a permission here would write there.
    """
    complaint = kwargs.get("complaint")
    for name in _ROWS:
        row = kwargs.get(name)
        if not isinstance(row, models.Model):
            continue
        if complaint is None:
            complaint = row.complaint  # type: ignore[attr-defined]
        elif row.complaint_id != complaint.pk:  # type: ignore[attr-defined]
            raise NotOfThisComplaint(what=str(row._meta.verbose_name))
    if isinstance(complaint, Complaint):
        return complaint
    entry = kwargs.get("entry")
    return cast(Complaint, entry.certificate.complaint) if entry is not None else None


def _property_of(kwargs: dict[str, Any], complaint: Complaint | None) -> str:
    """Where it happens. Redeeming happens where the stay is, not where the certificate was issued."""
    here = kwargs.get("property_code")
    if here:
        return str(here)
    return complaint.property_code if complaint is not None else ""
