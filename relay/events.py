"""Pokes: listeners hear that something that concerns them was committed, by this process or another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Set
from contextlib import suppress
from typing import Final

from relay.permissions import EVERYTHING, Reader
from relay.problems import Refusal

SILENCE: Final = 15.0
"""Seconds after which a comment shows a listener that the line is alive."""

_WATCH: Final = 0.1
"""Seconds between two looks for commits of other processes."""

POKE: Final = b"event: poke\ndata: {}\n\n"
_ALIVE: Final = b": here\n\n"


class Listener:
    """Somebody whose stream is open; `heard` is set when there is something to tell."""

    def __init__(self, by: Reader) -> None:
        self.heard = asyncio.Event()
        self.heard.set()
        self.know(by)

    def know(self, by: Reader) -> None:
        """What they may read now."""
        self._scopes = frozenset((*by.scopes, by.personal))

    def is_concerned(self, scopes: Set[str] | None) -> bool:
        """Whether something in one of these scopes (None: anything) is for them."""
        return scopes is None or (EVERYTHING in self._scopes and bool(scopes)) or not self._scopes.isdisjoint(scopes)


class Events:
    """Listeners on one event loop. `poke` may be called from any thread; all else on the loop.

    `data_version` tells another number whenever any process has committed; `news` blocks, and tells in which scopes.
    """

    def __init__(self, data_version: Callable[[], int], news: Callable[[], Set[str] | None]) -> None:
        self._data_version = data_version
        self._news = news
        self._loop: asyncio.AbstractEventLoop | None = None
        self._committed = asyncio.Event()
        self._listeners: set[Listener] = set()
        self._ended = False

    async def watch(self) -> None:
        """Poke whom each commit concerns; runs until it is cancelled."""
        self._loop = asyncio.get_running_loop()
        seen = self._data_version()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._committed.wait(), _WATCH)
            now = self._data_version()
            if self._committed.is_set() or now != seen:
                seen = now
                self._committed.clear()
                self._wake(await asyncio.to_thread(self._news))

    def poke(self) -> None:
        """Something was committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._committed.set)

    async def listen(self, reader: Callable[[], Awaitable[Reader]]) -> AsyncIterator[bytes]:
        """The stream of one listener: a poke at once (they may have missed one), then as they come.

        `reader` is asked after each of them what they may read by now; the stream ends where it refuses.
        """
        with suppress(Refusal):
            listener = Listener(await reader())
            self._listeners.add(listener)
            try:
                while not self._ended:
                    try:
                        await asyncio.wait_for(listener.heard.wait(), SILENCE)
                    except TimeoutError:
                        yield _ALIVE
                    else:
                        listener.heard.clear()
                        if not self._ended:
                            yield POKE
                    listener.know(await reader())
            finally:
                self._listeners.discard(listener)

    def end(self) -> None:
        """Every stream ends now, and new ones end at once."""
        self._ended = True
        self._wake(None)

    def _wake(self, scopes: Set[str] | None) -> None:
        for listener in self._listeners:
            if listener.is_concerned(scopes):
                listener.heard.set()
