"""Time as an argument."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What every part that needs the time is handed."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC. It may jump; nothing is ordered by it."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards within one process; for intervals."""
        ...


class SystemClock:
    """The computer's own clock: the only place where it is read."""

    def now(self) -> datetime:
        """The computer's wall clock, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The computer's monotonic clock in seconds."""
        return time.monotonic()
