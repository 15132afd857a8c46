"""A region is picked by keyboard alone on a real Wayland desktop with two screens of different scales."""

import shutil
from pathlib import Path

import pytest

from tests.sway_desktop import Output, told_on_sway


@pytest.mark.skipif(shutil.which("wtype") is None, reason="nothing here presses keys on a Wayland desktop")
def test_a_region_is_picked_by_keyboard_on_one_of_two_screens(tmp_path: Path) -> None:
    screens = [Output("800x600", (0, 100), "f00000"), Output("800x600", (-400, -50), "00f000", "scale 2")]

    told = told_on_sway(tmp_path, "tests.ui.wayland_region_program", screens)

    assert told == {
        "sheets": ["HEADLESS-1", "HEADLESS-2"],
        "picked": [199, 250, 410, 320],
        "size": [820, 640],
        "colour": "f00000",
    }
