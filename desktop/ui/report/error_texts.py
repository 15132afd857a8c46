"""The error texts that were found, each offered with its origin and never taken unasked."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.capture.error_text.offered import ErrorText, Origin, from_clipboard
from desktop.capture.redact.text import Masked, mask
from desktop.tickets.clock import Clock
from desktop.ui.bridge import Bridge
from desktop.ui.controls import tick, tool
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.tokens import GAP, SMALL, quieten

_AT_ONCE = 10_000
"""Characters that are masked while the window waits, some milliseconds; longer texts come a moment later."""
_MANY_LINES = 12
_COPIED = "Add t&he error text that you copied"
_ADDED = "The error text that you added"


class _Row(QWidget):
    """A box to tick with the text below it: one line of it, or all of it where there is room."""

    ticked = Signal()

    def __init__(
        self, found: ErrorText, label: str, *, on: bool, is_error: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.found = found
        self.is_error = is_error
        self._is_folded = found.origin is Origin.PICTURE and found.text.count("\n") >= _MANY_LINES
        self._box = tick(label, on=on)
        self._line = QuietLine()
        self._whole = PlainText(found.text)
        quieten(self._whole)
        self._rest = tool("Show all of it")
        self._rest.setAccessibleName(f"Show all of it: {found.label}")
        self._rest.clicked.connect(self._show_rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        for widget in (self._box, self._line, self._whole):
            column.addWidget(widget)
        column.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.say(found.text)
        self._box.toggled.connect(self.ticked)

    @property
    def is_ticked(self) -> bool:
        return self._box.isChecked()

    def tick(self, on: bool) -> None:
        self._box.setChecked(on)

    def open(self, is_open: bool) -> None:
        """What is long, as all text on a picture, is shown whole when it is asked for, or goes along."""
        is_whole = is_open and (not self._is_folded or self.is_ticked)
        self._line.setVisible(not is_whole)
        self._whole.setVisible(is_whole)
        self._rest.setVisible(is_open and (not is_whole or self._whole.is_cut))

    def _show_rest(self) -> None:
        self._is_folded = False
        self._whole.show_all()
        self.open(True)


class ErrorTexts(QWidget):
    """Every text with its box. Closed it shows what was copied and what goes along.

    Signals:
        changed: the text that goes along (str), empty when nothing is ticked.
        filled: there is something to see now, or nothing any more.
    """

    changed = Signal(str)
    filled = Signal()

    def __init__(
        self, bridge: Bridge, looks_like_error: Callable[[str], bool], clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._looks_like_error = looks_like_error
        self._clock = clock
        self._is_open = False
        self._was_empty = True
        self._rows: list[_Row] = []
        self._offered: list[ErrorText] = []
        self._none = QuietLine()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._none)
        self._show()

    @property
    def text(self) -> str:
        """What goes along: the text alone where the person copied it, else under its origin."""
        return "\n\n".join(_with_origin(row.found) for row in self._rows if row.is_ticked)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is to be seen."""
        return self._none.isHidden() and all(row.isHidden() for row in self._rows)

    def offer_clipboard(self) -> None:
        """Offer what is in the clipboard now; a text that goes along already stays."""
        copied = _on_clipboard()
        kept = [row for row in self._rows if row.found.origin is not Origin.CLIPBOARD or row.is_ticked]
        self._drop([row for row in self._rows if row not in kept])
        has_one = any(row.found.origin is Origin.CLIPBOARD for row in kept)
        if copied and not has_one and self._looks_like_error(copied):
            self._add(from_clipboard(copied, self._clock.now()), _COPIED, on=False)

    def offer(self, found: Sequence[ErrorText]) -> None:
        """Offer these too, unless they are there already."""
        for text in found:
            if text not in self._offered:
                self._offered.append(text)
                self._add(text, text.label, on=False)

    @property
    def offers_error(self) -> bool:
        """Whether an error on a picture is offered and not added."""
        found = [row for row in self._rows if row.found.origin is Origin.PICTURE]
        return any(row.is_error for row in found) and not any(row.is_ticked for row in found)

    def show_added(self, text: str) -> None:
        """Show a text that was added before, ticked."""
        if text:
            self._add(from_clipboard(text, self._clock.now()), _ADDED, on=True)

    def leave_out(self) -> None:
        """Untick all of it."""
        for row in self._rows:
            row.tick(False)

    def open(self, is_open: bool) -> None:
        """Show every text in full, or a line of what was copied and of what goes along."""
        self._is_open = is_open
        self._show()

    def _add(self, found: ErrorText, label: str, *, on: bool) -> None:
        """What is certainly private in it is masked first, so that what is shown is what leaves."""
        if len(found.text) <= _AT_ONCE:
            self._add_masked(found, mask(found.text), label, on=on)
        else:
            self._bridge.run(
                self,
                lambda: mask(found.text),
                lambda masked: self._add_masked(found, masked, label, on=on),
                lambda _trouble: None,
            )

    def _add_masked(self, found: ErrorText, masked: Masked, label: str, *, on: bool) -> None:
        shown = label if label in (_COPIED, _ADDED) else label.replace("&", "&&")
        is_error = self._looks_like_error(found.text)
        row = _Row(replace(found, text=masked.text), shown, on=on, is_error=is_error)
        row.ticked.connect(self._tell)
        self._rows.append(row)
        self._column.addWidget(row)
        self._show()
        if on:
            self._tell()

    def _drop(self, gone: Sequence[_Row]) -> None:
        for row in gone:
            self._rows.remove(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._show()

    def _tell(self) -> None:
        self._show()
        self.changed.emit(self.text)

    def _show(self) -> None:
        for row in self._rows:
            row.open(self._is_open)
            row.setVisible(self._is_open or row.is_ticked or row.found.origin is Origin.CLIPBOARD)
        self._none.say("No error text was found so far." if self._is_open and not self._rows else "")
        if self._was_empty != self.is_empty:
            self._was_empty = self.is_empty
            self.filled.emit()


def _on_clipboard() -> str:
    """What was copied as text, or the text of what has only a form; the names of files are none."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None while nothing at all was copied
    if data is None or any(url.isLocalFile() for url in data.urls()):
        return ""
    if data.hasText() or not data.hasHtml():
        return data.text()
    return QTextDocumentFragment.fromHtml(data.html()[:_AT_ONCE]).toPlainText()


def _with_origin(found: ErrorText) -> str:
    return found.text if found.origin is Origin.CLIPBOARD else f"{found.label}:\n{found.text}"
