"""A photograph without what the camera has written into it: where and when it was taken, with what, by whom.

The picture itself is not touched: pieces of the file are left out, or blanked where others are found by their place.
Whether a file is such a picture is told by its first bytes, never by its name. What cannot be followed to its end is no
picture, or a damaged one, and is left as it is.
"""

import re
import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from desktop.capture.item_boxes import without_items

_LARGEST = 100 * 1024 * 1024
"""Bytes; a larger file is no photograph, and is not held in memory."""
_ORIENTATION = 0x0112
_UPRIGHT = 1

_Parts = Iterator[bytes]


def bare(source: BinaryIO) -> bytes | None:
    """The file's bytes without its particulars; None where it has none, or is no JPEG, PNG, WebP, HEIC or AVIF.

    The picture keeps its pixels, its colours (ICC) and the way up it is shown. What stands behind its end is left out.
    """
    head = source.read(16)
    strip = next((strip for begins, strip in _KINDS if begins.match(head)), None)
    if strip is None:
        return None
    whole = head + source.read(_LARGEST)
    if len(whole) > _LARGEST:
        return None
    try:
        new = strip(whole)
    except (struct.error, ValueError, IndexError, SyntaxError):
        return None
    return None if new == whole else new


def _jpeg(whole: bytes) -> bytes:
    """ISO/IEC 10918-1, annex B; JFIF, ICC (APP2) and Adobe's colours (APP14) stay."""
    kept, exif, at = [whole[:2]], b"", 2
    while True:
        if whole[at] != 0xFF:
            raise ValueError("no marker")
        marker = whole[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        end = at + 2 + struct.unpack_from(">H", whole, at + 2)[0]
        segment = whole[at:end]
        if end > len(whole) or len(segment) < 4:
            raise ValueError("cut off")
        if marker == 0xDA:
            found = _NEXT_MARKER.search(whole, end)
            end = found.start() if found else len(whole)
            kept.append(whole[at:end])
            if found is None:
                return _oriented(kept, exif)
        elif marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            exif = exif or segment[4:]
        elif (not 0xE0 <= marker <= 0xEF and marker != 0xFE) or _of_the_picture(marker, segment[4:]):
            kept.append(segment)
        at = end
    return _oriented([*kept, b"\xff\xd9"], exif)


_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _of_the_picture(marker: int, content: bytes) -> bool:
    begins = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}.get(marker)
    return begins is not None and content.startswith(begins)


def _oriented(kept: list[bytes], exif: bytes) -> bytes:
    """The segments, with which way is up where the camera was not held upright."""
    if new := _orientation_alone(exif):
        has_jfif = kept[1][1:2] == b"\xe0"
        kept.insert(2 if has_jfif else 1, b"\xff\xe1" + struct.pack(">H", len(new) + 2) + new)
    return b"".join(kept)


def _orientation_alone(exif: bytes) -> bytes:
    """Exif data (`Exif`, two zeros, TIFF) with nothing but the orientation; empty where that is upright or unknown."""
    from PIL import Image

    try:
        told = Image.Exif()
        told.load(exif)
        orientation = told.get(_ORIENTATION, _UPRIGHT)
    except Exception:  # noqa: BLE001  (whatever Pillow makes of data that is damaged: it has no orientation)
        return b""
    if not isinstance(orientation, int) or not _UPRIGHT < orientation <= 8:
        return b""
    new = Image.Exif()
    new[_ORIENTATION] = orientation
    return new.tobytes()


_OF_A_PNG = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
"""Chunks that tell how it looks, beside those that no reader may leave out."""


def _png(whole: bytes) -> bytes:
    """PNG (third edition): texts, the time, Exif and what is not in the standard are left out."""
    kept, exif, at, kind = [whole[:8]], b"", 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", whole, at)
        kind, end = whole[at + 4 : at + 8], at + 12 + length
        if end > len(whole):
            raise ValueError("cut off")
        if kind == b"eXIf":
            exif = b"Exif\0\0" + whole[at + 8 : end - 4]
        elif kind[:1].isupper() or kind in _OF_A_PNG:
            kept.append(whole[at:end])
        at = end
    if new := _orientation_alone(exif):
        from zlib import crc32

        body = b"eXIf" + new.removeprefix(b"Exif\0\0")
        kept.insert(2, struct.pack(">I", len(body) - 4) + body + struct.pack(">I", crc32(body)))
    return b"".join(kept)


def _webp(whole: bytes) -> bytes:
    """RFC 9649: the chunks `EXIF` and `XMP ` are left out, and those that are not in it."""
    end = 8 + struct.unpack_from("<I", whole, 4)[0]
    kept, exif, at = [], b"", 12
    if end > len(whole):
        raise ValueError("cut off")
    while at < end:
        kind, (length,) = whole[at : at + 4], struct.unpack_from("<I", whole, at + 4)
        content = whole[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            exif = content if content.startswith(b"Exif\0\0") else b"Exif\0\0" + content
        elif kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept.append((kind, content))
        at += 8 + length + length % 2
    new = _orientation_alone(exif)
    if new:
        kept.append((b"EXIF", new.removeprefix(b"Exif\0\0")))
    chunks = b"".join(
        kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
        for kind, content in ((kind, _flagged(kind, content, bool(new))) for kind, content in kept)
    )
    return whole[:4] + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def _flagged(kind: bytes, content: bytes, has_exif: bool) -> bytes:
    """The head of an extended file, which says what chunks there are."""
    if kind != b"VP8X":
        return content
    return bytes([content[0] & ~0x0C | (0x08 if has_exif else 0)]) + content[1:]


_KINDS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), _png),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), _webp),
    (re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif[12]|msf1|avi[fs])", re.DOTALL), without_items),
)
"""How a file of each kind begins."""
