"""What would speed help up, each a button that adds it to the ticket. A form loads when it is opened."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.desk import Desk, Saved
from desktop.tickets.clock import Clock
from desktop.tickets.operations import FieldChange
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui.additions.words_form import WordsForm
from desktop.ui.bridge import Bridge
from desktop.ui.controls import line, push
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture
from desktop.ui.tokens import GAP

_BUTTONS = {
    "times": "When you can be reached",
    "contact": "How to reach you",
    "details": "More details",
    "error": "The error text",
    "screenshot": "A picture",
    "device": "The device's name",
}
ADDITIONS = tuple(_BUTTONS)
"""The names of what can be added: those of `Desk.missing`, and `details`."""


class AdditionPanel(QWidget):
    """Buttons for what is missing; pressing one opens a small form below.

    Signals:
        added: the name of what was added, durable on this computer.
    """

    added = Signal(str)

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._capture = capture
        self._view: TicketView | None = None
        self._form: QWidget | None = None
        self._give_up: Callable[[], None] = lambda: None
        self._intro = line("This helps to help you faster:", quiet=True)
        self._remark = QuietLine()
        self._row = QWidget()
        flow = FlowLayout(self._row)
        self._buttons: dict[str, QPushButton] = {}
        for name, words in _BUTTONS.items():
            button = push(words)
            button.clicked.connect(lambda _=False, name=name: self.open(name))
            self._buttons[name] = button
            flow.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        for widget in (self._intro, self._row, self._remark):
            self._column.addWidget(widget)

    def offer(self, view: TicketView, names: Sequence[str]) -> None:
        """Offer these additions to the ticket; a form that is open for the same ticket stays as it is."""
        if self._view is None or self._view.ticket.id != view.ticket.id:
            self._close()
            self._remark.say("")
        self._view = view
        for name, button in self._buttons.items():
            button.setVisible(name in names)
        self._intro.setVisible(bool(names))
        self._row.setVisible(bool(names))
        self._row.updateGeometry()

    def open(self, name: str) -> None:
        """Show the form for one addition."""
        self._close()
        if self._view is None:
            return
        self._form = self._make(name, self._view)
        self._column.addWidget(self._form)
        self._form.setFocus()

    def keep(self) -> None:
        """Close the form; words that were typed and not added are kept as a reply that waits."""
        self._close()

    def _make(self, name: str, view: TicketView) -> QWidget:
        desk, ticket = self._desk, view.ticket
        form: QWidget
        give_up: Callable[[], None] | None = None
        if name == "times":
            from desktop.ui.additions.times_form import TimesForm

            form = TimesForm(desk.organisation().hours, self._clock.now(), ticket.availability)
            form.given.connect(
                lambda windows: self._watch(name, desk.propose_times(ticket.id, windows, ticket.availability))
            )
        elif name == "contact":
            from desktop.ui.additions.contact_form import ContactForm

            form = ContactForm(ticket.contact)
            form.given.connect(
                lambda contact: self._watch(name, desk.correct_contact(ticket.id, contact, ticket.contact))
            )
        elif name == "screenshot":
            from desktop.ui.additions.files_form import FilesForm

            form = FilesForm(desk, self._bridge, self._capture)
            give_up = form.give_up
            form.given.connect(lambda files: self._watch(name, desk.attach(ticket.id, files)))
        elif name == "device":
            form = WordsForm("What is the computer or device called?", "Add the n&ame")
            form.given.connect(lambda words: self._watch(name, self._set(view, "device", ticket.device.name, words)))
        elif name == "error":
            form = WordsForm("What does the error message say?", "Add the error te&xt")
            form.given.connect(lambda words: self._watch(name, self._set(view, "error_text", ticket.error_text, words)))
        else:
            form = WordsForm("What else should they know?", "Add the det&ails")
            form.given.connect(lambda words: self._watch(name, desk.reply(ticket.id, words)))
        self._give_up = give_up or form.deleteLater
        return form

    def _set(self, view: TicketView, field: str, base: str, value: str) -> Future[Saved]:
        return self._desk.change_fields(view.ticket.id, [FieldChange(field=field, base=base, value=value)])

    def _watch(self, name: str, future: Future[Saved]) -> None:
        def done(_: Saved) -> None:
            self._close(keeps=False)
            self._remark.say("Saved on this computer with your ticket.")
            self.added.emit(name)

        self._bridge.watch(self, future, done, self._show_trouble)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)

    def _close(self, *, keeps: bool = True) -> None:
        form, self._form = self._form, None
        if keeps and isinstance(form, WordsForm) and self._view is not None and (words := form.words()):
            draft = replace(self._desk.new_draft(self._view.ticket.id), details=words)
            self._bridge.watch(self, self._desk.save_draft(draft), lambda _: None, self._show_trouble)
            self._remark.say("What you wrote is kept as a reply to this ticket. It waits for you.")
        if form is not None:
            self._column.removeWidget(form)
            self._give_up()
