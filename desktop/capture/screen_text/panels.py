"""The even backgrounds of a picture: a dialog's face, a page, a button. Only the reading program imports this."""

from typing import Any

import cv2
import numpy

from desktop.capture.screens.geometry import Rectangle

_PAPER = 0.3
"""Share of a line's pixels that have the colour of its background, at least."""
_TOLERANCE = (4, 4, 4)
"""By how much each colour may differ on one background."""
_MOST = 400
"""Backgrounds that are looked for; each costs one walk over it."""
_HELD = 0.8
"""Share of a line that lies on its background."""
_FILL = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | (1 << 8)


class Panels:
    """The backgrounds of one picture (rows, columns, three colours), found as they are asked for."""

    def __init__(self, pixels: Any) -> None:
        height, width = pixels.shape[:2]
        self._pixels = pixels
        self._walked = numpy.zeros((height + 2, width + 2), numpy.uint8)
        """Pixels of backgrounds that were found; wider by one on each side, as OpenCV wants it."""
        self._which = numpy.zeros((height, width), numpy.uint16)
        """One more than the index of the background in `_found`."""
        self._found: list[Rectangle] = []

    def behind(self, line: Rectangle) -> Rectangle | None:
        """The rectangle around a line's background; None where it is not even or does not hold the line."""
        seed = self._seed(line)
        if seed is None:
            return None
        across, down = seed
        known = int(self._which[down, across])
        if not known and len(self._found) == _MOST:
            return None
        panel = self._found[known - 1] if known else self._fill(across, down)
        return panel if panel.overlap(line) >= _HELD * line.width * line.height else None

    def _seed(self, line: Rectangle) -> tuple[int, int] | None:
        """A pixel with the colour that is most common on the line: there is more paper than ink."""
        rows, columns = slice(line.top, line.top + line.height), slice(line.left, line.left + line.width)
        part = self._pixels[rows, columns].astype(numpy.int32)
        if not part.size:
            return None
        colours = (part[:, :, 0] << 16 | part[:, :, 1] << 8 | part[:, :, 2]).ravel()
        _, places, counts = numpy.unique(colours, return_index=True, return_counts=True)
        most = int(counts.argmax())
        if counts[most] < _PAPER * len(colours):
            return None
        down, across = divmod(int(places[most]), part.shape[1])
        return line.left + across, line.top + down

    def _fill(self, across: int, down: int) -> Rectangle:
        nothing = (0, 0, 0)
        _, _, _, place = cv2.floodFill(
            self._pixels, self._walked, (across, down), nothing, _TOLERANCE, _TOLERANCE, _FILL
        )
        panel = Rectangle(*place)
        self._found.append(panel)
        rows, columns = slice(panel.top, panel.top + panel.height), slice(panel.left, panel.left + panel.width)
        walked = self._walked[1:-1, 1:-1][rows, columns]
        self._which[rows, columns][walked == 1] = len(self._found)
        walked[walked == 1] = 2
        return panel
