"""One picture of the whole desktop, cut into its monitors where that is sure."""

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from desktop.capture.screens.geometry import Monitor, Rectangle, active_monitor, bounds, distinct
from desktop.capture.screens.screenshot import Screenshot, is_black

_ROUNDING = 2
"""Pixels by which a scaled desktop may miss its size."""


def apart(pixels: bytes, width: int, height: int, monitors: Sequence[Monitor]) -> tuple[Screenshot, ...]:
    """A picture of each monitor, or the one picture as it is where the monitors do not explain its size.

    Nobody tells on Wayland which window is active; the primary monitor's picture counts as the active one.
    """
    monitors = distinct(monitors, lambda monitor: monitor.area)
    whole = bounds([monitor.area for monitor in monitors])
    scale = width / whole.width if whole.width else 0.0
    if len(monitors) < 2 or not scale or abs(whole.height * scale - height) > _ROUNDING:
        area = whole if scale and abs(whole.height * scale - height) <= _ROUNDING else Rectangle(0, 0, width, height)
        monitor = Monitor(area=area, is_primary=True, scale=width / area.width)
        return (_screenshot("Screen", pixels, width, height, monitor, is_active=True),)
    image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
    active = active_monitor(monitors, None)
    shots = []
    for number, monitor in enumerate(monitors):
        left, top = round((monitor.area.left - whole.left) * scale), round((monitor.area.top - whole.top) * scale)
        right = min(left + round(monitor.area.width * scale), width)
        lower = min(top + round(monitor.area.height * scale), height)
        part = image.crop((left, top, right, lower)).tobytes()
        size, placed = (right - left, lower - top), replace(monitor, scale=scale)
        shots.append(_screenshot(f"Screen {number + 1}", part, *size, placed, is_active=number == active))
    return tuple(shots)


def _screenshot(label: str, pixels: bytes, width: int, height: int, monitor: Monitor, *, is_active: bool) -> Screenshot:
    return Screenshot(
        label=label,
        pixels=memoryview(pixels),
        width=width,
        height=height,
        monitor=monitor,
        is_active=is_active,
        looks_blocked=is_black(pixels, width),
    )
