"""The files on a ticket: they can be saved elsewhere, and are never opened by us."""

from pathlib import Path, PurePath

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import ShownAttachment, TicketView
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import clear, push
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.tokens import GAP


class FileList(QWidget):
    """A line for each file, with a button that saves it where the person says."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._shown: tuple[ShownAttachment, ...] | None = None
        self._rows = QVBoxLayout()
        self._remark = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._rows)
        column.addWidget(self._remark)

    def show_ticket(self, view: TicketView) -> None:
        """Show this ticket's files."""
        if view.attachments == self._shown:
            return
        self._shown = view.attachments
        self._remark.say("")
        clear(self._rows)
        name = phrases.provider(self._desk.organisation())
        for shown in view.attachments:
            self._rows.addWidget(self._line(view.ticket.id, shown, phrases.mark(shown.mark, name)))

    def save(self, ticket: str, attachment: str, target: Path) -> None:
        """Write the file to `target`."""
        self._remark.say("Fetching the file…")
        future = self._desk.fetch_file(ticket, attachment, target)
        self._bridge.watch(self, future, lambda path: self._remark.say(f"Saved as {path.name}."), self._show_trouble)

    def _line(self, ticket: str, shown: ShownAttachment, mark: str) -> QWidget:
        attachment = shown.attachment
        words = f"{attachment.name} · {phrases.size(attachment.size)}" + (f" · {mark}" if mark else "")
        button = push("Save as…")
        button.setAccessibleName(f"Save {attachment.name} as")
        button.clicked.connect(lambda: self._ask(ticket, attachment.id, attachment.name))
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PlainText(words), 1)
        row.addWidget(button)
        return widget

    def _ask(self, ticket: str, attachment: str, name: str) -> None:
        suggestion = str(Path.home() / (PurePath(name.replace("\\", "/")).name or "file"))
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the file as", suggestion)
        if chosen:
            self.save(ticket, attachment, Path(chosen))

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
