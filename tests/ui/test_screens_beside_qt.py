"""Pictures of real X screens with Qt's windows beside: through Qt, the last to be tried, and through mss."""

from typing import Any

import pytest

from desktop.capture.screens.geometry import Rectangle
from tests.display import fresh_display, said_by

SIDE = 600
GREY, BLUE, RED, BLACK = "404040", "2040a0", "ff0000", "000000"
ONE = [Rectangle(0, 0, 2 * SIDE, SIDE)]
TWO = [Rectangle(0, 0, SIDE, SIDE), Rectangle(SIDE, 0, SIDE, SIDE)]
MIRRORED = [*TWO, TWO[1]]
OF_ALL = {"size": [2 * SIDE, SIDE], "colours": [GREY, GREY, BLUE, RED, BLUE]}
LEFT = {"size": [SIDE, SIDE], "colours": [GREY] * 5, "label": "Screen 1", "active": False}
RIGHT = {"size": [SIDE, SIDE], "colours": [BLUE, BLUE, RED, RED, BLUE], "label": "Screen 2", "active": True}
WHOLE = {**OF_ALL, "label": "Screen", "active": True}


def told_by(*names: str, monitors: list[Rectangle], scales: str = "", shape: str = f"{2 * SIDE}x{SIDE}x24") -> Any:
    """What is taken of a grey and a blue half, the blue one with a red window in use from (850, 250) to (1100, 500)."""
    with fresh_display(shape) as painter:
        for number, place in enumerate(monitors if len(monitors) > 1 else ()):
            painter.monitor(f"m{number}".encode(), place, in_place_of_all=number == 0)
        painter.window(Rectangle(0, 0, SIDE, SIDE), int(GREY, 16))
        painter.window(Rectangle(SIDE, 0, SIDE, SIDE), int(BLUE, 16))
        painter.focus(painter.window(Rectangle(850, 250, 250, 250), int(RED, 16)))
        return said_by(
            "tests.ui.qt_screens_program", *names, "500", "100", "200", "200", display=painter.name, scales=scales
        )


@pytest.mark.parametrize("name", ["Qt", "mss"])
@pytest.mark.parametrize(
    ("monitors", "scales", "seen"),
    [
        (ONE, "", [1.0]),
        (TWO, "", [1.0, 1.0]),
        (TWO, "m0=2;m1=1", [2.0, 1.0]),
        (TWO, "m0=1.25;m1=2", [1.25, 2.0]),
        (MIRRORED, "", [1.0, 1.0, 1.0]),
    ],
)
def test_each_screen_as_it_is_whatever_its_scale(
    name: str, monitors: list[Rectangle], scales: str, seen: list[float]
) -> None:
    told = told_by(name, monitors=monitors, scales=scales)

    assert told["scales"] == seen
    assert told["screens"] == ([WHOLE] if monitors == ONE else [LEFT, RIGHT])
    assert told["as one"] == OF_ALL
    assert told["cut"]["size"] == [200, 200]
    assert told["cut"]["colours"] == [GREY, GREY, BLUE, BLUE, BLUE]


def test_a_screen_that_mss_does_not_read_is_taken_by_qt() -> None:
    """Two bytes a pixel, as some remote desktops have."""
    told = told_by("mss", "Qt", monitors=ONE, shape=f"{2 * SIDE}x{SIDE}x16")

    assert [shot["size"] for shot in told["screens"]] == [[2 * SIDE, SIDE]]
    assert BLACK not in told["as one"]["colours"][:3]
