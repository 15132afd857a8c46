"""Pictures of every kind are covered in their pixels and made anew: nothing else of the old file is in the new one."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, PngImagePlugin

from desktop.capture.redact.apply import NotAPicture, applied, open_picture, png
from desktop.tickets.marks import Mark, MarkKind

SIZE = (120, 80)
MASK = Mark(kind=MarkKind.REDACT, left=30, top=10, right=70, bottom=50)
HIDDEN = b"hidden-particulars"


def drawn() -> Image.Image:
    """Darker to the right, with a lighter field where something private stands."""
    picture = Image.linear_gradient("L").rotate(90).resize(SIZE).convert("RGB")
    picture.paste((200, 90, 40), (30, 10, 70, 50))
    return picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    whole = io.BytesIO()
    picture.save(whole, form, **options)
    return whole.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def deep_png(channels: int) -> bytes:
    """Sixteen bits in a channel, which Pillow does not write for colours."""
    picture = drawn() if channels > 1 else drawn().convert("L")
    samples = list(picture.tobytes())
    rows = [samples[at : at + SIZE[0] * channels] for at in range(0, len(samples), SIZE[0] * channels)]
    raw = b"".join(b"\0" + b"".join(struct.pack(">H", value * 257) for value in row) for row in rows)
    head = struct.pack(">IIBBBBB", *SIZE, 16, 2 if channels > 1 else 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def exif(way_up: int) -> Image.Exif:
    particulars = Image.Exif()
    particulars[0x0112] = way_up
    particulars[0x010E] = HIDDEN.decode()
    return particulars


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", HIDDEN.decode())
    return info


def see_through(picture: Image.Image) -> Image.Image:
    picture.putalpha(Image.new("L", SIZE, 255))
    return picture


ANOTHER = Image.new("RGB", SIZE, (1, 2, 3))
FORMATS: dict[str, Callable[[], bytes]] = {
    "PNG": lambda: saved(drawn(), "PNG", pnginfo=texts()) + HIDDEN,
    "PNG of a palette": lambda: saved(drawn().quantize(64), "PNG"),
    "PNG with transparency": lambda: saved(see_through(drawn()), "PNG", exif=exif(1)),
    "PNG of sixteen bits": lambda: deep_png(3),
    "PNG of sixteen bits of grey": lambda: deep_png(1),
    "PNG that moves": lambda: saved(drawn(), "PNG", save_all=True, append_images=[ANOTHER]),
    "JPEG": lambda: saved(drawn(), "JPEG", quality=95, exif=exif(1), comment=HIDDEN) + HIDDEN,
    "JPEG for print": lambda: saved(drawn().convert("CMYK"), "JPEG", quality=95),
    "WebP": lambda: saved(drawn(), "WEBP", lossless=True, exif=exif(1), xmp=HIDDEN),
    "WebP that moves": lambda: saved(drawn(), "WEBP", lossless=True, save_all=True, append_images=[ANOTHER]),
    "GIF": lambda: saved(drawn(), "GIF", comment=HIDDEN),
    "GIF that moves": lambda: saved(drawn(), "GIF", save_all=True, append_images=[ANOTHER]),
    "BMP": lambda: saved(drawn(), "BMP") + HIDDEN,
    "TIFF": lambda: saved(drawn(), "TIFF", compression="tiff_lzw", exif=exif(1)),
    "TIFF of pages": lambda: saved(drawn(), "TIFF", save_all=True, append_images=[ANOTHER]),
    "TIFF for print": lambda: saved(drawn().convert("CMYK"), "TIFF"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_covered_is_black_and_the_rest_is_as_it_was(name: str) -> None:
    new = b"".join(png(applied(open_picture(io.BytesIO(FORMATS[name]())), [MASK])))
    with Image.open(io.BytesIO(new)) as picture:
        seen = picture.convert("RGB")
    assert seen.size == SIZE
    assert seen.crop((30, 10, 70, 50)).getextrema() == ((0, 0),) * 3
    before = drawn().convert("L")
    for place in ((5, 70), (60, 70), (115, 70), (28, 30), (73, 30)):
        assert seen.convert("L").getpixel(place) == pytest.approx(before.getpixel(place), abs=9), place


@pytest.mark.parametrize("name", FORMATS)
def test_the_new_file_is_pixels_alone(name: str) -> None:
    new = b"".join(png(applied(open_picture(io.BytesIO(FORMATS[name]())), [MASK])))
    names, at = [], 8
    while at < len(new):
        names.append(new[at + 4 : at + 8])
        at += 12 + struct.unpack(">I", new[at : at + 4])[0]
    assert names == [b"IHDR", *[b"IDAT"] * (len(names) - 2), b"IEND"]
    assert at == len(new)
    assert HIDDEN not in new
    assert HIDDEN in FORMATS["PNG"](), "else the search for it tells nothing"


@pytest.mark.parametrize("way_up", range(1, 9))
def test_a_mark_counts_on_the_picture_as_it_is_seen(way_up: int) -> None:
    turned = open_picture(io.BytesIO(saved(drawn(), "JPEG", quality=95, exif=exif(way_up))))
    assert turned.size == (SIZE if way_up < 5 else SIZE[::-1])
    new = applied(turned, [MASK])
    assert new.crop((30, 10, 70, 50)).getextrema() == ((0, 0),) * 3
    assert new.getpixel((29, 9)) == turned.getpixel((29, 9)) != (0, 0, 0)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF"])
def test_half_a_file_is_refused(name: str) -> None:
    whole = FORMATS[name]()
    with pytest.raises(NotAPicture):
        open_picture(io.BytesIO(whole[: len(whole) // 2]))
