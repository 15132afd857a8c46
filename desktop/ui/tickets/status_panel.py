"""Where a ticket stands, in the requester's words, and what comes next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.tickets import doubles, life_cycle
from desktop.tickets.clock import Clock
from desktop.tickets.operations import Kind
from desktop.tickets.organisation import Button, Organisation, Purpose
from desktop.tickets.view import Mark, TicketView
from desktop.ui import phrases
from desktop.ui.controls import push
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, enlarge

_WORDS = {
    Button.REPLY: "&Reply",
    Button.SAY_SOLVED: "It &works again",
    Button.REOPEN: "It is &not solved",
    Button.PROPOSE_TIMES: "Offer &times",
    Button.ADD_DETAILS: "Add &details",
    Button.ESCALATE: "Ask for &faster help",
}
_MOVES = frozenset(
    {Kind.ADD_NOTE, Kind.SAY_SOLVED, Kind.REOPEN, Kind.CHANGE_FIELDS, Kind.PROPOSE_TIMES, Kind.ATTACH_FILE}
)
"""What may give the ticket another status: while it waits, the status is our guess and no word of the provider's."""

_UNTIL = {
    Purpose.PENDING_CLOSURE: "It closes",
    Purpose.WAITING_PARTS: "Expected",
    Purpose.ON_HOLD: "Next visit",
}


class StatusPanel(QFrame):
    """The status with its buttons.

    Signals:
        chosen: the `Button` that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._clock = clock
        self._words = PlainText()
        enlarge(self._words, 1.15, bold=True)
        self._next = PlainText()
        self._row = QWidget()
        flow = FlowLayout(self._row)
        self._buttons: dict[Button, QPushButton] = {}
        for button, words in _WORDS.items():
            widget = push(words)
            widget.clicked.connect(lambda _=False, button=button: self.chosen.emit(button))
            self._buttons[button] = widget
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for part in (self._words, self._next, self._row):
            column.addWidget(part)

    def show_ticket(self, view: TicketView, organisation: Organisation, *, may_change: bool) -> None:
        """Show where this ticket stands; without buttons where the person may only read it."""
        words, following = _standing(view, organisation)
        ticket = view.ticket
        status = life_cycle.status_of(organisation, ticket.status)
        lines = [following]
        if ticket.due_back is not None and view.mark is Mark.CONFIRMED:
            until = _UNTIL.get(status.purpose, "Expected")
            lines.append(f"{until} {phrases.moment(ticket.due_back, self._clock.now())}.")
        if ticket.appointment is not None:
            start = phrases.moment(ticket.appointment.start, self._clock.now())
            who = f" with {ticket.appointment.technician}" if ticket.appointment.technician else ""
            lines.append(f"Agreed: {start}{who}.")
        lines.extend(doubles.sentences(view))
        self._words.show_text(words)
        self._next.show_text("\n".join(part for part in lines if part))
        self._next.setVisible(bool(self._next.text()))
        can_act = may_change and view.mark is not Mark.REFUSED
        offered = life_cycle.buttons(organisation, ticket) if can_act else ()
        for button, widget in self._buttons.items():
            widget.setVisible(button in offered)
        self._row.setVisible(bool(offered))


def _standing(view: TicketView, organisation: Organisation) -> tuple[str, str]:
    name, opening = phrases.provider(organisation), phrases.opening(organisation)
    if view.lost:
        return f"{opening} no longer has this ticket", "Your words are safe here. Please call, or write a new ticket."
    if view.mark is not Mark.CONFIRMED:
        if view.mark is Mark.REFUSED:
            why = next((entry.last_error for entry in view.pending if entry.last_error), "")
            return f"{phrases.mark(view.mark, name)}.", f"{why} You find your words under “What waits”.".strip()
        return f"{phrases.mark(view.mark, name)}.", f"{opening} gets it once this computer is connected."
    if any(entry.kind in _MOVES and entry.state.is_pending for entry in view.pending):
        return "Your answer is saved on this computer.", f"{opening} gets it once this computer is connected."
    status = life_cycle.status_of(organisation, view.ticket.status)
    holder = phrases.holder(view)
    has_it = f"{holder} has it. " if holder else ""
    return status.words, f"{has_it}{status.next}".strip()
