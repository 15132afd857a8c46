"""A store of plain dictionaries with the behaviour of the real one: the oracle of the contract, quick to simulate with.

It runs each job at once on the caller's thread; a job that raises leaves nothing behind.
"""

import hashlib
import io
import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO, TypeVar

from desktop.store.errors import MOST_FOUND
from desktop.store.settings import ReadsProfile
from desktop.store.troubles import FileGone
from desktop.tickets.connection import Account
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.error_text.of_ticket import fingerprints_of
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.people import Person
from desktop.tickets.projection import project
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Ticket
from desktop.tickets.view import KeptValue, TicketView
from tests.contract.dictionary_confirmed import DictionaryConfirmed
from tests.contract.dictionary_outbox import DictionaryOutbox
from tests.contract.everything import Everything

T = TypeVar("T")


class DictionarySettings:
    """Small named values."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def account(self) -> Account | None:
        return self._all.account

    def save_account(self, account: Account | None) -> None:
        self._all.account = account

    def organisation(self) -> tuple[str, str] | None:
        return self._all.organisation

    def save_organisation(self, key: str, toml: str, etag: str) -> None:
        self._all.organisation, self._all.etag = (key, toml), etag

    def organisation_etag(self) -> str:
        return self._all.etag

    def value(self, name: str) -> str:
        return self._all.values.get(name, "")

    def save_value(self, name: str, value: str) -> None:
        self._all.values[name] = value


class DictionaryDrafts:
    """What is being written."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def save(self, draft: Draft) -> None:
        self._all.drafts[draft.id] = draft

    def discard(self, draft: str) -> None:
        self._all.drafts.discard(draft)

    def let_go(self, files: Iterable[DraftFile]) -> None:
        """Their bytes stay: this store has room for all."""

    def get(self, draft: str) -> Draft | None:
        return self._all.drafts.get(draft)

    def all(self) -> tuple[Draft, ...]:
        return tuple(sorted(self._all.drafts.values(), key=lambda draft: (draft.changed_at, draft.id), reverse=True))


class DictionaryKept:
    """The person's values that lost."""

    def __init__(self, all: Everything) -> None:
        self._all = all

    def get(self, operation: str, field: str) -> KeptValue | None:
        return self._all.kept.get((operation, field))

    def drop(self, operation: str, field: str) -> None:
        self._all.kept.discard((operation, field))


class DictionaryTransaction:
    """One transaction: a `Ledger`, and the person's side."""

    def __init__(self, all: Everything) -> None:
        self._all = all
        self.outbox = DictionaryOutbox(all)
        self.confirmed = DictionaryConfirmed(all)
        self.settings = DictionarySettings(all)
        self.drafts = DictionaryDrafts(all)
        self.kept = DictionaryKept(all)

    def catch_up(self) -> None:
        """Nothing to do: a view is made when somebody looks."""

    def open_content(self, attachment: str) -> BinaryIO:
        try:
            return io.BytesIO(self._all.contents[attachment])
        except KeyError:
            raise FileGone(
                "A file that you added is no longer on this computer. Add it again from where it came."
            ) from None


class DictionaryFiles:
    """The bytes of attachments."""

    def __init__(self, all: Everything, one_at_a_time: threading.RLock) -> None:
        self._all = all
        self._one_at_a_time = one_at_a_time

    def import_stream(self, source: BinaryIO, *, attachment: str, name: str, media_type: str) -> DraftFile:
        content = source.read()
        with self._one_at_a_time:
            self._all.contents[attachment] = content
        return DraftFile(
            attachment=attachment,
            name=name,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            media_type=media_type,
            label=name,
        )

    def open(self, attachment: str) -> BinaryIO:
        return DictionaryTransaction(self._all).open_content(attachment)


class Settled(Future[T]):
    """A Future that is done from the beginning: nobody ever waits for it, so it needs no lock."""

    def __init__(self, value: Any = None, error: Exception | None = None) -> None:
        self._value, self._error = value, error

    def result(self, timeout: float | None = None) -> T:
        if self._error is not None:
            raise self._error
        value: T = self._value
        return value

    def exception(self, timeout: float | None = None) -> Exception | None:
        return self._error

    def done(self) -> bool:
        return True

    def add_done_callback(self, fn: Callable[[Future[T]], object]) -> None:
        fn(self)


