"""What pressing, dragging and letting go mean: choosing, drawing, moving and pulling marks."""

from dataclasses import dataclass
from enum import Enum, auto

from desktop.tickets.marks import Mark, MarkKind
from desktop.ui.annotate.shapes import Handle, Point, at, corners, drawn, handles, moved, resized
from desktop.ui.annotate.sheet import Sheet


class Acts(Enum):
    """What the hand is doing."""

    NOTHING = auto()
    """Nothing is pressed, or nothing that is pressed can be dragged."""
    DRAWING = auto()
    MOVING = auto()
    PULLING = auto()


class Done(Enum):
    """What a press that has been let go has come to, where more is to be done about it."""

    NOTHING = auto()
    TEXT_WANTED = auto()
    """A text is to be written where it was let go."""
    TEXT_CHOSEN = auto()
    """The chosen text was pressed once more: its words are to be changed."""


@dataclass(slots=True)
class _Press:
    at: Point
    mark: Mark | None = None
    handle: Handle | None = None
    was_chosen: bool = False
    is_dragged: bool = False


class Hand:
    """One pointer at work on a sheet; places are in the picture's own pixels.

    Attributes:
        tool: the kind of mark that a drag draws, or None where it only moves.
        acts: what is being done.
        drawing: the mark that is being drawn, not on the sheet yet.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._press: _Press | None = None
        self.tool: MarkKind | None = None
        self.acts = Acts.NOTHING
        self.drawing: Mark | None = None

    @property
    def is_pressed(self) -> bool:
        """Whether a pointer is down."""
        return self._press is not None

    def press(self, point: Point, reach: float) -> bool:
        """Begin at a point; `reach` is how near counts as on it. False where there is nothing to do: the view moves."""
        sheet = self._sheet
        chosen = sheet.chosen_mark
        pulled = self._handle_at(point, reach)
        if chosen is not None and pulled is not None:
            self._begin(Acts.PULLING, _Press(point, chosen, pulled, was_chosen=True))
            return True
        index = at(sheet.marks, point, reach, sheet.size)
        is_chosen = index is not None and index == sheet.chosen
        within_chosen = chosen is not None and _is_in(chosen, point, sheet.size) and self.tool is None
        if is_chosen or within_chosen:
            self._begin(Acts.MOVING, _Press(point, chosen, was_chosen=True))
        elif index is not None and self.tool is None:
            sheet.choose(index)
            self._begin(Acts.MOVING, _Press(point, sheet.marks[index]))
        elif self.tool in (None, MarkKind.TEXT):
            self._begin(Acts.NOTHING, _Press(point))
        else:
            self._begin(Acts.DRAWING, _Press(point))
        return self.acts is not Acts.NOTHING or self.tool is not None

    def drag(self, point: Point, reach: float) -> None:
        """Go on to a point."""
        press, sheet = self._press, self._sheet
        if press is None:
            return
        across, down = point[0] - press.at[0], point[1] - press.at[1]
        press.is_dragged = press.is_dragged or max(abs(across), abs(down)) >= reach / 2
        if not press.is_dragged:
            return
        if self.acts is Acts.DRAWING and self.tool is not None:
            self.drawing = drawn(self.tool, press.at, point, sheet.size)
            sheet.shown.emit()
        elif self.acts is Acts.PULLING and press.mark is not None and press.handle is not None:
            sheet.preview(resized(press.mark, press.handle, across, down, sheet.size))
        elif self.acts is Acts.MOVING and press.mark is not None:
            sheet.preview(moved(press.mark, across, down, sheet.size))

    def release(self, point: Point, reach: float) -> Done:
        """Let go: what was dragged is a step now; a press without a drag chooses, and covers or shows a find."""
        self.drag(point, reach)
        press, drawing, acts = self._press, self.drawing, self.acts
        self._begin(Acts.NOTHING, None)
        if press is None:
            return Done.NOTHING
        if press.is_dragged:
            if drawing is not None:
                self._sheet.add(drawing)
            elif acts in (Acts.MOVING, Acts.PULLING):
                self._sheet.settle()
            return Done.NOTHING
        return self._click(point, reach, was_chosen=press.was_chosen)

    def give_up(self) -> bool:
        """Undo what is being dragged; False where nothing is."""
        if self._press is None:
            return False
        self._begin(Acts.NOTHING, None)
        self._sheet.drop_preview()
        return True

    def _begin(self, acts: Acts, press: _Press | None) -> None:
        self.acts, self._press, self.drawing = acts, press, None

    def _click(self, point: Point, reach: float, *, was_chosen: bool) -> Done:
        sheet = self._sheet
        index = at(sheet.marks, point, reach, sheet.size)
        if index is None:
            sheet.choose(None)
            return Done.TEXT_WANTED if self.tool is MarkKind.TEXT else Done.NOTHING
        sheet.choose(index)
        mark = sheet.marks[index]
        if mark.found:
            sheet.turn()
        elif mark.kind is MarkKind.TEXT and (was_chosen or self.tool is MarkKind.TEXT):
            return Done.TEXT_CHOSEN
        return Done.NOTHING

    def _handle_at(self, point: Point, reach: float) -> Handle | None:
        mark = self._sheet.chosen_mark
        if mark is None:
            return None
        near = [
            (max(abs(place[0] - point[0]), abs(place[1] - point[1])), number, handle)
            for number, (handle, place) in enumerate(handles(mark, self._sheet.size, reach))
        ]
        distance, _, handle = min(near)
        return handle if distance <= reach * 0.75 else None


def _is_in(mark: Mark, point: Point, size: tuple[int, int]) -> bool:
    left, top, right, bottom = corners(mark, size)
    return left <= point[0] <= right and top <= point[1] <= bottom
