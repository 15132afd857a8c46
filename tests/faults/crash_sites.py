"""Every place at which a process is killed on purpose, and how one is made to die there.

A site is a function of the product or of a library under it, and a moment: before it is called or after it has
returned. A process in which a site is armed kills itself (`kill -9`) at the n-th passing, whatever thread that is on.
"""

import functools
import importlib
import inspect
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any, Final


class Side(StrEnum):
    """Who passes a site."""

    CLIENT = "client"
    RELAY = "relay"


class Moment(StrEnum):
    """When: for a context manager (a transaction), before or after its end instead."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Site:
    """One place. `what`: what has happened by then, and what has not."""

    side: Side
    module: str
    attribute: str
    moment: Moment
    what: str

    @property
    def name(self) -> str:
        return f"{self.side}: {self.moment} {self.module}.{self.attribute}"


def _sites(side: Side, *lines: tuple[str, str, Moment, str]) -> tuple[Site, ...]:
    return tuple(Site(side, *line) for line in lines)


BEFORE, AFTER = Moment.BEFORE, Moment.AFTER

SITES: Final = (
    *_sites(
        Side.CLIENT,
        # the home and the database
        ("desktop.store.home", "write_whole", BEFORE, "a small file is to be written (id of the home, key)"),
        ("desktop.store.home", "write_whole", AFTER, "the id of the home is durable"),
        ("desktop.store.keys", "write_whole", AFTER, "the key is durable, the database is not made"),
        ("desktop.store.database", "write_whole", AFTER, "the key's check or the empty database is durable"),
        ("desktop.store.store", "bring_up_to_date", BEFORE, "the database is empty"),
        ("desktop.store.store", "bring_up_to_date", AFTER, "the tables are made"),
        ("desktop.store.store", "find_origin", AFTER, "which copy of the home this is: not committed"),
        ("desktop.store.claim", "Claim.take", AFTER, "the home is claimed"),
        # every transaction of the store's thread
        ("desktop.store.transaction", "Transaction.finish", BEFORE, "causes are written, what follows is not"),
        ("desktop.store.transaction", "Transaction.finish", AFTER, "everything is written, not committed"),
        ("desktop.store.store", "Store._commit", AFTER, "committed, nobody has been told"),
        # every step of a file
        ("desktop.store.vault", "seal", BEFORE, "the temporary file is empty"),
        ("desktop.store.vault", "seal", AFTER, "the temporary file is written, not durable"),
        ("desktop.store.vault", "Vault.write", AFTER, "the temporary file is durable"),
        ("desktop.store.vault", "sync_folder", BEFORE, "the file has its name, not durably"),
        ("desktop.store.vault", "Vault.adopt", AFTER, "the file has its name, no row knows it"),
        ("desktop.store.files", "Files.import_pieces", AFTER, "file and row are durable, nothing uses them"),
        ("desktop.store.vault", "Vault.names", AFTER, "files that nothing needs are to be deleted"),
        ("os", "fsync", BEFORE, "something is written, not durable"),
        ("os", "fsync", AFTER, "something is durable"),
        ("pathlib", "Path.replace", BEFORE, "a whole file lies beside the one that it replaces"),
        ("pathlib", "Path.replace", AFTER, "a file has its name"),
        ("pathlib", "Path.unlink", AFTER, "a file is gone"),
        # every request
        ("desktop.sync.turns", "decide", AFTER, "a decision is durable (a batch is sent), no byte has left"),
        ("urllib3.connection", "HTTPConnection.request", BEFORE, "no byte of a request has left"),
        ("urllib3.connection", "HTTPConnection.request", AFTER, "the last byte of a request has left"),
        ("urllib3.connection", "HTTPConnection.getresponse", AFTER, "the head of the answer has come"),
        ("desktop.sync.lanes", "perform", AFTER, "the answer has come whole, nothing of it is stored"),
        ("desktop.sync.engine", "Engine.answer", AFTER, "the answer is written, not committed"),
        ("desktop.sync.turns", "store_some", AFTER, "the answer is stored"),
        ("desktop.sync.help_desks.tus", "TusUploads._create", AFTER, "an upload is announced, its address not kept"),
        ("desktop.sync.help_desks.tus", "TusUploads._patch", BEFORE, "a piece is to be sent"),
        ("desktop.sync.help_desks.tus", "TusUploads._patch", AFTER, "a piece has arrived, that is not kept"),
        # connecting
        ("desktop.sync.enrolment", "_attempt", AFTER, "the device's secret is made, not committed"),
        ("desktop.sync.enrolment", "enrol_device", BEFORE, "the device's secret is durable, the code not told"),
        ("desktop.sync.enrolment", "enrol_device", AFTER, "the code is used, the tokens are not kept"),
        ("desktop.sync.enrolment", "_keep", AFTER, "the account is written, not committed"),
        ("desktop.sync.enrolment", "enrol", AFTER, "the account is kept"),
        ("desktop.sync.tokens", "next_tokens", BEFORE, "the tokens have run out"),
        ("desktop.sync.tokens", "next_tokens", AFTER, "new tokens have come, they are not kept"),
        ("desktop.sync.tokens", "AccountTokens._renew", AFTER, "new tokens are kept, they were never used"),
        # who runs the engine
        ("desktop.sync.engine_lock", "EngineLock.acquire", AFTER, "the engine is ours, nobody can poke it"),
        ("desktop.sync.poke", "PokeServer.start", AFTER, "it can be poked, the outbox is not taken over"),
        ("desktop.sync.engine", "Engine.start", AFTER, "the outbox is taken over, not committed"),
    ),
    *_sites(
        Side.RELAY,
        ("relay.core", "Relay._prepare", BEFORE, "the tables are made, the relay has no history of its own"),
        ("relay.core", "Relay._prepare", AFTER, "it has one"),
        # every transaction
        ("relay.database", "Database.write", BEFORE, "everything is written, not committed"),
        ("relay.database", "Database.write", AFTER, "committed, nobody was told"),
        # every request and answer
        ("uvicorn.protocols.http.h11_impl", "RequestResponseCycle.run_asgi", BEFORE, "the head of a request has come"),
        ("relay.api.service", "Service.principal", AFTER, "it is known who asks"),
        ("relay.api.operations", "read_body", AFTER, "a batch has come whole"),
        ("relay.book", "Book.apply_batch", AFTER, "a batch is applied, not committed"),
        ("relay.api.operations", "_applied", AFTER, "a batch is committed, not answered"),
        ("relay.events", "Events.poke", BEFORE, "committed, nobody was poked"),
        (
            "uvicorn.protocols.http.h11_impl",
            "RequestResponseCycle.send",
            BEFORE,
            "an answer is ready, or its head sent",
        ),
        ("uvicorn.protocols.http.h11_impl", "RequestResponseCycle.send", AFTER, "its head is sent, or all of it"),
        # uploads
        ("relay.uploads", "Uploads.create", BEFORE, "an upload is announced"),
        ("relay.uploads", "Uploads.create", AFTER, "it has its row"),
        ("relay.uploads", "Uploads.open", AFTER, "what lay behind the last durable byte is cut off"),
        ("relay.api.writing", "_write", AFTER, "bytes are written, not durable"),
        ("relay.uploads", "Uploads.advance", BEFORE, "a piece is written"),
        ("relay.uploads", "Uploads.advance", AFTER, "a piece is durable and counted"),
        ("os", "fsync", AFTER, "a piece is durable, not counted; or a name is"),
        ("relay.uploads", "_sha256", AFTER, "all pieces have come and are verified"),
        ("pathlib", "Path.replace", AFTER, "the file has its name, not durably, and no row says so"),
        ("relay.uploads", "Uploads._finish", AFTER, "the upload is finished, that was not told"),
        # connecting
        ("relay.api.accounts", "redeem", AFTER, "a code is used, not committed"),
        ("relay.api.accounts", "connect_device", AFTER, "a device is made, not committed"),
        ("relay.api.accounts", "_enrolled", AFTER, "it is connected, that was not told"),
        ("relay.api.accounts", "refresh", AFTER, "new tokens are made, not committed"),
        ("relay.api.service", "first_use", AFTER, "new tokens were used, not committed"),
    ),
)


def count_passes(sites: Iterable[Site]) -> dict[str, int]:
    """Count from now on, by its name, how often this process passes each site; they come in the order of first passing.

    What is never passed is not there.
    """
    passed: dict[str, int] = {}

    def counting(name: str) -> Callable[[], None]:
        def note() -> None:
            passed[name] = passed.get(name, 0) + 1

        return note

    for site in sites:
        _call_at(site, counting(site.name))
    return passed


def die_at(site: Site, nth: int, notes: Path) -> None:
    """Make this process die at its n-th passing of the site, counted from 1, and note there whom it was."""
    passing = count(1)

    def die() -> None:
        if next(passing) == nth:
            note = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(note, f"{site.name}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    _call_at(site, die)


def _call_at(site: Site, act: Callable[[], None]) -> None:
    """AttributeError or ModuleNotFoundError where there is no such site."""
    owner: Any = importlib.import_module(site.module)
    *path, name = site.attribute.split(".")
    for part in path:
        owner = getattr(owner, part)
    setattr(owner, name, _wrapped(getattr(owner, name), site.moment, act))


def _wrapped(call: Callable[..., Any], moment: Moment, act: Callable[[], None]) -> Callable[..., Any]:
    before, after = (act if moment is one else _nothing for one in Moment)
    if inspect.iscoroutinefunction(call):

        @functools.wraps(call)
        async def waits(*arguments: Any, **named: Any) -> Any:
            before()
            result = await call(*arguments, **named)
            after()
            return result

        return waits
    if inspect.isgeneratorfunction(inspect.unwrap(call)):

        @functools.wraps(call)
        @contextmanager
        def lasts(*arguments: Any, **named: Any) -> Iterator[Any]:
            with call(*arguments, **named) as value:
                yield value
                before()
            after()

        return lasts

    @functools.wraps(call)
    def runs(*arguments: Any, **named: Any) -> Any:
        before()
        result = call(*arguments, **named)
        after()
        return result

    return runs


def _nothing() -> None:
    pass
