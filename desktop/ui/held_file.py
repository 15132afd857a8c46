"""One picture or file of a strip, from the moment it is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.capture.report import CLIPBOARD, SCREEN, is_screenshot
from desktop.tickets.draft import DraftFile
from desktop.ui.file_tile import FileTile

A_FILE = DraftFile(attachment="", name="", size=0, sha256="", media_type="")
A_SCREEN = replace(A_FILE, media_type="image/png", origin=SCREEN)
A_PASTED_PICTURE = replace(A_SCREEN, origin=CLIPBOARD)
"""What is known of one before it is in our keeping and has an id."""


@dataclass(slots=True, eq=False)
class HeldFile:
    """A tile and what it stands for.

    Attributes:
        file: as far as it is known yet.
        is_active: the picture of the screen in use.
        screen: the name of the screen that it shows, or empty.
        is_restored: it was on the draft that was begun before.
        is_black: a picture on which there is nothing.
        was_included: it was ticked when pictures of this computer were taken out.
        is_in_sight: it is there where only what goes along is shown; what is unticked then stays under the hand.
    """

    tile: FileTile
    file: DraftFile = A_FILE
    is_active: bool = False
    screen: str = ""
    is_restored: bool = False
    is_black: bool = False
    was_included: bool = False
    is_in_sight: bool = True

    @property
    def is_here(self) -> bool:
        """Whether it is in our keeping."""
        return bool(self.file.attachment)

    @property
    def from_screen(self) -> bool:
        """Whether it is a picture of the screen that came by itself or was asked for."""
        return self.file.origin == SCREEN

    @property
    def is_drawn_on(self) -> bool:
        """Whether the person has put something on it."""
        return any(not mark.found for mark in self.file.marks)

    @property
    def is_picture(self) -> bool:
        """As far as it is known yet."""
        return self.file.media_type.startswith("image/")

    def is_kept_back(self, *, screens: bool, pictures: bool) -> bool:
        """Whether it stays here where the person lets screens go along, and the administrator pictures, or not."""
        return (self.from_screen and not screens) or (is_screenshot(self.file) and not pictures)

    def come_in_sight(self) -> None:
        """Be there when only what goes along is shown: the person's own choice, and of the screens the one in use."""
        self.is_in_sight = not self.from_screen or self.is_active or self.tile.included

    def comes_ticked(self, *, ticked: bool) -> bool:
        """Whether a picture of a screen is ticked by itself, where the one in use is `ticked` at all."""
        return ticked and self.is_active and not self.is_black


def are_as_taken(screens: Sequence[HeldFile], *, ticked: bool) -> bool:
    """Whether nobody has ticked or unticked any since they were taken."""
    return all(held.tile.included == held.comes_ticked(ticked=ticked) for held in screens)


def make_active(screens: Sequence[HeldFile], name: str, *, ticked: bool) -> bool:
    """Make the picture of the screen of that name the one in use; false where there is none or it is so already."""
    used = next((held for held in screens if held.screen == name != ""), None)
    if used is None or used.is_active:
        return False
    for held in screens:
        held.is_active = held is used
        held.tile.include(held.comes_ticked(ticked=ticked))
        held.come_in_sight()
        if not (held.tile.included or held.is_black or held.file.is_searched):
            held.tile.show_not_looked_at()
    return True
