"""Asking for faster help: what is free first, and only then what costs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.escalation import Way, fee_text, is_free, ways
from desktop.tickets.escalation_decision import open_request
from desktop.tickets.organisation import PhoneUse
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.answers_in_words import in_words
from desktop.ui.report.questions import Questions
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.tokens import GAP


class EscalationCard(QFrame):
    """The questions again; where they change nothing the number to call, then the fee and who must agree to it."""

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk = desk
        self._bridge = bridge
        self._view: TicketView | None = None
        self._worse = PlainText("Is it worse now? Answer again: that is free.")
        self._questions = Questions(with_keys=False)
        self._go_on = push("Go on")
        self._call = PlainText()
        self._terms = PlainText()
        self._reason = SentenceEdit()
        self._reason.setPlaceholderText("Why can it not wait?")
        self._reason.setAccessibleName("Why can it not wait?")
        self._ask = push("Ask for it")
        self._remark = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self._worse)
        column.addWidget(self._questions)
        column.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._call)
        column.addWidget(self._terms)
        column.addWidget(self._reason)
        column.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._remark)
        self._go_on.clicked.connect(self._answer)
        self._reason.submitted.connect(self._request)
        self._ask.clicked.connect(self._request)
        self.setVisible(False)

    def show_ticket(self, view: TicketView) -> None:
        """Begin with the first way that this ticket has."""
        self._view = view
        self._questions.show_answers(view.ticket.answers)
        self._remark.say("")
        asks = Way.QUESTIONS in self._ways(view)
        self._show(asks, self._worse, self._questions, self._go_on)
        self._show(False, self._call, self._terms, self._reason, self._ask)
        self.setVisible(True)
        if asks:
            self._questions.setFocus()
        else:
            self._offer_rest(view)

    def _ways(self, view: TicketView) -> tuple[Way, ...]:
        found = ways(self._desk.organisation(), view.ticket)
        return tuple(way for way in found if way is not Way.FEE or open_request(view.ticket) is None)

    def _answer(self) -> None:
        if self._view is None:
            return
        view, answers = self._view, self._questions.answers()
        if is_free(self._desk.organisation(), view.ticket, answers):
            future = self._desk.reply(view.ticket.id, in_words(answers))
            self._bridge.watch(self, future, lambda _: self._thank(view), self._show_trouble)
        else:
            self._offer_rest(view)

    def _thank(self, view: TicketView) -> None:
        self._show(False, self._worse, self._questions, self._go_on)
        name = phrases.provider(self._desk.organisation())
        self._remark.say(f"Saved on this computer with your ticket: {name} looks at it again, free of charge.")
        self._show_number(view)

    def _show_number(self, view: TicketView) -> None:
        phone = self._desk.organisation().phone(PhoneUse.WRONG_PRIORITY)
        is_offered = Way.CALL in self._ways(view) and phone is not None
        press = f", then press {phone.press}" if phone is not None and phone.press else ""
        self._call.show_text(f"Call {phone.number}{press}: that is free too." if phone is not None else "")
        self._call.setVisible(is_offered)

    def _offer_rest(self, view: TicketView) -> None:
        organisation = self._desk.organisation()
        self._show_number(view)
        costs = Way.FEE in self._ways(view) and organisation.escalation is not None
        if organisation.escalation is not None:
            terms = organisation.escalation
            who = ", then your ".join(phrases.role(organisation, role) for role in terms.approvers)
            self._terms.show_text(f"Otherwise faster help costs {fee_text(terms)}. It is decided by your {who}.")
        self._show(costs, self._terms, self._reason, self._ask)
        if costs:
            self._reason.setFocus()

    @staticmethod
    def _show(visible: bool, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.setVisible(visible)

    def _request(self) -> None:
        reason = self._reason.toPlainText().strip()
        if self._view is None or not reason:
            self._remark.say("Please write why it cannot wait.")
            return
        future = self._desk.request_escalation(self._view.ticket.id, reason)
        self._bridge.watch(self, future, lambda _: self._close(), self._show_trouble)

    def _close(self) -> None:
        self._reason.clear()
        self.setVisible(False)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
