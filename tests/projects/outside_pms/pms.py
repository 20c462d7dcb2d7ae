"""The other system: a small HTTP server on this machine, with the moods that such systems have."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


class Pms:
    """Records by path. ``mood``: "well", "broken" (answers 502), "silent" (takes the call, says nothing)."""

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.booked: list[dict[str, Any]] = []
        self.mood = "well"
        self.asked = 0
        self._recovers = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        """Where it is; started when it is asked for the first time."""
        if self._server is None:
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
            self._server.daemon_threads = True
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def reset(self) -> None:
        self.records.clear()
        self.booked.clear()
        self.mood, self.asked = "well", 0
        self._recovers.set()
        self._recovers = threading.Event()

    def wait_for_better_days(self) -> None:
        self._recovers.wait()


def _handler_of(pms: Pms) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pms.asked += 1
            if pms.mood == "silent":
                pms.wait_for_better_days()
                return
            path = unquote(urlsplit(self.path).path)
            found = pms.records.get(path)
            if path == "/stays":
                found = [value for key, value in pms.records.items() if key.startswith("/stays/")]
            self._answer(502 if pms.mood == "broken" else 404 if found is None else 200, found)

        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if pms.mood == "broken":
                self._answer(502, None)
                return
            if given not in pms.booked:
                pms.booked.append(given)
            self._answer(200, {"confirmation": f"PMS-{pms.booked.index(given) + 1}"})

        def _answer(self, status: int, body: Any) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Not to the screen of the tests."""

    return Handler


PMS = Pms()
