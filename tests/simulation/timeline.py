"""Virtual time: things happen in the order of their moments, one after the other, on one thread."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


MOST_AT_ONCE = 20_000
"""Things that may happen at one moment."""


class GoesRound(AssertionError):
    """Somebody is busy for ever."""


class Timeline:
    """What is still to happen. `now` is in seconds since the beginning; `made` is how many things were asked for."""

    def __init__(self) -> None:
        self.now = 0.0
        self._coming: list[tuple[float, int, Callable[[], object]]] = []
        self.made = 0
        self._at_once = 0

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        """Let something happen later; of two things at one moment, the one that was asked for first."""
        self.made += 1
        heappush(self._coming, (self.now + seconds if seconds > 0.0 else self.now, self.made, act))

    def run(self, until: float) -> None:
        """Let everything happen that is due by then; `GoesRound` where time does not get on."""
        while self._coming and self._coming[0][0] <= until:
            before = self.now
            self.now, _, act = heappop(self._coming)
            self._at_once = self._at_once + 1 if self.now == before else 0
            if self._at_once > MOST_AT_ONCE:
                raise GoesRound(f"something goes round at {self.now:.3f} s without end")
            act()
        self.now = max(self.now, until)


class WallClock:
    """A clock on the wall of one computer; `wrong` is how many seconds it is ahead, and may jump."""

    def __init__(self, timeline: Timeline, wrong: float = 0.0) -> None:
        self._timeline = timeline
        self.wrong = wrong
        self._shown = 0.0, START

    def now(self) -> datetime:
        seconds = self._timeline.now + self.wrong
        if seconds != self._shown[0]:
            self._shown = seconds, START + timedelta(seconds=seconds)
        return self._shown[1]

    def monotonic(self) -> float:
        return self._timeline.now


class ProcessClock:
    """The clocks as one process reads them: its monotonic one begins with it, and a reading takes `pace` seconds.

    While much is read at one moment it runs ahead; it waits for the time to catch up, as a process that rests does.
    """

    def __init__(self, timeline: Timeline, wall: WallClock, pace: float) -> None:
        self._timeline = timeline
        self._wall = wall
        self._born = timeline.now
        self._pace = pace
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._wall.now()

    def monotonic(self) -> float:
        self._elapsed = max(self._elapsed + self._pace, self._timeline.now - self._born)
        return self._elapsed
