"""A late look at what was added: whether the help desk has it twice after all.

Where tickets can only be searched, exactly-once rests on how long a request can live. Should one live longer than was
promised, two tickets, notes or files carry one id. So each filing and each addition is looked for again, later and
later, and a filing whenever the news tell a ticket of ours under another number; what is there twice is made one, and
the person is told.
"""

from typing import Final

from desktop.sync.actions import Audit
from desktop.sync.help_desks.base import Capabilities, United
from desktop.sync.ledger import Ledger
from desktop.tickets.clock import Clock
from desktop.tickets.operations import Kind
from desktop.tickets.ticket import Ticket
from desktop.tickets.view import REPEATED, TWICE

LOOKS: Final = 3
"""How often it is looked: once a request can no longer commit unseen, then after ten and a hundred times as long."""
_AT_ONCE: Final = 100


def notice_number(ledger: Ledger, ticket: Ticket) -> None:
    """The news tell a ticket, before it is stored: under a number that we do not hold it may be a second one."""
    known = ledger.confirmed.state(ticket.id)
    if known is None or known.ticket.number not in ("", ticket.number):
        ledger.outbox.audit_again(ticket.id)


class Auditing:
    """Decides when to look again. Its memory is only of this process: since when an addition is known to be done."""

    def __init__(self, capabilities: Capabilities, clock: Clock) -> None:
        self._clock = clock
        self._first = capabilities.request_life + capabilities.read_lag
        self._is_needed = capabilities.can_be_searched
        self._since: dict[str, float] = {}
        self._wait: float | None = None

    def next(self, ledger: Ledger) -> Audit | None:
        """The next addition that is due to be looked for."""
        self._wait = None
        if not self._is_needed:
            return None
        now = self._clock.monotonic()
        done = ledger.outbox.to_audit(LOOKS, _AT_ONCE)
        self._since = {entry.id: self._since.get(entry.id, now) for entry in done}
        for entry in done:
            left = self._since[entry.id] + self._first * 10**entry.audits - now
            if left <= 0:
                return Audit(entry)
            self._wait = left if self._wait is None else min(left, self._wait)
        return None

    def wait(self) -> float | None:
        """Seconds until the next look, as of the last decision; None where none is to come."""
        return self._wait

    def answer(self, ledger: Ledger, action: Audit, outcome: United) -> None:
        """Remember that it was looked, and tell the person of what was there twice."""
        entry = action.entry
        if ledger.outbox.entry(entry.id) is None:
            return  # done so long ago that it was forgotten meanwhile
        ledger.outbox.audited(entry.id)
        if not outcome.others:
            return
        if entry.kind is Kind.FILE_TICKET:
            ledger.outbox.keep_mine(entry.id, TWICE, ", ".join(outcome.others), outcome.number)
        else:
            ledger.outbox.keep_mine(entry.id, REPEATED, entry.kind, outcome.number)
