"""A photograph loses what its camera wrote into it, and nothing else."""

import io
import struct
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from desktop.capture.bare_picture import bare

PLACE, MAKER, WHEN = b"\x35\x9a\x11", b"Secret Maker", b"2026:11:28 09:15:00"
GPS, ORIENTATION, MAKE, DATE = 0x8825, 0x0112, 0x010F, 0x0132
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>Secret Maker was here</rdf:RDF></x:xmpmeta>"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")


def picture() -> Image.Image:
    image = Image.new("RGB", (96, 64), "navy")
    image.paste("orange", (8, 8, 40, 50))
    return image


def exif(orientation: int = 6) -> bytes:
    told = Image.Exif()
    told[ORIENTATION], told[MAKE], told[DATE] = orientation, MAKER.decode(), WHEN.decode()
    told[GPS] = {1: "N", 2: (48.0, 12.0, 30.5), 3: "E", 4: (16.0, 22.0, 11.25), 29: "2026:11:28"}
    return told.tobytes()


def taken(kind: str, orientation: int = 6, **more: Any) -> bytes:
    """A photograph as a camera leaves it."""
    file = io.BytesIO()
    told: dict[str, Any] = {"exif": exif(orientation), "xmp": XMP} | more
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", MAKER.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        told["pnginfo"] = text
    picture().save(file, kind, **told)
    return file.getvalue()


def without(content: bytes) -> bytes:
    new = bare(io.BytesIO(content))
    assert new is not None
    return new


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def upright(content: bytes) -> Image.Image:
    return ImageOps.exif_transpose(opened(content))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photograph_loses_place_time_and_camera_and_keeps_its_pixels(kind: str) -> None:
    before = taken(kind)
    assert MAKER in before

    after = without(before)

    for secret in (MAKER, WHEN, b"xmpmeta"):
        assert secret not in after
    told = opened(after).getexif()
    assert not told.get_ifd(GPS)
    assert set(told) <= {ORIENTATION}
    assert opened(after).tobytes() == opened(before).tobytes()
    assert upright(after).tobytes() == upright(before).tobytes()
    assert upright(after).size == (64, 96)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_upright_photograph_needs_no_orientation(kind: str) -> None:
    after = without(taken(kind, orientation=1))

    assert not opened(after).getexif()
    assert upright(after).size == (96, 64)


@pytest.mark.parametrize("kind", FORMATS)
def test_its_colours_stay(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    assert opened(without(taken(kind, icc_profile=profile))).info["icc_profile"] == profile


@pytest.mark.parametrize("more", [{"progressive": True}, {"quality": 95, "subsampling": 0}, {"restart_marker_rows": 1}])
def test_every_way_of_writing_a_photograph_is_followed(more: dict[str, Any]) -> None:
    before = taken("JPEG", **more)

    assert opened(without(before)).tobytes() == opened(before).tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_stands_behind_the_end_is_left_out(kind: str) -> None:
    """A phone's moving picture, a preview, or the rest of a larger picture (aCropalypse)."""
    after = without(taken(kind) + b"\0\0\0\x18ftypmp42" + MAKER * 100)

    assert MAKER not in after
    assert opened(after).tobytes() == opened(taken(kind)).tobytes()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_without_particulars_stays_as_it_is(kind: str) -> None:
    file = io.BytesIO()
    picture().save(file, kind)

    assert bare(io.BytesIO(file.getvalue())) is None
    assert bare(io.BytesIO(without(taken(kind)))) is None, "once is enough"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\x00\x02",
        b"\xff\xd8\xff\xe0\xff\xff",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0\0\0\0\0",
        b"%PDF-1.7 with Exif\0\0 in it",
        b"II*\0\x08\0\0\0 a TIFF file",
        b"GIF89a",
    ],
)
def test_what_is_no_whole_picture_stays_as_it_is(content: bytes) -> None:
    assert bare(io.BytesIO(content)) is None


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("at", range(8, 400, 23))
def test_a_damaged_picture_ends_in_one_way_or_the_other(kind: str, at: int) -> None:
    damaged = bytearray(taken(kind))
    damaged[at : at + 4] = b"\xff\xff\xff\xff"

    assert bare(io.BytesIO(bytes(damaged))) != b""


def item_file(*, method: int, version: int) -> bytes:
    """A HEIC file's boxes with an Exif and an XMP item, as a telephone orders them: in `idat`, or at the end."""

    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + kind + content

    def full(kind: bytes, content: bytes, number: int = 0) -> bytes:
        return box(kind, bytes([number, 0, 0, 0]) + content)

    told = struct.pack(">I", 0) + exif()[6:]
    wide = ">I" if version == 2 else ">H"

    def located(item: int, offset: int, length: int) -> bytes:
        way = struct.pack(">H", method) if version else b""
        return struct.pack(wide, item) + way + struct.pack(">HHII", 0, 1, offset, length)

    def file(start: int) -> bytes:
        names = full(b"infe", struct.pack(">HH4s", 2, 0, b"Exif") + b"\0", 2)
        names += full(b"infe", struct.pack(">HH4s", 3, 0, b"mime") + b"\0application/rdf+xml\0", 2)
        places = located(2, start, len(told)) + located(3, start + len(told), len(XMP))
        inner = full(b"iinf", struct.pack(">H", 2) + names)
        inner += full(b"iloc", b"\x44\x00" + struct.pack(wide, 2) + places, version)
        inner += box(b"idat", told + XMP) if method else b""
        head = box(b"ftyp", b"heic\0\0\0\0mif1heic") + full(b"meta", inner)
        return head + box(b"mdat", b"" if method else told + XMP)

    return file(0 if method else len(file(0)) - len(told + XMP))


@pytest.mark.parametrize(("method", "version"), [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2)])
def test_a_telephones_picture_is_blanked_wherever_its_particulars_stand(method: int, version: int) -> None:
    before = item_file(method=method, version=version)
    assert MAKER in before

    after = without(before)

    assert (MAKER in after, b"xmpmeta" in after, len(after)) == (False, False, len(before))


def test_a_stream_that_is_no_picture_is_read_no_further_than_its_head() -> None:
    read: list[int] = []

    class Stream(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            read.append(-1 if size is None else size)
            return super().read(size)

    assert bare(Stream(b"plain text" * 1000)) is None
    assert read == [16]
