"""Connecting this computer to a help desk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.sync.faults import Refused
from desktop.tickets.connection import Account
from desktop.tickets.trouble import Trouble
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import heading, lead, line, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, WIDE, in_letters

_WIDTH = 76


class ConnectWindow(QDialog):
    """The address and the one-time code that the provider has given. It can be left for later.

    Signals:
        connected: the `Account`.
    """

    connected = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._is_connected = False
        self._state = PlainText()
        self._address = QLineEdit(maxLength=2000, placeholderText="help.example.com")
        self._code = QLineEdit(maxLength=200)
        self._answer = PlainText()
        self._answer.setVisible(False)
        self._hint = line(quiet=True)
        self._connect = push("&Connect")
        self._later = push("&Not now")
        self.setWindowTitle("Connect")
        self.setMinimumWidth(in_letters(self, _WIDTH, 1).width())
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Address", self._address)
        form.addRow("C&ode", self._code)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._later)
        buttons.addWidget(self._connect)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        column.addWidget(heading("Connect to your help desk"))
        column.addWidget(self._state)
        column.addLayout(form)
        column.addWidget(self._answer)
        column.addWidget(self._hint)
        column.addStretch(1)
        column.addLayout(buttons)
        self._code.textChanged.connect(self._show_main_button)
        self._connect.clicked.connect(self._ask)
        self._later.clicked.connect(self.close)

    def open_anew(self) -> None:
        """Show the window above the others, with how it stands."""
        account, connection = self._desk.account(), self._desk.connection()
        if account is not None:
            self._address.setText(account.server)
        self._show_standing(account)
        if account is not None and connection.wants_code and connection.trouble is not None:
            self._state.show_text(connection.trouble.sentence)
        self._answer.setVisible(False)
        self._code.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        (self._address if not self._address.text() else self._code).setFocus()

    def _show_standing(self, account: Account | None) -> None:
        self._is_connected = account is not None
        if account is None:
            self._state.show_text("Your provider has given you an address and a code. Each code works once.")
            self._hint.setText("You can write tickets before that: they are kept on this computer.")
        else:
            self._state.show_text(self._described(account))
            self._hint.setText("Another code connects it anew.")
        self._later.setText("&Not now" if account is None else "Clo&se")
        self._show_main_button()

    def _show_main_button(self) -> None:
        """The main button is the one that is likely to be pressed next."""
        wants_out = self._is_connected and not self._code.text()
        lead(self._later, leads=wants_out)
        lead(self._connect, leads=not wants_out)

    def _ask(self) -> None:
        address, code = self._address.text().strip(), self._code.text().strip()
        if not address or not code:
            self._say("Please fill in the address and the code.")
            (self._code if address else self._address).setFocus()
            return
        self._connect.setEnabled(False)
        self._say("Connecting…")
        self._bridge.run(self, lambda: self._desk.enrol(address, code), self._welcome, self._refuse)

    def _welcome(self, account: Account) -> None:
        self._connect.setEnabled(True)
        self._address.setText(account.server)
        self._code.clear()
        self._show_standing(account)
        self._later.setFocus()
        self._say("Connected.")
        self.connected.emit(account)

    def _refuse(self, trouble: Trouble) -> None:
        """Only the help desk itself can refuse a code: whatever else went wrong, the address comes first."""
        self._connect.setEnabled(True)
        self._say(trouble.sentence)
        wrong = self._code if isinstance(trouble, Refused) else self._address
        wrong.setFocus()
        wrong.selectAll()

    def _described(self, account: Account) -> str:
        provider = account.provider or phrases.provider(self._desk.organisation())
        if account.person is None:
            return f"This computer is connected to {provider}."
        return f"This computer is connected to {provider} as {account.person.name or account.person.email}."

    def _say(self, words: str) -> None:
        self._answer.show_text(words)
        self._answer.setVisible(True)
