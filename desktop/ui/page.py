"""A page of a window: what scrolls, and the buttons that never scroll away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.scroller import Scroller
from desktop.ui.tokens import GAP, WIDE


class Page(QWidget):
    """A body that scrolls where the window is too small for it, and a row of buttons below it.

    Attributes:
        body: the layout of what scrolls.
        buttons: the layout of the row below.

    Signals:
        outgrown: a part of the body is out of sight now.
    """

    outgrown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        self.body = QVBoxLayout(page)
        self.body.setContentsMargins(WIDE, WIDE, WIDE, GAP)
        self.body.setSpacing(GAP)
        self._scroll = Scroller(page)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(WIDE, GAP, WIDE, WIDE)
        self.buttons.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(self.buttons)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._tell)

    def wanted_height(self, width: int) -> int:
        """The height, in device-independent pixels, at which nothing has to scroll in a window of that width."""
        return self.body.totalHeightForWidth(width) + self.buttons.totalSizeHint().height()

    def _tell(self, _: int, hidden: int) -> None:
        if hidden:
            self.outgrown.emit()
