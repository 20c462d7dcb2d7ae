"""The delivery loop: one bad row never stops the others, and nobody sends what is not theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import django
import pytest
from django.db import connection, transaction

from recovery import clock, tasks
from recovery.actions import HANDLERS, stop_letter
from recovery.actions.letter_steps import LETTER_MAIL
from recovery.choices import HeartbeatKind, LetterState, OutboxState
from recovery.errors import LetterNotDraft, NotDurable
from recovery.models import Heartbeat, Letter, OutboxMessage
from recovery.outbox import claim, relay
from recovery.outbox.channels import Channels
from recovery.outbox.enqueue import enqueue
from tests.factories import House
from tests.outbox import scene
from tests.outbox.conftest import use_smtp
from tests.smtp_sink import Drop, Hang, Sink


class Parcel:
    """A kind of delivery of which a second copy would hurt, or not."""

    def __init__(self, do: Callable[[], None] = lambda: None, *, repeat: bool = True) -> None:
        self.repeat_when_unsure = repeat
        self.do = do
        self.sent: list[int] = []
        self.ended: list[tuple[int, OutboxState]] = []

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        self.do()
        self.sent.append(message.pk)

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        self.ended.append((message.pk, state))


def promise(kind: str, *, key: str = "one", payload: dict[str, int] | None = None) -> OutboxMessage:
    with transaction.atomic():
        return enqueue(kind=kind, key=f"{kind}:{key}", payload=payload or {}, now=clock.now())


def fail() -> None:
    raise KeyError("wrong@example.com")


# --- one bad row ---------------------------------------------------------------------------------


def test_a_poisoned_row_never_stops_the_99_behind_it(house: House, sink: Sink) -> None:
    poison = promise(LETTER_MAIL, payload={"letter": 10**9})
    scene.multiply(scene.promise_receipt(house), 98)

    for _ in range(3):
        scene.deliver()
        scene.bring_forward()

    assert scene.states() == {OutboxState.SENT: 99, OutboxState.DEAD: 1}
    assert scene.fresh(poison).attempts == 3, "an unknown reason is tried three times"
    assert len(sink.copies()) == len(sink.mails) == 99


def test_a_letter_whose_facts_are_broken_ends_as_a_staff_task(house: House, sink: Sink) -> None:
    message = scene.promise_apology(house)
    Letter.objects.filter(pk=message.payload["letter"]).update(facts={"unknown": "words"})

    for _ in range(4):
        scene.deliver()
        scene.bring_forward()

    assert scene.fresh(message).state == OutboxState.DEAD
    assert scene.calls_to_make() == 1
    assert not sink.mails


def test_a_row_that_kills_its_worker_is_tried_after_the_others_and_given_up(house: House) -> None:
    """The worker that claims it dies before it can say so, each time."""
    killer, quiet = Parcel(), Parcel()
    first = promise("killer")
    promise("quiet")
    OutboxMessage.objects.filter(pk=first.pk).update(state=OutboxState.SENDING, attempts=1)
    order: list[str] = []
    killer.do, quiet.do = lambda: order.append("killer"), lambda: order.append("quiet")

    relay.deliver(handlers={"killer": killer, "quiet": quiet})

    assert order == ["quiet", "killer"]

    again = promise("killer", key="two")
    OutboxMessage.objects.filter(pk=again.pk).update(state=OutboxState.SENDING, attempts=10)
    relay.deliver(handlers={"killer": killer})
    assert scene.fresh(again).state == OutboxState.DEAD
    assert len(killer.sent) == 1
    assert killer.ended[-1] == (again.pk, OutboxState.DEAD)


@pytest.mark.parametrize(("fails", "state"), [(False, OutboxState.UNKNOWN), (True, OutboxState.DEAD)])
def test_an_end_that_cannot_be_recorded_is_not_sent_again(
    fails: bool, state: OutboxState, caplog: pytest.LogCaptureFixture
) -> None:
    class Forgetful(Parcel):
        def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
            raise ZeroDivisionError("daniel.whitfield@example.com")

    forgetful, quiet = Forgetful(fail if fails else lambda: None), Parcel()
    message = promise("forgetful")
    OutboxMessage.objects.update(attempts=2)
    promise("quiet")

    relay.deliver(handlers={"forgetful": forgetful, "quiet": quiet})
    scene.end_leases()
    relay.deliver(handlers={"forgetful": forgetful, "quiet": quiet})

    row = scene.fresh(message)
    assert row.state == state
    assert "not recorded: ZeroDivisionError" in row.last_error
    assert len(forgetful.sent) == (0 if fails else 1)
    assert len(quiet.sent) == 1
    assert "example.com" not in caplog.text, "an error's text may quote the mail"


def test_a_kind_that_this_worker_does_not_know_waits_for_one_that_does() -> None:
    message, parcel = promise("from.a.newer.version"), Parcel()

    relay.deliver(handlers={})

    assert scene.fresh(message).state == OutboxState.DUE
    scene.bring_forward()
    relay.deliver(handlers={"from.a.newer.version": parcel})
    assert scene.fresh(message).state == OutboxState.SENT


# --- wake-ups ------------------------------------------------------------------------------------

FORGED: list[Any] = [
    [],
    ["1", "x" * 100_000],
    [-1, 0, 2**63, 2**200],
    [True, False],
    [1.0, float("nan")],
    [None, [1], {"id": 1}],
    list(range(10**6, 10**6 + 50_000)),
]


@pytest.mark.parametrize("ids", FORGED, ids=lambda ids: repr(ids)[:30])
def test_a_forged_wake_up_is_harmless(house: House, sink: Sink, ids: list[Any]) -> None:
    message = scene.promise_receipt(house)

    tasks.deliver(ids)

    if message.pk not in ids:
        assert not sink.mails
    assert scene.fresh(message).state in (OutboxState.DUE, OutboxState.SENT)
    assert not scene.fresh(message).token


@pytest.mark.parametrize("ids", ["17", 17, {"ids": [1]}, None], ids=repr)
def test_a_wake_up_without_a_list_delivers_what_is_due(house: House, sink: Sink, ids: Any) -> None:
    scene.promise_receipt(house)

    tasks.deliver(ids)

    assert len(sink.mails) == 1


def test_a_wake_up_repeated_five_times_sends_one_mail(house: House, sink: Sink) -> None:
    message = scene.promise_receipt(house)

    for _ in range(5):
        scene.deliver([message.pk, message.pk])

    assert len(sink.mails) == 1
    assert scene.fresh(message).attempts == 1


def test_a_lost_wake_up_is_found_by_the_sweep(house: House) -> None:
    message = scene.promise_receipt(house)

    assert relay.sweep_chunks() == [(message.lane, [message.pk])]


def test_what_a_sweep_finds_is_published_in_portions_per_lane(house: House) -> None:
    scene.multiply(scene.promise_receipt(house), 2 * relay.CHUNK)
    promise("quiet")

    chunks = relay.sweep_chunks()

    assert [(int(lane), len(ids)) for lane, ids in chunks] == [(0, 25), (0, 25), (0, 1), (1, 1)]
    assert sum(len(ids) for _lane, ids in relay.sweep_chunks(limit=7)) == 7


# --- too late, down, stopped ---------------------------------------------------------------------


def test_past_its_time_nothing_is_sent_and_one_person_is_told(house: House, sink: Sink) -> None:
    message = scene.promise_receipt(house)
    OutboxMessage.objects.update(not_after=clock.now() - dt.timedelta(seconds=1))

    for _ in range(3):
        scene.deliver()

    assert scene.fresh(message).state == OutboxState.TOO_LATE
    assert not sink.mails
    assert scene.calls_to_make() == 1


def test_an_unreachable_server_burns_no_try_of_any_row(house: House, settings: Any) -> None:
    use_smtp(settings, port=1)
    message = scene.promise_receipt(house)
    scene.multiply(message, 4)

    for _ in range(20):
        scene.deliver()
        scene.bring_forward()

    assert scene.states() == {OutboxState.DUE: 5}
    assert set(OutboxMessage.objects.values_list("attempts", "token")) == {(0, "")}
    assert scene.fresh(message).last_error == "ChannelDown: ConnectionRefusedError"


def test_while_the_mail_server_is_down_other_kinds_go_on(house: House, settings: Any) -> None:
    use_smtp(settings, port=1)
    scene.multiply(scene.promise_receipt(house), 3)
    parcel = Parcel()
    quiet = promise("quiet")

    report = relay.deliver(handlers={**HANDLERS, "quiet": parcel})

    assert parcel.sent == [quiet.pk]
    assert (report.sent, report.again) == (1, 4)
    assert not OutboxMessage.objects.exclude(token="").exists()


def test_a_drain_tries_what_cannot_be_reached_once_and_then_does_the_rest(
    house: House, settings: Any
) -> None:
    use_smtp(settings, port=1)
    scene.multiply(scene.promise_receipt(house), 9)
    parcel = Parcel()
    for number in range(5):
        promise("quiet", key=str(number))

    report = relay.drain(handlers={**HANDLERS, "quiet": parcel}, limit=2)

    assert (report.sent, report.again, report.down) == (5, 2, {LETTER_MAIL})
    assert len(parcel.sent) == 5


@pytest.mark.parametrize(
    "broken", [{"LEASE": 1}, {"MAILER": "nobody"}], ids=["lease too short", "no such mailer"]
)
def test_a_wrong_setting_gives_no_mail_up(
    house: House, sink: Sink, settings: Any, broken: dict[str, Any]
) -> None:
    message = scene.promise_receipt(house)
    settings.RECOVERY = {**settings.RECOVERY, **broken}
    if "MAILER" in broken and django.VERSION < (6, 1):
        settings.EMAIL_BACKEND = "no.such.Backend"

    for _ in range(12):
        scene.deliver()
        scene.bring_forward()

    row = scene.fresh(message)
    assert (row.state, row.attempts) == (OutboxState.DUE, 0)
    assert row.last_error.startswith("ChannelDown: ")


def test_a_missing_setting_is_tried_again_before_a_person_is_asked(
    house: House, sink: Sink, settings: Any
) -> None:
    message = scene.promise_receipt(house)
    good = settings.RECOVERY
    settings.RECOVERY = {**good, "BASE_URL": ""}
    scene.deliver()
    assert (scene.fresh(message).state, scene.fresh(message).last_error) == ("due", "no_base_url")
    settings.RECOVERY = good
    scene.bring_forward()

    scene.deliver()

    assert scene.fresh(message).state == OutboxState.SENT


def test_a_worker_that_is_asked_to_end_settles_one_message_and_gives_back_the_rest(house: House) -> None:
    parcel = Parcel()
    for number in range(5):
        promise("quiet", key=str(number))

    report = relay.deliver(handlers={"quiet": parcel}, stop=lambda: len(parcel.sent) >= 2)

    assert report.sent == 2
    assert scene.states() == {OutboxState.SENT: 2, OutboxState.DUE: 3}
    assert not OutboxMessage.objects.exclude(token="").exists()


def test_a_drain_ends_when_nothing_is_due(house: House, sink: Sink) -> None:
    scene.multiply(scene.promise_receipt(house), 6)

    assert relay.drain(handlers=HANDLERS, limit=3).sent == 7


# --- who owns a row ------------------------------------------------------------------------------


def test_whoever_lost_the_lease_sends_nothing(house: House, sink: Sink) -> None:
    message = scene.promise_receipt(house)
    (mine,) = claim.claim(ids=None, using="default", limit=10)
    scene.end_leases()
    (theirs,) = claim.claim(ids=None, using="default", limit=10)

    assert mine.pk == theirs.pk == message.pk
    assert not claim.fence(mine, using="default")
    assert claim.fence(theirs, using="default")


def test_whoever_lost_the_lease_while_sending_writes_nothing_down() -> None:
    class Diary(Parcel):
        def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
            Heartbeat.objects.create(kind=HeartbeatKind.SWEEP, at=now)

    def lose_it() -> None:
        OutboxMessage.objects.update(token="somebody else")

    message = promise("diary")

    report = relay.deliver(handlers={"diary": Diary(lose_it)})

    assert (report.sent, report.lost_lease) == (0, 1)
    assert scene.fresh(message).token == "somebody else"
    assert not Heartbeat.objects.exists(), "what the handler wrote is undone"


def test_what_another_worker_owns_is_not_claimed(house: House, sink: Sink) -> None:
    scene.promise_receipt(house)
    claim.claim(ids=None, using="default", limit=10)

    assert scene.deliver() == relay.Report()
    assert not sink.mails


def test_whoever_finds_every_candidate_taken_looks_further() -> None:
    for number in range(30):
        promise("quiet", key=str(number))
    theirs: list[OutboxMessage] = []

    def be_slow(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Somebody else claims between our look and our claim."""
        found = execute(sql, *rest)
        if not theirs and "ORDER BY" in sql:
            theirs.append(OutboxMessage())  # so that their own look is not slow, too
            theirs[:] = claim.claim(ids=None, using="default", limit=10)
        return found

    with connection.execute_wrapper(be_slow):
        mine = claim.claim(ids=None, using="default", limit=10)

    assert len(theirs) == len(mine) == 10
    assert not {row.pk for row in mine} & {row.pk for row in theirs}


