from __future__ import annotations

import itertools
import random
import struct
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import logo

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header(width: int, height: int, depth: int = 8, colour: int = 6, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def rows(
    width: int, height: int, depth: int, colour: int, interlace: int, noise: random.Random | None
) -> bytes:
    bits = depth * CHANNELS[colour]
    grid = ADAM7 if interlace else ((0, 0, 1, 1),)
    out = bytearray()
    for left, top, across, down in grid:
        columns, lines = len(range(left, width, across)), len(range(top, height, down))
        size = (columns * bits + 7) // 8
        for _line in range(lines if columns else 0):
            out += bytes([noise.randrange(5)]) + noise.randbytes(size) if noise else bytes(1 + size)
    return bytes(out)


def png(
    width: int = 3,
    height: int = 2,
    *,
    depth: int = 8,
    colour: int = 6,
    interlace: int = 0,
    pixels: bytes | None = None,
    before: bytes = b"",
    after: bytes = b"",
    noise: random.Random | None = None,
) -> bytes:
    raw = rows(width, height, depth, colour, interlace, noise) if pixels is None else pixels
    palette = chunk(b"PLTE", bytes(3)) if colour == 3 else b""
    ending = chunk(b"IEND")
    return (
        SIGNATURE
        + header(width, height, depth, colour, interlace)
        + palette
        + before
        + chunk(b"IDAT", zlib.compress(raw))
        + after
        + ending
    )


def is_refused(data: bytes, limit_kb: int = 200) -> bool:
    try:
        logo.check_png(data, limit_kb=limit_kb)
    except errors.BadLogo:
        return True
    return False


ALL_KINDS = [
    (depth, colour, interlace)
    for colour, depths in DEPTHS.items()
    for depth in depths
    for interlace in (0, 1)
]


@pytest.mark.parametrize(("depth", "colour", "interlace"), ALL_KINDS)
def test_every_kind_of_png_is_read(depth: int, colour: int, interlace: int) -> None:
    noise = random.Random(depth * 100 + colour * 10 + interlace)
    for width, height in itertools.product((1, 2, 5, 9, 33), (1, 3, 8, 17)):
        data = png(width, height, depth=depth, colour=colour, interlace=interlace, noise=noise)
        assert logo.check_png(data) == (width, height)


def test_pixels_may_come_in_many_chunks_and_with_remarks_around_them() -> None:
    packed = zlib.compress(rows(40, 40, 8, 2, 0, random.Random(1)))
    pieces = b"".join(chunk(b"IDAT", packed[at : at + 7]) for at in range(0, len(packed), 7))
    data = (
        SIGNATURE
        + header(40, 40, 8, 2)
        + chunk(b"gAMA", bytes(4))
        + chunk(b"PLTE", bytes(9))
        + chunk(b"IDAT")
        + pieces
        + chunk(b"tEXt", b"Comment\0made by hand")
        + chunk(b"IEND")
    )
    assert logo.check_png(data) == (40, 40)


def test_the_limit_is_the_size_of_the_file() -> None:
    noise = random.Random(7)
    data = png(50, 50, noise=noise)
    assert 9 * 1024 < len(data) <= 10 * 1024
    assert logo.check_png(data, limit_kb=10) == (50, 50)
    with pytest.raises(errors.BadLogo, match="at most 9 KB"):
        logo.check_png(data, limit_kb=9)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SIGNATURE,
        b"GIF89a" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>alert(1)</script>",
        SIGNATURE + chunk(b"IEND"),
        SIGNATURE + header(3, 2) + chunk(b"IEND"),
        SIGNATURE + chunk(b"IDAT", zlib.compress(bytes(26))) + header(3, 2) + chunk(b"IEND"),
        SIGNATURE + header(3, 2) + png()[8:],
        png()[: -len(chunk(b"IEND"))],
        png() + chunk(b"IEND"),
        png()[:-12] + chunk(b"IEND", b"x"),
        png() + b"\0",
        png() + b"<script>alert(1)</script>",
        png() + b"PK\x03\x04" + bytes(40),
        b"\0" + png(),
        png(before=chunk(b"EVIL")),
        png(before=chunk(b"te\0t")),
        png(before=chunk(b"text")),
        png(before=SIGNATURE),
        png(before=chunk(b"PLTE", bytes(3)) + chunk(b"PLTE", bytes(3))),
        png(before=chunk(b"PLTE", bytes(4))),
        png(before=chunk(b"PLTE")),
        png(before=chunk(b"PLTE", bytes(257 * 3))),
        png(after=chunk(b"PLTE", bytes(3))),
        png(colour=0, before=chunk(b"PLTE", bytes(3))),
        png(after=chunk(b"tEXt") + chunk(b"IDAT")),
        png(colour=3, depth=1).replace(chunk(b"PLTE", bytes(3)), b""),
        png(colour=3, depth=1).replace(chunk(b"PLTE", bytes(3)), chunk(b"PLTE", bytes(9))),
    ],
    ids=lambda data: f"{len(data)} bytes",
)
def test_what_is_not_one_whole_png_is_refused(data: bytes) -> None:
    assert is_refused(data)


