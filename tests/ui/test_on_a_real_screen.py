"""Nothing of ours is on any picture, on a real X screen with our windows open; and the keys come back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.capture.screens.geometry import Rectangle
from tests.display import fresh_display, said_by

WIDE, HIGH = 1200, 900
NO_SIGN = {"ours": 0, "signs": 0}
NOTHING = {**NO_SIGN, "menu": 0}
DONE = [
    "the key",
    "the key again, while the cue is seen",
    "again, while the cue is seen",
    "again",
    "again in 3 seconds",
    "all as one",
    "region",
    "a window that is wanted meanwhile",
]


@contextmanager
def window_manager(display: str, name: str) -> Iterator[None]:
    if not name:
        yield
        return
    if shutil.which(name) is None:
        pytest.skip(f"no {name} on this machine")
    environment = {**os.environ, "DISPLAY": display}
    with subprocess.Popen([name], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def told_by(home: Path, *words: str, manager: str = "", scales: str = "") -> Any:
    """What the program says; with `scales` on two screens that stand side by side, as Qt is told of them."""
    with fresh_display(f"{WIDE}x{HIGH}x24") as painter, window_manager(painter.name, manager):
        if scales:
            painter.monitor(b"left", Rectangle(0, 0, WIDE // 2, HIGH), in_place_of_all=True)
            painter.monitor(b"right", Rectangle(WIDE // 2, 0, WIDE // 2, HIGH))
        painter.window(Rectangle(WIDE - 50, HIGH - 50, 50, 50), 0x204060)
        return said_by("tests.ui.screen_program", str(home), *words, display=painter.name, scales=scales)


@pytest.mark.parametrize(("manager", "scales"), [("", ""), ("openbox", ""), ("openbox", "left=1;right=1.5")])
def test_pictures_show_menus_that_were_opened_but_nothing_of_ours(tmp_path: Path, manager: str, scales: str) -> None:
    told = told_by(tmp_path / "home", manager=manager, scales=scales)
    screens = 2 if scales else 1

    assert told.pop("all windows are back")
    assert [seen.pop("menu") for seen in told["again in 3 seconds"]] == [100 * 100, 0][:screens]
    assert told == {name: [NOTHING if name != "again in 3 seconds" else NO_SIGN] * screens for name in told}
    assert list(told) == DONE


def test_without_stepping_aside_our_windows_are_seen(tmp_path: Path) -> None:
    """The control: the pictures above would show them."""
    told = told_by(tmp_path / "home", "in-sight")

    told.pop("all windows are back")
    assert all(seen["ours"] > 10_000 for pictures in told.values() for seen in pictures), told
    assert told["again, while the cue is seen"][0]["signs"] > 1000
