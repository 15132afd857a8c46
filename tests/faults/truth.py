"""What the help desk holds, read from its folder by the product's own code, and what an administrator does there."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import select

from desktop.tickets.people import Person, Role
from desktop.tickets.ticket import TicketState
from relay import acts
from relay.accounts import add_company, add_person
from relay.codes import make_code
from relay.core import FILE, Relay
from relay.tables import operations, tickets, uploads
from relay.tickets import Counts, counts, find_ticket
from relay.values import renew_epoch

COMPANY = "Harbour Bakery"


@dataclass(frozen=True, slots=True)
class Books:
    """The folder of a help desk. It is opened for each look: a look must not keep alive what a crash has left."""

    data: Path

    @contextmanager
    def _opened(self) -> Iterator[Relay]:
        relay = Relay(self.data)
        try:
            yield relay
        finally:
            relay.close()

    def code(self, email: str, role: Role = Role.REQUESTER) -> str:
        """A one-time code for a person, made known first."""
        with self._opened() as relay, relay.write() as connection:
            now = relay.clock.now()
            add_company(connection, COMPANY, at=now)
            company = "" if role.is_provider else COMPANY
            name = email.partition("@")[0].title()
            add_person(connection, Person(email=email, name=name, company=company, role=role), at=now)
            return make_code(connection, email=email, at=now)

    def answer(self, ticket: str, text: str) -> None:
        """The provider says something on a ticket, once."""
        if text not in [note.text for note in self.ticket(ticket).notes]:
            with self._opened() as relay:
                acts.add_note(relay, ticket, text)

    def ticket(self, ticket: str) -> TicketState:
        """A ticket with all that is on it."""
        with self._opened() as relay, relay.read() as connection:
            return find_ticket(connection, ticket)

    def tickets(self) -> list[TicketState]:
        """Every ticket, in the order in which they came."""
        with self._opened() as relay, relay.read() as connection:
            ids = connection.execute(select(tickets.c.ticket).order_by(tickets.c.id)).scalars().all()
            return [find_ticket(connection, ticket) for ticket in ids]

    def kinds(self, ticket: str) -> list[str]:
        """The operations on a ticket, in the order in which they came."""
        with self._opened() as relay, relay.read() as connection:
            mine = select(operations.c.kind).where(operations.c.ticket == ticket).order_by(operations.c.id)
            return list(connection.execute(mine).scalars())

    def results(self) -> dict[str, str]:
        """What became of each operation, by its id."""
        with self._opened() as relay, relay.read() as connection:
            every = connection.execute(select(operations.c.operation, operations.c.result))
            return {line.operation: line.result for line in every}

    def counts(self) -> Counts:
        """How many there are of each."""
        with self._opened() as relay, relay.read() as connection:
            return counts(connection)

    def content(self, attachment: str) -> bytes:
        """The bytes of a file."""
        with self._opened() as relay, relay.read() as connection:
            line = connection.execute(select(uploads).where(uploads.c.attachment == attachment)).one()
            return (relay.files / str(line.folder) / str(line.sha256)).read_bytes()

    def back_up(self, copy: Path) -> None:
        """As the administrators' guide says it: SQLite's own copy, while others write, then the files that it names."""
        (copy / "files").mkdir(parents=True)
        with closing(sqlite.connect(str(self.data / FILE), isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy / FILE),))
        for file in self.data.glob("files/**/*"):
            there = copy / file.relative_to(self.data)
            if file.is_dir():
                there.mkdir(exist_ok=True)
            else:
                there.parent.mkdir(exist_ok=True)
                with suppress(FileNotFoundError):  # a part of an upload, which has become a file meanwhile
                    shutil.copyfile(file, there)

    def restore(self, copy: Path, *, says_so: bool = True) -> None:
        """Put a copy in the place of all that is here, and say so; nobody may be serving it."""
        shutil.rmtree(self.data)
        shutil.copytree(copy, self.data)
        if not says_so:
            return
        with self._opened() as relay, relay.write() as connection:
            renew_epoch(connection)

    def is_sound(self) -> bool:
        """Whether the database is whole and every file has the content of its name."""
        with self._opened() as relay, relay.read() as connection:
            whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            kept = [path for path in relay.files.glob("*/*") if path.is_file()]
        return whole and all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in kept)
