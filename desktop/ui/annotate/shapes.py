"""Where marks are and how they move: plain geometry in the picture's own pixels."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.capture.redact.drawing import extent, letter_height
from desktop.tickets.marks import Mark, MarkKind

Size = tuple[int, int]
Point = tuple[float, float]

_LEAST = 4
"""Pixels of the least rectangle or arrow that is taken for one."""
_LEAST_LETTERS = 8
_ANY_WIDTH = 1_000_000
_ROOM = 4
"""Widths of a handle that a side needs for one in its middle."""


@dataclass(frozen=True, slots=True)
class Handle:
    """What a mark is pulled by: -1 left or upper, 0 middle, 1 right or lower."""

    across: int
    down: int


_START, _POINT = Handle(-1, -1), Handle(1, 1)
_AROUND = tuple(Handle(across, down) for down in (-1, 0, 1) for across in (-1, 0, 1) if across or down)
_OF_TEXT = (Handle(1, 0), Handle(0, 1))
"""A text is made wider, or its letters larger."""


def handles(mark: Mark, size: Size, width: float) -> Iterator[tuple[Handle, Point]]:
    """What the mark can be pulled by, and where it is; those of a width that leave room for the mark itself."""
    if mark.kind is MarkKind.ARROW:
        yield _START, (mark.left, mark.top)
        yield _POINT, (mark.right, mark.bottom)
        return
    left, top, right, bottom = corners(mark, size)
    across, down = (left, (left + right) / 2, right), (top, (top + bottom) / 2, bottom)
    for handle in _OF_TEXT if mark.kind is MarkKind.TEXT else _AROUND:
        room = (handle.across or right - left >= _ROOM * width) and (handle.down or bottom - top >= _ROOM * width)
        if room or mark.kind is MarkKind.TEXT:
            yield handle, (across[handle.across + 1], down[handle.down + 1])


def corners(mark: Mark, size: Size) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that is seen of a mark."""
    if mark.kind is MarkKind.TEXT:
        return extent(mark, size)
    (left, right), (top, bottom) = sorted((mark.left, mark.right)), sorted((mark.top, mark.bottom))
    return left, top, right, bottom


def drawn(kind: MarkKind, start: Point, end: Point, size: Size) -> Mark | None:
    """The mark that a drag from one point to another draws; None where it is too short to be meant."""
    (left, top), (right, bottom) = _within(start, size), _within(end, size)
    if kind is MarkKind.ARROW:
        if math.dist((left, top), (right, bottom)) < _LEAST:
            return None
        return Mark(kind=kind, left=left, top=top, right=right, bottom=bottom)
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    if min(right - left, bottom - top) < min(_LEAST, *size):
        return None
    return Mark(kind=kind, left=left, top=top, right=right, bottom=bottom)


def text_at(point: Point, size: Size, letters: int = 0) -> Mark:
    """An empty text that begins at a point and may reach the picture's right edge."""
    left, top = _within(point, size)
    letters = min(letters or letter_height(size), size[1])
    left, top = min(left, max(0, size[0] - 3 * letters)), min(top, max(0, size[1] - letters))
    return Mark(kind=MarkKind.TEXT, left=left, top=top, right=size[0], bottom=top + letters)


def written(mark: Mark, size: Size) -> Mark:
    """A text moved to the left and up as far as its words need, where the picture has room for them there.

    Near the right edge words have half the picture's width before they are broken.
    """
    left, _, right, _ = extent(replace(mark, left=0, right=_ANY_WIDTH), size)
    wanted = min(right - left, size[0] // 2)
    if mark.right >= size[0] and size[0] - mark.left < wanted:
        mark = replace(mark, left=max(0, size[0] - wanted))
    return moved(mark, 0, 0, size)


def placed(kind: MarkKind, view: tuple[Point, Point], size: Size) -> Mark:
    """A mark in the middle of what is in view (two corners), for who draws without a mouse."""
    (left, top), (right, bottom) = view
    middle, half = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 8, (bottom - top) / 8)
    if kind is MarkKind.TEXT:
        return text_at((middle[0] - half[0], middle[1]), size)
    if kind is MarkKind.CROP:
        half = (half[0] * 3, half[1] * 3)
    half = (max(half[0], _LEAST), max(half[1], _LEAST))
    start, end = (middle[0] - half[0], middle[1] - half[1]), (middle[0] + half[0], middle[1] + half[1])
    whole = Mark(kind=kind, left=0, top=0, right=size[0], bottom=size[1])
    return drawn(kind, start, end, size) or whole


