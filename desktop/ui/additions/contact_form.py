"""How the person is best reached about one ticket."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop.tickets.people import Contact
from desktop.ui.controls import one_of, push, radio
from desktop.ui.flow_layout import FlowLayout

_PREFERS = (("", "Eit&her"), ("phone", "P&hone"), ("email", "&E-mail"))


class ContactForm(QWidget):
    """Name, telephone, address and which is liked better.

    Signals:
        given: a `Contact`.
    """

    given = Signal(object)

    def __init__(self, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLineEdit(contact.name, maxLength=200)
        self._phone = QLineEdit(contact.phone, maxLength=60)
        self._email = QLineEdit(contact.email, maxLength=254)
        row = QWidget()
        flow = FlowLayout(row)
        buttons = [radio(words, on=key == contact.prefers) for key, words in _PREFERS]
        for button in buttons:
            flow.addWidget(button)
        self._prefers = one_of(self, buttons)
        add = push("Add this c&ontact")
        add.clicked.connect(self._give)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Na&me", self._name)
        form.addRow("Tele&phone", self._phone)
        form.addRow("E-mai&l", self._email)
        form.addRow("Best by", row)
        beside = QHBoxLayout()
        beside.addWidget(add)
        beside.addStretch(1)
        form.addRow("", beside)

    def contact(self) -> Contact:
        """What is in the fields."""
        return Contact(
            name=self._name.text().strip(),
            phone=self._phone.text().strip(),
            email=self._email.text().strip(),
            prefers=_PREFERS[self._prefers.checkedId()][0],
        )

    def _give(self) -> None:
        contact = self.contact()
        if contact.phone or contact.email or contact.name:
            self.given.emit(contact)