class DictionaryStore:
    """`SyncStore` over dictionaries; `parse` turns a profile's text into an organisation, as in the real store."""

    def __init__(self, *, parse: ReadsProfile | None = None) -> None:
        self._all = Everything()
        self._transaction = DictionaryTransaction(self._all)
        self._parse = parse
        self._one_at_a_time = threading.RLock()
        self.files = DictionaryFiles(self._all, self._one_at_a_time)

    def write(self, job: Callable[[Any], T]) -> Future[T]:
        with self._one_at_a_time:
            try:
                return Settled(self._all.attempt(job, self._transaction))
            except Exception as error:  # noqa: BLE001  (a job fails only its own Future)
                return Settled(error=error)

    background = write

    def reader(self) -> "DictionaryStore":
        return self

    def account(self) -> Account | None:
        return self._all.account

    def organisation(self) -> Organisation:
        if self._all.organisation is None or self._parse is None:
            return UNKNOWN_ORGANISATION
        key, toml = self._all.organisation
        return self._parse(toml, source=key)

    def ticket(self, ticket: str) -> TicketView | None:
        """The view of a ticket by its id."""
        lost = self._all.present.lost.get(ticket)
        account = self._all.account
        confirmed = lost or self._all.present.state(ticket)
        entries = tuple(self._of(ticket))
        if confirmed is None and not any(entry.state.is_projected for entry in entries):
            return None
        view = project(
            confirmed,
            entries,
            me=account.person if account and account.person else Person(email="", verified=False),
            organisation=self.organisation(),
            kept=tuple(kept for kept in self._all.kept.values() if kept.operation in self._ids(ticket)),
            lost=lost is not None,
        )
        if view is None:
            return None
        here = self._all.contents
        files = tuple(replace(shown, is_local=shown.attachment.id in here) for shown in view.attachments)
        return replace(view, attachments=files)

    def entry(self, operation: str) -> OutboxEntry | None:
        """One operation, or None when it is unknown."""
        found: OutboxEntry | None = self.write(lambda tx: tx.outbox.entry(operation)).result()
        return found

    def earlier_with_error(
        self, fingerprints: Collection[str], *, company: str, device: str, before: datetime, ended: Collection[str]
    ) -> tuple[str, ...]:
        """As `Reader.earlier_with_error`."""

        def rank(ticket: Ticket) -> tuple[bool, bool, datetime]:
            here = bool(device) and ticket.device.name.casefold() == device.casefold()
            return here, ticket.status in ended, ticket.made_at

        found = (t for t in self._with_error(fingerprints) if t.company == company and t.made_at <= before)
        return tuple(ticket.id for ticket in sorted(found, key=rank, reverse=True)[:MOST_FOUND])

    def open_with_error(self, fingerprints: Collection[str], *, ended: Collection[str]) -> tuple[str, ...]:
        """As `Reader.open_with_error`."""
        found = (ticket for ticket in self._with_error(fingerprints) if ticket.status not in ended)
        newest = sorted(found, key=lambda ticket: ticket.made_at, reverse=True)
        return tuple(ticket.id for ticket in newest[:MOST_FOUND])

    def _with_error(self, fingerprints: Collection[str]) -> Iterable[Ticket]:
        told = {row.id for (kind, _), row in self._all.present.rows.items() if kind is RowKind.TICKET}
        names = {*told, *self._all.present.lost, *(entry.ticket for entry in self._all.entries.values())}
        views = (self.ticket(name) for name in names)
        return (v.ticket for v in views if v and not fingerprints_of(v.ticket).isdisjoint(fingerprints))

    def _of(self, ticket: str) -> Iterable[OutboxEntry]:
        return (entry for entry in self._all.entries.values() if entry.ticket == ticket)

    def _ids(self, ticket: str) -> set[str]:
        forgotten = {operation for operation, (_, of) in self._all.forgotten.items() if of == ticket}
        return forgotten | {entry.id for entry in self._of(ticket)}
