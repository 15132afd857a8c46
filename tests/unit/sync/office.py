"""A desk, its store and a help desk in one process: what the engine's tests turn by hand."""

import hashlib
from random import Random
from typing import Any

from desktop.sync.actions import Action, Wait
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.engine import Engine
from desktop.sync.protocol import encode_operation
from desktop.tickets.connection import Account
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, AttachFile, FileTicket, Operation
from desktop.tickets.outbox import Lane, OperationState, OutboxEntry
from tests.contract.dictionary_store import DictionaryStore
from tests.unit.sync.memory_relay import ME, RELAY, HandClock, MemoryHelpDesk, MemoryRelay, Weather

ACCOUNT = Account(server="https://help.example.test", device="d", device_secret="s", person=ME, access="a", refresh="r")


class Office:
    """One home with its engine."""

    def __init__(self, *, seed: int = 1, relay: MemoryRelay | None = None, capabilities: Any = RELAY) -> None:
        self.random = Random(seed)
        self.clock = HandClock()
        self.store = DictionaryStore()
        self.relay = relay or MemoryRelay()
        self.weather = Weather(self.clock)
        self.capabilities = capabilities
        self.help_desk = MemoryHelpDesk(self.relay, self.weather, capabilities)
        self.store.write(lambda tx: tx.settings.save_account(ACCOUNT)).result()
        self.restart()

    def restart(self) -> None:
        """The process ends, however that happens, and another begins."""
        self.engine = Engine(self.capabilities, self.clock, self.random)
        self.store.write(self.engine.start).result()

    def id(self) -> str:
        return new_id(self.clock, self.random)

    def add(self, ticket: str, after: str = "", **kind: Any) -> Operation:
        operation = Operation(id=self.id(), ticket=ticket, made_at=self.clock.now(), **kind)
        self.store.write(lambda tx: tx.outbox.add(operation, encode_operation(operation), after=after)).result()
        return operation

    def file(self, summary: str = "The printer jams") -> Operation:
        return self.add(self.id(), file_ticket=FileTicket(summary=summary))

    def note(self, ticket: Operation, text: str = "Still jams") -> Operation:
        return self.add(ticket.ticket, after=ticket.id, add_note=AddNote(note=self.id(), text=text))

    def attach(self, ticket: Operation, content: bytes = b"picture") -> Operation:
        attachment = self.id()
        self.store.write(lambda tx: tx._all.contents.update({attachment: content})).result()
        attach = AttachFile(
            attachment=attachment, name="screen.png", size=len(content), sha256=hashlib.sha256(content).hexdigest()
        )
        return self.add(ticket.ticket, after=ticket.id, attach_file=attach)

    def step(self, lane: Lane, *, woken: bool = False) -> Action:
        """One decision of a lane, carried out."""
        action = decide(self.store, self.engine, lane, woken=woken)
        if not isinstance(action, Wait):
            store_outcome(self.store, self.engine, action, perform(self.help_desk, action))
        return action

    def settle(self, *, rounds: int = 400, woken: bool = False) -> None:
        """Turn all lanes, and the clock, until nothing is left to do."""
        for _ in range(rounds):
            actions = [self.step(lane, woken=woken) for lane in Lane]
            woken = False
            waits = [action for action in actions if isinstance(action, Wait)]
            if len(waits) < len(actions):
                continue
            if not self.pending() and not any(wait.fault for wait in waits):
                return
            self.clock.seconds += max(0.05, min((w.seconds for w in waits if w.seconds is not None), default=1.0))
        raise AssertionError(f"never came to rest: {[(e.state, e.kind, e.last_error) for e in self.pending()]}")

    def entry(self, operation: Operation) -> OutboxEntry:
        entry = self.store._all.entries[operation.id]
        assert isinstance(entry, OutboxEntry)
        return entry

    def state(self, operation: Operation) -> OperationState:
        return self.entry(operation).state

    def pending(self) -> list[OutboxEntry]:
        return [entry for entry in self.store._all.entries.values() if entry.state.is_pending]
