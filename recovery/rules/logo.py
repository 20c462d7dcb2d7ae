"""Whether an uploaded logo is a PNG picture and nothing else.

Read in full, because a file that merely begins like a picture may be a page with a script in it, a
truncated upload that breaks every letter, or a few kilobytes that unpack to gigabytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NoReturn

from .. import errors

LARGEST_SIDE = 4000  # pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNK_NAME = re.compile(rb"[A-Za-z]{2}[A-Z][A-Za-z]")
_GREY, _RGB, _INDEXED, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_DEPTHS = {
    _GREY: (1, 2, 4, 8, 16),
    _RGB: (8, 16),
    _INDEXED: (1, 2, 4, 8),
    _GREY_ALPHA: (8, 16),
    _RGB_ALPHA: (8, 16),
}
_CHANNELS = {_GREY: 1, _RGB: 3, _INDEXED: 1, _GREY_ALPHA: 2, _RGB_ALPHA: 4}
# Column and row at which each of the seven interlace passes begins, and its steps.
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_HIGHEST_FILTER = 4


class _NotPng(Exception):
    """Something in the file is not as PNG wants it."""


def check_png(data: bytes, *, limit_kb: int = 200) -> tuple[int, int]:
    """Width and height of the picture in pixels.

    :raises BadLogo: if it is too big, no PNG, damaged, or has anything behind its end.
    """
    try:
        if len(data) > limit_kb * 1024:
            _refuse()
        return _read(data)
    except _NotPng:
        raise errors.BadLogo(limit=limit_kb) from None


def _refuse() -> NoReturn:
    raise _NotPng


def _read(data: bytes) -> tuple[int, int]:
    chunks = list(_chunks(data))
    names = [name for name, _body in chunks]
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or chunks[-1][1]:
        _refuse()
    if names.count(b"IHDR") != 1 or names.count(b"IEND") != 1 or b"IDAT" not in names:
        _refuse()
    first = names.index(b"IDAT")
    pixels = [body for name, body in chunks if name == b"IDAT"]
    if any(name != b"IDAT" for name in names[first : first + len(pixels)]):
        _refuse()  # pixel chunks must follow one another
    width, height, depth, colour, interlaced = _header(chunks[0][1])
    _check_palette([body for name, body in chunks[:first] if name == b"PLTE"], names, depth, colour)
    bits = depth * _CHANNELS[colour]
    _check_pixels(b"".join(pixels), _passes(width, height, bits, interlaced))
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(_SIGNATURE):
        _refuse()
    at = len(_SIGNATURE)
    while at < len(data):
        if at + 12 > len(data):
            _refuse()
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        is_critical = not name[0] & 0x20
        if end > len(data) or not _CHUNK_NAME.fullmatch(name):
            _refuse()
        if is_critical and name not in (b"IHDR", b"PLTE", b"IDAT", b"IEND"):
            _refuse()
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            _refuse()
        yield name, data[at + 8 : end - 4]
        at = end


def _header(body: bytes) -> tuple[int, int, int, int, bool]:
    if len(body) != 13:
        _refuse()
    width, height, depth, colour, compression, filters, interlace = struct.unpack(">IIBBBBB", body)
    if not (1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE):
        _refuse()
    if depth not in _DEPTHS.get(colour, ()) or compression or filters or interlace > 1:
        _refuse()
    return width, height, depth, colour, bool(interlace)


def _check_palette(palettes: list[bytes], names: list[bytes], depth: int, colour: int) -> None:
    if len(palettes) != names.count(b"PLTE") or len(palettes) > 1:
        _refuse()  # behind the pixels, or twice
    if not palettes:
        if colour == _INDEXED:
            _refuse()
        return
    entries, rest = divmod(len(palettes[0]), 3)
    most = 2**depth if colour == _INDEXED else 256
    if colour in (_GREY, _GREY_ALPHA) or rest or not 1 <= entries <= most:
        _refuse()


def _passes(width: int, height: int, bits: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    """Number of rows, and bytes a row including the filter byte, of each pass."""
    for left, top, across, down in _ADAM7 if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            yield rows, 1 + (columns * bits + 7) // 8


def _check_pixels(packed: bytes, passes: Iterator[tuple[int, int]]) -> None:
    """Unpack row by row, so that never more than one row is in memory."""
    unpack = zlib.decompressobj()
    try:
        for rows, length in passes:
            for _row in range(rows):
                row = unpack.decompress(packed, length)
                packed = unpack.unconsumed_tail
                if len(row) != length or row[0] > _HIGHEST_FILTER:
                    _refuse()
        if unpack.decompress(packed, 1) or not unpack.eof or unpack.unused_data:
            _refuse()
    except zlib.error:
        _refuse()
