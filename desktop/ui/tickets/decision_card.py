"""A wish for faster help that somebody has to agree to, and what became of it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.tickets.clock import Clock
from desktop.tickets.escalation import Decision, asked_approvers, fee_text
from desktop.tickets.escalation_decision import DECISION, open_request
from desktop.tickets.operations import Kind
from desktop.tickets.organisation import Organisation
from desktop.tickets.ticket import Change
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.tokens import GAP


class DecisionCard(QFrame):
    """Who asked, why, who decides; and to the one whose turn it is, two buttons that decide at once."""

    def __init__(self, desk: Desk, bridge: Bridge, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._desk = desk
        self._bridge = bridge
        self._clock = clock
        self._view: TicketView | None = None
        self._words = PlainText()
        self._agree = push("A&gree")
        self._decline = push("Do n&ot agree")
        self._row = QWidget()
        flow = FlowLayout(self._row)
        flow.addWidget(self._agree)
        flow.addWidget(self._decline)
        self._remark = QuietLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for widget in (self._words, self._row, self._remark):
            column.addWidget(widget)
        self._agree.clicked.connect(lambda: self._decide(approve=True))
        self._decline.clicked.connect(lambda: self._decide(approve=False))
        self.setVisible(False)

    def show_ticket(self, view: TicketView) -> None:
        """Show how it stands on this ticket; hidden where nobody has asked."""
        if self._view is None or self._view.ticket.id != view.ticket.id:
            self._remark.say("")
        self._view = view
        organisation = self._desk.organisation()
        request = open_request(view.ticket)
        words = self._waiting(request, view, organisation) if request is not None else self._decided(view)
        self._words.show_text(words)
        may_decide = request is not None and self._is_asked(request, view, organisation)
        self._row.setVisible(may_decide)
        if may_decide and organisation.escalation is not None:
            self._agree.setText(f"A&gree to {fee_text(organisation.escalation)}")
        self.setVisible(bool(words))

    def _waiting(self, request: Change, view: TicketView, organisation: Organisation) -> str:
        reason = f"“{request.new}”"
        if _is_ours_alone(view):
            return f"Your wish for faster help is saved on this computer: {reason}"
        terms = organisation.escalation
        names = [phrases.role(organisation, role) for role in terms.approvers] if terms is not None else []
        who = f" It is decided by the {', then the '.join(names)}." if names else ""
        when = phrases.moment(request.at, self._clock.now())
        return f"{phrases.person(view, request.who)} asked for faster help {when}: {reason}{who}"

    def _decided(self, view: TicketView) -> str:
        last = next((change for change in reversed(view.ticket.history) if change.field == DECISION), None)
        if last is None:
            return ""
        agreed = "agreed to" if last.new == Decision.APPROVED else "did not agree to"
        return f"{phrases.person(view, last.who)} {agreed} faster help {phrases.moment(last.at, self._clock.now())}."

    def _is_asked(self, request: Change, view: TicketView, organisation: Organisation) -> bool:
        account, terms = self._desk.account(), organisation.escalation
        if account is None or account.person is None or terms is None or _is_ours_alone(view):
            return False
        return account.person.role in asked_approvers(terms, asked_at=request.at, now=self._clock.now())

    def _decide(self, *, approve: bool) -> None:
        if self._view is None:
            return
        view = self._view
        self._row.setEnabled(False)
        self._remark.say("One moment…")
        self._bridge.run(
            self, lambda: self._desk.decide_escalation(view, approve=approve), lambda _: self._settle(), self._refuse
        )

    def _settle(self, words: str = "") -> None:
        self._row.setEnabled(True)
        self._remark.say(words)

    def _refuse(self, trouble: Trouble) -> None:
        self._settle(trouble.sentence)


def _is_ours_alone(view: TicketView) -> bool:
    """Whether the wish itself is not with the provider yet."""
    return any(entry.kind is Kind.REQUEST_ESCALATION for entry in view.pending)
