"""Which window of a Mac is the active one. The lists have the shape that a Mac tells; no Mac ran these tests."""

import ctypes
import os
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from desktop.capture.active_program import find_active_program
from desktop.capture.screens import mac_windows
from desktop.capture.screens.active_window import MacFinder
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.mac_windows import MacWindow, active_window, frontmost_process, windows_on_screen
from desktop.capture.surroundings import Session, Surroundings, System

MAC = Surroundings(System.MACOS, Session.NATIVE)

SERVER, DOCK, UI, MAIL, EXCEL, FINDER, OURS = 73, 312, 315, 501, 733, 318, 900

MENU = MacWindow(SERVER, 24, 1.0, Rectangle(0, 0, 1920, 24))
STATUS = MacWindow(UI, 25, 1.0, Rectangle(1662, 0, 212, 22))
HIDDEN_STATUS = MacWindow(UI, 25, 0.0, Rectangle(0, 0, 1920, 22))
DOCK_ITSELF = MacWindow(DOCK, 20, 1.0, Rectangle(0, 0, 1920, 1080))
MAIL_WINDOW = MacWindow(MAIL, 0, 1.0, Rectangle(-1200, 40, 900, 700))
MAIL_SECOND = MacWindow(MAIL, 0, 1.0, Rectangle(100, 100, 400, 300))
SHEET = MacWindow(EXCEL, 0, 1.0, Rectangle(300, 60, 1100, 800))
ALERT = MacWindow(EXCEL, 8, 1.0, Rectangle(700, 300, 420, 180))
PALETTE = MacWindow(EXCEL, 3, 1.0, Rectangle(1500, 60, 220, 500))
UNSEEN = MacWindow(EXCEL, 0, 0.0, Rectangle(0, 24, 1920, 1056))
BAR = MacWindow(EXCEL, 0, 1.0, Rectangle(0, 0, 1920, 38))
MASCOT = MacWindow(FINDER, 3, 1.0, Rectangle(10, 900, 100, 100))
FORM = MacWindow(OURS, 0, 1.0, Rectangle(500, 200, 700, 600))

ALWAYS = (STATUS, HIDDEN_STATUS, MENU, DOCK_ITSELF)


@pytest.mark.parametrize(
    ("windows", "frontmost", "expected"),
    [
        ((*ALWAYS, SHEET, MAIL_WINDOW), EXCEL, SHEET),
        ((*ALWAYS, MAIL_WINDOW, SHEET), EXCEL, SHEET),
        ((*ALWAYS, MAIL_WINDOW, MAIL_SECOND, SHEET), MAIL, MAIL_WINDOW),
        ((*ALWAYS, PALETTE, SHEET), EXCEL, SHEET),
        ((*ALWAYS, PALETTE, ALERT, SHEET), EXCEL, ALERT),
        ((*ALWAYS, PALETTE, MAIL_WINDOW), EXCEL, PALETTE),
        ((*ALWAYS, BAR, UNSEEN, SHEET, MAIL_WINDOW), EXCEL, SHEET),
        ((*ALWAYS, MAIL_WINDOW, SHEET), FINDER, None),
        ((*ALWAYS, MAIL_WINDOW, SHEET), OURS, MAIL_WINDOW),
        ((FORM, *ALWAYS, MASCOT, MAIL_WINDOW, SHEET), OURS, MAIL_WINDOW),
        ((*ALWAYS, MAIL_WINDOW, SHEET), 0, MAIL_WINDOW),
        (ALWAYS, EXCEL, None),
        (ALWAYS, 0, None),
        ((), 0, None),
    ],
)
def test_the_window_that_the_person_works_in(
    windows: tuple[MacWindow, ...], frontmost: int, expected: MacWindow | None
) -> None:
    assert active_window(windows, frontmost, OURS) == expected


@pytest.fixture
def library(opened: Callable[[str], Any]) -> Any:
    """What Helptray calls of a Mac, over windows and programs that a test describes."""
    return opened("mac_windows")


def add(library: Any, window: MacWindow) -> None:
    library.test_add.argtypes = [ctypes.c_int32, ctypes.c_int32, *[ctypes.c_double] * 5]
    area = window.area
    library.test_add(window.pid, window.layer, window.alpha, area.left, area.top, area.width, area.height)


def test_the_list_is_read_as_apple_declares_it_and_given_back(library: Any) -> None:
    for window in (*ALWAYS, MAIL_WINDOW, ALERT):
        add(library, window)

    assert windows_on_screen(lambda _: library) == (*ALWAYS, MAIL_WINDOW, ALERT)
    assert library.test_lists_kept() == 0
    assert library.test_asked() == 17


def test_half_points_are_rounded_and_a_window_without_a_place_is_passed_over(library: Any) -> None:
    add(library, MacWindow(MAIL, 0, 0.5, Rectangle(0, 0, -1, 0)))
    library.test_add(EXCEL, 0, ctypes.c_double(1), *map(ctypes.c_double, (-99.5, 10.4, 640.6, 480.0)))

    assert windows_on_screen(lambda _: library) == (MacWindow(EXCEL, 0, 1.0, Rectangle(-100, 10, 641, 480)),)


def test_outside_of_a_session_with_windows_there_are_none(library: Any) -> None:
    library.test_end_session()

    assert windows_on_screen(lambda _: library) == ()


def opens(library: Any) -> Callable[[str], Any]:
    """What opens the libraries of a Mac by their paths; a class is known once its framework has been opened."""

    def load(path: str) -> Any:
        if path.endswith("/AppKit"):
            library.test_load_app_kit()
        return library

    return load


@pytest.mark.parametrize("pid", [MAIL, 99_998, 2**31 - 1])
def test_the_frontmost_program_is_asked_of_its_workspace(library: Any, pid: int) -> None:
    library.test_bring_to_front(pid)

    assert frontmost_process(opens(library)) == pid


def test_no_program_in_front_is_told(library: Any) -> None:
    assert frontmost_process(opens(library)) == 0


def test_without_a_workspace_no_program_is_told(library: Any) -> None:
    library.test_bring_to_front(MAIL)

    assert frontmost_process(lambda _: library) == 0


def test_the_active_window_is_what_is_ticked_and_cut_out(library: Any) -> None:
    for window in (*ALWAYS, SHEET, MAIL_WINDOW):
        add(library, window)
    library.test_bring_to_front(MAIL)

    assert MacFinder(opens(library))() == MAIL_WINDOW.area


def test_without_an_active_window_the_pointer_tells(library: Any) -> None:
    for window in (*ALWAYS, SHEET):
        add(library, window)
    library.test_bring_to_front(FINDER)
    assert MacFinder(opens(library))() is None

    library.test_point_at(ctypes.c_double(-640.5), ctypes.c_double(900.0))

    assert MacFinder(opens(library))() == Rectangle(-640, 900, 1, 1)
    assert library.test_lists_kept() == 0


def test_the_program_behind_our_own_window_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    other = psutil.Process().parent()
    assert other is not None
    behind = MacWindow(other.pid, 0, 1.0, Rectangle(0, 24, 800, 600))
    own = MacWindow(os.getpid(), 0, 1.0, Rectangle(0, 24, 800, 600))
    monkeypatch.setattr(mac_windows, "frontmost_process", lambda *_: os.getpid())
    monkeypatch.setattr(mac_windows, "windows_on_screen", lambda *_: (own, *ALWAYS, behind))

    found = find_active_program(MAC)

    assert found is not None
    assert found.pid == other.pid
