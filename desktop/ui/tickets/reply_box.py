"""Where a person answers."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft
from desktop.tickets.trouble import Trouble
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import attaching, push
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tickets.reply_draft import ReplyDraft
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
        self._shown: ReplyDraft | None = None
        self._aside: dict[str, ReplyDraft] = {}
        self._over: set[str] = set()
        self._reopens = False
        self._is_flat = False
        self._words = SentenceEdit()
        self._words.setPlaceholderText("Write a reply. Enter saves it, Shift+Enter begins a line.")
        self._words.setAccessibleName("Reply")
        self._remark = QuietLine()
        self._file = attaching("Add a f&ile…")
        self._save = push("&Save reply", is_main=True)
        row = QHBoxLayout()
        row.addWidget(self._file)
        row.addStretch(1)
        row.addWidget(self._save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._words)
        self._column.addWidget(self._remark)
        self._column.addLayout(row)
        self._words.textChanged.connect(self._write)
        self._words.submitted.connect(self.save)
        self._words.files_pasted.connect(self._add_paths)
        self._words.picture_pasted.connect(lambda image: self._draft().files.add_image(image, "Pasted picture"))
        self._words.long_text_pasted.connect(lambda text: self._draft().files.add_text(text, "pasted-text.txt"))
        self._file.clicked.connect(self._choose)
        self._save.clicked.connect(self.save)

    def show_ticket(self, ticket: str) -> None:
        """Write to this ticket from now on; what was begun for it before is shown again."""
        if self._shown is not None and self._shown.ticket == ticket:
            return
        self._set_aside()
        if ticket in self._aside:
            self._show(self._aside.pop(ticket))
        else:
            self._show(self._begun(self._kept(ticket) or self._desk.new_draft(ticket)))

    def flatten(self, flat: bool) -> None:
        """Take less room, without thumbnails, or as much as it likes."""
        self._is_flat = flat
        if self._shown is not None:
            self._shown.files.flatten(flat)

    def look_again(self) -> None:
        """Show a picture that has come back to the ticket since, where nothing is being written.

        Words that wait come with the ticket alone: whoever presses Enter twice would send them.
        """
        shown = self._shown
        if shown is None or not shown.is_empty:
            return
        kept = self._kept(shown.ticket)
        if kept is not None and not kept.details and kept.id not in self._over:
            self._set_aside()
            self._show(self._begun(kept))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is being written."""
        return self._shown is None or self._shown.is_empty

    def take_up(self, returned: Draft) -> None:
        """Show a reply that was taken back, unless it is there already; what was begun for the ticket waits."""
        if self._shown is None or self._shown.id != returned.id:
            self._set_aside()
            self._show(self._begun(returned))
        self._words.setFocus()

    def begin(self, *, reopens: bool) -> None:
        """Put the cursor into the field; what is written then re-opens the ticket or is a plain reply."""
        self._reopens = reopens
        self._label()
        self._words.setFocus()

    def keep(self) -> None:
        """Save what is typed for later, now."""
        if self._shown is not None:
            self._shown.keep()

    def save(self) -> None:
        """Save the reply with its files."""
        if self._shown is not None:
            self._shown.save(reopens=self._reopens)

    def _kept(self, ticket: str) -> Draft | None:
        return next((draft for draft in self._desk.drafts() if draft.ticket == ticket), None)

    def _begun(self, draft: Draft) -> ReplyDraft:
        begun = ReplyDraft(self._desk, self._bridge, self._clock, draft, self)
        begun.saved.connect(lambda: self._end(begun))
        begun.failed.connect(self._show_trouble)
        begun.files.told.connect(self._remark.say)
        return begun

    def _show(self, draft: ReplyDraft) -> None:
        self._shown = None
        self._words.go_on_from(draft.text)
        self._shown = draft
        self._column.insertWidget(1, draft.files)
        draft.files.flatten(self._is_flat)
        draft.files.show_all()
        self._reopens = False
        self._remark.say(phrases.not_added(draft.not_added))
        self._label()

    def _set_aside(self) -> None:
        """Keep what is shown out of sight: for good, or until what it takes in is in our keeping."""
        draft, self._shown = self._shown, None
        if draft is None:
            return
        draft.keep()
        self._column.removeWidget(draft.files)
        draft.files.hide()
        if draft.is_busy:
            self._aside[draft.ticket] = draft
        else:
            self._drop(draft)

    def _end(self, draft: ReplyDraft) -> None:
        self._over.add(draft.id)
        self._aside.pop(draft.ticket, None)
        if draft is self._shown:
            self._show(self._begun(self._desk.new_draft(draft.ticket)))
        self._drop(draft)
        self.replied.emit()

    @staticmethod
    def _drop(draft: ReplyDraft) -> None:
        draft.files.hide()
        draft.files.deleteLater()
        draft.deleteLater()

    def _draft(self) -> ReplyDraft:
        if self._shown is None:
            raise RuntimeError("no ticket is shown")
        return self._shown

    def _write(self) -> None:
        if self._shown is not None:
            self._shown.write(self._words.toPlainText())

    def _label(self) -> None:
        self._save.setText("&Save: it is not solved" if self._reopens else "&Save reply")

    def _add_paths(self, paths: list[Path]) -> None:
        self._draft().files.add_paths(paths)

    def _choose(self) -> None:
        self._draft().files.choose()

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
