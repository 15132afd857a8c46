"""The words in which the command line speaks of what was done and how far it has come."""

from types import MappingProxyType
from typing import Final

from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OperationState
from desktop.tickets.view import Mark, WaitingItem

MARKS: Final = MappingProxyType(
    {
        Mark.CONFIRMED: "",
        Mark.WAITING: "saved here",
        Mark.ASKING: "checking",
        Mark.REFUSED: "not accepted",
    }
)
"""How far something has come, in a word or two."""

KINDS: Final = MappingProxyType(
    {
        Kind.FILE_TICKET: "new ticket",
        Kind.ADD_NOTE: "note",
        Kind.ATTACH_FILE: "file",
        Kind.CHANGE_FIELDS: "change",
        Kind.SAY_SOLVED: "it works again",
        Kind.REOPEN: "it is not solved",
        Kind.CORRECT_CONTACT: "how to reach you",
        Kind.FOLLOW: "following",
        Kind.PROPOSE_TIMES: "times for you",
        Kind.CHOOSE_TIME: "appointment",
        Kind.ACKNOWLEDGE: "taking the ticket",
        Kind.ASSIGN: "giving the ticket",
        Kind.LOG_TIME: "time worked",
        Kind.REQUEST_ESCALATION: "a faster answer",
    }
)
"""What was done."""


def state_words(item: WaitingItem) -> str:
    """Why it is still here."""
    if item.state is OperationState.REJECTED:
        return "not accepted"
    if item.state is OperationState.UNKNOWN:
        return "checking whether it arrived"
    if item.state is OperationState.SENT:
        return "on its way"
    return "waits for its ticket" if item.waits_for_ticket else "saved here"