def test_after_a_crash_while_sending_the_same_message_id_goes_out_again(house: House, sink: Sink) -> None:
    message = scene.promise_apology(house)
    (row,) = claim.claim(ids=None, using="default", limit=10)
    claim.fence(row, using="default")
    HANDLERS[LETTER_MAIL].send(row, channels=Channels())
    # Here the process is killed: it was accepted, and nobody wrote that down.
    scene.end_leases()

    scene.deliver()

    assert scene.fresh(message).state == OutboxState.SENT
    assert [mail.message_id for mail in sink.mails] == [message.message_id] * 2
    assert len({mail.body_digest for mail in sink.mails}) == 1
    assert scene.fresh(message).attempts == 2


@pytest.mark.parametrize("died_before", [True, False], ids=["the worker died", "the line broke"])
def test_where_a_second_copy_hurts_an_unsure_delivery_is_parked(died_before: bool) -> None:
    def break_the_line() -> None:
        raise ConnectionResetError

    parcel = Parcel(repeat=False) if died_before else Parcel(break_the_line, repeat=False)
    message = promise("parcel")
    if died_before:
        OutboxMessage.objects.update(state=OutboxState.SENDING)

    for _ in range(3):
        relay.deliver(handlers={"parcel": parcel})
        scene.bring_forward()

    assert scene.fresh(message).state == OutboxState.UNKNOWN
    assert parcel.ended == [(message.pk, OutboxState.UNKNOWN)]
    assert not parcel.sent


