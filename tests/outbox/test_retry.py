"""What each misbehaviour of a mail server means for the promise: tries, end, and who is told."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from recovery.choices import OutboxState
from recovery.models import Letter
from tests.factories import House
from tests.outbox import scene
from tests.outbox.conftest import TIMEOUT
from tests.smtp_sink import Drip, Drop, Hang, Say, Script, Sink


@dataclass(frozen=True)
class Case:
    """A script and what must follow from it."""

    script: Script
    state: OutboxState
    #: Tries that were counted.
    attempts: int
    #: What the row says afterwards.
    error: str
    #: Copies that the server holds although we may not know it.
    accepted: int = 0
    #: Staff tasks to telephone.
    calls: int = 0


DUE, SENT, DEAD = OutboxState.DUE, OutboxState.SENT, OutboxState.DEAD
CASES = {
    # Nobody was reached: nothing is counted.
    "421 as greeting": Case({"connect": Say(421)}, DUE, 0, "ChannelDown: SMTPConnectError"),
    "554 as greeting": Case({"connect": Say(554)}, DUE, 0, "ChannelDown: SMTPConnectError"),
    "dropped at greeting": Case({"connect": Drop()}, DUE, 0, "ChannelDown: SMTPServerDisconnected"),
    "silent at greeting": Case({"connect": Hang()}, DUE, 0, "ChannelDown: "),
    "dripping greeting": Case({"connect": Drip()}, DUE, 0, "ChannelDown: TimeoutError"),
    "554 at hello": Case({"ehlo": Say(554)}, DUE, 0, "SMTPHeloError 554"),
    "sign in first": Case({"mail": Say(530)}, DUE, 0, "SMTPSenderRefused 530"),
    # Refused for the moment.
    "451 at sender": Case({"mail": Say(451)}, DUE, 1, "SMTPSenderRefused 451"),
    "421 at sender": Case({"mail": Say(421)}, DUE, 1, "SMTPSenderRefused 421"),
    "450 at recipient": Case({"rcpt": Say(450)}, DUE, 1, "SMTPRecipientsRefused 450"),
    "421 at recipient": Case({"rcpt": Say(421)}, DUE, 1, "SMTPRecipientsRefused 421"),
    "451 at data": Case({"data": Say(451)}, DUE, 1, "SMTPDataError 451"),
    "451 after data": Case({"end": Say(451)}, DUE, 1, "SMTPDataError 451"),
    "452 after data": Case({"end": Say(452)}, DUE, 1, "SMTPDataError 452"),
    # Refused for good: one try, one person told.
    "550 at sender": Case({"mail": Say(550)}, DEAD, 1, "SMTPSenderRefused 550", calls=1),
    "550 at recipient": Case({"rcpt": Say(550)}, DEAD, 1, "SMTPRecipientsRefused 550", calls=1),
    "552 after data": Case({"end": Say(552)}, DEAD, 1, "SMTPDataError 552", calls=1),
    "554 after data": Case({"end": Say(554)}, DEAD, 1, "SMTPDataError 554", calls=1),
    # Nobody knows: tried again with the same Message-ID.
    "dropped at hello": Case({"ehlo": Drop()}, DUE, 1, "SMTPServerDisconnected"),
    "silent at recipient": Case({"rcpt": Hang()}, DUE, 1, "S"),
    "accepted, then dropped": Case({"end": Drop(accepted=True)}, DUE, 1, "SMTPServerDisconnected", 1),
    "accepted, then silent": Case({"end": Hang(accepted=True)}, DUE, 1, "S", 1),
    "dripping answer": Case({"end": Drip(accepted=True)}, DUE, 1, "SendTimedOut", 1),
    # Accepted, and rude afterwards.
    "yes, then dripping": Case({"end": Drip(accepted=True, says_so=True)}, SENT, 1, "", 1),
    "silent at goodbye": Case({"quit": Hang()}, SENT, 1, "", 1),
    "dropped at goodbye": Case({"quit": Drop()}, SENT, 1, "", 1),
    "dripping goodbye": Case({"quit": Drip()}, SENT, 1, "", 1),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_a_server_does_decides_what_becomes_of_the_mail(house: House, sink: Sink, case: Case) -> None:
    message = scene.promise_receipt(house)
    sink.script(case.script)
    began = time.monotonic()

    scene.deliver()

    row = scene.fresh(message)
    assert (row.state, row.attempts) == (case.state, case.attempts)
    assert row.last_error.startswith(case.error)
    assert len(sink.mails) == case.accepted
    assert scene.calls_to_make() == case.calls
    # A worker is never held longer than greeting, mail and goodbye may take, on a busy machine.
    assert time.monotonic() - began < 3 * TIMEOUT + 3
    assert not row.token


@pytest.mark.parametrize("case", [c for c in CASES.values() if c.state is DUE], ids=lambda c: str(c.script))
def test_what_was_put_off_arrives_once_the_server_is_well(house: House, sink: Sink, case: Case) -> None:
    message = scene.promise_receipt(house)
    sink.script(case.script)
    scene.deliver()
    assert not scene.deliver().sent, "it waits before it tries again"
    scene.bring_forward()

    scene.deliver()

    assert scene.fresh(message).state == SENT
    assert Letter.objects.get(pk=message.payload["letter"]).sent_at is not None
    assert list(sink.copies()) == [message.message_id]
    assert len(sink.mails) == case.accepted + 1
    assert len({mail.body_digest for mail in sink.mails}) == 1
