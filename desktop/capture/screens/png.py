"""PNG files of screens, in one pass and little memory (PNG specification, third edition; RFC 1950)."""

import struct
from collections.abc import Iterator

from isal import isal_zlib
from PIL import Image, ImageChops

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB_8_BIT = (8, 2, 0, 0, 0)
_BAND = 128
"""Rows that are worked on at a time: at 4K about 1.5 MB, which stays in the processor's cache."""
_LEVEL = 1
"""Of ISA-L's four: higher ones take up to four times as long and save nothing on screens."""
_FILTER_UP = b"\x02"
"""Each row as its difference from the one above: screens are mostly repeated rows (specification, section 9)."""


def encode(pixels: memoryview, width: int, height: int) -> Iterator[bytes]:
    """The pieces of a PNG file with the pixels (blue, green, red, unused; rows from the top), in order."""
    yield _SIGNATURE + _chunk(b"IHDR", struct.pack(">2I5B", width, height, *_RGB_8_BIT))
    deflate = isal_zlib.compressobj(level=_LEVEL)
    stride = width * 4
    above = Image.new("RGB", (width, 1))
    for top in range(0, height, _BAND):
        rows = min(_BAND, height - top)
        band = Image.frombytes("RGB", (width, rows), bytes(pixels[top * stride : (top + rows) * stride]), "raw", "BGRX")
        shifted = Image.new("RGB", band.size)
        shifted.paste(above)
        shifted.paste(band.crop((0, 0, width, rows - 1)), (0, 1))
        above = band.crop((0, rows - 1, width, rows))
        packed = deflate.compress(_with_filters(ImageChops.subtract_modulo(band, shifted).tobytes(), width * 3))
        if packed:
            yield _chunk(b"IDAT", packed)
    yield _chunk(b"IDAT", deflate.flush()) + _chunk(b"IEND", b"")


def _with_filters(rows: bytes, stride: int) -> bytes:
    return b"".join(_FILTER_UP + rows[start : start + stride] for start in range(0, len(rows), stride))


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = isal_zlib.crc32(content, isal_zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