def test_a_letter_stopped_before_the_fence_is_not_sent(house: House, sink: Sink) -> None:
    message = scene.promise_receipt(house)
    letter = Letter.objects.get(pk=message.payload["letter"])
    (row,) = claim.claim(ids=None, using="default", limit=10)

    stop_letter(letter=letter, by=house.by_manager, reason="I have telephoned")

    assert not claim.fence(row, using="default")
    assert scene.deliver() == relay.Report()
    assert scene.fresh(message).state == OutboxState.CANCELLED
    assert not sink.mails


def test_a_letter_that_is_being_sent_cannot_be_stopped_any_more(house: House) -> None:
    message = scene.promise_receipt(house)
    letter = Letter.objects.get(pk=message.payload["letter"])
    (row,) = claim.claim(ids=None, using="default", limit=10)
    claim.fence(row, using="default")

    with pytest.raises(LetterNotDraft):
        stop_letter(letter=letter, by=house.by_manager, reason="I have telephoned")

    assert scene.fresh(message).state == OutboxState.SENDING
    letter.refresh_from_db()
    assert letter.state is LetterState.RELEASED


# --- the worker itself ---------------------------------------------------------------------------


def test_nothing_is_delivered_inside_a_transaction(house: House, sink: Sink) -> None:
    scene.promise_receipt(house)

    with pytest.raises(NotDurable), transaction.atomic():
        scene.deliver()

    assert not sink.mails


