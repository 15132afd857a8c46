"""A program that is killed while a picture is looked through: the picture follows once, masked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.end_to_end.conftest import Terminal

CARD = (80, 24, 250, 36)
"""Corners within the number on the picture: left, top, right, bottom."""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    drawn = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(drawn).text(
        (20, 20), "Card 4111 1111 1111 1111", fill="black", font=ImageFont.truetype("DejaVuSans.ttf", 18)
    )
    path = tmp_path / "till.png"
    drawn.save(path)
    return path


def start(terminal: Terminal, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "desktop", "--home", str(terminal.home), "--key-file", str(terminal.key_file)]
    return subprocess.Popen([*command, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_the_picture_follows_once_and_masked_whenever_it_was_killed(
    robin: Terminal, picture: Path, tmp_path: Path
) -> None:
    """Twice: as soon as the words are on the disk, and the next program as soon as it holds the home."""
    with start(robin, "report", "--summary", "The till fails", "--attach", str(picture)) as first:
        while not robin.json("tickets") and first.poll() is None:
            pass
        first.kill()
    (row,) = robin.json("tickets")
    with start(robin, "sync") as second:
        while not any((robin.home / "open").iterdir()) and second.poll() is None:
            pass
        second.kill()
    robin("sync")
    (shown,) = robin.json("tickets")
    assert (shown["reference"], shown["summary"]) == (row["reference"], "The till fails")
    (file,) = robin.json("show", row["reference"])["files"]
    assert file["name"] == "till.png"
    written = tmp_path / "written.png"
    assert robin("file", row["reference"], "till.png", "--output", str(written)).code == 0
    with Image.open(written) as left:
        assert left.convert("RGB").crop(CARD).getextrema() == ((0, 0), (0, 0), (0, 0))
