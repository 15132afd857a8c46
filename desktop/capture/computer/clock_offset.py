"""Whether the computer's clock is right: where it is not, signing in and codes of one minute fail without a reason."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.uptime import duration_text
from desktop.tickets.clock import Clock

LABELS = {"clock": "Clock"}

_WRONG = timedelta(minutes=2)
"""Kerberos refuses from five minutes on (RFC 4120, 8.2), one-time codes from one or two (RFC 6238, 5.2)."""


class ClockOffset:
    """Compares the clock with the time that the help desk's server writes on its answers (RFC 9110, 6.6.1).

    Args:
        server: the address of the help desk, empty where this computer is connected to none.
        clock: the clock of this computer.
    """

    def __init__(self, server: Callable[[], str], clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def read(self, machine: Machine) -> Told:  # noqa: ARG002
        """The facts of `LABELS` that can be told."""
        server = self._server()
        if not server:
            return {}
        from desktop.capture.computer.help_desk_request import answer  # it loads what speaks HTTP

        began = self._clock.now()
        try:
            written = answer(server).headers.get("Date", "")
            theirs = parsedate_to_datetime(written)
        except (OSError, ValueError):  # what requests raises is of the first kind
            return {}
        ended = self._clock.now()
        if theirs.tzinfo is None or ended < began:
            return {}
        return told_of(began + (ended - began) / 2, theirs)


def told_of(ours: datetime, theirs: datetime) -> Told:
    """From our time and the server's, of the same moment."""
    off = abs(ours - theirs)
    if off < _WRONG:
        return {"clock": "right"}
    side = "ahead of" if ours > theirs else "behind"
    text = f"{duration_text(off)} {side} the help desk's ({theirs.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"
    return {"clock": Unusual(text, "clock wrong")}
