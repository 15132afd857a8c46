"""Where things are on the desktop, in the coordinates of the windowing system."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_Item = TypeVar("_Item")


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

    def within(self, other: "Rectangle") -> "Rectangle":
        """The part of this one that lies in the other; of no size where there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right = min(self.left + self.width, other.left + other.width)
        bottom = min(self.top + self.height, other.top + other.height)
        return Rectangle(left, top, max(right - left, 0), max(bottom - top, 0))


def bounds(areas: Sequence[Rectangle]) -> Rectangle:
    """The smallest rectangle that holds all of them; of no size where there are none."""
    if not areas:
        return Rectangle(0, 0, 0, 0)
    left, top = min(area.left for area in areas), min(area.top for area in areas)
    right = max(area.left + area.width for area in areas)
    bottom = max(area.top + area.height for area in areas)
    return Rectangle(left, top, right - left, bottom - top)


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


def in_pixels(place: Rectangle, monitors: Sequence[Monitor]) -> tuple[float, tuple[int, int]]:
    """Scale and size in pixels of one picture of a place on these monitors: it is as sharp as the sharpest."""
    scale = max(monitor.scale for monitor in monitors)
    return scale, (max(round(place.width * scale), 1), max(round(place.height * scale), 1))


def active_monitor(monitors: Sequence[Monitor], window: Rectangle | None) -> int:
    """Index of the monitor that holds most of the active window; the primary, else the first, where none does."""
    if window is not None:
        areas = [monitor.area.overlap(window) for monitor in monitors]
        if any(areas):
            return areas.index(max(areas))
    return next((index for index, monitor in enumerate(monitors) if monitor.is_primary), 0)


def distinct(items: Sequence[_Item], area: Callable[[_Item], Rectangle]) -> tuple[_Item, ...]:
    """What there is of monitors, in order: once where several show the same part of the desktop, none of no size."""
    first: dict[Rectangle, _Item] = {}
    for item in items:
        place = area(item)
        if min(place.width, place.height) > 0:
            first.setdefault(place, item)
    return tuple(first.values())
