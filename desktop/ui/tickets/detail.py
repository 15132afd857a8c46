"""One ticket, whole."""

from concurrent.futures import Future

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk, Saved
from desktop.tickets import life_cycle
from desktop.tickets.clock import Clock
from desktop.tickets.contact_merge import CONTACT_FIELDS
from desktop.tickets.draft import Draft
from desktop.tickets.organisation import Button, Organisation, Purpose
from desktop.tickets.reference import reference
from desktop.tickets.rights import ONLY_TO_READ, REQUESTER_FIELDS
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import TicketView
from desktop.ui import phrases
from desktop.ui.additions.panel import AdditionPanel
from desktop.ui.bridge import Bridge
from desktop.ui.not_sent import NotSentCards
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture
from desktop.ui.scroller import Scroller
from desktop.ui.tickets.decision_card import DecisionCard
from desktop.ui.tickets.escalation_card import EscalationCard
from desktop.ui.tickets.facts_panel import FactsPanel
from desktop.ui.tickets.file_list import FileList
from desktop.ui.tickets.kept_values import KeptValues
from desktop.ui.tickets.reply_box import ReplyBox
from desktop.ui.tickets.same_error_card import SameErrorCard
from desktop.ui.tickets.status_panel import StatusPanel
from desktop.ui.tickets.timeline import Timeline
from desktop.ui.tokens import GAP, WIDE, enlarge, quieten

_HEADLINE = 100
"""Letters up to which a summary is shown as a headline."""

_FEW_LINES = 28
"""Lines of a window in which the thumbnails of a reply would leave too little of the ticket."""

_ENDED = frozenset({Purpose.COMPLETED, Purpose.CLOSED})


class TicketDetail(QWidget):
    """Where the ticket stands, what was said, what is missing, and a field to answer.

    Signals:
        ticket_wanted: id of another ticket that the person wants to see.
    """

    ticket_wanted = Signal(str)

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        clock: Clock,
        capture: Capture,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._view: TicketView | None = None
        self._summary = PlainText()
        self._facts = PlainText()
        quieten(self._facts)
        self._status = StatusPanel(clock)
        self._kept = KeptValues(clock)
        self._remark = QuietLine()
        self._not_sent = NotSentCards(desk, bridge, names_tickets=False)
        self._decision = DecisionCard(desk, bridge, clock)
        self._escalation = EscalationCard(desk, bridge)
        self._same = SameErrorCard(desk, bridge, clock)
        self._computer = FactsPanel()
        self._timeline = Timeline(clock)
        self._files = FileList(desk, bridge)
        self._additions = AdditionPanel(desk, bridge, clock, capture)
        self._reply = ReplyBox(desk, bridge, clock)
        self._only_to_read = QuietLine()
        self._page = QWidget()
        self._scroll = Scroller(self._page, "Ticket")
        self._build()
        self._status.chosen.connect(self._act)
        self._kept.chosen.connect(lambda operation, field: self._watch(desk.apply_again(operation, field)))
        self._reply.replied.connect(self._show_end)
        self._same.wanted.connect(self.ticket_wanted)
        self._not_sent.failed.connect(self._show_trouble)

    def show_ticket(self, view: TicketView) -> None:
        """Show this ticket; what is being typed for it stays."""
        is_other = self._view is None or self._view.ticket.id != view.ticket.id
        self._view = view
        organisation = self._desk.organisation()
        ticket = view.ticket
        enlarge(self._summary, 1.3 if len(ticket.summary) <= _HEADLINE else 1.0, bold=True)
        self._summary.show_text(ticket.summary)
        self._facts.show_text(_facts(view, organisation))
        may_change = self._desk.may_change(view)
        self._status.show_ticket(view, organisation, may_change=may_change)
        self._decision.show_ticket(view)
        if self._desk.is_provider():
            self._same.show_ticket(view)
            self._computer.show_ticket(view)
        offers = self._may_change if may_change else lambda _field: False
        self._kept.show_values(view.kept, organisation, offers)
        self._timeline.show_ticket(view, organisation)
        self._files.show_ticket(view)
        has_ended = life_cycle.status_of(organisation, ticket.status).purpose in _ENDED
        self._additions.offer(view, () if has_ended else self._desk.missing(view))
        self._reply.show_ticket(ticket.id)
        self._reply.setVisible(may_change or not self._reply.is_empty)
        self._only_to_read.say("" if may_change else ONLY_TO_READ)
        self.look_again()
        if is_other:
            self._remark.say("")
            self._escalation.setVisible(False)
            self._scroll.verticalScrollBar().setValue(0)

    def look_again(self) -> None:
        """Show what has become of its pictures; the ticket itself may be as it was."""
        if self._view is not None:
            self._not_sent.show_kept(self._desk.not_sent(self._view.ticket.id))
            self._reply.look_again()

    def take_up(self, returned: Draft) -> None:
        """Show a reply to this ticket that was taken back where one writes."""
        self._reply.take_up(returned)
        self._reply.show()

    def keep(self) -> None:
        """Save what is being typed, now."""
        self._reply.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._reply.flatten(self.height() < _FEW_LINES * self.fontMetrics().lineSpacing())

    def _build(self) -> None:
        column = QVBoxLayout(self._page)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        parts = (
            self._summary,
            self._facts,
            self._status,
            self._remark,
            self._not_sent,
            self._decision,
            self._escalation,
        )
        for widget in (*parts, self._computer, self._same, self._kept, self._timeline, self._files, self._additions):
            column.addWidget(widget)
        column.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(WIDE, GAP, WIDE, WIDE)
        below.addWidget(self._reply)
        below.addWidget(self._only_to_read)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(below)

    def _may_change(self, field: str) -> bool:
        account = self._desk.account()
        is_provider = account is not None and account.person is not None and account.person.role.is_provider
        return is_provider or field in REQUESTER_FIELDS or field in CONTACT_FIELDS

    def _act(self, button: Button) -> None:
        if self._view is None:
            return
        ticket = self._view.ticket.id
        if button is Button.SAY_SOLVED:
            self._watch(self._desk.say_solved(ticket))
        elif button is Button.PROPOSE_TIMES:
            self._open_addition("times")
        elif button is Button.ADD_DETAILS:
            self._open_addition("details")
        elif button is Button.ESCALATE:
            self._escalation.show_ticket(self._view)
        else:
            self._reply.begin(reopens=button is Button.REOPEN)

    def _open_addition(self, name: str) -> None:
        self._additions.open(name)
        self._bridge.later(self, lambda: self._scroll.ensureWidgetVisible(self._additions))

    def _watch(self, future: Future[Saved]) -> None:
        self._bridge.watch(self, future, lambda _: self._remark.say(""), self._show_trouble)

    def _show_trouble(self, trouble: Trouble) -> None:
        self._remark.say(trouble.sentence)

    def _show_end(self) -> None:
        bar = self._scroll.verticalScrollBar()
        self._bridge.later(self, lambda: bar.setValue(bar.maximum()))


def _facts(view: TicketView, organisation: Organisation) -> str:
    ticket = view.ticket
    kind = organisation.request_type(ticket.type)
    alone = f"Only you and {phrases.provider(organisation)} can see it" if ticket.confidential else ""
    number = f"Number {ticket.number}" if ticket.number else ""
    parts = [number, reference(ticket.id), ticket.device.name, kind.name if kind is not None else "", alone]
    return " · ".join(part for part in parts if part)
