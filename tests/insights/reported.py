"""Frozen runs for tests of what is drawn from them."""

import struct
import zlib

from safar.insights.actions import runs
from safar.insights.indicators.period import Month
from tests.insights.records import autumn

SEPTEMBER = Month(2026, 9)


def one_pixel(picture) -> bytes:
    """Stand in for the door's pen: the smallest PNG there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def frozen(by, centre: str = "", **generated):
    autumn(**generated)
    return runs.freeze(month=SEPTEMBER, centre=centre, by=by)
