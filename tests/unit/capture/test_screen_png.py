"""PNG files of pixels, read back by another program's decoder."""

import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from desktop.capture.screens.png import encode
from desktop.capture.screens.screenshot import is_black


def decoded(pixels: bytes, width: int, height: int) -> bytes:
    with Image.open(io.BytesIO(b"".join(encode(memoryview(pixels), width, height)))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (width, height))
        return picture.tobytes()


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1, 300), (300, 1), (17, 127), (16, 128), (15, 129), (64, 256), (3, 257)]
)
def test_every_pixel_comes_back(bgrx: Callable[[int, int], bytes], width: int, height: int) -> None:
    pixels = bgrx(width, height)

    rgb = decoded(pixels, width, height)

    assert rgb[0::3] == pixels[2::4]
    assert rgb[1::3] == pixels[1::4]
    assert rgb[2::3] == pixels[0::4]


@pytest.mark.parametrize("height", [1, 15, 16, 17, 200])
def test_the_file_is_whole_and_ends_where_it_ends(bgrx: Callable[[int, int], bytes], height: int) -> None:
    """Decoders forgive much; the checksums and the end of the packed rows are looked at here."""
    file = b"".join(encode(memoryview(bgrx(40, height)), 40, height))
    place, kinds, packed = 8, [], b""
    while place < len(file):
        length = int.from_bytes(file[place : place + 4])
        kind, content = file[place + 4 : place + 8], file[place + 8 : place + 8 + length]
        assert int.from_bytes(file[place + 8 + length : place + 12 + length]) == zlib.crc32(kind + content)
        kinds.append(kind)
        packed += content if kind == b"IDAT" else b""
        place += 12 + length
    rows = zlib.decompressobj()
    assert len(rows.decompress(packed)) == height * (40 * 3 + 1)
    assert (rows.eof, rows.unused_data) == (True, b"")
    assert (kinds[0], kinds[-1], set(kinds[1:-1])) == (b"IHDR", b"IEND", {b"IDAT"})


def test_a_plain_screen_is_a_small_file() -> None:
    pixels = b"\x80\x40\x20\xff" * (1920 * 1080)

    assert sum(map(len, encode(memoryview(pixels), 1920, 1080))) < len(pixels) // 200


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        (bytes(4 * 6), True),
        (b"\0\0\0\xff" * 6, True),
        (bytes(4 * 5) + b"\0\0\1\0", False),
        (b"\1\0\0\0" + bytes(4 * 5), False),
        (bytes(4 * 3) + b"\0\1\0\0" + bytes(4 * 2), False),
    ],
)
def test_black_means_every_pixel(pixels: bytes, expected: bool) -> None:
    assert is_black(pixels, 3) is expected
