"""No table, log, task argument or broker message ever holds a live code or token."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from celery import Celery, _state
from django.apps import apps
from django.db import connection

from recovery import tasks
from recovery.actions import redeem_certificate, reverse_redemption, void_certificate
from recovery.actions.links import code_of, url_of
from recovery.choices import Channel
from recovery.errors import CertificateNotFound, CertificateUsed, CertificateVoid, RecoveryError
from recovery.models import Certificate, GuestLink, Party
from recovery.outbox.publisher import Publisher
from tests.factories import RETURN, House, make_apology, make_certificate, make_complaint, make_link
from tests.outbox import scene
from tests.smtp_sink import Drop, Say, Sink


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a file broker that keeps every message, read or not."""
    for name in ("queue", "control", "processed"):
        (tmp_path / name).mkdir()
    app = Celery("host", broker="filesystem://", set_as_current=False)
    app.conf.broker_transport_options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    monkeypatch.setattr(tasks, "_host_app", app)
    monkeypatch.setattr(tasks, "_connection", None)
    monkeypatch.setattr(_state._tls, "current_app", app)
    config = apps.get_app_config("recovery")
    monkeypatch.setattr(config, "publisher", Publisher(publish=config.publisher._publish, chunk=25))
    yield tmp_path
    tasks.forget_connection()


def tables_text() -> str:
    """Every column of every row of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(found)


def broker_text(folder: Path) -> str:
    """Every message, opened."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            raw = file.read_text(errors="replace")
            found.append(raw)
            with suppress(ValueError, KeyError, TypeError):
                found.append(base64.b64decode(json.loads(raw)["body"]).decode())
    return "\n".join(found)


def secrets_of_every_row() -> set[str]:
    """Codes with and without hyphens, in both cases, and the token of every link."""
    codes = {code_of(certificate) for certificate in Certificate.objects.all()}
    codes |= {code.replace("-", "") for code in codes}
    tokens = {url_of(link).rstrip("/").rpartition("/")[2] for link in GuestLink.objects.all()}
    assert len(codes) >= 4 and len(tokens) >= 3, "the story below must have made them"
    return codes | {code.lower() for code in codes} | tokens


def test_no_live_code_or_token_is_kept_anywhere(
    house: House, sink: Sink, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("recovery", "celery", "kombu", "django", "asyncio", ""):
        caplog.set_level(logging.DEBUG, logger=name)
    refusals: list[RecoveryError] = []

    def refused(kind: type[RecoveryError], **given: Any) -> None:
        with pytest.raises(kind) as told:
            redeem_certificate(by=house.by_desk, stay_ref=RETURN, **given)
        refusals.append(told.value)

    # A written complaint with its receipt; an apology with a free night; a second certificate.
    make_complaint(house=house, channel=Channel.EMAIL)
    complaint = make_complaint(house=house, stay_ref=RETURN)
    make_apology(house=house, complaint=complaint)
    other = make_certificate(
        house=house, complaint=make_complaint(house=house, stay_ref="Q10383"), send=False
    )
    sink.script({"rcpt": Say(450)}, {"end": Drop(accepted=True)}, {"rcpt": Say(550)})
    for _ in range(6):
        scene.bring_forward()
        tasks.sweep()
        scene.deliver()
    certificate = complaint.certificates.get()
    token = url_of(make_link(complaint=complaint, purpose="certificate")).rstrip("/").rpartition("/")[2]
    # Redeemed by code, refused, given back, redeemed by its QR; a voided, a mistyped, an unknown one.
    entry = redeem_certificate(by=house.by_desk, stay_ref=RETURN, code=code_of(certificate))
    refused(CertificateUsed, code=code_of(certificate).lower().replace("-", " "))
    reverse_redemption(entry=entry, by=house.by_manager, reason="the trip was cancelled")
    redeem_certificate(by=house.by_desk, stay_ref=RETURN, token=token)
    refused(CertificateUsed, token=token)
    void_certificate(certificate=other, by=house.by_manager, reason="issued by mistake")
    refused(CertificateVoid, code=code_of(other))
    wrong = code_of(certificate)[:-1] + ("A" if code_of(certificate)[-1] != "A" else "B")
    with suppress(RecoveryError):
        redeem_certificate(by=house.by_desk, stay_ref=RETURN, code=wrong)
    refused(CertificateNotFound, token=token[:-1] + ("A" if token[-1] != "A" else "E"))
    for _ in range(3):
        scene.bring_forward()
        scene.deliver()
    assert apps.get_app_config("recovery").publisher.flush(patience=10)

    sent = "\n".join(part_text(mail.raw) for mail in sink.mails)
    needles = secrets_of_every_row() | {wrong, wrong.replace("-", "")}
    assert any(code_of(certificate) in text for text in [sent]), "the guest has the code"
    messages = broker_text(folder)
    assert "recovery.deliver" in messages
    places = {
        "tables": tables_text(),
        "log": "\n".join(record_text(record) for record in caplog.records),
        "broker": messages,
        "refusals": "\n".join(f"{error} {error.params!r}" for error in refusals),
    }
    assert "refused certificate try" in places["log"]
    found = {(place, needle) for place, text in places.items() for needle in needles if needle in text}
    assert not found


def test_the_search_above_finds_what_is_there(house: House) -> None:
    complaint = make_complaint(house=house)
    make_apology(house=house, complaint=complaint)
    code = code_of(complaint.certificates.get())
    assert code not in tables_text()

    Party.objects.filter(complaint=complaint).update(name=f"Daniel {code}")

    assert code in tables_text()


def part_text(raw: bytes) -> str:
    import email
    import email.policy

    message = email.message_from_bytes(raw, policy=email.policy.default)
    return "\n".join(
        str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"
    )


def record_text(record: logging.LogRecord) -> str:
    formatter = logging.Formatter()
    return f"{formatter.format(record)} {record.args!r} {re.sub(r'0x[0-9a-f]+', '', repr(record.__dict__))}"
