"""The marks on one picture while a person works on them: every step can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.tickets.marks import Mark, MarkKind

Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What was on a sheet after each step, and which of them is shown."""

    marks: tuple[Marks, ...]
    at: int


class Sheet(QObject):
    """Marks, the one that is chosen, and the steps that led here.

    Attributes:
        size: of the picture, in its own pixels.
        marks: as they are shown, in the order of drawing.
        chosen: index of the chosen mark, or None.

    Signals:
        stepped: the marks are others now, to be kept.
        shown: something looks different: marks in the middle of a drag, or what is chosen.
    """

    stepped = Signal()
    shown = Signal()

    def __init__(self, size: tuple[int, int], marks: Sequence[Mark] = (), earlier: Steps | None = None) -> None:
        """`earlier`: the steps of the same picture when it was open before; they can be taken back as then.

        Without them, as after a start, each drawn mark is a step.
        """
        super().__init__()
        self.size = size
        self.marks: Marks = tuple(marks)
        self.chosen: int | None = None
        self._steps: list[Marks] = _one_by_one(self.marks)
        self._at = len(self._steps) - 1
        self._joining = ""
        if earlier is not None:
            self._go_on_from(earlier)

    @property
    def steps(self) -> Steps:
        """How the marks came to be."""
        return Steps(tuple(self._steps), self._at)

    @property
    def chosen_mark(self) -> Mark | None:
        """The mark that is chosen."""
        return None if self.chosen is None else self.marks[self.chosen]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._at < len(self._steps) - 1

    def choose(self, index: int | None) -> None:
        """Choose a mark, or none."""
        if index != self.chosen:
            self.chosen, self._joining = index, ""
            self.shown.emit()

    def add(self, mark: Mark) -> None:
        """Add a mark and choose it; a new crop takes the place of the old."""
        others = [one for one in self.marks if not (mark.kind is MarkKind.CROP and one.kind is MarkKind.CROP)]
        self._step((*others, mark), chosen=len(others))

    def preview(self, mark: Mark) -> None:
        """Show the chosen mark like this for now, in the middle of a drag; `settle` makes a step of it."""
        if self.chosen is not None:
            self.marks = self._with(self.chosen, mark)
            self.shown.emit()

    def settle(self) -> None:
        """Make a step of what a drag has changed."""
        if self.marks != self._steps[self._at]:
            self._step(self.marks, chosen=self.chosen)

    def drop_preview(self) -> None:
        """Forget what a drag has changed."""
        self.marks = self._steps[self._at]
        self.shown.emit()

    def change(self, mark: Mark, joining: str = "") -> None:
        """Put a mark in the chosen one's place; steps one after the other with the same `joining` are one step."""
        if self.chosen is None or mark == self.marks[self.chosen]:
            return
        if joining and joining == self._joining:
            self._at -= 1
        self._step(self._with(self.chosen, mark), chosen=self.chosen)
        self._joining = joining

    def remove(self) -> None:
        """Remove the chosen mark; what was covered as a find stays outlined, so that it is seen once more."""
        if self.chosen is None:
            return
        mark = self.marks[self.chosen]
        if mark.found and mark.kind is MarkKind.REDACT:
            self.change(replace(mark, kind=MarkKind.OUTLINE))
        else:
            self._step((*self.marks[: self.chosen], *self.marks[self.chosen + 1 :]), chosen=None)

    def turn(self) -> None:
        """Show the chosen find where it is covered, cover it where it is outlined."""
        mark = self.chosen_mark
        if mark is not None and mark.found:
            covered = mark.kind is MarkKind.REDACT
            self.change(replace(mark, kind=MarkKind.OUTLINE if covered else MarkKind.REDACT))

    def cover_all(self) -> None:
        """Cover all that is outlined, but what is part of an error message."""
        marks = all_covered(self.marks)
        if marks != self.marks:
            self._step(marks, chosen=self.chosen)

    def suggest(self, found: Sequence[Mark]) -> None:
        """Add what was found meanwhile below all else; it is no step, and taking steps back leaves it where it is."""
        known = {(mark.left, mark.top, mark.right, mark.bottom) for mark in self.marks if mark.found}
        new = tuple(mark for mark in found if (mark.left, mark.top, mark.right, mark.bottom) not in known)
        if not new:
            return
        self._put_below(new)
        if self.chosen is not None:
            self.chosen += len(new)
        self.stepped.emit()
        self.shown.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self.can_undo:
            self._go(self._at - 1)

    def redo(self) -> None:
        """Take the step that was taken back."""
        if self.can_redo:
            self._go(self._at + 1)

    def _go_on_from(self, earlier: Steps) -> None:
        """What was found meanwhile is on every step; whatever else was done elsewhere is one step more."""
        now = self.marks
        self._steps, self._at = list(earlier.marks), earlier.at
        self.marks = self._steps[self._at]
        new = tuple(mark for mark in now if mark.found and mark not in self.marks)
        if now == (*new, *self.marks):
            self._put_below(new)
        else:
            self._step(now, chosen=None)

    def _put_below(self, new: Marks) -> None:
        self._steps = [(*new, *step) for step in self._steps]
        self.marks = (*new, *self.marks)

    def _with(self, index: int, mark: Mark) -> Marks:
        return (*self.marks[:index], mark, *self.marks[index + 1 :])

    def _step(self, marks: Marks, *, chosen: int | None) -> None:
        self._steps[self._at + 1 :] = [marks]
        self._at += 1
        self._show(marks, chosen)

    def _go(self, at: int) -> None:
        before, self._at = self.marks, at
        marks = self._steps[at]
        others = [index for index, mark in enumerate(marks) if mark not in before]
        self._show(marks, others[-1] if others else None)

    def _show(self, marks: Marks, chosen: int | None) -> None:
        self.marks, self.chosen, self._joining = marks, chosen, ""
        self.stepped.emit()
        self.shown.emit()


def _one_by_one(marks: Marks) -> list[Marks]:
    """What is found alone, then with each drawn mark that came after the other."""
    ends = [index for index, mark in enumerate(marks) if not mark.found]
    return [tuple(mark for index, mark in enumerate(marks) if mark.found or index < end) for end in (*ends, len(marks))]


def is_open(mark: Mark) -> bool:
    """Whether one key covers it: found, outlined, and not part of an error message."""
    return mark.kind is MarkKind.OUTLINE and not mark.is_error


def all_covered(marks: Marks) -> Marks:
    """The marks with all that one key covers covered."""
    return tuple(replace(mark, kind=MarkKind.REDACT) if is_open(mark) else mark for mark in marks)
