"""The libraries of X11 are found by the loader, not by programs that list all of a system's."""

import ctypes.util
import subprocess

import pytest

from desktop.capture.screens.x_libraries import found_at_once

_AS_EVER = ctypes.util.find_library


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The programs that are started, none of which can be."""
    started: list[object] = []

    def start(command: object, *_: object, **__: object) -> None:
        started.append(command)
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", start)
    return started


def test_what_the_loader_has_needs_no_program(programs: list[object]) -> None:
    with found_at_once():
        assert ctypes.util.find_library("xcb") == "libxcb.so.1"
    assert not programs
    assert _AS_EVER("xcb") is None
    assert programs  # without it


@pytest.mark.parametrize("name", ["xcb", "xcb-shm", "xcb-randr", "xcb-render", "xcb-xfixes"])
def test_the_name_is_the_one_that_the_system_tells(name: str) -> None:
    with found_at_once():
        assert ctypes.util.find_library(name) == _AS_EVER(name)


def test_other_libraries_are_found_as_ever() -> None:
    with found_at_once():
        assert ctypes.util.find_library("c") == _AS_EVER("c")
        assert ctypes.util.find_library("no-such-thing") is None


def test_what_the_loader_does_not_have_is_looked_for_as_ever(
    monkeypatch: pytest.MonkeyPatch, programs: list[object]
) -> None:
    def nothing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", nothing)
    with found_at_once():
        assert ctypes.util.find_library("xcb") is None
    assert programs


def test_all_is_as_before_afterwards() -> None:
    with pytest.raises(ZeroDivisionError), found_at_once():
        raise ZeroDivisionError
    assert ctypes.util.find_library is _AS_EVER
