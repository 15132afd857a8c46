"""How long a lane waits after a failure: full jitter, so that a thousand clients do not come back at once."""

from random import Random

from desktop.tickets.clock import Clock

FIRST = 0.5
"""Longest wait in seconds after the first failure; it doubles with each further one."""
CAP = 30.0
"""Longest wait in seconds while work is pending."""


def jittered(failures: int, random: Random) -> float:
    """Seconds to wait after so many failures in a row: uniform between nothing and the doubled bound (full jitter)."""
    return random.uniform(0.0, min(CAP, FIRST * 2.0 ** min(failures - 1, 10)))


class Backoff:
    """The failures of one lane in a row, on the monotonic clock."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._failures = 0
        self._earliest = 0.0
        self._asked_to_wait_until = 0.0

    def failed(self, retry_after: float | None) -> None:
        """Wait longer than last time; and at least as long as the server asked."""
        self._failures += 1
        now = self._clock.monotonic()
        self._earliest = now + jittered(self._failures, self._random)
        self._asked_to_wait_until = now + (retry_after or 0.0)

    def succeeded(self) -> None:
        """Forget the failures."""
        self._failures = 0
        self._earliest = self._asked_to_wait_until = 0.0

    def wake(self) -> None:
        """Try at once, unless the server itself has asked us to wait."""
        self._failures = 0
        self._earliest = 0.0

    def remaining(self) -> float:
        """Seconds until the next try, 0 when it is due."""
        return max(0.0, max(self._earliest, self._asked_to_wait_until) - self._clock.monotonic())
