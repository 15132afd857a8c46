"""The libraries of X11 are found by the loader, not by programs that list all of a system's."""

import ctypes.util
import subprocess
from collections.abc import Callable

import pytest

from desktop.capture.screens.x_libraries import AS_EVER, ask_the_loader

Find = Callable[[str], str | None]


@pytest.fixture
def find(monkeypatch: pytest.MonkeyPatch) -> Find:
    """What whoever looks for a library calls."""
    monkeypatch.setattr(ctypes.util, "find_library", AS_EVER)
    ask_the_loader()
    return ctypes.util.find_library


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The programs that are started, none of which can be."""
    started: list[object] = []

    def start(command: object, *_: object, **__: object) -> None:
        started.append(command)
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", start)
    return started


def test_what_the_loader_has_needs_no_program(find: Find, programs: list[object]) -> None:
    assert find("xcb") == "libxcb.so.1"
    assert not programs
    assert AS_EVER("xcb") is None
    assert programs  # without it


@pytest.mark.parametrize("name", ["xcb", "xcb-shm", "xcb-randr", "xcb-render", "xcb-xfixes"])
def test_the_name_is_the_one_that_the_system_tells(find: Find, name: str) -> None:
    assert find(name) == AS_EVER(name)


def test_other_libraries_are_found_as_ever(find: Find) -> None:
    assert find("c") == AS_EVER("c")
    assert find("no-such-thing") is None


def test_what_the_loader_does_not_have_is_looked_for_as_ever(
    find: Find, monkeypatch: pytest.MonkeyPatch, programs: list[object]
) -> None:
    def nothing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", nothing)
    assert find("xcb") is None
    assert programs


def test_however_often_it_is_asked_for_it_is_one_look(find: Find) -> None:
    for _ in range(2000):
        ask_the_loader()
    assert ctypes.util.find_library is find
