"""Which device the ticket is about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.controls import asked, one_of, radio, tick
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.tokens import GAP


class DeviceChoice(QWidget):
    """This computer, or another device by name; what this computer knows then stays here unless switched on.

    Signals:
        changed: something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, computer_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here = radio(f"This com&puter ({computer_name})", on=True)
        self._other = radio("Another &device")
        one_of(self, (self._here, self._other))
        self._name = QLineEdit(maxLength=200, placeholderText="Its name or what it is, such as: printer on floor 2")
        self._name.setAccessibleName("Name of the other device")
        self._with_here = tick("Add pictures and details of this computer &too")
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(self._here)
        flow.addWidget(self._other)
        answers = QWidget()
        inner = QVBoxLayout(answers)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        for widget in (row, self._name, self._with_here):
            inner.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(asked("What is it about?", answers))
        self._show_fields()
        self._other.toggled.connect(self._show_fields)
        self._other.toggled.connect(self.changed)
        self._name.textEdited.connect(self.changed)
        self._with_here.toggled.connect(self.changed)

    @property
    def is_this_computer(self) -> bool:
        """Whether the ticket is about this computer."""
        return self._here.isChecked()

    @property
    def tells_of_this_computer(self) -> bool:
        """Whether pictures and details of this computer go along."""
        return self.is_this_computer or self._with_here.isChecked()

    @property
    def name(self) -> str:
        """What was typed as the other device's name."""
        return self._name.text().strip()

    def show_device(self, name: str, *, is_this_computer: bool, tells_of_this_computer: bool) -> None:
        """Show what was chosen before, without telling anyone."""
        self.blockSignals(True)
        (self._here if is_this_computer else self._other).setChecked(True)
        self._name.setText("" if is_this_computer else name)
        self._with_here.setChecked(not is_this_computer and tells_of_this_computer)
        self.blockSignals(False)

    def _show_fields(self) -> None:
        self._name.setVisible(self._other.isChecked())
        self._with_here.setVisible(self._other.isChecked())
