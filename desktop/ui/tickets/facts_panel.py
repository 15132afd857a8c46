"""What the ticket's computer tells of itself, what is unusual first. For technicians."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.capture.computer.order import ranked
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.controls import switch
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, enlarge, quieten

_OF_FACT, _OF_NAME = 200, 60
"""Characters of an unusual fact that are read first, and of the computer's name; the rest is unfolded."""


class FactsPanel(QWidget):
    """What is unusual is seen at once, the rest folded until it is asked for; hidden where the ticket has no facts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticket = ""
        self._unusual = PlainText()
        enlarge(self._unusual, 1.0, bold=True)
        self._fold = switch("")
        self._lines = PlainText()
        quieten(self._lines)
        self._fold.toggled.connect(self._lines.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._unusual)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lines)
        self._lines.setVisible(False)
        self.setVisible(False)

    def show_ticket(self, view: TicketView) -> None:
        """Show this ticket's facts, folded when it is another ticket than before."""
        if view.ticket.id != self._ticket:
            self._ticket = view.ticket.id
            self._fold.setChecked(False)
        device = view.ticket.device
        self._fold.setText(phrases.on_button(_heading(view), _OF_NAME))
        facts = ranked(device.facts)
        self._unusual.show_text("\n".join(phrases.beginning(phrases.unusual(fact), _OF_FACT) for fact in facts.unusual))
        self._unusual.setVisible(bool(facts.unusual))
        cut = [said for said in map(phrases.unusual, facts.unusual) if len(said) > _OF_FACT]
        self._lines.show_text("\n".join((*cut, *phrases.computer(facts))))
        self._lines.show_all()
        self.setVisible(bool(device.facts))


def _heading(view: TicketView) -> str:
    device = view.ticket.device
    name = device.name if device.is_this_computer else view.ticket.written_on
    return f"About {name}" if name else "About the computer"
