"""Pictures in boxes (HEIC and AVIF: ISO/IEC 14496-12 and 23008-12) without their Exif and XMP items.

Everything in such a file is found by its place, so what is taken out is blanked and nothing moves. Which way is up is
a property of the picture itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_NO_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""An Exif item that holds no field."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int


def without_items(whole: bytes) -> bytes:
    """The file with its Exif and XMP items blanked. `ValueError` or `struct.error` where it cannot be followed."""
    meta = next((box for box in _boxes(whole, 0, len(whole)) if box.kind == b"meta"), None)
    if meta is None:
        return whole
    inner = {box.kind: box for box in _boxes(whole, meta.start + 4, meta.end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        return whole
    items = dict(_particulars(whole, inner[b"iinf"]))
    new = bytearray(whole)
    store = inner[b"idat"].start if b"idat" in inner else 0
    for item, start, length in _extents(whole, inner[b"iloc"], store):
        if item in items and length:
            if start + length > len(whole):
                raise ValueError("cut off")
            blank = _NO_EXIF if items[item] == b"Exif" and length >= len(_NO_EXIF) else b""
            fill = b"\0" if items[item] == b"Exif" else b" "
            new[start : start + length] = blank.ljust(length, fill)
    return bytes(new)


def _boxes(whole: bytes, at: int, end: int) -> Iterator[_Box]:
    """The boxes between two places, each with where its content starts and ends."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", whole, at)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", whole, at + 8), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("cut off")
        yield _Box(kind, at + head, at + size)
        at += size


def _particulars(whole: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Numbers and kinds of the items that are Exif or XMP."""
    first = box.start + (6 if whole[box.start] == 0 else 8)
    for entry in _boxes(whole, first, box.end):
        version = whole[entry.start]
        if entry.kind != b"infe" or version < 2:
            continue
        form = ">HH4s" if version == 2 else ">IH4s"
        item, _, kind = struct.unpack_from(form, whole, entry.start + 4)
        is_xmp = kind == b"mime" and b"rdf+xml" in whole[entry.start : entry.end]
        if kind == b"Exif" or is_xmp:
            yield item, kind


def _extents(whole: bytes, box: _Box, store: int) -> Iterator[tuple[int, int, int]]:
    """Each item's number, and where each piece of it starts and how long it is; `store` is where `idat` starts."""
    version, at = whole[box.start], box.start + 4
    sizes, more = whole[at], whole[at + 1]
    of_offset, of_length, of_base, of_index = sizes >> 4, sizes & 15, more >> 4, more & 15 if version else 0
    wide = 4 if version == 2 else 2
    count, at = _number(whole, at + 2, wide), at + 2 + wide
    for _ in range(count):
        item, at = _number(whole, at, wide), at + wide
        method = _number(whole, at, 2) & 15 if version else 0
        at += 4 if version else 2
        base, at = _number(whole, at, of_base), at + of_base
        pieces, at = _number(whole, at, 2), at + 2
        for _ in range(pieces):
            at += of_index
            offset, at = _number(whole, at, of_offset), at + of_offset
            length, at = _number(whole, at, of_length), at + of_length
            if method < 2:
                yield item, (store if method == 1 else 0) + base + offset, length


def _number(whole: bytes, at: int, size: int) -> int:
    if at + size > len(whole):
        raise ValueError("cut off")
    return int.from_bytes(whole[at : at + size], "big")
