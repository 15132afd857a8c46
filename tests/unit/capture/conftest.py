"""A real X server of one's own, pictures that are made up, and libraries of ours with other systems' calls."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.display import Painter, fresh_display


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Painter]:
    """The client of a fresh X server, which is this process' DISPLAY for the test."""
    with fresh_display() as client:
        monkeypatch.setenv("DISPLAY", client.name)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield client


@pytest.fixture
def bgrx() -> Callable[[int, int], bytes]:
    """A made-up picture of the given size in which all neighbours differ."""

    def make(width: int, height: int) -> bytes:
        return bytes(
            (x * 7 + y * 13 + part * 61) % 256 for y in range(height) for x in range(width) for part in range(4)
        )

    return make


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The library of a C file beside the tests, by its name; built when it is first asked for."""
    folder = tmp_path_factory.mktemp("libraries")

    def build(name: str) -> Path:
        if shutil.which("gcc") is None:
            pytest.skip("no gcc on this machine")
        library, source = folder / f"{name}.so", Path(__file__).with_name(f"{name}.c")
        if not library.exists():
            subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True, timeout=60)
        return library

    return build


@pytest.fixture
def opened(built: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Any]:
    """A copy of such a library, opened: it holds nothing of another test."""

    def open_copy(name: str) -> Any:
        own = tmp_path / f"{name}.so"
        shutil.copy(built(name), own)
        return ctypes.CDLL(str(own))

    return open_copy
