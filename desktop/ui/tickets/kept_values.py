"""What the person had changed and somebody else changed too."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.tickets.clock import Clock
from desktop.tickets.organisation import Organisation
from desktop.tickets.view import KeptValue
from desktop.ui import phrases
from desktop.ui.controls import clear, framed, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP

_FIELDS = {
    "summary": "sentence",
    "details": "details",
    "error_text": "error text",
    "device": "device",
    "type": "kind of request",
    "due_back": "date",
    "status": "status",
    "priority": "priority",
    "assignee": "technician",
    "contact_name": "name",
    "contact_phone": "telephone number",
    "contact_email": "e-mail address",
    "contact_prefers": "best way to reach you",
}


class KeptValues(QWidget):
    """Each lost value with a button that uses it after all.

    Signals:
        chosen: id of the operation and name of the field whose value the person wants.
    """

    chosen = Signal(str, str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._shown: tuple[tuple[KeptValue, str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.setVisible(False)

    def show_values(
        self, kept: Sequence[KeptValue], organisation: Organisation, may_change: Callable[[str], bool]
    ) -> None:
        """Show what was kept; hidden when there is nothing. What only the provider can change has no button."""
        now = self._clock.now()

        def words(field: str, text: str) -> str:
            return phrases.field_value(organisation, field, text, lambda at: phrases.moment(at, now))

        shown = tuple((value, words(value.field, value.theirs), words(value.field, value.mine)) for value in kept)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        for value, theirs, mine in shown:
            self._column.addWidget(self._card(value, theirs, mine, offered=may_change(value.field)))
        self.setVisible(bool(shown))

    def _card(self, value: KeptValue, theirs: str, mine: str, *, offered: bool) -> QWidget:
        field = _FIELDS.get(value.field, value.field)
        card = framed("kept")
        column = QVBoxLayout(card)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(PlainText(f"The {field} was changed meanwhile: {theirs}"))
        column.addWidget(PlainText(f"Yours is kept: {mine}"))
        if offered:
            button = push("&Use mine")
            button.clicked.connect(lambda: self.chosen.emit(value.operation, value.field))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card
