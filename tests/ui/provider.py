"""The help desk's side, real: a relay on loopback, and what a provider and its people do there."""

from itertools import count
from pathlib import Path
from random import Random

from desktop.desk import Desk
from desktop.sync.protocol import Result, encode_operation
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.operations import Acknowledge, Operation
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.people import Person, Role
from relay import acts
from relay.accounts import add_company, add_person, as_principal
from relay.book import Book
from relay.codes import make_code
from relay.core import Relay
from relay.devices import revoke
from relay.notices import add_notice
from relay.serve import RelayServer

SAM = Person(email="sam@it.example.com", name="Sam Ortiz", role=Role.TECHNICIAN)
TIMEOUT = 60.0


class Provider:
    """A provider with one technician; every company that it serves is new."""

    def __init__(self, data: Path, clock: Clock, organisation: str = "example") -> None:
        self.server = RelayServer(data, organisation, clock=clock)
        self.url = self.server.start()
        self._relay = Relay(data, clock=clock)
        self._clock = clock
        self._random = Random()
        self._numbers = count(1)
        with self._relay.write() as connection:
            add_person(connection, SAM, at=clock.now())

    def close(self) -> None:
        """End the relay."""
        self._relay.close()
        self.server.stop()

    def new_company(self) -> str:
        """A company that nobody else uses."""
        name = f"Client {next(self._numbers)}"
        with self._relay.write() as connection:
            return add_company(connection, name, at=self._clock.now())

    def code(self, name: str, company: str, role: Role = Role.REQUESTER) -> str:
        """A one-time code for somebody new."""
        now = self._clock.now()
        email = f"{name.split(maxsplit=1)[0].lower()}.{next(self._numbers)}@client.example.com"
        with self._relay.write() as connection:
            add_person(connection, Person(email=email, name=name, company=company, role=role), at=now)
            return make_code(connection, email=email, at=now)

    def change(self, ticket: str, **values: str) -> None:
        """The provider changes fields of a ticket."""
        acts.set_fields(self._relay, ticket, values)

    def say(self, ticket: str, text: str) -> None:
        """Sam writes a note."""
        acts.add_note(self._relay, ticket, text, email=SAM.email)

    def take(self, ticket: str) -> None:
        """Sam takes the ticket."""
        operation = Operation(id=self._id(), ticket=ticket, made_at=self._clock.now(), acknowledge=Acknowledge())
        with self._relay.write() as connection:
            by = as_principal(connection, SAM, device=acts.HERE)
            book = Book(connection, by, self._relay.organisation(connection), self._clock.now())
            (answer,) = book.apply_batch([encode_operation(operation)])
        assert answer.result is Result.APPLIED, answer

    def disconnect(self, device: str) -> None:
        """The provider knows a computer no more."""
        with self._relay.write() as connection:
            revoke(connection, device, at=self._clock.now())

    def tell(self, text: str, company: str) -> None:
        """A notice to everyone of a company."""
        with self._relay.write() as connection:
            add_notice(connection, self._clock, text, company=company)

    def _id(self) -> str:
        return new_id(self._clock, self._random)


def deliver(desk: Desk) -> None:
    """One pass that gets through: what waits goes out, what the help desk has said comes in."""
    result = desk.sync_now(TIMEOUT)
    assert result.online, result


def entries(desk: Desk) -> list[OutboxEntry]:
    """What the person did and the help desk has not confirmed, oldest first."""
    views = [desk.ticket(row.ticket) for row in desk.tickets(limit=1000).rows]
    return sorted((entry for view in views if view for entry in view.pending), key=lambda entry: entry.seq)
