"""The first view of a new ticket."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.capture.redact.text import mask
from desktop.capture.report import about_another_device, about_this_computer
from desktop.desk import Desk
from desktop.drafting import is_begun
from desktop.tickets.clock import Clock
from desktop.tickets.device import Device
from desktop.tickets.draft import Draft
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Changed
from desktop.ui import phrases
from desktop.ui.annotate.finds import counted
from desktop.ui.bridge import Bridge
from desktop.ui.controls import attaching, heading, push
from desktop.ui.page import Page
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.device_choice import DeviceChoice
from desktop.ui.report.draft_keeper import DraftKeeper
from desktop.ui.report.goes_along import GoesAlong
from desktop.ui.report.look_alike import LookAlike
from desktop.ui.report.more import More
from desktop.ui.report.questions import Questions
from desktop.ui.report.sentence_edit import SentenceEdit, local_files
from desktop.ui.report.summary import split_sentence
from desktop.ui.tokens import GAP

_BEGINNING = 2_000
"""Characters of a pasted text that are looked through for the sentence."""
_RESTORED = "This is what you had written before."


class _Stage(Enum):
    """How far a form has come."""

    WRITING = auto()
    WAITING = auto()
    """It is to be saved once all that goes along is in our keeping."""
    FILING = auto()
    FORGOTTEN = auto()
    """It was closed with nothing on it."""


class ReportForm(Page):
    """One sentence, what goes along with it, two questions and the device; only the sentence is required.

    Begins with the draft that was `returned`, else with what was being written last, else empty.

    Signals:
        saved: a `Saved`; the ticket is durable on this computer.
        ticket_wanted: id of a look-alike ticket that the person wants to see.
    """

    saved = Signal(object)
    ticket_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        *,
        returned: Draft | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._capture = capture
        self._computer = capture.computer_name()
        self._stage = _Stage.WRITING
        begun = returned or desk.unfinished()
        self._keeper = DraftKeeper(desk, bridge, clock, begun or desk.new_draft(), self)
        self._along = GoesAlong(desk, bridge, clock, capture)
        self._files = self._along.pictures.files
        self._build()
        self._connect()
        self._show_draft(is_restored=begun is not None)

    def begin(self, taken: Taken) -> None:
        """Take in the pictures and what the computer can tell; both happen beside the typing."""
        here = self._device.tells_of_this_computer
        has_picture = any(file.included for file in self._files.files())
        self._along.begin(taken, tick_active=here and not has_picture)
        self._show_along()
        self.focus_sentence()

    def see_screen(self, name: str) -> None:
        """The desktop has put this form on that screen, as it does where the person works."""
        self._files.use_screen(name)

    def focus_sentence(self) -> None:
        """Put the cursor where the only required words go."""
        self._sentence.setFocus()

    def save(self) -> None:
        """Make a ticket of it, as soon as all that goes along is in our keeping."""
        if self._stage is _Stage.FILING:
            return
        if not self._keeper.draft.summary:
            self._trouble.say("Please write one sentence about what is wrong.")
            self._sentence.setFocus()
            return
        self._stage = _Stage.WAITING
        self._keeper.save()
        self._save_button.setText("Saving…")
        self._file_when_ready()

    def resume(self) -> None:
        """Show again what was being written when the window was closed."""
        self._restored.say(_RESTORED)
        self._files.drop_idle_screens()
        self._files.look_through(True)

    def keep(self) -> bool:
        """Keep what was typed and chosen for later; false when there is nothing and the draft is forgotten."""
        self._files.end_editing()
        self._files.look_through(False)
        if is_begun(self._keeper.draft) or self._stage is _Stage.FILING:
            self._keeper.save()
            return True
        self._keeper.forget()
        self._stage = _Stage.FORGOTTEN
        return False

    def _build(self) -> None:
        self._sentence = SentenceEdit(masks=True)
        self._sentence.setPlaceholderText("One sentence is enough. Enter saves it.")
        title = heading("What is wrong?")
        title.setBuddy(self._sentence)
        self._sentence.setAccessibleName("What is wrong?")
        self._notice = QuietLine()
        self._restored = QuietLine("Start a&new")
        self._like = LookAlike(self._desk)
        self._urgent = QuietLine()
        self._trouble = QuietLine()
        self._questions = Questions()
        self._device = DeviceChoice(self._computer)
        self._more = More(self._desk.organisation())
        self._add_button = attaching("Add a f&ile…")
        self._later_button = push("&Later")
        self._later_button.setToolTip("Keep this and close (Escape)")
        self._save_button = push("&Save", is_default=True)
        self.buttons.addWidget(self._add_button)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._later_button)
        self.buttons.addWidget(self._save_button)
        above: list[QWidget] = [self._notice, title, self._restored, self._sentence, self._trouble, self._like]
        above.append(self._along)
        for widget in above:
            self.body.addWidget(widget)
        self.body.addSpacing(GAP)
        for widget in (self._questions, self._device, self._urgent):
            self.body.addWidget(widget)
        self.body.addSpacing(GAP)
        self.body.addWidget(self._more)
        self.body.addStretch(1)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self._sentence.textChanged.connect(self._take_sentence)
        self._sentence.submitted.connect(self.save)
        self._sentence.long_text_pasted.connect(self._take_long_text)
        self._sentence.masked.connect(self._tell_masked)
        self._sentence.picture_pasted.connect(lambda image: self._files.add_image(image, "Pasted picture"))
        self._sentence.files_pasted.connect(self._files.add_paths)
        self._files.changed.connect(self._take_files)
        self._files.settled.connect(self._settle)
        self._files.told.connect(self._trouble.say)
        self._along.failed.connect(self._show_trouble)
        self._along.switched.connect(self._take_switches)
        self._along.pictures.told.connect(self._trouble.say)
        self._along.computer.read.connect(self._take_facts)
        self._questions.answered.connect(self._take_answers)
        self._device.changed.connect(self._take_device)
        self._more.changed.connect(self._take_more)
        self._along.errors.texts.changed.connect(self._take_error)
        self._keeper.failed.connect(self._show_trouble)
        self._bridge.changed.connect(self._obey)
        self._restored.followed.connect(self._start_anew)
        self._like.wanted.connect(self.ticket_wanted)
        self._add_button.clicked.connect(self._files.choose)
        self._later_button.clicked.connect(lambda: self.window().close())
        self._save_button.clicked.connect(self.save)

    def _show_draft(self, *, is_restored: bool) -> None:
        draft = self._keeper.draft
        opening = phrases.opening(self._desk.organisation())
        self._notice.say(" ".join(f"{opening}: {notice.text}" for notice in self._desk.notices()))
        self._restored.say(_RESTORED if is_restored else "")
        if is_restored:
            self._sentence.go_on_from(draft.details or draft.summary)
            self._questions.show_answers(draft.answers)
            tells = draft.device.is_this_computer or bool(draft.device.facts)
            self._device.show_device(
                draft.device.name,
                is_this_computer=draft.device.is_this_computer,
                tells_of_this_computer=tells,
            )
            self._more.show_draft(draft)
            self._files.allow_screens(tells)
            self._along.restore(draft)
            self._trouble.say(phrases.not_added(draft.arriving))
            self._show_urgency()
        else:
            self._take_device()
        self._take_switches()

    def _change(self, **values: object) -> None:
        self._keeper.change(**values)
        self._show_along()

    def _obey(self, changed: Changed) -> None:
        """The provider's rules may be others now."""
        if changed.organisation:
            self._show_along()

    def _show_along(self) -> None:
        """Say what goes along. What rules have just taken away is said, and saved without by one more Save.

        Who has saved and closed the window wants it saved all the same.
        """
        lost = self._along.show_draft(self._keeper.draft)
        if lost and self._stage is _Stage.WAITING and self.isVisible():
            self._stop(f"{lost} Save again to go on without.")
        elif lost and self._stage is _Stage.WRITING:
            self._trouble.say(lost)

    def _take_sentence(self) -> None:
        summary, details = split_sentence(self._sentence.toPlainText())
        self._trouble.say("")
        self._change(summary=summary, details=details)
        self._like.look_at(self._keeper.draft)

    def _take_error(self, text: str) -> None:
        self._change(error_text=text)
        self._like.look_at(self._keeper.draft)

    def _take_long_text(self, text: str) -> None:
        if not self._sentence.toPlainText().strip():
            self._sentence.go_on_from(" ".join(mask(text[:_BEGINNING]).text[:200].split()))
        self._files.add_text(text, "pasted-text.txt")

    def _tell_masked(self, kinds: Sequence[str]) -> None:
        self._trouble.say(f"Masked in what you pasted: {counted(kinds)}. Undo shows it again.")

    def _take_files(self) -> None:
        self._change(files=self._files.files(), arriving=self._files.arriving())

    def _take_answers(self, answers: object) -> None:
        self._change(answers=answers)
        self._show_urgency()

    def _take_more(self) -> None:
        more = self._more
        self._change(type=more.type, on_behalf_of=more.on_behalf_of, confidential=more.confidential)
        self._show_urgency()

    def _show_urgency(self) -> None:
        draft = self._keeper.draft
        suggestion = self._desk.suggest_priority(draft.answers, draft.type)
        self._urgent.say("This sounds urgent: after saving you will see whom to call." if suggestion.call else "")

    def _take_device(self) -> None:
        chosen, draft = self._device, self._keeper.draft
        self._files.allow_screens(chosen.tells_of_this_computer)
        here = Device(name=self._computer, facts=self._along.computer.facts or ())
        if chosen.is_this_computer:
            about = about_this_computer(draft, here)
        else:
            about = about_another_device(draft, here, chosen.name, with_this_computer=chosen.tells_of_this_computer)
        self._change(device=about.device, written_on=about.written_on, files=self._files.files())

    def _take_facts(self) -> None:
        self._take_device()
        self._file_when_ready()

    def _take_switches(self) -> None:
        self._change(withheld=self._along.withheld)

    def _file_when_ready(self) -> None:
        if self._stage is not _Stage.WAITING or self._files.is_busy or self._along.computer.facts is None:
            return
        self._show_along()
        if self._stage is not _Stage.WAITING:
            return
        self._files.end_editing()
        self._stage = _Stage.FILING
        self._keeper.let_go()
        self._bridge.watch(self, self._desk.file_ticket(self._keeper.draft), self.saved.emit, self._refuse)
        self._files.look_through(False)

    def _settle(self) -> None:
        if self._stage is _Stage.FORGOTTEN:
            self._bridge.watch(self, self._desk.forget_files(self._files.files()), lambda _: None, self._show_trouble)
        elif not self.isVisible():
            self._keeper.save()
        self._file_when_ready()

    def _show_trouble(self, trouble: Trouble) -> None:
        self._stop(trouble.sentence)

    def _stop(self, words: str) -> None:
        """Say why it is not saved, where it was about to be."""
        if self._stage is _Stage.WAITING:
            self._stage = _Stage.WRITING
        self._save_button.setText("&Save")
        self._trouble.say(words)

    def _refuse(self, trouble: Trouble) -> None:
        self._stage = _Stage.WRITING
        self._files.look_through(True)
        self._keeper.take(self._keeper.draft)
        self._show_trouble(trouble)

    def _start_anew(self) -> None:
        self._along.begin_anew()
        self._keeper.exchange(replace(self._desk.new_draft(), files=self._files.files()))
        self._take_switches()
        self._restored.say("")
        self._questions.show_answers(self._keeper.draft.answers)
        self._more.show_draft(self._keeper.draft)
        self._sentence.clear()
        self._take_device()
        self._sentence.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._files.add_paths(local_files(event.mimeData()))
        event.acceptProposedAction()
