"""A real X server of one's own, and pictures that are made up."""

from collections.abc import Callable, Iterator

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
