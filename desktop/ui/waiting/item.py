"""One thing that waits."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState
from desktop.tickets.view import WaitingItem
from desktop.ui import phrases
from desktop.ui.controls import line, push
from desktop.ui.plain_text import PlainText
from desktop.ui.tokens import GAP, SMALL, enlarge

_WHAT = {
    Kind.FILE_TICKET: "New ticket",
    Kind.ADD_NOTE: "Reply",
    Kind.ATTACH_FILE: "Picture or file",
    Kind.CHANGE_FIELDS: "Change",
    Kind.SAY_SOLVED: "“It works again”",
    Kind.REOPEN: "“It is not solved”",
    Kind.CORRECT_CONTACT: "How to reach you",
    Kind.FOLLOW: "Following",
    Kind.PROPOSE_TIMES: "Times for a visit or call",
    Kind.CHOOSE_TIME: "Appointment",
    Kind.ACKNOWLEDGE: "Taking the ticket",
    Kind.ASSIGN: "Giving the ticket to a technician",
    Kind.LOG_TIME: "Time worked",
    Kind.REQUEST_ESCALATION: "Asking for faster help",
}


class WaitingRow(QFrame):
    """What it is, why it is still here (unless the window says that already: `told`), and what can be done.

    Signals:
        retry_chosen, cancel_chosen: id of the thing.
    """

    retry_chosen = Signal(str)
    cancel_chosen = Signal(str)

    def __init__(
        self, item: WaitingItem, now: datetime, provider: str, *, told: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        is_refused = item.state is OperationState.REJECTED
        self.setProperty("look", "kept" if is_refused else "card")
        title = PlainText(f"{_WHAT[item.kind]}: {item.summary}")
        enlarge(title, 1.0, bold=True)
        state = line(_state_words(item, now, provider))
        retry = push("Try a&gain")
        retry.clicked.connect(lambda: self.retry_chosen.emit(item.id))
        cancel = push("Take &back")
        cancel.clicked.connect(lambda: self.cancel_chosen.emit(item.id))
        cancel.setVisible(is_refused or item.state is OperationState.QUEUED)
        retry.setVisible(is_refused or item.state is OperationState.QUEUED)
        for control, verb in ((retry, "Try again"), (cancel, "Take back")):
            control.setAccessibleName(f"{verb}: {_WHAT[item.kind]} {item.summary[:80]}")
        row = QHBoxLayout()
        row.addWidget(line(item.reference, quiet=True), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(retry)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(SMALL)
        column.addWidget(title)
        column.addWidget(state)
        if item.last_error and item.last_error != told:
            column.addWidget(PlainText(item.last_error))
        column.addLayout(row)


def _state_words(item: WaitingItem, now: datetime, provider: str) -> str:
    if item.state is OperationState.REJECTED:
        return f"Not accepted by {provider}."
    if item.state is OperationState.UNKNOWN:
        return f"It may have arrived: checking whether {provider} has it."
    if item.state is OperationState.SENT:
        part = f" {phrases.size(item.sent)} of {phrases.size(item.size)}" if item.size and item.sent else ""
        return f"Being handed over now.{part}"
    if item.waits_for_ticket:
        return "Waits for its ticket."
    if item.not_before is not None and item.not_before > now:
        return f"Saved on this computer. Next try {phrases.moment(item.not_before, now)}."
    return "Saved on this computer."
