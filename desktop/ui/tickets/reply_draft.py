"""What a person is answering on one ticket, also while another ticket is shown."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk, Saved
from desktop.tickets.capture_policy import SwitchedOff
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.trouble import Trouble
from desktop.ui.bridge import Bridge
from desktop.ui.file_strip import FileStrip
from desktop.ui.report.draft_keeper import DraftKeeper


class ReplyDraft(QObject):
    """The words and files for one ticket, kept as a draft; they become a reply once every file is in our keeping.

    Attributes:
        files: the strip with its files; `show` and `hide` are for whoever lays it out.
        not_added: names of files that had been chosen and were not in our keeping when Helptray ended.

    Signals:
        saved: the words are durable on this computer, and this draft is over.
        failed: a `Trouble`; the draft stays as it is.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._keeper = DraftKeeper(desk, bridge, clock, draft, self)
        self._reopens = False
        self._wants_saving = False
        self.files = FileStrip(desk, bridge)
        self.files.restore(draft.files)
        self.not_added = draft.arriving
        self.files.changed.connect(self._take_files)
        self.files.settled.connect(self._settle)
        self.files.failed.connect(self._fail)
        self._keeper.failed.connect(self._fail)

    @property
    def id(self) -> str:
        """The draft's id."""
        return self._keeper.draft.id

    @property
    def ticket(self) -> str:
        """The ticket that is answered."""
        return self._keeper.draft.ticket

    @property
    def text(self) -> str:
        """The words so far."""
        return self._keeper.draft.details

    @property
    def is_busy(self) -> bool:
        """Whether something is still being taken in or saved."""
        return self.files.is_busy or self._wants_saving

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, and nothing is on its way into it or out."""
        return not (self.text or self.files.files() or self.is_busy)

    def write(self, text: str) -> None:
        """Other words; kept in a moment."""
        self._keeper.change(details=text)

    def keep(self) -> None:
        """Keep what there is, now; what is being drawn on a picture too."""
        self.files.end_editing()
        self._keeper.save()

    def save(self, *, reopens: bool) -> None:
        """Make a reply of it, or the reason why the ticket is re-opened; nothing where there is nothing."""
        self.files.end_editing()
        if self._wants_saving or not (self.text.strip() or self.files.is_busy or self._included()):
            return
        self._wants_saving, self._reopens = True, reopens
        self._save_when_ready()

    def _take_files(self) -> None:
        self._keeper.change(files=self.files.files(), arriving=self.files.arriving())

    def _included(self) -> list[DraftFile]:
        return [file for file in self.files.files() if file.included]

    def _settle(self) -> None:
        self._keeper.save()
        self._save_when_ready()

    def _save_when_ready(self) -> None:
        if not self._wants_saving or self.files.is_busy:
            return
        lost, text = self.files.drop_forbidden(), self.text.strip()
        files = self._included()
        if lost:
            self._fail(SwitchedOff(f"{lost} Save again to go on without." if text or files else lost))
            return
        self._keeper.let_go()
        if self._reopens and text:
            if files:
                self._bridge.watch(self, self._desk.attach(self.ticket, files), lambda _: None, self._refuse)
            future = self._desk.reopen(self.ticket, text)
        elif text:
            future = self._desk.reply(self.ticket, text, files, self.id)
        else:
            future = self._desk.attach(self.ticket, files)
        self._bridge.watch(self, future, self._end, self._refuse)

    def _end(self, _: Saved) -> None:
        self._keeper.forget()
        self._wants_saving = False
        self.saved.emit()

    def _refuse(self, trouble: Trouble) -> None:
        self._keeper.take(self._keeper.draft)
        self._fail(trouble)

    def _fail(self, trouble: Trouble) -> None:
        self._wants_saving = False
        self.failed.emit(trouble)
