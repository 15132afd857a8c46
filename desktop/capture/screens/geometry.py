"""Where things are on the desktop, in the coordinates of the windowing system."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle; `left` and `top` may be negative."""

    left: int
    top: int
    width: int
    height: int

    def overlap(self, other: "Rectangle") -> int:
        """How much of the other lies in this one, as an area."""
        width = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        height = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """One monitor.

    Attributes:
        name: as the system calls it, such as `DELL U2720Q` or `HDMI-1`, or empty.
        scale: pixels per unit of `area`, 1.0 where the two are the same or nothing else is known.
    """

    area: Rectangle
    name: str = ""
    is_primary: bool = False
    scale: float = 1.0


def active_monitor(monitors: Sequence[Monitor], window: Rectangle | None) -> int:
    """Index of the monitor that holds most of the active window; the primary, else the first, where none does."""
    if window is not None:
        areas = [monitor.area.overlap(window) for monitor in monitors]
        if any(areas):
            return areas.index(max(areas))
    return next((index for index, monitor in enumerate(monitors) if monitor.is_primary), 0)
