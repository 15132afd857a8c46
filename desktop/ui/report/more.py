"""What some tickets need before they leave: which kind of request it is, whom it is for, and who may see it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.tickets.draft import Draft
from desktop.tickets.organisation import Organisation, RequestType
from desktop.tickets.ticket import TypeKey
from desktop.ui import phrases
from desktop.ui.controls import asked, line, tick, tool
from desktop.ui.quiet_line import QuietLine
from desktop.ui.tokens import GAP


class More(QWidget):
    """One quiet line with a button that opens the choices; closed again, the line says what was chosen.

    Signals:
        changed: something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, organisation: Organisation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._organisation = organisation
        self._provider = phrases.provider(organisation)
        self._words = line(quiet=True)
        self._button = tool("M&ore")
        self._button.setCheckable(True)
        self._button.setToolTip("The kind of request, for somebody else, confidential")
        self._kind = QComboBox()
        self._kind.setAccessibleName("What kind of request?")
        self._kind.addItem("A problem, or not sure", "")
        for kind in organisation.request_types:
            self._kind.addItem(kind.name, kind.key)
        self._advice = QuietLine()
        self._other = QLineEdit(maxLength=254, placeholderText="Me. Or somebody else: their e-mail address")
        self._other.setAccessibleName("Who is it for?")
        self._alone = tick(f"Only me and {self._provider}, nobody else at my company")
        self._alone.setAccessibleName(f"Who may see it? {self._alone.text()}")
        self._own_choice = False
        self._choices = self._build()
        self._button.toggled.connect(self._open)
        self._button.toggled.connect(self._lead_in)
        self._kind.activated.connect(self._tell)
        self._other.textEdited.connect(self._tell)
        self._alone.clicked.connect(self._tell)
        self._open(False)

    @property
    def type(self) -> TypeKey:
        """The key of the kind of request, empty for none."""
        return TypeKey(self._kind.currentData())

    @property
    def on_behalf_of(self) -> str:
        """The address of the person whom it is for, empty for the one who writes."""
        return self._other.text().strip()

    @property
    def confidential(self) -> bool:
        """Whether nobody else at the company may see it."""
        return self._alone.isChecked()

    def show_draft(self, draft: Draft) -> None:
        """Show what was chosen before, without telling anyone."""
        self._kind.setCurrentIndex(max(0, self._kind.findData(draft.type)))
        self._other.setText(draft.on_behalf_of)
        self._alone.setEnabled(True)
        self._alone.setChecked(draft.confidential)
        self._show_kind()
        self._open(self._button.isChecked())

    def _build(self) -> QWidget:
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        kind = asked("What kind of request?", self._kind)
        kind.setVisible(bool(self._organisation.request_types))
        parts = (kind, self._advice, asked("Who is it for?", self._other), asked("Who may see it?", self._alone))
        for part in parts:
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(row)
        whole.addWidget(choices)
        return choices

    def _open(self, is_open: bool) -> None:
        self._choices.setVisible(is_open)
        self._words.setText("" if is_open else self._chosen() or "Confidential, for somebody else, a special request?")

    def _lead_in(self, is_open: bool) -> None:
        if is_open:
            (self._kind if self._organisation.request_types else self._other).setFocus()

    def _chosen(self) -> str:
        parts = [self._kind.currentText()] if self.type else []
        parts += [f"For {self.on_behalf_of}"] if self.on_behalf_of else []
        parts += [f"Only you and {self._provider} can see it"] if self.confidential else []
        return " · ".join(parts)

    def _tell(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        """A kind that is confidential by itself leaves no choice; when it is left, the choice is as it was."""
        kind = self._organisation.request_type(self.type)
        by_itself = kind is not None and kind.confidential
        if by_itself and self._alone.isEnabled():
            self._own_choice = self._alone.isChecked()
            self._alone.setChecked(True)
        elif not by_itself and not self._alone.isEnabled():
            self._alone.setChecked(self._own_choice)
        self._alone.setEnabled(not by_itself)
        self._advice.say(self._said_of(kind) if kind is not None else "")

    def _said_of(self, kind: RequestType) -> str:
        phone = self._organisation.phone(kind.elsewhere_phone) if kind.elsewhere_phone else None
        call = f"Call {phone.number}." if phone is not None else ""
        return " ".join(part for part in (kind.advice, kind.elsewhere, call) if part)
