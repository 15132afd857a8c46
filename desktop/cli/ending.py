"""Being told to end from outside: Ctrl+C, a closed terminal, the end of the session."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_NUMBERS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has no SIGHUP
)


class Ended(KeyboardInterrupt):
    """Everything is to be put in order, and then the program ends.

    Attributes:
        code: the exit code, as shells have it: 128 and the signal's number (130 after Ctrl+C).
        sentence: what the person is told.
    """

    sentence = "What was saved before is safe."

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Raise `Ended` at the first of these signals, on the main thread; one that is ignored already stays so (nohup).

    A second Ctrl+C ends the program at once: what was saved is durable.
    """
    before = {number: signal.getsignal(number) for number in _NUMBERS}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, before[number])


def never_mind_signals() -> None:
    """Ignore them until `ending_in_order` ends: for cleaning up that takes a bounded time."""
    for number in _NUMBERS:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, _frame: FrameType | None) -> None:
    never_mind_signals()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise Ended(number)
