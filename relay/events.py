"""Pokes: listeners hear that something was committed, by this process or another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

SILENCE: Final = 15.0
"""Seconds after which a comment shows a listener that the line is alive."""

_WATCH: Final = 0.1
"""Seconds between two looks for commits of other processes."""

POKE: Final = b"event: poke\ndata: {}\n\n"
_ALIVE: Final = b": here\n\n"


class Events:
    """Listeners on one event loop. `poke` may be called from any thread; all else on the loop."""

    def __init__(self, data_version: Callable[[], int]) -> None:
        self._data_version = data_version
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: set[asyncio.Event] = set()
        self._ended = False

    async def watch(self) -> None:
        """Poke whenever another process has committed; runs until it is cancelled."""
        self._loop = asyncio.get_running_loop()
        seen = self._data_version()
        while True:
            await asyncio.sleep(_WATCH)
            now = self._data_version()
            if now != seen:
                seen = now
                self._wake()

    def poke(self) -> None:
        """Something was committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    async def listen(self) -> AsyncIterator[bytes]:
        """The stream of one listener: a poke at once (it may have missed one), then as they come."""
        heard = asyncio.Event()
        heard.set()
        self._listeners.add(heard)
        try:
            while not self._ended:
                try:
                    await asyncio.wait_for(heard.wait(), SILENCE)
                except TimeoutError:
                    yield _ALIVE
                    continue
                heard.clear()
                if not self._ended:
                    yield POKE
        finally:
            self._listeners.discard(heard)

    def end(self) -> None:
        """Every stream ends now, and new ones end at once."""
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        for heard in self._listeners:
            heard.set()
