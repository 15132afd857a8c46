"""Whom to call now, which key to press, and what to say."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.tickets.urgent import UrgentCall
from desktop.ui.controls import line
from desktop.ui.plain_text import PlainText
from desktop.ui.report.qr import dial_code
from desktop.ui.tokens import GAP, WIDE, enlarge


class CallCard(QFrame):
    """Shown for what cannot wait.

    `dialable`: whether the number may be offered for dialling; in a demo of a real provider it is text alone.
    """

    def __init__(self, *, dialable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "urgent")
        self._dialable = dialable
        self._unseen = line()
        enlarge(self._unseen, 1.1, bold=True)
        self._why = PlainText()
        self._call = PlainText()
        enlarge(self._call, 1.25, bold=True)
        self._say = PlainText()
        self._code = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        self._code.setAccessibleName("QR code: point the camera of your phone at it to call")
        words = QVBoxLayout()
        words.setSpacing(GAP)
        for widget in (self._unseen, self._why, self._call, self._say):
            words.addWidget(widget)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        row.setSpacing(WIDE)
        row.addLayout(words, 1)
        row.addWidget(self._code)
        self.setVisible(False)

    def show_call(self, call: UrgentCall | None, *, reference: str, summary: str, is_seen: bool) -> None:
        """Show the number (or that the provider has given none) and what to say."""
        self._unseen.setText("" if is_seen else "Nobody has seen this yet.")
        self._unseen.setVisible(not is_seen)
        phone = call.phone if call is not None else None
        self._why.show_text(call.why if call is not None else "This looks urgent. Please call your help desk as well.")
        press = f", then press {phone.press}" if phone is not None and phone.press else ""
        self._call.show_text(f"Call {phone.number}{press}" if phone is not None else "")
        self._call.setVisible(phone is not None)
        parts = [f"Say: “My ticket is {reference}. {summary}”"]
        parts += [phone.note] if phone is not None and phone.note else []
        self._say.show_text("\n".join(parts))
        can_dial = self._dialable and phone is not None and bool(phone.dial)
        self._code.setVisible(can_dial)
        if can_dial and phone is not None:
            self._code.setPixmap(QPixmap.fromImage(dial_code(phone.dial)))
        self.setVisible(True)
