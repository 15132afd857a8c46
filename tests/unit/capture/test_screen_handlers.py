"""Which handler takes the pictures where, and what is said where none can."""

import pytest

from desktop.capture.screens.geometry import Monitor, Rectangle, active_monitor
from desktop.capture.screens.handler import NoScreens, ScreensUnavailable
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.capture.screens.take import list_monitors, screen_handlers, take_screens
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.tickets.clock import SystemClock

X11 = {"DISPLAY": ":0"}
OTHER = {"DISPLAY": ":99"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
HIDDEN = {"XDG_SESSION_TYPE": "wayland"}
"""A Wayland desktop that does not tell where it is: to a sandbox, or to what an X program has started."""


@pytest.mark.parametrize(
    ("platform", "environ", "expected", "handlers"),
    [
        ("linux", X11, Surroundings(System.LINUX, Session.X11), ["mss", "Qt", "none"]),
        ("linux", WAYLAND, Surroundings(System.LINUX, Session.WAYLAND), ["portal", "none"]),
        ("linux", X11 | WAYLAND, Surroundings(System.LINUX, Session.WAYLAND), ["portal", "none"]),
        ("linux", {}, Surroundings(System.LINUX, Session.NONE), ["none"]),
        ("linux", {"DISPLAY": ""}, Surroundings(System.LINUX, Session.NONE), ["none"]),
        ("linux", X11 | {"WAYLAND_DISPLAY": ""}, Surroundings(System.LINUX, Session.X11), ["mss", "Qt", "none"]),
        ("linux", X11 | HIDDEN, Surroundings(System.LINUX, Session.WAYLAND), ["portal", "none"]),
        ("linux", HIDDEN, Surroundings(System.LINUX, Session.WAYLAND), ["portal", "none"]),
        ("linux", OTHER | HIDDEN, Surroundings(System.LINUX, Session.X11), ["mss", "Qt", "none"]),
        ("linux", X11 | {"XDG_SESSION_TYPE": "x11"}, Surroundings(System.LINUX, Session.X11), ["mss", "Qt", "none"]),
        ("linux", X11 | {"XDG_SESSION_TYPE": "tty"}, Surroundings(System.LINUX, Session.X11), ["mss", "Qt", "none"]),
        ("win32", {}, Surroundings(System.WINDOWS, Session.NATIVE), ["mss", "Qt", "none"]),
        ("win32", X11, Surroundings(System.WINDOWS, Session.NATIVE), ["mss", "Qt", "none"]),
        ("darwin", {}, Surroundings(System.MACOS, Session.NATIVE), ["mss", "none"]),
        ("darwin", X11, Surroundings(System.MACOS, Session.NATIVE), ["mss", "none"]),
        ("freebsd14", X11, Surroundings(System.OTHER, Session.X11), ["Qt", "none"]),
        ("freebsd14", WAYLAND, Surroundings(System.OTHER, Session.WAYLAND), ["portal", "none"]),
        ("win32", WAYLAND, Surroundings(System.WINDOWS, Session.NATIVE), ["mss", "Qt", "none"]),
        ("freebsd14", {}, Surroundings(System.OTHER, Session.NONE), ["none"]),
    ],
)
def test_platforms(platform: str, environ: dict[str, str], expected: Surroundings, handlers: list[str]) -> None:
    surroundings = Surroundings.of(platform, environ, lambda display: display == ":0")

    assert surroundings == expected
    assert [handler.name for handler in screen_handlers(surroundings, SystemClock())] == handlers


@pytest.mark.parametrize(
    ("session", "words"),
    [(Session.NONE, "no screen"), (Session.WAYLAND, "its own tool"), (Session.X11, "missing")],
)
def test_where_no_picture_can_be_taken_it_is_said_why(session: Session, words: str) -> None:
    handler = NoScreens(Surroundings(System.LINUX, session))

    with pytest.raises(ScreensUnavailable, match=words):
        take_screens([handler])
    assert list_monitors([handler]) == ()


class Scripted:
    """A handler that has one monitor, or fails."""

    name = "scripted"

    def __init__(self, why: str = "") -> None:
        self._why = why

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return True

    def is_installed(self) -> bool:
        return True

    def monitors(self) -> tuple[Monitor, ...]:
        if self._why:
            raise ScreensUnavailable(self._why)
        return (Monitor(area=Rectangle(0, 0, 1, 1)),)

    def capture(self) -> Screens:
        (monitor,) = self.monitors()
        shot = Screenshot(label="Screen", pixels=memoryview(b"\1\2\3\0"), width=1, height=1, monitor=monitor)
        return Screens((shot,))

    def ask(self) -> None:
        return None


def test_the_next_handler_is_tried_and_the_first_reason_is_the_one_told() -> None:
    assert len(take_screens([Scripted("broken"), Scripted()])) == 1
    assert len(list_monitors([Scripted("broken"), Scripted()])) == 1
    with pytest.raises(ScreensUnavailable, match="broken"):
        take_screens([Scripted("broken"), Scripted("as well")])
    with pytest.raises(ScreensUnavailable):
        take_screens([])


A = Monitor(area=Rectangle(0, 0, 100, 100))
B = Monitor(area=Rectangle(100, 0, 100, 100), is_primary=True)
C = Monitor(area=Rectangle(-100, -50, 100, 100))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Rectangle(10, 10, 20, 20), 0),
        (Rectangle(90, 10, 40, 20), 1),
        (Rectangle(70, 10, 40, 20), 0),
        (Rectangle(-60, -20, 10, 10), 2),
        (Rectangle(-1, 99, 1, 1), 1),
        (Rectangle(5000, 5000, 10, 10), 1),
        (None, 1),
    ],
)
def test_the_monitor_that_holds_most_of_the_window_is_active(window: Rectangle | None, expected: int) -> None:
    assert active_monitor([A, B, C], window) == expected


def test_without_a_primary_the_first_monitor_stands_in() -> None:
    assert active_monitor([A, C], None) == 0
