"""QR codes of certificate links. Never of a certificate code: a photograph must not be money."""

from __future__ import annotations

import io
from typing import Any

#: Modules of empty margin; scanners need four.
QUIET_ZONE = 4


def qr_svg(link: str) -> str:
    """The code as SVG, scalable, with its quiet zone, error level M."""
    buffer = io.BytesIO()
    _code(link).save(
        buffer, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return buffer.getvalue().decode("ascii").strip()


def qr_png(link: str, *, scale: int = 8) -> bytes:
    """The code as PNG, ``scale`` pixels a module."""
    buffer = io.BytesIO()
    _code(link).save(buffer, kind="png", border=QUIET_ZONE, scale=scale)
    return buffer.getvalue()


def _code(link: str) -> Any:
    import segno  # here, so that a host that prints nothing never loads it

    return segno.make(link, error="m", micro=False, boost_error=False)
