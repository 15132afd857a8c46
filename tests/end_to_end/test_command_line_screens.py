"""`helptray screens FOLDER`: pictures of the screens as files of the person's own."""

import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.capture.policy.file import PolicyFile
from desktop.capture.screens.geometry import Rectangle
from desktop.cli import patience
from tests.display import HEIGHT, WIDTH, fresh_display
from tests.end_to_end.conftest import Terminal


def test_each_screen_is_a_file_that_only_its_owner_reads(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new" / "pictures"
    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        painter.window(Rectangle(100, 50, 200, 100), 0x3366CC)
        (told,) = terminal.json("screens", str(folder))
        again = terminal("screens", str(folder), "--json")

    file = folder / "screen.png"
    assert told == {
        "label": "Screen",
        "file": str(file),
        "width": WIDTH,
        "height": HEIGHT,
        "active": True,
        "black": False,
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Image.open(file) as picture:
        assert (picture.format, picture.size, picture.getpixel((150, 80))) == ("PNG", (WIDTH, HEIGHT), (51, 102, 204))
    assert (again.code, again.sentence) == (2, f"{file} is there already. Name another folder.")
    assert not terminal.home.exists()


def test_a_black_screen_is_said(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        answer = terminal("screens", str(tmp_path / "out"))

    assert answer.out == f"{tmp_path / 'out' / 'screen.png'}\n"
    assert "Screen came out black" in answer.err


def test_where_there_is_no_screen_nothing_is_written(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal("screens", str(tmp_path / "out"), "--json")

    assert (answer.code, answer.sentence) == (4, "There is no screen here, so no picture was taken.")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def silent_display(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A display whose server lets everyone in and answers nobody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}")
        monkeypatch.setattr(patience, "SCREENS_SECONDS", 0.5)
        yield


@pytest.mark.usefixtures("silent_display")
def test_a_desktop_that_does_not_answer_is_not_waited_for_for_ever(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal("screens", str(tmp_path / "out"), "--json")

    assert answer.code == 4
    assert answer.sentence.startswith("The desktop does not answer.")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("silent_display")
def test_a_ticket_is_saved_though_the_desktop_does_not_answer(terminal: Terminal) -> None:
    answer = terminal("report", "--summary", "Everything is frozen", "--screenshot", "all")

    assert answer.code == 0
    assert "Saved without a picture. The desktop does not answer." in answer.err


def test_what_the_administrator_forbids_is_not_taken(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "policy.toml"
    rules.write_text("[capture]\nscreenshots = false\n", encoding="utf-8")
    monkeypatch.setattr(PolicyFile.__init__, "__defaults__", (rules,))

    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        answer = terminal("screens", str(tmp_path / "out"), "--json")

    assert answer.code == 4
    assert "administrator" in answer.sentence
    assert not (tmp_path / "out").exists()


def test_what_lives_long_lets_go_of_its_memory() -> None:
    """A picture is taken without Python looking for memory to let go of; all else goes on with it."""
    code = "import gc, sys; from desktop.__main__ import main; sys.argv = ['helptray', '--version']; main()"
    subprocess.run([sys.executable, "-c", f"{code}; assert gc.isenabled()"], check=True, stdout=subprocess.DEVNULL)
