"""Pictures of real X screens: which monitor, which window, which pixels."""

import io
from collections.abc import Callable
from typing import Any

import mss
import pytest
from PIL import Image

from desktop.capture.screens.black_window import BLACK_WINDOW
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.mss_handler import MssHandler
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.capture.screens.take import list_monitors, screen_handlers, take_screens
from desktop.capture.screens.x11_window import X11Finder
from desktop.capture.screens.xwayland import is_xwayland
from desktop.capture.surroundings import Session, Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.tickets.clock import SystemClock
from tests.display import HEIGHT, WIDTH, Painter

LEFT = Rectangle(0, 0, 400, HEIGHT)
RIGHT = Rectangle(400, 0, 240, HEIGHT)


def take() -> Screens:
    return take_screens(screen_handlers(Surroundings.here(), SystemClock()))


def colour_at(screen: Screenshot, x: int, y: int) -> tuple[int, ...]:
    with Image.open(io.BytesIO(screen.png())) as picture:
        assert picture.size == (screen.width, screen.height)
        pixel = picture.convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def test_one_screen_holds_what_is_on_it(painter: Painter) -> None:
    painter.window(Rectangle(100, 50, 200, 100), 0x3366CC)

    (screen,) = take()

    assert (screen.label, screen.width, screen.height) == ("Screen", WIDTH, HEIGHT)
    assert screen.is_active
    assert not screen.looks_blocked
    assert colour_at(screen, 150, 80) == (0x33, 0x66, 0xCC)
    assert colour_at(screen, 10, 10) == (0, 0, 0)


def test_an_x_server_of_its_own_is_read_beside_a_wayland_desktop(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one for another display, started from a Wayland desktop; the portal would show that desktop instead."""
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x3366CC)

    assert not is_xwayland(painter.name)
    assert Surroundings.here().session is Session.X11
    assert colour_at(take()[0], 5, 5) == (0x33, 0x66, 0xCC)


def test_a_display_where_nobody_answers_is_not_read() -> None:
    assert is_xwayland(":987654")


def test_a_black_screen_is_recognised(painter: Painter) -> None:
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x000000)

    assert [screen.looks_blocked for screen in take()] == [True]


def test_each_monitor_is_a_picture_and_the_one_with_the_active_window_is_told(painter: Painter) -> None:
    painter.monitor(b"left", LEFT)
    painter.monitor(b"right", RIGHT)
    window = painter.window(Rectangle(450, 100, 100, 100), 0xFF0000)
    painter.announce_active(window)

    first, second = (screen for screen in take() if screen.monitor.area in (LEFT, RIGHT))

    assert (first.monitor.area, second.monitor.area) == (LEFT, RIGHT)
    assert (first.is_active, second.is_active) == (False, True)
    assert first.label != second.label
    assert colour_at(second, 60, 110) == (255, 0, 0)
    assert first.looks_blocked


def test_a_monitor_that_is_gone_when_it_is_read_leaves_the_others_and_a_sentence(painter: Painter) -> None:
    """As the X server is told of it after the list was read: part of it is on no screen any more."""
    painter.monitor(b"left", LEFT)
    painter.monitor(b"gone", Rectangle(400, 0, WIDTH, HEIGHT))
    painter.window(Rectangle(100, 50, 200, 100), 0x3366CC)

    screens = take()

    assert len(screens) == len(list_monitors(screen_handlers(Surroundings.here(), SystemClock()))) - 1
    (left,) = (screen for screen in screens if screen.monitor.area == LEFT)
    assert colour_at(left, 150, 80) == (0x33, 0x66, 0xCC)
    gone = {"Screen 1", "Screen 2", "Screen 3"} - {screen.label for screen in screens}
    assert [screens.says.startswith(f"{label} could not be read") for label in gone] == [True]
    assert sum(screen.is_active for screen in screens) == 1


class _Unplugging(MssHandler):
    """Loses a monitor between being told of it and reading it."""

    def __init__(self, painter: Painter, name: bytes) -> None:
        super().__init__(lambda: None, rows=32)
        self._lose: Callable[[], None] | None = lambda: painter.unplug(name)

    def _grab(self, source: Any, found: dict[str, Any]) -> Any:
        if self._lose is not None:
            self._lose()
            self._lose = None
        return super()._grab(source, found)


def test_monitors_that_have_changed_since_they_were_listed_are_listed_anew(painter: Painter) -> None:
    painter.monitor(b"left", LEFT, in_place_of_all=True)
    painter.monitor(b"gone", Rectangle(400, 0, WIDTH, HEIGHT))

    screens = _Unplugging(painter, b"gone").capture()

    assert [(screen.label, screen.monitor.area) for screen in screens] == [("Screen", LEFT)]
    assert screens.says == ""


def test_a_window_in_use_that_is_black_is_said(painter: Painter) -> None:
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x808080)
    black = painter.window(Rectangle(100, 50, 200, 100), 0x000000)
    painter.announce_active(black)
    assert take().says == BLACK_WINDOW

    painter.window(Rectangle(150, 80, 2, 2), 0x000100)

    assert take().says == ""


def test_a_window_that_reaches_over_two_screens_is_black_only_if_it_is_on_both(painter: Painter) -> None:
    painter.monitor(b"left", LEFT, in_place_of_all=True)
    painter.monitor(b"right", RIGHT)
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x808080)
    painter.announce_active(painter.window(Rectangle(300, 50, 200, 100), 0x000000))
    assert take().says == BLACK_WINDOW

    painter.window(Rectangle(420, 60, 5, 5), 0x0000FF)

    assert take().says == ""


def test_a_screen_that_is_black_as_a_whole_says_so_itself(painter: Painter) -> None:
    painter.announce_active(painter.window(Rectangle(100, 50, 200, 100), 0x000000))

    assert [screen.looks_blocked for screen in take()] == [True]
    assert take().says == ""


@pytest.mark.usefixtures("painter")
def test_the_window_s_place_is_asked_when_places_are_told_in_true_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows it is opening mss that makes a command aware of the scaling; before, a place may be on no monitor."""
    opened: list[bool] = []

    class Source(mss.MSS):
        def __init__(self) -> None:
            super().__init__()
            opened.append(True)

    monkeypatch.setattr(mss, "MSS", Source)

    def find() -> Rectangle:
        assert opened
        return Rectangle(WIDTH - 20, 10, 10, 10)

    assert MssHandler(find).capture()[0].is_active
    assert opened == [True]


def test_a_pointer_is_no_window(painter: Painter) -> None:
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x808080)
    painter.window(Rectangle(100, 50, 200, 100), 0x000000)
    painter.point_at(150, 80)

    assert take().says == ""


