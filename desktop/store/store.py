"""The store: one folder, one key, one thread that writes, any number of readers."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

from sqlcipher3 import dbapi2 as driver

from desktop.store.claim import BEAT, Claim
from desktop.store.database import (
    Connection,
    Connects,
    connect,
    keep_check,
    prepare_file,
    refuse_old_library,
    shorten_log,
)
from desktop.store.errors import Errors
from desktop.store.files import Files
from desktop.store.generations import clear_some
from desktop.store.home import Home, open_home
from desktop.store.machine import Machine, this_machine
from desktop.store.origin import Origin, find_origin
from desktop.store.reader import Reader
from desktop.store.search import Indexer, Texts
from desktop.store.settings import Profiles, ReadsProfile
from desktop.store.transaction import Transaction
from desktop.store.troubles import DiskFailed, DiskFull, StoreBusy, explained, from_os
from desktop.store.upgrade import SCHEMA, bring_up_to_date, version_of
from desktop.store.vault import Vault
from desktop.store.work import Work
from desktop.store.writer import Writer
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.view import Changed

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Store:
    """Where one person's tickets are kept. Open it with `Store.open`; any thread may call it.

    Attributes:
        files: the bytes of attachments.
        origin: which copy of the folder this is; what is queued in a new copy may have gone out from the older one.
    """

    def __init__(
        self, home: Home, key: bytes, clock: Clock, profiles: Profiles, claim: Claim, *, connects: Connects
    ) -> None:
        self._home = home
        self._connect = partial(connects, home.database, key)
        self._clock = clock
        self._profiles = profiles
        self._claim = claim
        self._vault = Vault(home.files, key)
        self._connection: Connection | None = None
        self._listeners: list[Callable[[Changed], None]] = []
        self._readers: list[Reader] = []
        self._unswept: frozenset[str] | None = None
        self.origin = Origin("", was_copied=False)
        self.files = Files(self._vault, self.write, self._open_content)
        self._writer = Writer(self._run, self._rest, self._beat, BEAT, clock, tidy=self._tidy, last=self._last)

    @classmethod
    def open(
        cls,
        home: Path,
        key: bytes,
        *,
        clock: Clock,
        random: Random,
        parse: ReadsProfile,
        machine: Machine | None = None,
        connects: Connects = connect,
    ) -> "Store":
        """Open the home, made or upgraded as needed; a `StoreTrouble` says what is wrong and what to do.

        `key` is 32 bytes; `parse` reads a provider's profile; `machine` is this computer and `connects` opens the
        database with the driver as it is, unless told otherwise.
        """
        refuse_old_library(driver.sqlite_version_info)
        place, here = open_home(home), machine or this_machine()
        claim = Claim(place, here, clock)
        claim.take()
        try:
            with place.locked():
                prepare_file(place, key)
                bring_up_to_date(place, key, connects=connects)
                keep_check(place, key)
            store = cls(place, key, clock, Profiles(parse), claim, connects=connects)
        except BaseException:
            claim.release()
            raise
        try:
            new = new_id(clock, random)
            store.origin = store.write(lambda tx: find_origin(tx.work, place, here, new)).result()
        except BaseException:
            store.close()
            raise
        return store

    def write(self, job: Callable[[Transaction], T]) -> Future[T]:
        """Run the person's job in one durable transaction, before everything else that waits.

        The Future fails with what the job raised, or with a `StoreTrouble`; then nothing of the job has happened.
        """
        return self._writer.submit(job, urgent=True)

    def background(self, job: Callable[[Any], T]) -> Future[T]:
        """Run a job in one durable transaction, after everything that the person has asked for."""
        return self._writer.submit(job, urgent=False)

    def reader(self) -> Reader:
        """Reads for one thread."""
        reader = Reader(
            partial(self._connect, writes=False),
            self._transaction,
            self._clock,
            self._home.database,
        )
        self._readers.append(reader)
        return reader

    def on_commit(self, tell: Callable[[Changed], None]) -> None:
        """Call `tell` on the store's thread after each commit of this process that changed something shown."""
        self._listeners.append(tell)

    def idle(self, timeout: float = 10.0) -> bool:
        """Wait until nothing is left to do, the search index included; seconds. For tests and figures."""
        return self._writer.idle(timeout)

    def close(self) -> None:
        """Finish what the person asked for and let the home go."""
        self._writer.close()
        for reader in self._readers:
            reader.close()
        self._drop_connection()
        self._claim.release()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _transaction(self, connection: Connection) -> Transaction:
        return Transaction(connection, self._clock, self._profiles, self._vault)

    def _open_content(self, attachment: str) -> BinaryIO:
        reader = self.reader()
        try:
            return reader.open_content(attachment)
        finally:
            reader.close()
            self._readers.remove(reader)

    # the store's thread
    def _run(self, job: Callable[[Transaction], T]) -> tuple[T, Callable[[], None]]:
        try:
            with explained(self._home.database):
                result, work = self._commit(self._connected(), job)
        except (DiskFailed, DiskFull):
            self._drop_connection()
            raise
        if self._unswept is not None:
            self._unswept |= work.files
        return result, lambda: self._tell(work.changed())

    def _commit(self, connection: Connection, job: Callable[[Transaction], T]) -> tuple[T, Work]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) != SCHEMA:
                raise StoreBusy("Helptray is being updated on this computer. Start it again in a moment.")
            transaction = self._transaction(connection)
            result = job(transaction)
            transaction.finish()
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result, transaction.work

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._connect(writes=True)
        return self._connection

    def _drop_connection(self) -> None:
        """After a failed fsync nobody knows what is on the disk but a fresh start from the file itself."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tell(self, changed: Changed) -> None:
        if changed != Changed():
            for tell in self._listeners:
                tell(changed)

    def _rest(self) -> bool:
        """A few milliseconds of what can wait: old copies, the search index, errors, files that nobody needs."""

        def rest(tx: Transaction) -> bool:
            if self._unswept is None:
                tx.contents.let_go_of_crashed_imports()
            if self._unswept is None or self._unswept:
                tx.contents.sweep(self._unswept)
                return True
            indexer = Indexer(tx.work, tx.views)
            return (
                indexer.index_some()
                or Errors(tx.work, Texts(tx.work, tx.views)).note_some()
                or indexer.merge_some()
                or clear_some(tx.work.run, tx.work.clock)
            )

        more, _ = self._run(rest)
        if self._unswept is None or self._unswept:
            self._unswept = frozenset()
        return more

    def _last(self) -> None:
        """Leave no file that nobody needs, where this process has written: a command may end before it ever rests."""
        if self._connection is not None and (self._unswept is None or self._unswept):
            self._run(lambda tx: tx.contents.sweep(self._unswept))

    def _tidy(self) -> None:
        if self._connection is None:
            return
        try:
            with explained(self._home.database):
                shorten_log(self._connection)
        except (DiskFailed, DiskFull):
            self._drop_connection()
            raise

    def _beat(self) -> None:
        try:
            self._claim.keep()
        except OSError as error:
            _log.warning("%s", from_os(error, self._home.path).sentence)
