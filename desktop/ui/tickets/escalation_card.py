"""Asking for faster help: what is free first, and only then what costs."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.escalation import fee_text
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tokens import GAP

_ROLES = {
    "it_designee": "IT contact",
    "alternate": "alternate IT contact",
    "approver": "approver",
}


class EscalationCard(QFrame):
    """The number to call, then the fee and who must agree, then the request."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk = desk
        self._bridge = bridge
        self._ticket = ""
        self._free = PlainText()
        self._terms = PlainText()
        self._reason = SentenceEdit()
        self._reason.setPlaceholderText("Why can it not wait?")
        self._reason.setAccessibleName("Why can it not wait?")
        self._ask = push("&Ask for it")
        self._remark = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for widget in (self._free, self._terms, self._reason, self._ask, self._remark):
            column.addWidget(widget)
        self._reason.submitted.connect(self._request)
        self._ask.clicked.connect(self._request)
        self.setVisible(False)

    def show_ticket(self, view: TicketView) -> None:
        """Show the ways for this ticket."""
        self._ticket = view.ticket.id
        organisation = self._desk.organisation()
        phone = organisation.phone("wrong_priority") or organisation.phone("support")
        call = f" Or call {phone.number}: that is free too." if phone is not None else ""
        self._free.show_text(
            f"If it has become worse, write that in a reply: it is looked at again, free of charge.{call}"
        )
        terms = organisation.escalation
        if terms is not None:
            who = ", then ".join(_ROLES.get(role, role.replace("_", " ")) for role in terms.approvers)
            self._terms.show_text(f"Otherwise faster help costs {fee_text(terms)}. It is decided by your {who}.")
        for widget in (self._terms, self._reason, self._ask):
            widget.setVisible(terms is not None)
        self.setVisible(True)
        self._reason.setFocus()

    def _request(self) -> None:
        reason = self._reason.toPlainText().strip()
        if not reason:
            self._remark.say("Please write why it cannot wait.")
            return
        future = self._desk.request_escalation(self._ticket, reason)
        self._bridge.watch(self, future, lambda _: self._close(), self._show_trouble)

    def _close(self) -> None:
        self._reason.clear()
        self.setVisible(False)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
