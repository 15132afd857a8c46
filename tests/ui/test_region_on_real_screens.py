"""A region drawn by a real mouse is cut at exactly these pixels: one screen, two, and two of different scales."""

from typing import Any

import pytest

from desktop.capture.screens.geometry import Rectangle
from tests.display import fresh_display, said_by

SIDE = 600
GREY, BLUE, RED = "404040", "2040a0", "ff0000"


def draw(region: tuple[int, int, int, int], *, scales: str, screens: int, how: str = "") -> Any:
    """Draw it over a grey and a blue half, the blue one with a red square from (700, 100) to (900, 300)."""
    with fresh_display(f"{2 * SIDE}x{SIDE}x24") as painter:
        if screens == 2:
            painter.monitor(b"left", Rectangle(0, 0, SIDE, SIDE), in_place_of_all=True)
            painter.monitor(b"right", Rectangle(SIDE, 0, SIDE, SIDE))
        painter.window(Rectangle(0, 0, SIDE, SIDE), int(GREY, 16))
        painter.window(Rectangle(SIDE, 0, SIDE, SIDE), int(BLUE, 16))
        painter.window(Rectangle(700, 100, 200, 200), int(RED, 16))
        words = [*map(str, region), *filter(None, [how])]
        return said_by("tests.ui.region_program", *words, display=painter.name, scales=scales, timeout=60)


@pytest.mark.parametrize(
    ("scales", "screens", "seen"),
    [
        ("", 1, [["screen", 1.0]]),
        ("", 2, [["left", 1.0], ["right", 1.0]]),
        ("left=1;right=2", 2, [["left", 1.0], ["right", 2.0]]),
        ("left=1.5;right=1", 2, [["left", 1.5], ["right", 1.0]]),
    ],
)
def test_what_is_drawn_is_what_is_cut(scales: str, screens: int, seen: list[list[Any]]) -> None:
    told = draw((702, 102, 898, 298), scales=scales, screens=screens)

    assert told["screens"] == seen
    assert told["as one"] == [2 * SIDE, SIDE]
    left, top, width, height = told["picked"]
    assert max(abs(left - 702), abs(top - 102), abs(width - 196), abs(height - 196)) <= 1  # a scaled mouse rounds
    assert told["size"] == [width, height]
    assert told["corners"] == [RED] * 4


@pytest.mark.parametrize(("scales", "screens"), [("", 2), ("left=1;right=2", 2)])
def test_a_region_reaches_over_two_screens(scales: str, screens: int) -> None:
    told = draw((500, 50, 800, 200), scales=scales, screens=screens)

    assert told["picked"] == [500, 50, 300, 150]
    assert told["corners"] == [GREY, BLUE, GREY, RED]


def test_two_monitors_of_one_model_have_a_sheet_each() -> None:
    told = draw((500, 50, 800, 200), scales="", screens=2, how="same-names")

    assert told["sheets"] == [[0, 0], [SIDE, 0]]
    assert told["corners"] == [GREY, BLUE, GREY, RED]


def test_a_monitor_that_is_unplugged_meanwhile_ends_the_choice() -> None:
    told = draw((500, 50, 800, 200), scales="", screens=2, how="unplug")

    assert [name for name, _ in told["screens"]] == ["left"]
    assert told["cancelled"]
