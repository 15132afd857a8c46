"""Where a person answers."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import Desk, Saved
from desktop.tickets.clock import Clock
from desktop.tickets.trouble import Trouble
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.file_strip import FileStrip
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.draft_keeper import DraftKeeper
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tokens import GAP


class ReplyBox(QWidget):
    """A field with files for one ticket; what is typed is kept as a draft of that ticket.

    Signals:
        replied: the words are durable on this computer.
    """

    replied = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._keeper: DraftKeeper | None = None
        self._reopens = False
        self._wants_saving = False
        self._words = SentenceEdit()
        self._words.setPlaceholderText("Write a reply. Enter saves it, Shift+Enter begins a line.")
        self._words.setAccessibleName("Reply")
        self._files = FileStrip(desk, bridge)
        self._remark = QuietLine()
        self._file = push("Add a f&ile…")
        self._save = push("&Save reply")
        row = QHBoxLayout()
        row.addWidget(self._file)
        row.addStretch(1)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self._words, self._files, self._remark):
            column.addWidget(widget)
        column.addLayout(row)
        self._words.textChanged.connect(self._keep)
        self._words.submitted.connect(self.save)
        self._words.files_pasted.connect(self._files.add_paths)
        self._words.picture_pasted.connect(lambda image: self._files.add_image(image, "Pasted picture"))
        self._words.long_text_pasted.connect(lambda text: self._files.add_text(text, "pasted-text.txt"))
        self._files.changed.connect(self._keep)
        self._files.settled.connect(self._save_when_ready)
        self._files.failed.connect(self._show_trouble)
        self._file.clicked.connect(self._choose)
        self._save.clicked.connect(self.save)

    def show_ticket(self, ticket: str) -> None:
        """Write to this ticket from now on; what was begun for it before is shown again."""
        if self._keeper is not None and self._keeper.draft.ticket == ticket:
            return
        self.keep()
        self._wants_saving = self._reopens = False
        kept = next((draft for draft in self._desk.drafts() if draft.ticket == ticket), None)
        draft = kept or self._desk.new_draft(ticket)
        self._keeper = None
        self._files.clear()
        self._words.setPlainText(draft.details)
        self._files.restore(draft.files)
        self._remark.say("")
        self._keeper = DraftKeeper(self._desk, self._bridge, self._clock, draft, self)
        self._label()

    def begin(self, *, reopens: bool) -> None:
        """Put the cursor into the field; what is written then re-opens the ticket or is a plain reply."""
        self._reopens = reopens
        self._label()
        self._words.setFocus()

    def keep(self) -> None:
        """Save what is typed for later, now."""
        if self._keeper is not None:
            self._keeper.save()

    def save(self) -> None:
        """Save the reply with its files."""
        if self._keeper is None or not (self._words.toPlainText().strip() or self._files.files()):
            return
        self._wants_saving = True
        self._save_when_ready()

    def _save_when_ready(self) -> None:
        if not self._wants_saving or self._files.is_busy or self._keeper is None:
            return
        self._wants_saving = False
        draft = self._keeper.draft
        self._keeper.let_go()
        files = [file for file in self._files.files() if file.included]
        text = self._words.toPlainText().strip()
        if self._reopens and text:
            if files:
                self._bridge.watch(self, self._desk.attach(draft.ticket, files), lambda _: None, self._show_trouble)
            future = self._desk.reopen(draft.ticket, text)
        elif text:
            future = self._desk.reply(draft.ticket, text, files, draft.id)
        else:
            future = self._desk.attach(draft.ticket, files)
        self._bridge.watch(self, future, self._begin_anew, self._refuse)

    def _begin_anew(self, saved: Saved) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.forget()
            keeper.deleteLater()
        if keeper is not None and keeper.draft.ticket == saved.ticket:
            self.show_ticket_anew(saved.ticket)
        self.replied.emit()

    def show_ticket_anew(self, ticket: str) -> None:
        """Empty the field for the next words to this ticket."""
        self._keeper = None
        self._files.clear()
        self._words.clear()
        self._reopens = False
        self._keeper = DraftKeeper(self._desk, self._bridge, self._clock, self._desk.new_draft(ticket), self)
        self._label()

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.change(details=self._words.toPlainText(), files=self._files.files())

    def _label(self) -> None:
        self._save.setText("&Save: it is not solved" if self._reopens else "&Save reply")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add files")
        self._files.add_paths([Path(name) for name in chosen])

    def _refuse(self, trouble: Trouble) -> None:
        if self._keeper is not None:
            self._keeper.take(self._keeper.draft)
        self._show_trouble(trouble)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._wants_saving = False
        self._remark.say(trouble.sentence)
