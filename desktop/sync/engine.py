"""The engine: decides what to do next and what an outcome means. It does no I/O and owns no thread."""

from random import Random
from typing import assert_never

from desktop.sync.actions import (
    Action,
    Audit,
    Locate,
    Outcome,
    Push,
    ReadOrganisation,
    ReadPage,
    Request,
    Reserve,
    Rest,
    Tally,
    Upload,
)
from desktop.sync.faults import SyncFault
from desktop.sync.help_desks.base import Absent, CannotTell, Capabilities, CursorGone, Found, Link, SentChunk, United
from desktop.sync.ledger import Ledger
from desktop.sync.protocol import ChangePage, OperationsAnswer, OrganisationAnswer
from desktop.sync.pulling import Pulling
from desktop.sync.pushing import Pushing
from desktop.sync.uploading import Uploading
from desktop.tickets.clock import Clock
from desktop.tickets.outbox import Lane


class Engine:
    """Three lanes over one ledger. Each method runs inside one store transaction, on the store's thread.

    Attributes:
        tally: what has come of everything since this engine was made.
    """

    def __init__(self, capabilities: Capabilities, clock: Clock, random: Random) -> None:
        self.tally = Tally()
        self._pushing = Pushing(capabilities, clock, random, self.tally)
        self._pulling = Pulling(capabilities, clock, random, self.tally)
        self._uploading = Uploading(clock, random)

    def start(self, ledger: Ledger) -> None:
        """Take over the outbox: once, before anything else."""
        self._pushing.start(ledger)

    def wake(self, ledger: Ledger, lane: Lane) -> None:
        """Forget the delays of a lane: the person asked, the network came back, the help desk poked."""
        match lane:
            case Lane.OPERATIONS:
                self._pushing.wake(ledger)
            case Lane.PULL:
                self._pulling.wake()
            case Lane.FILES:
                self._uploading.wake()

    def next(self, ledger: Ledger, lane: Lane) -> Action:
        """What the lane is to do now. Once the transaction is durable, it may be done."""
        match lane:
            case Lane.OPERATIONS:
                return self._pushing.next(ledger)
            case Lane.PULL:
                return self._pulling.next(ledger)
            case Lane.FILES:
                return self._uploading.next(ledger)

    def answer(self, ledger: Ledger, action: Request, outcome: Outcome) -> Rest | None:
        """Store what came of an action, as much as fits into one slice; hand the rest in again, before `next`."""
        match action:
            case Push():
                assert isinstance(outcome, OperationsAnswer | SyncFault)
                return self._pushing.answer(ledger, action, outcome)
            case Locate() | Reserve() | Audit() if isinstance(outcome, SyncFault):
                self._pushing.unanswered(outcome)
            case Locate():
                assert isinstance(outcome, Found | Absent | CannotTell)
                self._pushing.located(ledger, action, outcome)
            case Reserve():
                assert isinstance(outcome, Link)
                self._pushing.reserved(ledger, action, outcome)
            case Audit():
                assert isinstance(outcome, United)
                self._pushing.audited(ledger, action, outcome)
            case Upload():
                assert isinstance(outcome, SentChunk | SyncFault)
                self._uploading.answer(ledger, action, outcome)
            case ReadPage() | ReadOrganisation() if isinstance(outcome, SyncFault):
                self._pulling.failed(outcome)
            case ReadOrganisation():
                assert outcome is None or isinstance(outcome, OrganisationAnswer)
                self._pulling.organisation(ledger, action, outcome)
            case ReadPage() if isinstance(outcome, CursorGone):
                self._pulling.gone(ledger, action)
            case ReadPage():
                assert isinstance(outcome, ChangePage)
                return self._pulling.page(ledger, action, outcome)
            case _:
                assert_never(action)
        return None
