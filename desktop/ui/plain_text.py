"""Text from anywhere, shown exactly as it is."""

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

SHOWN = 3000
"""Characters shown before a person asks for the rest."""


class PlainText(QTextEdit):
    """Words of others: never read as HTML, never fetching anything, wrapping anywhere, as high as they need.

    What is longer than `SHOWN` characters ends in an ellipsis until `show_all` is called.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._text = ""
        self.show_text(text)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return len(self._text) > SHOWN and len(self.toPlainText()) <= SHOWN + 1

    def text(self) -> str:
        """The whole text."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show other words."""
        self._text = text
        self.setPlainText(text if len(text) <= SHOWN else text[:SHOWN] + "…")
        self.setAccessibleName(text[:200])
        self.setMinimumHeight(self.heightForWidth(self.viewport().width()) if self.isVisible() else 0)
        self.updateGeometry()

    def show_all(self) -> None:
        """Show the rest too."""
        self.setPlainText(self._text)
        self.setMinimumHeight(self.heightForWidth(self.viewport().width()))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        document = self.document()
        before = document.textWidth()
        document.setTextWidth(max(width, 1))
        height = ceil(document.size().height())
        document.setTextWidth(before)
        return height

    def sizeHint(self) -> QSize:  # noqa: N802
        width = self.fontMetrics().averageCharWidth() * 30
        return QSize(width, self.heightForWidth(self.width() if self.isVisible() else width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.viewport().width()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()
