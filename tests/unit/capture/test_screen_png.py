"""PNG files of pixels, read back by another program's decoder."""

import io
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
