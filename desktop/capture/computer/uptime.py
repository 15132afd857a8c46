"""How long the computer has been running: the first question of many a help desk."""

from datetime import timedelta

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.tickets.clock import Clock

LABELS = {"uptime": "Running for"}

_LONG = timedelta(days=30)
"""Updates come monthly and want a restart: whoever has run longer has missed one."""


class Uptime:
    """Reads the time of the last start."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        started = machine.started()
        if started <= 0:  # not told
            return {}
        return {"uptime": told_of(timedelta(seconds=self._clock.now().timestamp() - started))}


def told_of(running: timedelta) -> str | Unusual:
    """The time since the last start; unusual after a month."""
    text = duration_text(running)
    return Unusual(text, "not restarted for over a month") if running >= _LONG else text


def duration_text(duration: timedelta) -> str:
    """The two largest units: `12 days 3 hours`; empty where the clock was set back past the start."""
    if duration < timedelta():
        return ""
    minutes = int(duration.total_seconds()) // 60
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    first = next((index for index, (count, _) in enumerate(parts) if count), len(parts) - 1)
    shown = parts[first : first + 2]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in shown)
