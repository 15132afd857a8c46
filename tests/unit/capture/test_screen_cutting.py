"""All screens as one picture and rectangles of them: mixed scales, negative places, gaps."""

import pytest

from desktop.capture.screens.cutting import as_one, cut
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screenshot
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.tickets.clock import SystemClock
from tests.display import Painter

RED, GREEN, BLUE, BLACK = b"\0\0\xff", b"\0\xff\0", b"\xff\0\0", b"\0\0\0"


def screen(area: Rectangle, colour: bytes, scale: float = 1.0) -> Screenshot:
    width, height = round(area.width * scale), round(area.height * scale)
    return Screenshot(
        label="Screen",
        pixels=memoryview((colour + b"\xff") * (width * height)),
        width=width,
        height=height,
        monitor=Monitor(area=area, scale=scale),
    )


def at(shot: Screenshot, x: int, y: int) -> bytes:
    start = (y * shot.width + x) * 4
    return bytes(shot.pixels[start : start + 3])


def test_screens_stand_side_by_side_with_black_where_there_is_none() -> None:
    whole = as_one([screen(Rectangle(0, 0, 10, 8), RED), screen(Rectangle(-6, -4, 6, 4), GREEN)])

    assert (whole.width, whole.height) == (16, 12)
    assert whole.monitor.area == Rectangle(-6, -4, 16, 12)
    assert [at(whole, *place) for place in ((0, 0), (6, 4), (15, 11), (0, 11), (6, 0))] == [
        GREEN,
        RED,
        RED,
        BLACK,
        BLACK,
    ]
    assert not whole.looks_blocked


def test_the_sharpest_screen_gives_the_scale() -> None:
    whole = as_one([screen(Rectangle(0, 0, 10, 10), RED, 2.0), screen(Rectangle(10, 0, 10, 10), GREEN)])

    assert (whole.width, whole.height, whole.monitor.scale) == (40, 20, 2.0)
    assert at(whole, 19, 19) == RED
    assert at(whole, 20, 0) == GREEN
    assert at(whole, 39, 19) == GREEN


def test_a_rectangle_reaches_over_screens_and_ends_where_they_do() -> None:
    screens = [screen(Rectangle(0, 0, 10, 10), RED), screen(Rectangle(10, 0, 10, 10), GREEN)]

    part = cut(screens, Rectangle(8, 5, 4, 50), "Region")

    assert (part.label, part.width, part.height) == ("Region", 4, 5)
    assert [at(part, 1, 0), at(part, 2, 0)] == [RED, GREEN]


def test_a_rectangle_on_one_screen_has_that_screens_pixels_untouched() -> None:
    screens = [screen(Rectangle(0, 0, 10, 10), RED, 2.0), screen(Rectangle(10, 0, 10, 10), GREEN)]

    part = cut(screens, Rectangle(12, 2, 3, 4), "Region")

    assert (part.width, part.height, part.monitor.scale) == (3, 4, 1.0)


def test_nothing_there_is_a_sentence() -> None:
    with pytest.raises(ScreensUnavailable, match="nothing"):
        cut([screen(Rectangle(0, 0, 10, 10), RED)], Rectangle(50, 50, 5, 5), "Region")
    with pytest.raises(ScreensUnavailable):
        as_one([])


def test_a_black_part_of_a_screen_is_recognised() -> None:
    dark, bright = screen(Rectangle(0, 0, 10, 10), BLACK), screen(Rectangle(10, 0, 10, 10), BLUE)

    assert cut([dark, bright], Rectangle(0, 0, 9, 9), "Region").looks_blocked
    assert not as_one([dark, bright]).looks_blocked


def test_the_active_window_alone(painter: Painter) -> None:
    painter.window(Rectangle(0, 0, 640, 400), 0x00FF00)
    painter.announce_active(painter.window(Rectangle(100, 50, 200, 100), 0xFF0000))

    shot = ThisComputer(Surroundings.here(), SystemClock()).active_window()

    assert (shot.width, shot.height) == (200, 100)
    assert [at(shot, *corner) for corner in ((0, 0), (199, 0), (0, 99), (199, 99))] == [RED] * 4


def test_without_an_active_window_it_is_said(painter: Painter) -> None:
    painter.point_at(10, 10)

    with pytest.raises(ScreensUnavailable, match="region"):
        ThisComputer(Surroundings.here(), SystemClock()).active_window()


def test_a_screen_of_a_broken_scale_stays_as_sharp_as_it_was() -> None:
    """A desktop rounds its units: by the width this is a scale of 1.505, by which it would be 170 pixels high."""
    pixels = bytes((x * 37 + y * 101) % 251 for y in range(169) for x in range(301) for _ in range(4))
    monitor = Monitor(area=Rectangle(0, 0, 200, 113), scale=301 / 200)
    shot = Screenshot(label="Screen", pixels=memoryview(pixels), width=301, height=169, monitor=monitor)

    part = cut([shot], Rectangle(10, 20, 30, 10), "Region")

    assert bytes(as_one([shot]).pixels) == pixels
    rows = [bytes(part.pixels[row * part.width * 4 : (row + 1) * part.width * 4]) for row in range(part.height)]
    assert all(row in pixels for row in rows)
