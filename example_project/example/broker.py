"""A folder as broker, with whole files only.

Kombu's own writes a message while a worker may already be reading the folder: an empty file is then read as
a message, and the worker dies of it. Here a message appears in the folder when it is complete.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_: Any) -> None:
        # Named as Kombu names them: workers take the oldest first.
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        whole = Path(self.control_folder) / f"{name}.new"
        whole.write_bytes(dumps(payload).encode())
        os.replace(whole, Path(self.data_folder_out) / name)


class Transport(filesystem.Transport):
    Channel = Channel


def use() -> None:
    """Let ``filesystem://`` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
