"""All that a store of dictionaries knows; a transaction that fails takes back what it did to it."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar

from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft
from desktop.tickets.notice import Notice
from desktop.tickets.operations import Kind
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.rows import NOTICES, NOWHERE, RowKind, bucket_of, row_hash
from desktop.tickets.ticket import Attachment, Note, Ticket, TicketState
from desktop.tickets.view import KeptValue

Row = Ticket | Note | Attachment | Notice
K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
_ABSENT: Final = object()
known_hash = lru_cache(10_000)(row_hash)
"""The same few rows are compared again and again."""


class Journal:
    """What was there before, change by change, since a transaction began."""

    def __init__(self) -> None:
        self._before: list[tuple[dict[Any, Any], Any, Any]] = []

    def begin(self) -> None:
        """What was done until now stands."""
        self._before.clear()

    def note(self, place: dict[Any, Any], key: Any) -> None:
        """Something is about to be changed."""
        self._before.append((place, key, place.get(key, _ABSENT)))

    def take_back(self) -> None:
        """All is as it was when the transaction began."""
        for place, key, before in reversed(self._before):
            if before is _ABSENT:
                dict.pop(place, key, None)
            else:
                dict.__setitem__(place, key, before)
        self._before.clear()


class Table(dict[K, V]):
    """A dictionary whose changes are noted."""

    def __init__(self, journal: Journal, content: Iterable[tuple[K, V]] | Mapping[K, V] = ()) -> None:
        super().__init__(content)
        self._journal = journal

    def __setitem__(self, key: K, value: V) -> None:
        self._journal.note(self, key)
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._journal.note(self, key)
        super().__delitem__(key)

    def discard(self, key: K) -> None:
        """It is not there afterwards."""
        if key in self:
            del self[key]

    def clear(self) -> None:
        for key in tuple(self):
            del self[key]


class Noted:
    """Something whose attributes are noted when they change."""

    _journal: Journal

    def __setattr__(self, name: str, value: Any) -> None:
        attributes = vars(self)
        self._journal.note(attributes, name)
        attributes[name] = value

    def _begin(self, journal: Journal, **attributes: Any) -> None:
        vars(self).update(attributes, _journal=journal)


class Generation(Noted):
    """One copy of what the server told."""

    rows: Table[tuple[str, str], Row]
    lost: Table[str, TicketState]
    cursor: str
    epoch: str

    def __init__(self, journal: Journal) -> None:
        self._begin(journal, rows=Table(journal), lost=Table(journal), cursor="", epoch="")

    def copy(self, journal: Journal) -> "Generation":
        """The same, for another journal."""
        copied = Generation(journal)
        vars(copied).update(vars(self), _journal=journal)
        tables: dict[str, Any] = {name: Table(journal, vars(self)[name]) for name in ("rows", "lost")}
        vars(copied).update(tables)
        return copied

    def bucket(self, row: Row) -> str:
        """The bucket that a row is in."""
        if isinstance(row, Notice):
            return NOTICES
        ticket = row if isinstance(row, Ticket) else self.rows.get((RowKind.TICKET, row.ticket))
        return bucket_of(ticket.company) if isinstance(ticket, Ticket) else NOWHERE

    def state(self, ticket: str) -> TicketState | None:
        """A ticket with all that hangs on it."""
        row = self.rows.get((RowKind.TICKET, ticket))
        if not isinstance(row, Ticket):
            return None
        notes = [row for row in self.rows.values() if isinstance(row, Note) and row.ticket == ticket]
        files = [row for row in self.rows.values() if isinstance(row, Attachment) and row.ticket == ticket]
        return TicketState(
            ticket=row,
            notes=tuple(sorted(notes, key=lambda note: (note.version, note.id))),
            attachments=tuple(sorted(files, key=lambda file: (file.version, file.id))),
        )


class Everything(Noted):
    """All of it. What is in the tables is never changed, so that a copy of the tables is a copy of all."""

    present: Generation
    filling: Generation | None
    mending: tuple[str, str] | None
    named: Table[tuple[str, str], None]
    distrusted: Table[tuple[str, str], None]
    entries: Table[str, OutboxEntry]
    last_seq: int
    forgotten: Table[str, tuple[Kind, str]]
    uploads: Table[str, tuple[str, int]]
    kept: Table[tuple[str, str], KeptValue]
    drafts: Table[str, Draft]
    contents: Table[str, bytes]
    values: Table[str, str]
    account: Account | None
    organisation: tuple[str, str] | None
    etag: str

    def __init__(self) -> None:
        journal = Journal()
        tables: dict[str, Any] = {name: Table(journal) for name in _TABLES}
        self._begin(
            journal,
            present=Generation(journal),
            filling=None,
            mending=None,
            last_seq=0,
            account=None,
            organisation=None,
            etag="",
            **tables,
        )

    def new_generation(self) -> Generation:
        """Another copy of what the server told, empty."""
        return Generation(self._journal)

    def attempt(self, job: Callable[[Any], T], transaction: Any) -> T:
        """What the job makes of a transaction; where it raises, nothing of it has happened."""
        self._journal.begin()
        try:
            return job(transaction)
        except Exception:  # whatever it is, it goes on to the caller
            self._journal.take_back()
            self.sort_entries()
            raise

    def sort_entries(self) -> None:
        """Entries stand in the order of their `seq`; to be called whenever that may have changed."""
        self.entries = Table(self._journal, sorted(self.entries.items(), key=lambda item: item[1].seq))

    def copy(self) -> "Everything":
        """The same in tables of their own."""
        copied, journal = Everything(), Journal()
        attributes = dict(vars(self))
        for name in _TABLES:
            attributes[name] = Table(journal, attributes[name])
        for name in ("present", "filling"):
            if attributes[name] is not None:
                attributes[name] = attributes[name].copy(journal)
        vars(copied).update(attributes, _journal=journal)
        return copied

    def become(self, other: "Everything") -> None:
        """Be what another is; that one is not to be used any more."""
        vars(self).update(vars(other))


_TABLES: Final = ("named", "distrusted", "entries", "forgotten", "uploads", "kept", "drafts", "contents", "values")
