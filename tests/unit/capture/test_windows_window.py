"""Which window of Windows is the active one, and whose, told by a library of ours with Windows' calls."""

import ctypes
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from desktop.capture.active_program import Program, find_active_program
from desktop.capture.screens.active_window import WindowsFinder
from desktop.capture.screens.geometry import Rectangle
from desktop.capture.surroundings import Session, Surroundings, System

WINDOWS = Surroundings(System.WINDOWS, Session.NATIVE)
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


@pytest.fixture
def other(library: Any, monkeypatch: pytest.MonkeyPatch) -> psutil.Process:
    """The program in whose window the person works: the one that started these tests."""
    other = psutil.Process().parent()
    assert other is not None
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    library.test_shows(ctypes.c_wchar_p("XLMAIN"), 0, 1)
    library.test_belongs_to(other.pid)
    return other


def test_an_installer_that_runs_as_administrator_is_told_too(
    other: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to say whose it is to those who are no administrators; its name it tells everybody."""

    def refuse(process: psutil.Process) -> str:
        raise psutil.AccessDenied(process.pid)

    expected = Program(other.pid, other.name())
    monkeypatch.setattr(psutil.Process, "username", refuse)

    assert find_active_program(WINDOWS) == expected


@pytest.mark.usefixtures("other")
def test_a_failure_that_psutil_has_no_word_for_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under Wine: “[WinError 87] Invalid parameter: '(originated from NtQuerySystemInformation)'”."""

    def fail(_: psutil.Process) -> str:
        raise OSError(22, "Invalid parameter: '(originated from NtQuerySystemInformation)'")

    monkeypatch.setattr(psutil.Process, "name", fail)

    assert find_active_program(WINDOWS) is None
