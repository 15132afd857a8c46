"""What the ticket's computer tells of itself, what is unusual first. For technicians."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.controls import switch
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, enlarge, quieten


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
        self._fold.setText(_heading(view))
        unusual = [fact for fact in device.facts if fact.unusual]
        rest = [fact for fact in device.facts if not fact.unusual]
        self._unusual.show_text("\n".join(map(phrases.unusual, unusual)))
        self._unusual.setVisible(bool(unusual))
        self._lines.show_text("\n".join(f"{fact.label}: {fact.value}" for fact in rest))
        self.setVisible(bool(device.facts))


def _heading(view: TicketView) -> str:
    device = view.ticket.device
    name = device.name if device.is_this_computer else view.ticket.written_on
    return f"About {name}" if name else "About the computer"
