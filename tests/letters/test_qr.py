from __future__ import annotations

import re
import struct
import zlib

import segno

from recovery.letters.qr import QUIET_ZONE, qr_png, qr_svg

from . import samples

LINK = samples.SECRETS["certificate_link"]


def modules(png: bytes, scale: int) -> list[list[int]]:
    """The modules of a one-bit grey PNG, 1 for dark, with the quiet zone."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (1, 0)
    packed, at = b"", 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    raw, stride = zlib.decompress(packed), (width + 7) // 8 + 1
    rows, above = [], bytes(stride - 1)
    for y in range(height):
        line_filter, row = raw[y * stride], raw[y * stride + 1 : (y + 1) * stride]
        assert line_filter in (0, 2)  # none, or the difference to the line above
        above = bytes((a + b) % 256 for a, b in zip(row, above, strict=True)) if line_filter else row
        if y % scale == scale // 2:
            bits = "".join(f"{byte:08b}" for byte in above)
            rows.append([1 - int(bits[x]) for x in range(scale // 2, width, scale)])
    return rows


def test_the_picture_holds_the_link_and_a_quiet_zone() -> None:
    expected = [list(row) for row in segno.make(LINK, error="m", micro=False, boost_error=False).matrix]

    found = modules(qr_png(LINK, scale=8), 8)

    inside = slice(QUIET_ZONE, -QUIET_ZONE)
    assert [row[inside] for row in found[inside]] == expected
    assert not any(any(row) for row in found[:QUIET_ZONE] + found[-QUIET_ZONE:])
    assert not any(any(row[:QUIET_ZONE] + row[-QUIET_ZONE:]) for row in found)


def test_the_drawing_is_scalable_and_carries_its_own_white() -> None:
    svg = qr_svg(LINK)

    assert re.match(r"<svg [^>]*viewBox=", svg)
    assert "width=" not in svg.split(">", 1)[0]
    assert "#fff" in svg
    assert svg == qr_svg(LINK)