def moved(mark: Mark, across: float, down: float, size: Size) -> Mark:
    """The mark elsewhere, never beyond the picture's edge."""
    left, top, right, bottom = corners(mark, size)
    right_by = round(max(min(across, size[0] - right), -left))
    down_by = round(max(min(down, size[1] - bottom), -top))
    right_edge = size[0] if mark.kind is MarkKind.TEXT and mark.right >= size[0] else mark.right + right_by
    return replace(
        mark, left=mark.left + right_by, top=mark.top + down_by, right=right_edge, bottom=mark.bottom + down_by
    )


def resized(mark: Mark, handle: Handle, across: float, down: float, size: Size) -> Mark:
    """The mark pulled by a handle; pulled over its other side, it turns round."""
    if mark.kind is MarkKind.TEXT:
        return _resized_text(mark, handle, across, down, size)
    start = (mark.left + across * (handle.across < 0), mark.top + down * (handle.down < 0))
    end = (mark.right + across * (handle.across > 0), mark.bottom + down * (handle.down > 0))
    (left, top), (right, bottom) = _within(start, size), _within(end, size)
    if mark.kind is not MarkKind.ARROW:
        (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
        left, top = min(left, size[0] - 1), min(top, size[1] - 1)
        right, bottom = max(right, left + 1), max(bottom, top + 1)
    return replace(mark, left=left, top=top, right=right, bottom=bottom)


def pulled(mark: Mark, across: float, down: float, size: Size) -> Mark:
    """The mark made larger or smaller at its lower right, as the keyboard does it."""
    if mark.kind is MarkKind.TEXT:
        return _resized_text(mark, _OF_TEXT[0] if across else _OF_TEXT[1], across, down, size)
    return resized(mark, _POINT, across, down, size)


def _resized_text(mark: Mark, handle: Handle, across: float, down: float, size: Size) -> Mark:
    _, top, right, bottom = corners(mark, size)
    if handle.across:
        letters = mark.bottom - mark.top
        return replace(mark, right=min(size[0], max(mark.left + 2 * letters, round(right + across))))
    height = max(1, bottom - top)
    letters = round((mark.bottom - mark.top) * (height + down) / height)
    letters = min(max(letters, min(_LEAST_LETTERS, size[1])), size[1] - mark.top)
    return replace(mark, bottom=mark.top + max(1, letters))


def at(marks: Sequence[Mark], point: Point, reach: float, size: Size) -> int | None:
    """Index of the mark at a point, give or take `reach`: what is drawn before what is covered, the upper first."""
    order = sorted(range(len(marks)), key=lambda index: (_depth(marks[index]), -index))
    for near in (_touches, _holds):
        for index in order:
            if near(marks[index], point, reach, size):
                return index
    return None


def _depth(mark: Mark) -> int:
    if mark.kind in (MarkKind.TEXT, MarkKind.ARROW, MarkKind.BOX):
        return 0
    return 2 if mark.kind is MarkKind.CROP else 1


def _touches(mark: Mark, point: Point, reach: float, size: Size) -> bool:
    """Whether the point is on what is seen of the mark."""
    if mark.kind is MarkKind.ARROW:
        return _from_line((mark.left, mark.top), (mark.right, mark.bottom), point) <= reach
    left, top, right, bottom = corners(mark, size)
    if not (left - reach <= point[0] <= right + reach and top - reach <= point[1] <= bottom + reach):
        return False
    if mark.kind not in (MarkKind.BOX, MarkKind.CROP):
        return True
    return min(abs(point[0] - left), abs(point[0] - right), abs(point[1] - top), abs(point[1] - bottom)) <= reach


def _holds(mark: Mark, point: Point, reach: float, size: Size) -> bool:  # noqa: ARG001
    """Whether the point is inside a box: chosen by it where nothing else is there."""
    left, top, right, bottom = corners(mark, size)
    return mark.kind is MarkKind.BOX and left <= point[0] <= right and top <= point[1] <= bottom


def _from_line(start: Point, end: Point, point: Point) -> float:
    """How far a point is from the line between two."""
    along, length = (end[0] - start[0], end[1] - start[1]), math.dist(start, end)
    if length == 0:
        return math.dist(start, point)
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length**2
    share = min(max(share, 0.0), 1.0)
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))


def _within(point: Point, size: Size) -> tuple[int, int]:
    return min(max(round(point[0]), 0), size[0]), min(max(round(point[1]), 0), size[1])