def test_every_row_is_where_it_was(painter: Painter) -> None:
    """Whatever number of rows is asked for at a time, and where it does not divide the height."""
    for top in range(0, HEIGHT, 7):
        painter.window(Rectangle(top, top, 90, 5), 0x010203 * (top % 80 + 1))
    whole, *parts = (MssHandler(lambda: None, rows=rows).capture()[0] for rows in (0, 1, 32, 33, HEIGHT, 10 * HEIGHT))

    assert len(set(bytes(whole.pixels))) > 20
    assert [part.pixels == whole.pixels for part in parts] == [True] * 5


def test_monitors_are_listed_without_a_picture(painter: Painter) -> None:
    painter.monitor(b"left", LEFT)
    painter.monitor(b"right", RIGHT)

    areas = [monitor.area for monitor in list_monitors(screen_handlers(Surroundings.here(), SystemClock()))]

    assert LEFT in areas
    assert RIGHT in areas


def test_a_window_manager_is_believed_first(painter: Painter) -> None:
    focused = painter.window(Rectangle(10, 20, 30, 40), 0x00FF00)
    managed = painter.window(Rectangle(50, 60, 70, 80), 0x0000FF)
    painter.focus(focused)
    assert X11Finder()() == Rectangle(10, 20, 30, 40)

    painter.announce_active(managed)

    assert X11Finder()() == Rectangle(50, 60, 70, 80)


def test_a_window_that_is_minimised_is_passed_over(painter: Painter) -> None:
    """What lies where it was is another program's."""
    other = painter.window(Rectangle(10, 20, 30, 40), 0x00FF00)
    minimised = painter.window(Rectangle(50, 60, 70, 80), 0x0000FF)
    painter.focus(other)
    painter.announce_active(minimised)
    assert X11Finder()() == Rectangle(50, 60, 70, 80)
    painter.hide(minimised)

    assert X11Finder()() == Rectangle(10, 20, 30, 40)


