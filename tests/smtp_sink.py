"""A mail server on loopback that does what a script says, and counts what it has accepted.

::

    with Sink() as sink:
        sink.script({"rcpt": Say(450)})     # the next connection; later ones accept everything
        …
        assert len(sink.mails) == 1

Phases, in order: ``connect ehlo mail rcpt data end quit``; ``end`` is the final dot.
"""

from __future__ import annotations

import asyncio
import collections
import email
import email.message
import email.policy
import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

#: Seconds after which a dripping answer is cut off: a test that waits for its end has failed by then.
LONGEST_DRIP = 10

PHASES = ("connect", "ehlo", "mail", "rcpt", "data", "end", "quit")
_GOOD = {"connect": 220, "ehlo": 250, "mail": 250, "rcpt": 250, "data": 354, "end": 250, "quit": 221}


@dataclass(frozen=True)
class Say:
    """Answer with this code. 4xx and 5xx refuse."""

    code: int


@dataclass(frozen=True)
class Drop:
    """Close the connection without an answer. ``accepted``: the mail was taken before."""

    accepted: bool = False


@dataclass(frozen=True)
class Hang:
    """Never answer."""

    accepted: bool = False


@dataclass(frozen=True)
class Drip:
    """Answer one byte at a time, and never finish the line. ``says_so``: the code itself arrives whole."""

    seconds: float = 0.2
    accepted: bool = False
    says_so: bool = False


Action = Say | Drop | Hang | Drip
Script = Mapping[str, Action]


@dataclass(frozen=True)
class Mail:
    """One accepted mail."""

    raw: bytes = field(repr=False)
    recipient: str
    connection: int
    at: float

    @property
    def message(self) -> email.message.EmailMessage:
        message = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(message, email.message.EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip()

    @property
    def body_digest(self) -> str:
        """Of subject and every part; not of MIME boundaries and the date, which differ for each try."""
        digest = hashlib.sha256(str(self.message["Subject"]).encode())
        for part in self.message.walk():
            if not part.is_multipart():
                digest.update(part.get_payload(decode=True) or b"")
        return digest.hexdigest()


class _Closed(Exception):
    """The script ended this connection."""


class Sink:
    """The server, in a thread of its own. ``pause``: seconds between accepting a mail and saying so."""

    def __init__(self, *, pause: float = 0.0) -> None:
        self.pause = pause
        self.mails: list[Mail] = []
        self.connections = 0
        #: How often each phase was reached.
        self.reached: collections.Counter[str] = collections.Counter()
        self._scripts: collections.deque[Script] = collections.deque()
        self._always: Script = {}
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="smtp-sink", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def script(self, *scripts: Script) -> None:
        """What the next connections meet, one script each."""
        with self._lock:
            self._scripts.extend(scripts)

    def always(self, script: Script) -> None:
        """What connections without a script of their own meet."""
        with self._lock:
            self._always = script

    def copies(self) -> dict[str, list[Mail]]:
        """Accepted mails by Message-ID."""
        found: dict[str, list[Mail]] = {}
        for mail in list(self.mails):
            found.setdefault(mail.message_id, []).append(mail)
        return found

    def wait_until(self, met: Callable[[], bool], *, seconds: float = 10.0) -> bool:
        """Look again and again until the condition holds. False: it never did."""
        end = time.monotonic() + seconds
        while not met():
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True

    # --- the server --------------------------------------------------------------------------

    def _serve(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=2**25)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._talk(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._lock:
            self.connections += 1
            number = self.connections
            script = self._scripts.popleft() if self._scripts else self._always
        line = _Line(self, reader, writer, script, number)
        try:
            await line.talk()
        except (_Closed, ConnectionError, asyncio.IncompleteReadError):
            pass  # because dying connections are what this server is for
        finally:
            writer.close()


class _Line:
    """One connection."""

    def __init__(
        self,
        sink: Sink,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        script: Script,
        number: int,
    ) -> None:
        self.sink, self.reader, self.writer, self.script, self.number = sink, reader, writer, script, number

    async def talk(self) -> None:
        await self._answer("connect")
        recipient = ""
        while line := await self.reader.readline():
            word = line[:4].upper()
            if word in (b"EHLO", b"HELO"):
                await self._answer("ehlo")
            elif word == b"MAIL":
                await self._answer("mail")
            elif word == b"RCPT":
                recipient = line.decode().split("<")[1].split(">")[0]
                await self._answer("rcpt")
            elif word == b"DATA":
                if await self._answer("data"):
                    raw = await self.reader.readuntil(b"\r\n.\r\n")
                    await self._end(raw[:-5].replace(b"\r\n..", b"\r\n."), recipient)
            elif word == b"QUIT":
                await self._answer("quit")
                return
            else:  # RSET, NOOP
                await self._write(b"250 OK\r\n")

    async def _end(self, raw: bytes, recipient: str) -> None:
        action = self.script.get("end", Say(250))
        taken = action.code < 400 if isinstance(action, Say) else action.accepted
        if taken:
            self.sink.mails.append(
                Mail(raw=raw, recipient=recipient, connection=self.number, at=time.monotonic())
            )
        if self.sink.pause:
            await asyncio.sleep(self.sink.pause)
        await self._answer("end")

    async def _answer(self, phase: str) -> bool:
        """Do what the script says for this phase. Returns whether it was a yes."""
        self.sink.reached[phase] += 1
        match self.script.get(phase, Say(_GOOD[phase])):
            case Say(code):
                await self._write(f"{code} {phase}\r\n".encode())
                if code == 421:
                    raise _Closed
                return code < 400
            case Drop():
                raise _Closed
            case Drip(seconds, _, says_so):
                # After a hyphen more lines follow, so the answer is not given yet.
                await self._write(str(_GOOD[phase]).encode() + (b" " if says_so else b"-"))
                for _ in range(int(LONGEST_DRIP / seconds)):
                    await self._write(b".")
                    await asyncio.sleep(seconds)
                raise _Closed
            case Hang():
                await asyncio.Event().wait()
        return False

    async def _write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
