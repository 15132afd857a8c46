"""How urgent a saved ticket looks, and the way to say that it is worse."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.reference import reference
from desktop.tickets.trouble import Trouble
from desktop.tickets.urgent import urgent_call
from desktop.tickets.view import Mark, TicketView
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push, switch
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.answers_in_words import in_words
from desktop.ui.report.call_card import CallCard
from desktop.ui.report.questions import Questions
from desktop.ui.tokens import GAP, quieten


class Urgency(QWidget):
    """The suggestion in words; "Not right?" asks the questions again, tells the help desk and shows whom to call.

    Hidden where the provider has no priorities: there is nothing to be right or not.
    """

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._view: TicketView | None = None
        self._words = PlainText()
        quieten(self._words)
        self._ask = switch("Not &right?")
        self._questions = Questions(with_keys=False)
        self._tell = push("&Tell them")
        self._remark = QuietLine()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        for widget in (self._questions, self._tell, self._remark):
            column.addWidget(widget)
        self._open(False)
        self._ask.toggled.connect(self._open)
        self._tell.clicked.connect(self._tell_again)

    def show_ticket(self, view: TicketView, now: datetime, card: CallCard) -> None:
        """Show the suggestion, and on the card whom to call where it cannot wait."""
        if self._view is None or self._view.ticket.id != view.ticket.id:
            self._questions.show_answers(view.ticket.answers)
            self._ask.setChecked(False)
            self._remark.say("")
        self._view = view
        ticket = view.ticket
        suggestion = self._desk.suggest_priority(ticket.answers, ticket.type)
        why = f" {suggestion.reason}" if suggestion.reason else ""
        self._words.show_text(f"It looks like: {suggestion.words}.{why}" if suggestion.words else "")
        self.setVisible(bool(suggestion.words))
        call = urgent_call(self._desk.organisation(), ticket.answers, suggestion.key, now)
        is_seen = view.mark is Mark.CONFIRMED
        if call is not None or suggestion.call or ticket.answers.security:
            card.show_call(call, reference=reference(ticket.id), summary=ticket.summary, is_seen=is_seen)
        else:
            card.setVisible(False)

    def _open(self, is_open: bool) -> None:
        self._questions.setVisible(is_open)
        self._tell.setVisible(is_open)

    def _tell_again(self) -> None:
        if self._view is None:
            return
        answers = self._questions.answers()
        words = in_words(answers)
        if words:
            future = self._desk.reply(self._view.ticket.id, words)
            self._bridge.watch(self, future, lambda _: self._show_number(), self._show_trouble)
        else:
            self._show_number()

    def _show_number(self) -> None:
        self._ask.setChecked(False)
        phone = self._desk.organisation().phone("wrong_priority")
        call = f" If it is still not right, call {phone.number}." if phone is not None else ""
        self._remark.say(f"Saved on this computer with your ticket.{call}")

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)