def test_one_connection_carries_a_whole_batch(house: House, sink: Sink) -> None:
    scene.multiply(scene.promise_receipt(house), 9)

    scene.deliver()

    assert (len(sink.mails), sink.connections) == (10, 1)


def test_a_line_that_broke_is_opened_again_for_the_next_mail(house: House, sink: Sink) -> None:
    scene.multiply(scene.promise_receipt(house), 2)
    sink.script({"end": Drop()}, {"rcpt": Hang()})

    scene.deliver()

    assert len(sink.mails) == 1
    assert scene.states() == {OutboxState.SENT: 1, OutboxState.DUE: 2}


def test_signs_of_life_are_left_by_sweeps_and_by_deliveries(house: House, sink: Sink) -> None:
    relay.beat(HeartbeatKind.SWEEP)
    assert not Heartbeat.objects.filter(kind=HeartbeatKind.DELIVERY).exists()
    first = Heartbeat.objects.get(kind=HeartbeatKind.SWEEP).at
    scene.promise_receipt(house)

    scene.deliver()
    relay.beat(HeartbeatKind.SWEEP)

    assert Heartbeat.objects.get(kind=HeartbeatKind.DELIVERY).at >= first
    assert Heartbeat.objects.get(kind=HeartbeatKind.SWEEP).at > first
    assert Heartbeat.objects.count() == 2


def test_an_idle_worker_writes_nothing(house: House) -> None:
    scene.deliver()

    assert not Heartbeat.objects.exists()
