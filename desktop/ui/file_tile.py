"""One picture or file that may go along."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.tickets.marks import Mark, MarkKind
from desktop.ui import phrases
from desktop.ui.annotate.finds import in_words
from desktop.ui.controls import line, tick, tool
from desktop.ui.thumbnail import HEIGHT, Thumbnail, with_marks
from desktop.ui.tokens import SMALL, THUMBNAIL, quieten

if TYPE_CHECKING:
    from desktop.ui.annotate.text_images import TextImages

_LONGEST = 24
"""Letters of a file's name; of a picture's, as many as have room."""
_USUAL = "Pasted picture"
"""A label that is always shown in full."""
_SEARCHING = "Being looked through…"
_NOT_SEARCHED = "Not looked through"
_BARE = "hidden details left out"
_BARE_IN_FULL = "Place, time, camera and whatever else was hidden in the file do not go along; the picture is as it was"
_NOTHING = "Nothing private found"


class FileTile(QWidget):
    """A thumbnail with a box to tick.

    Attributes:
        label: what it is called.

    Signals:
        ticked: the person ticked or unticked the box.
        edit_wanted: they want to draw on the picture.
    """

    ticked = Signal()
    edit_wanted = Signal()

    def __init__(self, label: str, *, included: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        shown = label if len(label) <= _LONGEST else f"{label[: _LONGEST // 2]}…{label[-_LONGEST // 2 + 1 :]}"
        self._box = tick(shown.replace("&", "&&"), on=included)
        self.label = label
        self._box.setToolTip(f"<span>{escape(label)}</span>")
        self._box.setAccessibleName(label)
        self._box.clicked.connect(self.ticked)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setProperty("look", "picture")
        self._picture.setVisible(False)
        self._small: Thumbnail | None = None
        self._is_expected = False
        self._is_flat = False
        self._marks: tuple[Mark, ...] = ()
        self._texts: TextImages | None = None
        self._size = ("", "")
        self._edit = tool("Edit")
        self._edit.setAccessibleName(f"Edit {label}")
        self._edit.setToolTip("Cover, crop or draw on it")
        self._edit.setVisible(False)
        self._edit.clicked.connect(self.edit_wanted)
        self._remark = line(quiet=True)
        self._remark.setVisible(False)
        quieten(self._remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._picture)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        row.addWidget(self._box, 1)
        row.addWidget(self._edit)
        column.addLayout(row)
        column.addWidget(self._remark)
        column.addStretch(1)

    @property
    def included(self) -> bool:
        """Whether it goes along."""
        return self._box.isChecked()

    def include(self, included: bool) -> None:
        """Tick or untick it, without telling anyone."""
        self._box.setChecked(included)

    @property
    def has_picture(self) -> bool:
        """Whether its thumbnail is there."""
        return self._small is not None

    def expect_picture(self) -> None:
        """Keep room for a thumbnail, so that nothing moves when it comes; all pictures are as wide as one another."""
        self._picture.setFixedSize(THUMBNAIL, HEIGHT)
        self._is_expected = True
        self._picture.setVisible(not self._is_flat)
        self._edit.setVisible(True)
        metrics = self._box.fontMetrics()
        self._box.setText(_USUAL)
        beside = (
            self._box.sizeHint().width() - metrics.horizontalAdvance(_USUAL) + SMALL + self._edit.sizeHint().width()
        )
        words = self._remark.fontMetrics().horizontalAdvance(_SEARCHING)
        width = max(THUMBNAIL, words, beside + metrics.horizontalAdvance(_USUAL))
        shown = metrics.elidedText(self.label, Qt.TextElideMode.ElideMiddle, width - beside)
        self._box.setText(shown.replace("&", "&&"))
        self.setFixedWidth(width)

    def flatten(self, flat: bool) -> None:
        """Show neither the thumbnail nor the mere size where there is little room, or show them again."""
        self._is_flat = flat
        self._picture.setVisible(self._is_expected and not flat)
        self._show_remark()

    def show_picture(self, small: Thumbnail) -> None:
        """Show a thumbnail, with the marks that are on the picture."""
        if not small.image.isNull():
            self.expect_picture()
            self._small = small
            self._show_marked()

    def show_marks(self, marks: tuple[Mark, ...], *, is_searched: bool) -> None:
        """Show what is covered and drawn, and say what was found."""
        self._marks = marks
        self._show_marked()
        found = [mark.kind for mark in marks if mark.found]
        counts = ((found.count(MarkKind.REDACT), "covered"), (found.count(MarkKind.OUTLINE), "outlined"))
        said = ", ".join(f"{count} {word}" for count, word in counts if count)
        words, in_full = self._size
        if said:
            self._show_found(said, f"{in_words(marks)} {in_full}".strip())
        elif is_searched:
            self._show_found(f"{words}, {_NOTHING[0].lower()}{_NOTHING[1:]}" if words else _NOTHING, in_full)

    def show_searching(self) -> None:
        """Say that it is being looked through; what was found will stand in the same place."""
        self._show_found(_SEARCHING, "What may be private is looked for, on this computer alone")

    def show_not_searched(self) -> None:
        """Say that it could not be looked through."""
        self._show_found(_NOT_SEARCHED, "Please look at it yourself before you save")

    def _show_marked(self) -> None:
        if self._small is None:
            return
        if not self._marks:
            self._picture.setPixmap(QPixmap.fromImage(self._small.image))
            return
        if self._texts is None:
            from desktop.ui.annotate.text_images import TextImages

            self._texts = TextImages()
        self._picture.setPixmap(with_marks(self._small, self._marks, self._texts))

    def _show_found(self, words: str, in_full: str) -> None:
        self.remark(words)
        self._remark.setToolTip(in_full)
        self._remark.setAccessibleName(f"{self.label}: {words}. {in_full}")

    def remark(self, words: str) -> None:
        """Say something below the box."""
        self._remark.setText(words)
        self._show_remark()

    def _show_remark(self) -> None:
        words = self._remark.text()
        is_mere_size = (words, "") == self._size
        self._remark.setVisible(bool(words) and not (self._is_flat and is_mere_size))

    def show_size(self, count: int, *, is_bare: bool = False) -> None:
        """Say how large it is, and whether what a camera had written into it was left out."""
        self._size = (f"{phrases.size(count)}, {_BARE}", _BARE_IN_FULL) if is_bare else (phrases.size(count), "")
        self.show_not_looked_at()

    def show_not_looked_at(self) -> None:
        """Say of it what there is to say while nobody has looked through it."""
        words, in_full = self._size
        if in_full:
            self._show_found(words, in_full)
        else:
            self.remark(words)
