"""One picture or file that may go along."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui import phrases
from desktop.ui.controls import line, tick
from desktop.ui.tokens import SMALL, THUMBNAIL, quieten

_LONGEST = 24
_HEIGHT = THUMBNAIL * 10 // 16
"""Of every thumbnail, whatever the shape of the screen, so that nothing moves when it comes."""


class FileTile(QWidget):
    """A thumbnail with a box to tick.

    Attributes:
        label: what it is called.

    Signals:
        ticked: the person ticked or unticked the box.
    """

    ticked = Signal()

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
        self._remark = line(quiet=True)
        self._remark.setVisible(False)
        quieten(self._remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._picture)
        column.addWidget(self._box)
        column.addWidget(self._remark)
        column.addStretch(1)

    @property
    def included(self) -> bool:
        """Whether it goes along."""
        return self._box.isChecked()

    def include(self, included: bool) -> None:
        """Tick or untick it, without telling anyone."""
        self._box.setChecked(included)

    def expect_picture(self) -> None:
        """Keep room for a thumbnail, so that nothing moves when it comes."""
        self._picture.setFixedSize(THUMBNAIL, _HEIGHT)
        self._picture.setVisible(True)
        self.setFixedWidth(max(THUMBNAIL, self._box.sizeHint().width()))

    def show_picture(self, image: QImage) -> None:
        """Show a thumbnail."""
        if not image.isNull():
            self.expect_picture()
            self._picture.setPixmap(QPixmap.fromImage(image))

    def remark(self, words: str) -> None:
        """Say something below the box."""
        self._remark.setText(words)
        self._remark.setVisible(bool(words))

    def show_size(self, count: int) -> None:
        """Say how large it is."""
        self.remark(phrases.size(count))


def thumbnail(content: bytes) -> QImage:
    """A small picture from the bytes of a large one; empty where they are no picture. For any thread."""
    image = QImage.fromData(content)
    if image.isNull():
        return image
    return image.scaled(
        THUMBNAIL - 2, _HEIGHT - 2, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
