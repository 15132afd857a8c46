"""Which window of Windows is the active one. A library of ours with Windows' calls; no Windows ran these tests."""

import ctypes
from collections.abc import Callable
from typing import Any

import pytest

from desktop.capture.screens.active_window import WindowsFinder
from desktop.capture.screens.geometry import Rectangle

SEEN = Rectangle(-1200, 40, 900, 700)
WITH_INVISIBLE_BORDERS = Rectangle(-1207, 33, 914, 714)
POINTER = Rectangle(-500, 600, 1, 1)


@pytest.fixture
def library(opened: Callable[[str], Any]) -> Any:
    """What Helptray calls of Windows, with no window yet."""
    library = opened("windows_window")
    library.test_shows.argtypes = [ctypes.c_wchar_p, ctypes.c_int, ctypes.c_int]
    return library


@pytest.mark.parametrize(
    ("name", "is_minimised", "has_composition", "expected"),
    [
        ("XLMAIN", False, True, SEEN),
        ("XLMAIN", False, False, WITH_INVISIBLE_BORDERS),
        ("XLMAIN", True, True, POINTER),
        ("Progman", False, True, POINTER),
        ("WorkerW", False, True, POINTER),
        ("Shell_TrayWnd", False, True, POINTER),
    ],
)
def test_the_window_that_the_person_works_in_else_the_pointer(
    library: Any, name: str, is_minimised: bool, has_composition: bool, expected: Rectangle
) -> None:
    kept = ctypes.c_wchar_p(name)
    library.test_shows(kept, is_minimised, has_composition)

    assert WindowsFinder(lambda _: library)() == expected


def test_with_no_foreground_window_the_pointer_tells(library: Any) -> None:
    assert WindowsFinder(lambda _: library)() == POINTER


def test_on_a_locked_screen_nothing_is_told(library: Any) -> None:
    library.test_locks()

    assert WindowsFinder(lambda _: library)() is None
