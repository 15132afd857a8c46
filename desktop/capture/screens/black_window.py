"""One black window on a picture: what is protected against pictures comes out so, alone among the others."""

from collections.abc import Sequence
from typing import Final

from desktop.capture.screens.geometry import Rectangle
from desktop.capture.screens.screenshot import Screenshot

BLACK_WINDOW: Final = (
    "The window in use is all black on the picture. If you see more of it on the screen, something on this computer"
    " keeps it off pictures: please say in words what it shows."
)
_BORDER: Final = 8
"""Pixels at each edge that do not count: frames and round corners."""
_SMALLEST: Final = 48
"""Pixels of each side that are left: less is no window that anybody works in."""


def says_of_black_window(shots: Sequence[Screenshot], window: Rectangle | None) -> str:
    """A sentence where the window (in the coordinates of the monitors) is black and its screen is not; else empty."""
    if window is None or any(shot.looks_blocked for shot in shots if shot.monitor.area.overlap(window)):
        return ""
    parts = [part for shot in shots if (part := _part(shot, window)) is not None]
    return BLACK_WINDOW if parts and all(_is_black(*part) for part in parts) else ""


def _part(shot: Screenshot, window: Rectangle) -> tuple[Screenshot, Rectangle] | None:
    """The inside of the window in the picture's own pixels, None where there is too little of it."""
    area, scale = shot.monitor.area, shot.monitor.scale
    seen = window.within(area)
    left, top = round((seen.left - area.left) * scale) + _BORDER, round((seen.top - area.top) * scale) + _BORDER
    width, height = round(seen.width * scale) - 2 * _BORDER, round(seen.height * scale) - 2 * _BORDER
    inside = Rectangle(left, top, width, height).within(Rectangle(0, 0, shot.width, shot.height))
    return (shot, inside) if min(inside.width, inside.height) >= _SMALLEST else None


def _is_black(shot: Screenshot, place: Rectangle) -> bool:
    def row(number: int) -> bytes:
        start = (number * shot.width + place.left) * 4
        return bytes(shot.pixels[start : start + place.width * 4])

    first = row(place.top)
    if any(first[0::4]) or any(first[1::4]) or any(first[2::4]):
        return False
    return all(row(number) == first for number in range(place.top, place.top + place.height))
