"""What the windows read: frozen values, through a connection that cannot write."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from desktop.store.codec import decode_notice, to_moment, to_moment_or_none, to_number
from desktop.store.database import Connection
from desktop.store.entries import PENDING
from desktop.store.errors import SameError
from desktop.store.generations import present_generation
from desktop.store.search import Search, Texts
from desktop.store.transaction import Transaction
from desktop.store.troubles import damaged, explained
from desktop.tickets.clock import Clock
from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft
from desktop.tickets.identity import is_id
from desktop.tickets.notice import Notice
from desktop.tickets.operations import Kind
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Role
from desktop.tickets.reference import read_reference, reference
from desktop.tickets.ticket import PriorityKey, StatusKey
from desktop.tickets.view import KeptValue, Mark, TicketPage, TicketRow, TicketView, WaitingItem

_LINE = "id, reference, number, summary, status, priority, updated, mark, pending, requester, key, whose"


class Reader:
    """Reads for one thread. Each method sees the store as it was at one moment; a `StoreTrouble` when it cannot."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        transaction: Callable[[Connection], Transaction],
        clock: Clock,
        database: Path,
    ) -> None:
        self._connect = connect
        self._transaction = transaction
        self._clock = clock
        self._database = database
        self._connection: Connection | None = None

    def tickets(
        self, search: str = "", status: str = "", limit: int = 50, before: tuple[datetime, str] | None = None
    ) -> TicketPage:
        """Lines of the list, newest first; `before` is the last line's (updated, ticket) of the page before.

        With a search, at most 50 tickets; narrowing it down is how to see others. A technician's list is of what is
        theirs or nobody's; what was their colleagues' is found by a search.
        """
        with self._reading() as now:
            run = now.work.run
            lines, more = "ticket", False
            conditions = ["generation = ?", "shown"]
            values: list[object] = [present_generation(run)]
            if status:
                conditions.append("status = ?")
                values.append(status)
            if before is not None:
                conditions.append("(updated, id) < (?, ?)")
                values += (to_number(before[0]), before[1])
            if search.strip():
                keys, more = Search(run, Texts(now.work, now.views), self._clock).tickets(search, limit)
                conditions.append(f"key IN ({','.join('?' * len(keys))})")
                values += keys
                lines = "ticket NOT INDEXED"  # by their keys, not along the whole list
            elif (technician := _technician(now)) is not None:
                one = f"SELECT key, updated, id FROM ticket WHERE {' AND '.join(conditions)} AND whose = ?"  # noqa: S608
                listed = f"{one} UNION ALL {one} ORDER BY 2 DESC, 3 DESC LIMIT ?"  # along an index, two ways at once
                conditions, lines = [f"key IN (SELECT key FROM ({listed}))"], "ticket NOT INDEXED"  # noqa: S608
                values = [*values, "", *values, technician, limit + 1]
            rows = run(
                f"SELECT {_LINE} FROM {lines} WHERE {' AND '.join(conditions)} "  # noqa: S608
                "ORDER BY updated DESC, id DESC LIMIT ?",
                (*values, limit + 1),
            ).fetchall()
            shown = _rows_of(now, rows[:limit])
        return TicketPage(rows=shown, more=more or len(rows) > limit)

    def lines(self, tickets: Collection[str]) -> tuple[TicketRow, ...]:
        """Lines of those of these tickets (their ids, at most some hundreds) that the list shows, newest first."""
        with self._reading() as now:
            technician = _technician(now)
            rows = now.work.run(
                f"SELECT {_LINE} FROM ticket WHERE generation = ? AND id IN ({','.join('?' * len(tickets))}) "  # noqa: S608
                "AND shown ORDER BY +updated DESC, +id DESC",  # by their ids, not along the whole list
                (present_generation(now.work.run), *tickets),
            ).fetchall()
            return _rows_of(now, [row for row in rows if _is_listed(row, technician)])

    def ticket(self, name: str) -> TicketView | None:
        """A ticket by its id, its reference as a person may type it, or the help desk's number; None if unknown."""
        with self._reading() as now:
            ticket = self._id_of(now, name.strip())
            return now.views.view(ticket) if ticket else None

    def earlier_with_error(
        self, fingerprints: Collection[str], *, company: str, device: str, before: datetime, ended: Collection[str]
    ) -> tuple[str, ...]:
        """Ids of up to 12 tickets of a company made until then with an error of these fingerprints.

        This device's come first (by its name, whatever the case), then those whose status is one of `ended`, then the
        newest. A ticket that changed this very moment may be missing or stand elsewhere: look at it.
        """
        with self._reading() as now:
            return self._same_error(now).earlier(fingerprints, company, device, before, ended)

    def open_with_error(self, fingerprints: Collection[str], *, ended: Collection[str]) -> tuple[str, ...]:
        """Ids of up to 12 tickets with an error of these fingerprints and none of the statuses, newest first."""
        with self._reading() as now:
            return self._same_error(now).open(fingerprints, ended)

    def _same_error(self, now: Transaction) -> SameError:
        return SameError(now.work.run, Texts(now.work, now.views), self._clock)

    def _id_of(self, now: Transaction, name: str) -> str:
        if is_id(name.lower()):
            return name.lower()
        found = now.work.run(
            "SELECT id FROM ticket WHERE generation = ? AND shown AND number = ? AND number <> '' "
            "ORDER BY updated DESC LIMIT 1",
            (present_generation(now.work.run), name.removeprefix("#")),
        ).fetchone()
        if found is None:
            try:
                wanted = read_reference(name)
            except ValueError:
                return ""
            found = now.work.run(
                "SELECT id FROM ticket WHERE generation = ? AND shown AND reference = ?",
                (present_generation(now.work.run), wanted),
            ).fetchone()
        return str(found[0]) if found is not None else ""

    def waiting(self, most: int | None = None) -> tuple[WaitingItem, ...]:
        """What is not with the help desk yet or was not accepted, in the order of its doing; at most so many."""
        with self._reading() as now:
            rows = now.work.run(
                f"""SELECT entry.id, entry.kind, entry.ticket, coalesce(ticket.summary, ''), entry.state, attempts,
                    not_before, last_error, upload_offset, coalesce(json_extract(
                        CAST(iif(length(operation), operation, wire) AS TEXT), '$.attach_file.size'), 0),
                    entry.kind <> 'file_ticket' AND EXISTS (
                        SELECT 1 FROM outbox AS filing WHERE filing.ticket = entry.ticket
                        AND filing.kind = 'file_ticket' AND filing.state IN ('queued', 'sent', 'unknown', 'rejected')
                    )
                FROM outbox AS entry LEFT JOIN ticket ON ticket.generation = ? AND ticket.id = entry.ticket
                WHERE entry.seq IN (
                    SELECT seq FROM outbox WHERE state IN {PENDING}
                    UNION ALL SELECT seq FROM outbox WHERE state NOT IN {PENDING} AND state = 'rejected'
                    ORDER BY seq LIMIT ?
                ) ORDER BY seq""",  # noqa: S608
                (present_generation(now.work.run), -1 if most is None else most),
            ).fetchall()
        return tuple(_waiting_of(row) for row in rows)

    def entries(self, ticket: str) -> tuple[OutboxEntry, ...]:
        """Everything that was done here to a ticket, settled or not, in order."""
        with self._reading() as now:
            return now.outbox.of_ticket(ticket)

    def entry(self, operation: str) -> OutboxEntry | None:
        """One operation, or None when it is unknown or was forgotten."""
        with self._reading() as now:
            return now.outbox.entry(operation)

    def kept(self, operation: str, field: str) -> KeptValue | None:
        """A value of the person's that lost, or None."""
        with self._reading() as now:
            return now.kept.get(operation, field)

    def drafts(self) -> tuple[Draft, ...]:
        """What is being written, the last changed first."""
        with self._reading() as now:
            return now.drafts.all()

    def notices(self) -> tuple[Notice, ...]:
        """What the provider tells everyone and has not ended, newest first."""
        with self._reading() as now:
            rows = now.work.run(
                "SELECT body FROM part WHERE generation = ? AND kind = 'notice'", (present_generation(now.work.run),)
            ).fetchall()
        present = self._clock.now()
        told = (decode_notice(row[0]) for row in rows)
        current = (notice for notice in told if notice.until is None or notice.until > present)
        return tuple(sorted(current, key=lambda notice: (notice.since, notice.id), reverse=True))

    def account(self) -> Account | None:
        """This device at its help desk, or None before it is connected."""
        with self._reading() as now:
            return now.settings.account()

    def organisation(self) -> Organisation:
        """The provider; `UNKNOWN_ORGANISATION` before its profile is known."""
        with self._reading() as now:
            return now.settings.read_organisation()

    def value(self, name: str) -> str:
        """A named value, empty when absent."""
        with self._reading() as now:
            return now.settings.value(name)

    def counts(self) -> Mapping[OperationState, int]:
        """How many operations each state has."""
        with self._reading() as now:
            return now.outbox.counts()

    def open_content(self, attachment: str) -> BinaryIO:
        """The plain bytes of a local attachment, seekable; `FileGone` or `Damaged` where they cannot be had."""
        with self._reading() as now:
            return now.open_content(attachment)

    def examine(self) -> None:
        """Read the whole database; `Damaged` where that cannot be done. Takes a second or more for 100,000 tickets."""
        with self._reading() as now:
            found = [row[0] for row in now.work.run("PRAGMA quick_check(3)")]
        if found != ["ok"]:
            raise damaged(self._database, "; ".join(found))

    def close(self) -> None:
        """Let the connection go; the next call opens a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        """One moment of the store."""
        with explained(self._database):
            if self._connection is None:
                self._connection = self._connect()
            connection = self._connection
            connection.execute("BEGIN")
            try:
                yield self._transaction(connection)
            finally:
                connection.execute("ROLLBACK")


def _technician(now: Transaction) -> str | None:
    """The address of the technician who reads, None for everybody else."""
    account = now.settings.account()
    person = account.person if account is not None else None
    return person.email if person is not None and person.role is Role.TECHNICIAN else None


def _is_listed(row: Any, technician: str | None) -> bool:
    return technician is None or row[11] in ("", technician)


def _rows_of(now: Transaction, rows: Sequence[Any]) -> tuple[TicketRow, ...]:
    """What is said on a ticket that a technician's list does not show is no news for them."""
    technician = _technician(now)
    unread = now.seen.unread({row[0]: (row[10], row[6]) for row in rows if _is_listed(row, technician)})
    return tuple(_row_of(row, unread=row[0] in unread) for row in rows)


def _row_of(row: Any, *, unread: bool) -> TicketRow:
    return TicketRow(
        ticket=row[0],
        reference=row[1],
        number=row[2],
        summary=row[3],
        status=StatusKey(row[4]),
        priority=PriorityKey(row[5]),
        updated=to_moment(row[6]),
        mark=Mark(row[7]),
        pending=row[8],
        requester=row[9],
        unread=unread,
    )


def _waiting_of(row: Any) -> WaitingItem:
    return WaitingItem(
        id=row[0],
        kind=Kind(row[1]),
        ticket=row[2],
        reference=reference(row[2]),
        summary=row[3],
        state=OperationState(row[4]),
        attempts=row[5],
        not_before=to_moment_or_none(row[6]),
        last_error=row[7],
        sent=row[8],
        size=row[9],
        waits_for_ticket=bool(row[10]),
    )
