"""One computer: a home, the person at it, and the processes that live and die on it."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from desktop.answers import Saved
from desktop.capture.policy.machine import MachinePolicy
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.sync.engine_lock import EngineLock
from desktop.tickets.connection import Account
from desktop.tickets.draft import DraftFile
from desktop.tickets.operations import Acknowledge, Assign, ChooseTime, FieldChange, Follow, Kind, Operation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Contact, Person
from desktop.tickets.ticket import Ticket, TimeWindow
from desktop.tickets.trouble import InputRefused, Trouble
from tests.simulation.disks import Disk
from tests.simulation.engine_process import EngineProcess, Place
from tests.simulation.model_server import CHOKES, MALFORMED, UNWELCOME, ModelServer
from tests.simulation.timeline import ProcessClock, Timeline, WallClock
from tests.simulation.weather import Weather

_SURROUNDINGS: Final = Surroundings(System.LINUX, Session.NONE)
TURNED_AWAY: Final = "another process runs the engine"
TAKING_BACK: Final = (OperationState.QUEUED, OperationState.REJECTED)


class NotKept(AssertionError):
    """The person was told that something is saved, and it is not."""


@dataclass
class Saying:
    """What the person was told is saved.

    Attributes:
        made: operations by id, in the order in which they were made.
        contents: the bytes of attachments.
        again: values applied once more, as (operation, field).
        excused: operations of which a restored home no longer knows.
    """

    made: dict[str, Operation] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    again: set[tuple[str, str]] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)
    restored: bool = False
    files_lost: bool = False


class Computer:
    """A home with its person; `engines` are the processes that run the engine: one or none, if the lock is any good.

    `locks` is the folder in which the lock is: the real one, whatever the home is kept on.
    """

    def __init__(
        self,
        timeline: Timeline,
        server: ModelServer,
        weather: Weather,
        person: Person,
        make_disk: Callable[[WallClock], Disk],
        locks: Path,
        random: Random,
        *,
        pace: float = 0.0,
    ) -> None:
        self.person = person
        self.wall = WallClock(timeline)
        self.weather = weather
        self.disk = make_disk(self.wall)
        self.said = Saying()
        self.engines: list[EngineProcess] = []
        self.is_back_at = 0.0
        self._timeline, self._server = timeline, server
        self._locks, self._random, self._pace = locks, random, pace
        self._full = False
        self._flaky = 0.0
        self._deaf = False
        account = Account(server="https://help.example.test", device="d", device_secret="s", person=person)
        self.disk.store.write(lambda tx: tx.settings.save_account(account)).result()
        self.disk.store.write(lambda tx: tx.settings.save_organisation("provider", "its profile", "")).result()
        self.sit_down()
        self.boot()

    # processes

    def boot(self) -> bool:
        """One more process starts, and runs the engine if the lock is free; whether it does.

        None starts while the home is being put back.
        """
        if self._timeline.now < self.is_back_at:
            return False
        lock = EngineLock(self._locks)
        if not lock.acquire():
            self.weather.hits[TURNED_AWAY] += 1
            return False
        clock = ProcessClock(self._timeline, self.wall, self._pace)
        around = Place(self._timeline, self._server, self.weather, self.person, self.disk, lock, self._killed)
        self.engines.append(EngineProcess(around, clock, self._random))
        return True

    def crash(self) -> None:
        """Whoever ran the engine is gone, and their lock with them."""
        while self.engines:
            self.engines.pop().die()

    def kill(self, dice: Random) -> None:
        """The process that was last to start is going to be killed at one of its next steps."""
        if self.engines:
            self.engines[-1].steps_left = dice.randrange(40)

    def spare(self) -> None:
        """None is going to be killed after all."""
        for engine in self.engines:
            engine.steps_left = None

    def _killed(self, engine: EngineProcess, step: str) -> None:
        self.engines.remove(engine)
        self.weather.hits[f"killed {step}"] += 1
        self._timeline.after(self._random.choice((0.0, 0.5, 5.0, 20.0)), self.boot)

    def sit_down(self) -> None:
        """A process through which the person acts: any number of them, for they hold nothing."""
        self.disk.store.full = self._has_no_room
        poke: Any = _Poke(self)
        machine = ThisComputer(_SURROUNDINGS, self.wall, policy=MachinePolicy)
        self._desk = Desk(self.disk.store, poke, machine, self.wall, self._random)

    def poke(self) -> None:
        """Something was saved; a process that is killed at that moment tells nobody."""
        if self.engines and not self._deaf:
            self.engines[-1].wake()

    # the disk

    def fill(self, *, full: bool, flaky: float = 0.0) -> None:
        """No room at all, or none now and then."""
        self._full, self._flaky = full, flaky

    def _has_no_room(self) -> bool:
        return self._full or (self._flaky > 0.0 and self._random.random() < self._flaky)

    def backup(self) -> tuple[Any, frozenset[str]]:
        """A copy of the home."""
        copy = self.disk.backup()
        self.sit_down()
        return copy, frozenset(self.said.made)

    def restore(self, copy: tuple[Any, frozenset[str]]) -> None:
        """The home is what it was; what was made since is unknown to it."""
        self.crash()
        self.disk.restore(copy[0])
        self.sit_down()
        self.said.excused |= set(self.said.made) - copy[1]
        self.said.restored = True

    def lose_a_file(self) -> bool:
        """Some bytes are no longer there; whether there were any."""
        there = sorted(one for one, content in self.said.contents.items() if content)  # empty ones are all one
        if not there:
            return False
        self.said.files_lost = True
        self.disk.lose_content(self._random.choice(there))
        return True

    # what the person does

    def entries(self) -> dict[str, OutboxEntry]:
        """The outbox, by operation, in its order."""
        return self.disk.entries()

    def act(self, dice: Random, tickets: Sequence[str], *, killed: bool) -> bool:
        """Something that a person does; `killed`: their process ends before it can tell the engine's. Whether saved."""
        self._deaf = killed
        before = len(self.said.made)
        try:
            self._act(dice, tickets)
        except (InputRefused, Trouble):
            return False  # not saved, and the person was told so
        finally:
            self._deaf = False
        return len(self.said.made) > before

    def _act(self, dice: Random, tickets: Sequence[str]) -> None:
        choice = dice.randrange(17)
        if not tickets or choice < 4:
            self._file(dice)
            return
        ticket = dice.choice(tickets)
        view = self._desk.ticket(ticket)
        if view is None:
            return
        match choice:
            case 4 | 5 | 6:
                word = self._word(dice, "Still jams")
                files = [self._import(dice)] if dice.random() < 0.3 else []
                self._saved(self._desk.reply(ticket, f"{word} {dice.random()}", files))
            case 7:
                self._saved(self._desk.attach(ticket, [self._import(dice) for _ in range(dice.randrange(1, 3))]))
            case 8 | 9:
                name = dice.choice(("status", "summary") if self.person.role.is_provider else ("summary", "details"))
                value = (
                    dice.choice(("working", "waiting_client", "completed"))
                    if name == "status"
                    else f"It {dice.random()}"
                )
                change = FieldChange(field=name, base=str(getattr(view.ticket, name)), value=value)
                self._saved(self._desk.change_fields(ticket, [change]))
            case 10:
                self._saved(self._desk.say_solved(ticket))
            case 11:
                self._saved(self._desk.reopen(ticket, f"Not solved {dice.random()}"))
            case 12:
                contact = Contact(phone=f"555 01{dice.randrange(10, 99)}")
                self._saved(self._desk.correct_contact(ticket, contact, view.ticket.contact))
            case 13:
                self._take_back_or_try_again(dice, ticket)
            case 14 if view.kept:
                kept = dice.choice(view.kept)
                self._saved(self._desk.apply_again(kept.operation, kept.field))
                self.said.again.add((kept.operation, kept.field))
            case 15 | 16 if self.person.role.is_provider:
                self._work_on(dice, ticket)
            case 15 | 16:
                self._arrange(dice, view.ticket)
            case _:
                self._file(dice)

    def _work_on(self, dice: Random, ticket: str) -> None:
        """What the provider alone does."""
        match dice.randrange(3):
            case 0:
                self._saved(self._desk.log_time(ticket, 5, "Looked at it"))
            case 1:
                self._saved(self._do(ticket, acknowledge=Acknowledge()))
            case _:
                self._saved(self._do(ticket, assign=Assign(technician=self.person.email)))

    def _arrange(self, dice: Random, shown: Ticket) -> None:
        """What a client does about the help itself."""
        ticket = shown.id
        window = TimeWindow(start=self._later(3600), end=self._later(7200))
        match dice.randrange(4):
            case 0:
                self._saved(self._desk.propose_times(ticket, [window], shown.availability))
            case 1:
                self._saved(self._desk.request_escalation(ticket, f"It is urgent now {dice.random()}"))
            case 2:
                self._saved(self._do(ticket, follow=Follow(following=dice.random() < 0.5)))
            case _:
                self._saved(self._do(ticket, choose_time=ChooseTime(window=dice.choice((window, None)))))

    def _do(self, ticket: str, **kind: Any) -> Future[Saved]:
        """Kinds for which there is no button yet go the way of all others."""
        return self._desk._do([self._desk._operation(ticket, **kind)])

    def _later(self, seconds: float) -> datetime:
        return self.wall.now() + timedelta(seconds=seconds)

    def _file(self, dice: Random) -> None:
        word = self._word(dice, "The printer jams")
        files = tuple(self._import(dice) for _ in range(dice.choice((0, 0, 1))))
        draft = replace(self._desk.new_draft(), summary=f"{word} {dice.random()}", files=files)
        self._saved(self._desk.file_ticket(draft))

    @staticmethod
    def _word(dice: Random, ordinary: str) -> str:
        return dice.choice((UNWELCOME, CHOKES, MALFORMED)) if dice.random() < 0.12 else ordinary

    def _take_back_or_try_again(self, dice: Random, ticket: str) -> None:
        mine = [entry for entry in self.entries().values() if entry.ticket == ticket]
        waits = [entry for entry in mine if entry.state is not OperationState.DONE]
        if not waits:
            return
        entry = dice.choice(waits)
        if entry.state is OperationState.REJECTED and self._may_have_arrived(entry):
            return
        if dice.random() < 0.5 and entry.state in TAKING_BACK:
            self._desk.cancel(entry.id).result()
            self._remember(ticket)
        elif entry.state.is_pending or entry.state is OperationState.REJECTED:
            self._saved(self._desk.retry(entry.id))

    def _may_have_arrived(self, entry: OutboxEntry) -> bool:
        """Where nobody can tell, the person has been asked to look first, and waits till nothing can come late."""
        blind = not self._server.capabilities.can_tell
        return blind and (self._server.has(entry.id) or self.weather.zombies > 0)

    def _import(self, dice: Random) -> DraftFile:
        content = dice.randbytes(10) * dice.choice((0, 1, 1, 1, 30_000))
        attachment = self._desk._id()
        file = self.disk.store.files.import_stream(
            io.BytesIO(content), attachment=attachment, name="screen.png", media_type="image/png"
        )
        self.said.contents[attachment] = content
        assert isinstance(file, DraftFile)
        return file

    def _saved(self, done: Future[Saved]) -> None:
        """Remember what the person was told is saved; raises the `Trouble` where it was not."""
        saved = done.result()
        self._remember(saved.ticket)
        if saved.operation not in self.said.made:
            raise NotKept(f"{saved.operation} is said to be saved, and is nowhere")

    def _remember(self, ticket: str) -> None:
        for entry in self.disk.store.look(lambda tx: tx.outbox.of_ticket(ticket)):
            self.said.made.setdefault(entry.id, entry.operation)

    def tickets(self) -> tuple[str, ...]:
        """The tickets that this person has filed."""
        filings = [one for one in self.said.made.values() if one.kind is Kind.FILE_TICKET]
        return tuple(dict.fromkeys(one.ticket for one in filings))

    def view(self, ticket: str) -> Any:
        """The ticket as this person sees it."""
        return self._desk.ticket(ticket)


class _Poke:
    """What the desk knows of a worker here: that it can be poked."""

    def __init__(self, computer: Computer) -> None:
        self._computer = computer

    def wake(self) -> None:
        self._computer.poke()
