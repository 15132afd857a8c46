"""PNG files of screens, in one pass and little memory (PNG specification, third edition; RFC 1950 and 1951)."""

import os
import struct
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from isal import isal_zlib
from PIL import Image, ImageChops

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_RGB_8_BIT: Final = (8, 2, 0, 0, 0)
_ZLIB: Final = b"\x78\x01"
_END: Final = b"\x03\x00"
"""A last block with nothing in it (RFC 1951, section 3.2.6)."""
_BAND: Final = 16
"""Rows that are worked on at a time: at 4K about 180 KB, little enough that its memory is used again for the next; with
a megabyte it would be given back and fetched anew each time, which takes as long as all the rest."""
_LEVEL: Final = 1
"""Of ISA-L's four: higher ones take up to four times as long and save nothing on screens."""
_FILTER_UP: Final = b"\x02"
"""Each row as its difference from the one above: screens are mostly repeated rows (specification, section 9)."""
_MOST_THREADS: Final = 4


def encode(pixels: memoryview, width: int, height: int) -> Iterator[bytes]:
    """The pieces of a PNG file with the pixels (blue, green, red, unused; rows from the top), in order.

    Bands are packed beside one another, on as many threads as there are processors, at most two bands ahead of each.
    """
    yield _SIGNATURE + _chunk(b"IHDR", struct.pack(">2I5B", width, height, *_RGB_8_BIT))
    checksum, begins = 1, _ZLIB
    for rows, packed in _bands(pixels, width, height):
        checksum = isal_zlib.adler32(rows, checksum)
        yield _chunk(b"IDAT", begins + packed)
        begins = b""
    yield _chunk(b"IDAT", _END + struct.pack(">I", checksum)) + _chunk(b"IEND", b"")


class _Own(threading.local):
    """What each thread has for itself. After a full flush nothing of earlier bands is referred to."""

    def __init__(self) -> None:
        self.deflate = isal_zlib.compressobj(level=_LEVEL, wbits=-15)


def _bands(pixels: memoryview, width: int, height: int) -> Iterator[tuple[bytes, bytes]]:
    """Each band as the file has its rows, and the same deflated."""
    threads, own = min(os.cpu_count() or 1, _MOST_THREADS), _Own()

    def band(top: int) -> tuple[bytes, bytes]:
        rows = _filtered(pixels, width, top, min(top + _BAND, height))
        return rows, own.deflate.compress(rows) + own.deflate.flush(isal_zlib.Z_FULL_FLUSH)

    ahead: deque[Future[tuple[bytes, bytes]]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="png") as pool:
        for top in range(0, height, _BAND):
            ahead.append(pool.submit(band, top))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _filtered(pixels: memoryview, width: int, top: int, end: int) -> bytes:
    """Rows from `top` to before `end` as the file has them."""
    stride = width * 4
    above = bytes(stride) + bytes(pixels[: end * stride]) if top == 0 else pixels[(top - 1) * stride : end * stride]
    rows = end - top
    image = Image.frombytes("RGB", (width, rows + 1), above, "raw", "BGRX")
    differences = ImageChops.subtract_modulo(image.crop((0, 1, width, rows + 1)), image)  # as many rows as both have
    content, stride = differences.tobytes(), width * 3
    return b"".join([_FILTER_UP + content[start : start + stride] for start in range(0, len(content), stride)])


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = isal_zlib.crc32(content, isal_zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
