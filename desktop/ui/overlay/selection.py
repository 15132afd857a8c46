"""The rectangle that a person draws or moves, in the coordinates of the desktop."""

from dataclasses import dataclass, replace

from desktop.capture.screens.geometry import Rectangle

SMALLEST = 4
"""Units of the desktop: less is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen within the desktop.

    Attributes:
        whole: all screens together.
        chosen: the part, or None where nothing has been chosen yet.
    """

    whole: Rectangle
    chosen: Rectangle | None = None

    @property
    def is_enough(self) -> bool:
        """Whether it can be taken."""
        return self.chosen is not None and min(self.chosen.width, self.chosen.height) >= SMALLEST

    def between(self, start: tuple[int, int], end: tuple[int, int]) -> "Selection":
        """The rectangle with these two corners."""
        left, right = sorted((start[0], end[0]))
        top, lower = sorted((start[1], end[1]))
        return replace(self, chosen=Rectangle(left, top, right - left, lower - top).within(self.whole))

    def dropped(self) -> "Selection":
        """Nothing is chosen."""
        return replace(self, chosen=None)

    def begun(self, screen: Rectangle) -> "Selection":
        """As it is, or the middle of a screen, for who has no mouse."""
        if self.chosen is not None:
            return self
        middle = Rectangle(
            screen.left + screen.width // 4, screen.top + screen.height // 4, screen.width // 2, screen.height // 2
        )
        return replace(self, chosen=middle)

    def moved(self, right: int, down: int) -> "Selection":
        """Moved by so much, as far as there is room."""
        if self.chosen is None:
            return self
        it, whole = self.chosen, self.whole
        left = min(max(it.left + right, whole.left), whole.left + whole.width - it.width)
        top = min(max(it.top + down, whole.top), whole.top + whole.height - it.height)
        return replace(self, chosen=replace(it, left=left, top=top))

    def resized(self, wider: int, higher: int) -> "Selection":
        """Its right and lower edges moved by so much, as far as there is room."""
        if self.chosen is None:
            return self
        it, whole = self.chosen, self.whole
        width = min(max(it.width + wider, SMALLEST), whole.left + whole.width - it.left)
        height = min(max(it.height + higher, SMALLEST), whole.top + whole.height - it.top)
        return replace(self, chosen=replace(it, width=width, height=height))
