"""What a person has drawn on a picture and what has been found on it: values, until the picture is made anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark does to the picture."""

    REDACT = "redact"
    """A solid rectangle; what is below it does not leave this computer."""
    OUTLINE = "outline"
    """Something that may be private was found here. It is shown to the person and changes nothing."""
    CROP = "crop"
    """All outside it is cut off; the last one counts."""
    ARROW = "arrow"
    """From (left, top) to (right, bottom), in any direction."""
    BOX = "box"
    TEXT = "text"
    """Begins at (left, top), is broken at `right`, and its letters are as high as the mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark, in the picture's own pixels from its upper left corner.

    Attributes:
        left, top, right, bottom: the corners; for an arrow its start and its point, else left < right and
            top < bottom.
        text: of a text.
        found: what was found there, in words such as `card number`; empty for what the person drew.
        is_error: found inside a detected error message: by itself only outlined, if anybody has seen it.
    """

    kind: MarkKind
    left: int
    top: int
    right: int
    bottom: int
    text: str = ""
    found: str = ""
    is_error: bool = False

    @property
    def changes_picture(self) -> bool:
        """Whether the picture has to be made anew for it."""
        return self.kind is not MarkKind.OUTLINE


def must_be_applied(marks: Iterable[Mark]) -> bool:
    """Whether any of the marks changes the picture."""
    return any(mark.changes_picture for mark in marks)