@pytest.mark.parametrize(
    "ihdr",
    [
        struct.pack(">IIBBBBB", 0, 2, 8, 6, 0, 0, 0),
        struct.pack(">IIBBBBB", 3, 0, 8, 6, 0, 0, 0),
        struct.pack(">IIBBBBB", 4001, 2, 8, 6, 0, 0, 0),
        struct.pack(">IIBBBBB", 3, 2**31, 8, 6, 0, 0, 0),
        struct.pack(">IIBBBBB", 3, 2, 4, 6, 0, 0, 0),
        struct.pack(">IIBBBBB", 3, 2, 8, 5, 0, 0, 0),
        struct.pack(">IIBBBBB", 3, 2, 8, 6, 1, 0, 0),
        struct.pack(">IIBBBBB", 3, 2, 8, 6, 0, 1, 0),
        struct.pack(">IIBBBBB", 3, 2, 8, 6, 0, 0, 2),
        struct.pack(">IIBBBB", 3, 2, 8, 6, 0, 0),
        b"",
    ],
)
def test_a_header_that_makes_no_sense_is_refused(ihdr: bytes) -> None:
    data = SIGNATURE + chunk(b"IHDR", ihdr) + chunk(b"IDAT", zlib.compress(bytes(26))) + chunk(b"IEND")
    assert is_refused(data)


@pytest.mark.parametrize(
    "packed",
    [
        zlib.compress(bytes(25)),
        zlib.compress(bytes(27)),
        zlib.compress(bytes(26))[:-1],
        zlib.compress(bytes(26))[:-4] + bytes(4),
        zlib.compress(bytes(26)) + b"\0",
        zlib.compress(bytes(26)) * 2,
        zlib.compress(b"\x05" + bytes(25)),
        zlib.compress(bytes(13) + b"\xff" + bytes(12)),
        b"",
        b"not compressed at all",
    ],
)
def test_pixels_that_do_not_fill_the_picture_exactly_are_refused(packed: bytes) -> None:
    data = SIGNATURE + header(3, 2) + chunk(b"IDAT", packed) + chunk(b"IEND")
    assert is_refused(data)
    good = SIGNATURE + header(3, 2) + chunk(b"IDAT", zlib.compress(bytes(26))) + chunk(b"IEND")
    assert not is_refused(good)


def test_a_truncated_upload_is_refused_wherever_it_ends() -> None:
    data = png(9, 9, noise=random.Random(3))
    assert all(is_refused(data[:length]) for length in range(len(data)))


def test_every_damaged_byte_is_noticed() -> None:
    data = png(5, 5, noise=random.Random(4))
    for place in range(len(data)):
        for flip in (0x01, 0x20, 0x80, 0xFF):
            damaged = bytearray(data)
            damaged[place] ^= flip
            assert is_refused(bytes(damaged)), (place, flip)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fail_otherwise(data: bytes) -> None:
    assert is_refused(data)
    assert is_refused(SIGNATURE + data)
    assert is_refused(SIGNATURE + header(3, 2) + data)


def test_a_picture_that_unpacks_to_gigabytes_costs_neither_time_nor_memory() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(180)) + packer.flush()
    bomb = SIGNATURE + header(4, 4) + chunk(b"IDAT", packed) + chunk(b"IEND")
    assert len(bomb) < 200 * 1024
    tracemalloc.start()
    started = time.perf_counter()
    assert is_refused(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - started < 5
    assert peak < 2_000_000


def test_the_largest_picture_is_read_row_by_row() -> None:
    data = png(4000, 4000, depth=8, colour=6)
    assert len(data) < 200 * 1024
    tracemalloc.start()
    assert logo.check_png(data) == (4000, 4000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
