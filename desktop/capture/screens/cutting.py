"""Parts of pictures that were taken: all screens as one, a rectangle of them."""

from collections.abc import Sequence
from typing import cast

from PIL import Image

from desktop.capture.screens.geometry import Monitor, Rectangle, bounds, in_pixels
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.screenshot import Screenshot, is_black

_FOUR_BYTES = "RGBX"
"""Pillow's mode for four bytes a pixel; it moves them as they are, whatever their order."""
_ROUNDING = 2
"""Pixels by which a screen of a broken scale may miss its size: brought to it, all of its letters would be blurred."""


def as_one(screens: Sequence[Screenshot]) -> Screenshot:
    """All the screens as they stand side by side, as sharp as the sharpest; black where there is no screen.

    Raises `ScreensUnavailable` where there is none.
    """
    return _joined(screens, bounds([screen.monitor.area for screen in screens]), "All screens")


def cut(screens: Sequence[Screenshot], place: Rectangle, label: str) -> Screenshot:
    """What lies in a rectangle of the desktop, over as many screens as it touches.

    `place` is in the coordinates of `Monitor.area`. Raises `ScreensUnavailable` where it lies on no screen.
    """
    touched = [screen for screen in screens if screen.monitor.area.overlap(place)]
    whole = bounds([screen.monitor.area for screen in touched])
    return _joined(touched, place.within(whole), label)


def _joined(screens: Sequence[Screenshot], place: Rectangle, label: str) -> Screenshot:
    if not screens:
        raise ScreensUnavailable("There is nothing on the screens at that place.")
    scale, size = in_pixels(place, [screen.monitor for screen in screens])
    if len(screens) == 1 and place == screens[0].monitor.area:
        size = (screens[0].width, screens[0].height)
    canvas = Image.new(_FOUR_BYTES, size)
    for screen in screens:
        area = screen.monitor.area
        pixels = cast("bytes", screen.pixels)  # Pillow takes any buffer and copies nothing; its types know only bytes
        image = Image.frombuffer(_FOUR_BYTES, (screen.width, screen.height), pixels, "raw", _FOUR_BYTES, 0, 1)
        wanted = (round(area.width * scale), round(area.height * scale))
        if max(abs(image.width - wanted[0]), abs(image.height - wanted[1])) > _ROUNDING:
            image = image.resize(wanted, Image.Resampling.BILINEAR)
        canvas.paste(image, (round((area.left - place.left) * scale), round((area.top - place.top) * scale)))
    joined = canvas.tobytes()
    return Screenshot(
        label=label,
        pixels=memoryview(joined),
        width=size[0],
        height=size[1],
        monitor=Monitor(area=place, scale=scale),
        is_active=True,
        looks_blocked=is_black(joined, size[0]),
    )