def test_a_window_that_has_just_gone_is_passed_over(painter: Painter) -> None:
    focused = painter.window(Rectangle(10, 20, 30, 40), 0x00FF00)
    gone = painter.window(Rectangle(50, 60, 70, 80), 0x0000FF)
    painter.focus(focused)
    painter.announce_active(gone)
    painter.destroy(gone)

    assert X11Finder()() == Rectangle(10, 20, 30, 40)


@pytest.fixture
def two(painter: Painter) -> Painter:
    """Two monitors side by side, and nothing else."""
    painter.monitor(b"left", LEFT, in_place_of_all=True)
    painter.monitor(b"right", RIGHT)
    painter.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x808080)
    return painter


def ticked() -> list[Rectangle]:
    screens = take()
    assert {screen.monitor.area for screen in screens} == {LEFT, RIGHT}
    return [screen.monitor.area for screen in screens if screen.is_active]


@pytest.mark.parametrize(
    ("at", "expected"), [((50, 50), LEFT), ((399, 0), LEFT), ((400, 0), RIGHT), ((630, 390), RIGHT)]
)
def test_with_no_active_window_the_monitor_with_the_pointer_is_the_one(
    two: Painter, at: tuple[int, int], expected: Rectangle
) -> None:
    two.announce_active(0)
    two.point_at(*at)

    assert ticked() == [expected]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Rectangle(300, 50, 150, 100), LEFT),
        (Rectangle(370, 50, 150, 100), RIGHT),
        (Rectangle(-200, -50, 300, 100), LEFT),
        (Rectangle(-500, 10, 1000, 100), LEFT),
        (Rectangle(350, -80, 600, 300), RIGHT),
        (Rectangle(396, 0, 240, HEIGHT), RIGHT),
    ],
)
def test_of_a_window_over_both_or_beyond_the_edge_the_larger_part_counts(
    two: Painter, place: Rectangle, expected: Rectangle
) -> None:
    two.announce_active(two.window(place, 0xFF0000))
    two.point_at(*((630, 390) if expected == LEFT else (5, 5)))

    assert ticked() == [expected]


def test_the_desktop_with_its_icons_lies_on_all_monitors_and_is_no_window(two: Painter) -> None:
    desktop = two.window(Rectangle(0, 0, WIDTH, HEIGHT), 0x336699)
    two.is_desktop(desktop)
    two.announce_active(desktop)
    two.point_at(500, 50)

    assert ticked() == [RIGHT]
    with pytest.raises(ScreensUnavailable, match="cannot be told"):
        ThisComputer(Surroundings.here(), SystemClock()).active_window()


def test_a_picture_of_the_window_has_its_frame_and_not_its_shadow(painter: Painter) -> None:
    painter.window(Rectangle(90, 70, 220, 135), 0x00FF00)
    framed = painter.window(Rectangle(100, 100, 200, 100), 0xFF0000)
    painter.has_frame(framed, 10, 10, 30, 5)
    painter.announce_active(framed)
    computer = ThisComputer(Surroundings.here(), SystemClock())
    picture = computer.active_window()
    assert (picture.width, picture.height) == (220, 135)
    assert colour_at(picture, 0, 0) == colour_at(picture, 219, 134) == (0, 255, 0)
    assert X11Finder()() == Rectangle(100, 100, 200, 100)

    shadowed = painter.window(Rectangle(300, 200, 200, 100), 0x0000FF)
    painter.has_shadow(shadowed, 20, 20, 15, 25)
    painter.announce_active(shadowed)
    picture = computer.active_window()

    assert picture.monitor.area == X11Finder()() == Rectangle(320, 215, 160, 60)


def test_without_any_window_the_pointer_tells(painter: Painter) -> None:
    painter.point_at(500, 300)

    assert X11Finder()() == Rectangle(500, 300, 1, 1)


def test_a_display_that_is_gone_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":65000")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    # Qt has a display of its own, where another test has begun with it.
    handlers = [handler for handler in screen_handlers(Surroundings.here(), SystemClock()) if handler.name != "Qt"]
    with pytest.raises(ScreensUnavailable, match="could not be read"):
        take_screens(handlers)
    assert list_monitors(handlers) == ()
    assert X11Finder()() is None
