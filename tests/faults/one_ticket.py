"""A home, a help desk in memory, and one ticket that somebody writes, step by step: to be done on a bad computer."""

import hashlib
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.sync.actions import Wait
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.engine import Engine
from desktop.sync.protocol import encode_operation
from desktop.tickets.operations import AttachFile
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import Lane, OperationState
from desktop.tickets.view import Mark
from tests.contract.acts import Acts
from tests.faults.failing_database import Calls, Failure
from tests.unit.sync.memory_relay import RELAY, HandClock, MemoryHelpDesk, MemoryRelay, Weather
from tests.unit.sync.office import ACCOUNT

KEY = b"k" * 32
PICTURE = b"picture " * 50_000


def named(text: str, *, source: str) -> Organisation:
    return Organisation(key=source, name=text)


class Room:
    """A home, a help desk in memory, and a ticket with a note and a picture that somebody writes.

    Attributes:
        acknowledged: whether the person was told that it is saved.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = HandClock()
        self.relay = MemoryRelay()
        acts = Acts()
        self.filing = acts.filing("The printer is on fire")
        self.note = acts.note(self.filing.ticket)
        body = AttachFile(
            attachment=acts.id(), name="a.png", size=len(PICTURE), sha256=hashlib.sha256(PICTURE).hexdigest()
        )
        self.attaching = acts.operation(self.filing.ticket, attach_file=body)
        self.file = body
        self.acknowledged = False

    @property
    def operations(self) -> list[str]:
        return [self.filing.id, self.note.id, self.attaching.id]

    @contextmanager
    def opened(self, calls: Calls | None = None) -> Iterator["Desk"]:
        """The home in a process of its own, so to speak; with `calls`, one of those on the database may fail."""
        calls = calls or Calls(sys.maxsize, Failure(0, ""))
        random = Random(calls.fails_at)
        with Store.open(self.home, KEY, clock=self.clock, random=random, parse=named, connects=calls.connects) as store:
            engine = Engine(RELAY, self.clock, random)
            store.background(engine.start).result()
            yield Desk(self, store, engine)

    def at(self, home: Path) -> "Room":
        """The same in another copy of the home, with a help desk that has heard the same."""
        copy = Room.__new__(Room)
        vars(copy).update({**vars(self), "home": home, "relay": self.relay.backup()})
        if self.home.exists():
            shutil.copytree(self.home, home)
        return copy


class Desk:
    """A room while its home is open."""

    def __init__(self, room: Room, store: Store, engine: Engine) -> None:
        self._room = room
        self._engine = engine
        self._help_desk = MemoryHelpDesk(room.relay, Weather(room.clock))
        self.store = store

    def save(self) -> None:
        """Keep the picture, then write all of it in one transaction, as the person's Enter does."""
        room = self._room
        kept = self.store.files.import_stream(
            io.BytesIO(PICTURE), attachment=room.file.attachment, name="a.png", media_type="image/png"
        )
        assert kept.sha256 == room.file.sha256

        def job(tx: Transaction) -> None:
            for operation, after in ((room.filing, ""), (room.note, room.filing.id), (room.attaching, room.filing.id)):
                tx.outbox.add(operation, encode_operation(operation), after=after)

        self.store.write(job).result()
        room.acknowledged = True

    def step(self, lane: Lane, *, woken: bool = False) -> bool:
        """One decision of a lane, carried out; whether there was anything to do."""
        action = decide(self.store, self._engine, lane, woken=woken)
        if isinstance(action, Wait):
            return False
        store_outcome(self.store, self._engine, action, perform(self._help_desk, action))
        return True

    def settle(self) -> None:
        """Turn every lane until nothing is left to do."""
        for turn in range(200):
            busy = [self.step(lane, woken=turn == 0) for lane in Lane]
            if not any(busy):
                return
            self._room.clock.seconds += 0.01
        raise AssertionError("it never comes to rest")


def save(desk: Desk) -> None:
    desk.save()


def push(desk: Desk) -> None:
    assert desk.step(Lane.OPERATIONS)


def pull(desk: Desk) -> None:
    while desk.step(Lane.PULL):
        pass


def upload(desk: Desk) -> None:
    assert desk.step(Lane.FILES)


def nothing(_desk: Desk) -> None:
    """Opening is enough: of a home that is not there yet it makes the whole schema."""


JOBS: dict[str, Callable[[Desk], None]] = {"make": nothing, "save": save, "push": push, "pull": pull, "upload": upload}


def prepared(home: Path, job: str) -> Room:
    """A room in which everything before the job has been done."""
    room = Room(home)
    if job == "make":
        return room
    with room.opened() as desk:
        desk.store.write(lambda tx: tx.settings.save_account(ACCOUNT)).result()
        for name, act in JOBS.items():
            if name == job:
                break
            act(desk)
        assert desk.store.idle()
    return room


def whole_or_not_at_all(room: Room, desk: Desk) -> None:
    """What was acknowledged is there, and what was not is there whole or not at all."""
    run = desk.store.write(lambda tx: tx.work.run("PRAGMA integrity_check").fetchall())
    assert run.result() == [("ok",)]
    here = [desk.store.reader().entry(operation) is not None for operation in room.operations]
    assert all(here) or not any(here)
    assert all(here) or not room.acknowledged


def converges(room: Room, desk: Desk) -> None:
    """The person tries again where they were told to, and everything arrives once."""
    if not room.acknowledged:
        desk.save()
    desk.settle()
    reader = desk.store.reader()
    assert reader.counts()[OperationState.DONE] == len(room.operations)
    assert reader.waiting() == ()
    assert sorted(room.relay.applied) == sorted(room.operations)
    assert room.relay.created == [room.filing.ticket]
    assert bytes(room.relay.uploads[room.file.attachment]) == PICTURE
    view = reader.ticket(room.filing.ticket)
    assert view is not None
    assert (view.mark, len(view.notes), len(view.attachments), view.ticket.number) == (Mark.CONFIRMED, 1, 1, "1")
    with reader.open_content(room.file.attachment) as content:
        assert content.read() == PICTURE
    assert desk.store.idle()
    assert [row.ticket for row in reader.tickets("printer").rows] == [room.filing.ticket]
