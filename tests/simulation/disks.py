"""The disks under a home: one of dictionaries, or the real encrypted one; both can be full, copied and put back."""

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from random import Random
from typing import Any, Final, Protocol, TypeVar

from desktop.store.store import Store
from desktop.store.troubles import DiskFull
from desktop.tickets.clock import Clock
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from tests.contract.dictionary_store import DictionaryStore
from tests.contract.everything import Everything

T = TypeVar("T")
_ALL: Final = 1_000_000


class Disk(Protocol):
    """Where a home is kept. `store` is what the product's code works with, always the present one."""

    store: Any

    def entries(self) -> dict[str, OutboxEntry]:
        """The outbox, by operation, in its order; looked at from outside, so that no full disk is in the way."""
        ...

    def backup(self) -> Any:
        """A copy of the home as it is."""
        ...

    def restore(self, copy: Any) -> None:
        """Put a copy in its place."""
        ...

    def lose_content(self, attachment: str) -> None:
        """The bytes of a file vanish or rot."""
        ...

    def close(self) -> None:
        """Nothing is left behind."""
        ...


class FillableStore:
    """A store on a disk that may be full: a job is done, and then there is no room for it."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.full: Callable[[], bool] = lambda: False

    @property
    def files(self) -> Any:
        return self._store.files

    def reader(self) -> Any:
        return self._store.reader()

    def write(self, job: Callable[[Any], T]) -> Future[T]:
        return self._run(self._store.write, job)

    def background(self, job: Callable[[Any], T]) -> Future[T]:
        return self._run(self._store.background, job)

    def look(self, job: Callable[[Any], T]) -> T:
        """What is there, however full it is."""
        done: Future[T] = self._store.write(job)
        return done.result()

    def _run(self, way: Callable[[Callable[[Any], T]], Future[T]], job: Callable[[Any], T]) -> Future[T]:
        if not self.full():
            return way(job)

        def no_room(ledger: Any) -> T:
            job(ledger)
            raise DiskFull("The disk is full.")

        return way(no_room)


class DictionaryDisk:
    """A home of dictionaries."""

    def __init__(self, organisation: Organisation) -> None:
        self._inner = DictionaryStore(parse=lambda _text, source: organisation)
        self.store = FillableStore(self._inner)

    def entries(self) -> dict[str, OutboxEntry]:
        return dict(self._inner._all.entries)

    def backup(self) -> Everything:
        return self._inner._all.copy()

    def restore(self, copy: Everything) -> None:
        self._inner._all.become(copy.copy())

    def lose_content(self, attachment: str) -> None:
        self._inner._all.contents.discard(attachment)

    def close(self) -> None:
        """Dictionaries need no closing."""


class EncryptedDisk:
    """A home on the real store, in a folder of its own."""

    def __init__(self, folder: Path, organisation: Organisation, clock: Clock, random: Random) -> None:
        self._folder, self._clock, self._random = folder, clock, random
        self._organisation = organisation
        self._copies = 0
        self._inner = self._open()
        self.store = FillableStore(self._inner)

    def _open(self) -> Store:
        return Store.open(
            self._folder / "home",
            b"k" * 32,
            clock=self._clock,
            random=self._random,
            parse=lambda _text, source: self._organisation,
        )

    def entries(self) -> dict[str, OutboxEntry]:
        def read(tx: Any) -> list[OutboxEntry]:
            return [entry for state in OperationState for entry in tx.outbox.in_state(state, _ALL)]

        return {entry.id: entry for entry in sorted(self.store.look(read), key=lambda entry: entry.seq)}

    def backup(self) -> Path:
        self._inner.close()
        self._copies += 1
        copy = self._folder / f"copy-{self._copies}"
        shutil.copytree(self._folder / "home", copy)
        self._begin_anew()
        return copy

    def restore(self, copy: Path) -> None:
        self._inner.close()
        shutil.rmtree(self._folder / "home")
        shutil.copytree(copy, self._folder / "home")
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._inner = self._open()
        self.store = FillableStore(self._inner)

    def lose_content(self, attachment: str) -> None:
        query = "SELECT file FROM content WHERE attachment = ?"
        for name in self.store.look(lambda tx: tx.work.run(query, (attachment,)).fetchone() or ()):
            for file in (self._folder / "home" / "files").rglob(name):
                file.unlink()

    def close(self) -> None:
        self._inner.close()
        shutil.rmtree(self._folder)
