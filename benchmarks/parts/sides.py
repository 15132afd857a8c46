"""The two sides: a relay in a process of its own, and clients over a real store, in one temporary folder."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.parts.batches import batches
from desktop.demo.relay_process import RelayProcess
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.sync.passes import PassResult
from desktop.sync.protocol import encode_operation
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft
from desktop.tickets.operations import Operation
from desktop.tickets.people import Person
from desktop.tickets.profile import parse_profile
from relay.accounts import add_company, add_person, as_principal
from relay.book import Book
from relay.core import Relay

COMPANY = "Harbour Bakery"
KEY = bytes(range(32))
LONGEST = 60.0
"""Seconds that a pass may take."""


@dataclass(frozen=True, slots=True)
class Client:
    """A connected computer; `home` is its folder."""

    home: Path
    store: Store
    worker: Worker

    def one_pass(self) -> PassResult:
        """A pass that has to get through."""
        result = self.worker.one_pass(LONGEST)
        if result.fault is not None:
            raise result.fault
        return result

    def account(self) -> Account:
        """Who is signed in, with the tokens."""
        account = self.store.background(_account).result()
        assert account is not None
        return account

    def save(self, *operations: Operation) -> None:
        """Queue operations, durably, in one transaction."""
        self.store.write(partial(_add, operations)).result()

    def save_draft(self, draft: Draft) -> None:
        """Keep what is being written, durably."""
        self.store.write(partial(_keep, draft)).result()


def _add(operations: Iterable[Operation], tx: Transaction) -> None:
    for operation in operations:
        tx.outbox.add(operation, encode_operation(operation))


def _account(tx: Transaction) -> Account | None:
    return tx.settings.account()


def _keep(draft: Draft, tx: Transaction) -> None:
    tx.drafts.save(draft)


class Sides:
    """A temporary folder with a relay's data and the homes of clients."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SystemClock()
        self.data = folder / "relay"
        self.process = RelayProcess(self.data, "example")
        self._relay = Relay(self.data, organisation="example")
        with self._relay.write() as connection:
            add_company(connection, COMPANY, at=self.clock.now())

    def person(self, email: str) -> None:
        """Make somebody known at the help desk."""
        person = Person(email=email, name=email.partition("@")[0].title(), company=COMPANY)
        with self._relay.write() as connection:
            add_person(connection, person, at=self.clock.now())

    def put(self, email: str, operations: Iterable[Operation]) -> None:
        """What this person did, put into the relay's book without a network between."""
        wires = (encode_operation(operation) for operation in operations)
        person = Person(email=email, name=email.partition("@")[0].title(), company=COMPANY)
        for some in batches(wires):
            with self._relay.write() as connection:
                principal = as_principal(connection, person, device="benchmark")
                organisation = self._relay.organisation(connection)
                Book(connection, principal, organisation, self.clock.now()).apply_batch(some)

    @contextmanager
    def client(self, name: str, email: str) -> Iterator[Client]:
        """A new home on which this person is signed in."""
        random = Random(name)
        home = self.folder / name
        with Store.open(home, KEY, clock=self.clock, random=random, parse=parse_profile) as store:
            worker = Worker(store, home, clock=self.clock, random=random)
            try:
                worker.enrol(self.process.url, self.process.run("enrol-code", email), "benchmark")
                yield Client(home, store, worker)
            finally:
                worker.stop()

    def close(self) -> None:
        """Let the relay's data go."""
        self.process.stop()
        self._relay.close()


@contextmanager
def two_sides() -> Iterator[Sides]:
    """Both sides, gone at the end; the relay's process is still to be started."""
    with tempfile.TemporaryDirectory(prefix="helptray-") as folder:
        sides = Sides(Path(folder))
        try:
            yield sides
        finally:
            sides.close()
