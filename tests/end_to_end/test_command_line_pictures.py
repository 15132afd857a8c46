"""Pictures that a command names are looked through like those that are chosen in a window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop.capture.screen_text.reader import TextReader
from desktop.pictures import NO_READER
from tests.end_to_end.conftest import Answer, Terminal

REPORT = ("report", "--summary", "The till does not take cards")
COVERED = "Private things were covered on till.png."
CARD, ADDRESS = (80, 24, 250, 36), (30, 94, 230, 106)
"""Corners within the words on the picture: left, top, right, bottom."""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A card number and an address."""
    drawn = Image.new("RGB", (900, 300), "white")
    pen, font = ImageDraw.Draw(drawn), ImageFont.truetype("DejaVuSans.ttf", 18)
    pen.text((20, 20), "Card 4111 1111 1111 1111", fill="black", font=font)
    pen.text((20, 90), "kim.miller@client.example", fill="black", font=font)
    path = tmp_path / "till.png"
    drawn.save(path)
    return path


@pytest.fixture
def attached(terminal: Terminal, tmp_path: Path) -> Callable[[], Path]:
    """Writes the newest ticket's picture to disk."""

    def written() -> Path:
        reference = terminal.json("tickets")[0]["reference"]
        path = tmp_path / "attached.png"
        assert terminal("file", reference, "till.png", "--output", str(path)).code == 0
        return path

    return written


def is_black(path: Path, corners: tuple[int, int, int, int]) -> bool:
    with Image.open(path) as picture:
        return picture.convert("RGB").crop(corners).getextrema() == ((0, 0), (0, 0), (0, 0))


def report(terminal: Terminal, picture: Path, *words: str) -> Answer:
    answer = terminal(*REPORT, "--attach", str(picture), *words)
    assert answer.code == 0, answer
    return answer


def test_what_surely_is_private_is_covered_and_said(
    terminal: Terminal, picture: Path, attached: Callable[[], Path]
) -> None:
    answer = report(terminal, picture)
    assert COVERED in answer.err
    assert is_black(attached(), CARD)
    assert not is_black(attached(), ADDRESS), "who names a picture knows it: what is not sure stays"


def test_a_reply_does_the_same(terminal: Terminal, picture: Path, attached: Callable[[], Path]) -> None:
    terminal.json(*REPORT)
    reference = terminal.json("tickets")[0]["reference"]
    answer = terminal("note", reference, "Like this", "--attach", str(picture))
    assert COVERED in answer.err
    assert is_black(attached(), CARD)


def test_a_picture_goes_as_it_is_where_that_is_wished(
    terminal: Terminal, picture: Path, attached: Callable[[], Path]
) -> None:
    assert COVERED not in report(terminal, picture, "--as-is").err
    assert attached().read_bytes() == picture.read_bytes()


def test_a_picture_with_nothing_private_on_it_goes_as_it_is(
    terminal: Terminal, picture: Path, attached: Callable[[], Path]
) -> None:
    Image.new("RGB", (900, 300), "white").save(picture)
    assert COVERED not in report(terminal, picture).err
    assert attached().read_bytes() == picture.read_bytes()


def test_where_nothing_looks_through_pictures_that_is_said(
    terminal: Terminal, picture: Path, attached: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextReader, "is_installed", staticmethod(lambda: False))
    assert NO_READER in report(terminal, picture).err
    assert attached().read_bytes() == picture.read_bytes()
