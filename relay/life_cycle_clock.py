"""The life-cycle clock: what happens to tickets because time has passed."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import DBAPIError

from desktop.sync.protocol import Result, encode_operation
from desktop.tickets.identity import new_id
from desktop.tickets.life_cycle import status_for
from desktop.tickets.operations import ChangeFields, FieldChange, Operation
from desktop.tickets.organisation import Organisation, Purpose
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Ticket
from relay.acts import provider, random_source
from relay.book import Book
from relay.core import Relay
from relay.marks import drop_marks
from relay.notices import end_overdue
from relay.tables import rows, shifts, stamp, tickets
from relay.uploads import Uploads
from relay.values import number, set_number

EVERY: Final = 20.0
"""Seconds between two looks."""

REMEMBERED: Final = timedelta(days=30)
"""For how long the feed tells what has gone; a cursor older than that begins again."""

_BATCH: Final = 200
_log = logging.getLogger("relay")
_tickets: Final = msgspec.json.Decoder(Ticket)


class LifeCycleClock:
    """Closes what is due to close, ends notices and forgets what has expired; on a thread of its own."""

    def __init__(self, relay: Relay, uploads: Uploads) -> None:
        self._relay = relay
        self._uploads = uploads
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="life cycle", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, once it is not in the middle of something."""
        self._stopped.set()
        self._thread.join()

    def tick(self, at: datetime) -> int:
        """Do all that is due at that time; returns how many tickets were closed."""
        closed = 0
        while (some := self._close_some(at)) > 0:
            closed += some
        with self._relay.read() as connection:
            notices = connection.execute(
                select(func.count()).where(rows.c.kind == RowKind.NOTICE, rows.c.provider.is_not(None))
            ).scalar_one()
        if notices:
            with self._relay.write() as connection:
                end_overdue(connection, at=at)
        self._forget(at)
        self._uploads.expire(at)
        return closed

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.tick(self._relay.clock.now())
            except (DBAPIError, OSError):
                _log.exception("the life-cycle clock could not do its work; it tries again")
            self._stopped.wait(EVERY)

    def _close_some(self, at: datetime) -> int:
        """Pending closure that nobody answered becomes closed, by an operation like any other."""
        with self._relay.read() as connection:
            organisation = self._relay.organisation(connection)
            if connection.execute(_due(organisation, at)).first() is None:
                return 0
        with self._relay.write() as connection:
            due = [_tickets.decode(body) for body in connection.execute(_due(organisation, at)).scalars()]
            closed = status_for(organisation, Purpose.CLOSED)
            book = Book(connection, provider(organisation), organisation, at)
            answers = book.apply_batch([encode_operation(self._closing(ticket, closed, at)) for ticket in due])
            return sum(answer.result is Result.APPLIED for answer in answers)

    def _closing(self, ticket: Ticket, closed: str, at: datetime) -> Operation:
        change = FieldChange(field="status", base=ticket.status, value=closed)
        return Operation(
            id=new_id(self._relay.clock, random_source()),
            ticket=ticket.id,
            made_at=at,
            change_fields=ChangeFields(changes=(change,)),
        )

    def _forget(self, at: datetime) -> None:
        """What the feed tells of rows that came and went is forgotten after `REMEMBERED`."""
        old = shifts.c.at <= stamp(at - REMEMBERED)
        with self._relay.read() as connection:
            last = connection.execute(select(func.max(shifts.c.version)).where(old)).scalar()
        if last is not None:
            with self._relay.write() as connection:
                connection.execute(delete(shifts).where(old))
                floor = max(last, number(connection, "floor"))
                set_number(connection, "floor", floor)
                drop_marks(connection, floor)


def _due(organisation: Organisation, at: datetime) -> Select[bytes]:
    closing = [status.key for status in organisation.statuses if status.purpose is Purpose.PENDING_CLOSURE]
    return (
        select(rows.c.body)
        .join(tickets, tickets.c.ticket == rows.c.row)
        .where(rows.c.kind == RowKind.TICKET, tickets.c.due_back <= stamp(at))
        .where(tickets.c.status.in_([*closing, Purpose.PENDING_CLOSURE.value]))
        .limit(_BATCH)
    )
