"""What a person is told after saving, and what they may still add."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets import life_cycle
from desktop.tickets.clock import Clock
from desktop.tickets.reference import reference
from desktop.tickets.view import Changed, Mark, TicketView
from desktop.ui import phrases
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.bridge import Bridge
from desktop.ui.controls import heading, line, push
from desktop.ui.page import Page
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.call_card import CallCard
from desktop.ui.report.capture import Capture
from desktop.ui.report.urgency import Urgency
from desktop.ui.tokens import GAP, enlarge


class Receipt(Page):
    """Says how far the ticket has come, and changes while that changes.

    Signals:
        new_wanted, done: the person pressed the buttons below.
        ticket_wanted: id of the ticket, to see it among the others.
    """

    new_wanted = Signal()
    done = Signal()
    ticket_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        *,
        dialable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._ticket = ""
        self._title = heading()
        self._reference = PlainText()
        enlarge(self._reference, 1.6, bold=True)
        self._copy = push("&Copy")
        self._copy.setToolTip("Copy the reference")
        self._copy.clicked.connect(self._copy_reference)
        self._summary = PlainText()
        self._next = line()
        self._held = line(quiet=True)
        self._call = CallCard(dialable=dialable)
        self._urgency = Urgency(desk, bridge)
        self._additions = AdditionPanel(desk, bridge, clock, capture)
        self._trouble = QuietLine()
        self._build()
        bridge.changed.connect(self._refresh)

    def show_ticket(self, ticket: str) -> None:
        """Show the receipt of a ticket that has just been saved."""
        self._ticket = ticket
        self._show()
        self._copy.setFocus()

    def keep(self) -> None:
        """Keep words that were typed below and not added: the window goes."""
        self._additions.keep()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self._reference, 1)
        top.addWidget(self._copy)
        new = push("&New ticket")
        new.clicked.connect(self.new_wanted)
        see = push("&Show my tickets")
        see.clicked.connect(lambda: self.ticket_wanted.emit(self._ticket))
        close = push("&Done", is_default=True)
        close.clicked.connect(self.done)
        self.buttons.addWidget(new)
        self.buttons.addWidget(see)
        self.buttons.addStretch(1)
        self.buttons.addWidget(close)
        self.body.addWidget(self._title)
        self.body.addLayout(top)
        for widget in (
            self._summary,
            self._next,
            self._held,
            self._call,
            self._urgency,
            self._additions,
            self._trouble,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _refresh(self, changed: Changed) -> None:
        if self._ticket and (
            changed.everything or changed.outbox or changed.connection or self._ticket in changed.tickets
        ):
            self._show()

    def _show(self) -> None:
        view = self._desk.ticket(self._ticket)
        if view is None:
            return
        organisation = self._desk.organisation()
        ticket, name = view.ticket, phrases.provider(organisation)
        code = reference(ticket.id)
        self._title.setText(_title(view, name))
        self._reference.show_text(f"{code}   Number {ticket.number}" if ticket.number else code)
        self._summary.show_text(ticket.summary)
        is_there = view.mark is Mark.CONFIRMED
        self._urgency.show_ticket(view, self._clock.now(), self._call)
        self._next.setText(
            life_cycle.status_of(organisation, ticket.status).next if is_there else self._before_answer(view, name)
        )
        self._next.setVisible(bool(self._next.text()))
        self._held.setText(self._on_pictures())
        self._held.setVisible(bool(self._held.text()))
        offered = [missing for missing in self._desk.missing(view) if missing != "screenshot"]
        self._additions.offer(view, [*dict.fromkeys(["times", "contact", *offered, "details"])])

    def _on_pictures(self) -> str:
        """What holds pictures back, where something does."""
        said = [phrases.not_sent(self._desk.not_sent(self._ticket))]
        held = self._desk.held(self._ticket)
        if held:
            is_are = "is" if held == 1 else "are"
            said.append(
                f"{phrases.things(held, 'picture', 'pictures')} {is_are} still being looked through, and will follow."
            )
        elif any(draft.ticket == self._ticket and draft.files for draft in self._desk.drafts()):
            said.append("A picture could not be looked through. It waits at this ticket until you send it.")
        return " ".join(words for words in said if words)

    def _before_answer(self, view: TicketView, name: str) -> str:
        refused = next((entry for entry in view.pending if view.mark is Mark.REFUSED and entry.last_error), None)
        if refused is not None:
            return f"{refused.last_error} You find your words under “What waits”."
        calm = "" if self._call.isVisibleTo(self) else " You can go on with your work."
        if self._desk.connection().wants_code:
            return f"It is kept here until you connect this computer to your help desk.{calm}"
        return f"It reaches {name} by itself as soon as there is a connection.{calm}"

    def _copy_reference(self) -> None:
        QGuiApplication.clipboard().setText(reference(self._ticket))


def _title(view: TicketView, provider: str) -> str:
    if view.mark is Mark.REFUSED:
        return f"Saved on this computer. Not accepted by {provider}."
    if view.mark is Mark.ASKING:
        return f"Saved on this computer. Checking whether {provider} has it."
    if view.mark is Mark.WAITING:
        return "Saved on this computer."
    holder = phrases.holder(view)
    return f"{holder} has it." if holder else f"With {provider}."
