"""One schedule, run: computers, the ways between them and a help desk, and everything that goes wrong."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any, Final

from desktop.sync.backoff import CAP
from desktop.sync.help_desks.base import CreationGuard
from desktop.sync.pulling import INTERVAL
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, Assign, ChangeFields, FieldChange, Kind, Operation
from desktop.tickets.organisation import Organisation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Person, Role
from desktop.tickets.profile import parse_profile
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import NoteKind, Ticket
from tests.simulation.computer import Computer
from tests.simulation.disks import DictionaryDisk, Disk, EncryptedDisk
from tests.simulation.model_server import KINDS, Books, ModelServer
from tests.simulation.plan import Plan, Step, What
from tests.simulation.timeline import Timeline, WallClock
from tests.simulation.weather import FAULTS, PATIENCE, Weather

SAM: Final = Person(email="sam@provider.example", name="Sam", role=Role.TECHNICIAN)
ROUND_TRIPS: Final = 20.0
"""Seconds for the requests themselves once all is well, of which the slowest take 0.4."""
NEWS: Final = 1.2 * INTERVAL + 5.0
"""Seconds within which every home that is online has read the news once more."""
ASKED_TO_WAIT: Final = 10.0
"""Longest that a busy help desk asks to be left alone, in seconds."""


@cache
def provider() -> Organisation:
    """A provider with every section."""
    text = files("resources").joinpath("organisations/example.toml").read_text(encoding="utf-8")
    return parse_profile(text, source="example")


def waiting(computer: Computer) -> list[OutboxEntry]:
    """What the engine still has to do there; what follows a refused filing waits for the person."""
    entries = computer.entries().values()
    refused = {one.ticket for one in entries if one.kind is Kind.FILE_TICKET and one.state is OperationState.REJECTED}
    return [entry for entry in entries if entry.state.is_pending and entry.ticket not in refused]


class World:
    """Everything in one schedule; `folder` puts the homes on the real store."""

    def __init__(self, plan: Plan, *, folder: Path | None = None, life: float | None = None) -> None:
        self.plan = plan
        self._random = Random(plan.seed)
        self._timeline = Timeline()
        self._capabilities = KINDS[plan.guard]
        self._keyed = plan.guard is CreationGuard.NATIVE_KEY
        self._clock = WallClock(self._timeline)
        self.server = ModelServer(self._clock, self._random, provider(), self._capabilities, plan.page)
        self._life = self._capabilities.request_life if life is None else life
        self._folder = folder
        self.computers = [self._computer(number) for number in range(plan.computers)]
        self._backups: dict[int, Any] = {}
        self._server_backup: Books = self.server.backup()
        self.server_restored = False
        self._epochs = 1
        self._damaged: set[int] = set()
        self._coming = {step.what for step in plan.steps}
        self.settled_after: float | None = None

    def _computer(self, number: int) -> Computer:
        provides = self.plan.technician and number == self.plan.computers - 1
        person = SAM if provides else Person(email=f"kim{number}@client.example", name=f"Kim {number}", company="C")
        weather = Weather(self._timeline, self._random, self._life)
        return Computer(
            self._timeline,
            self.server,
            weather,
            person,
            lambda wall: self._disk(number, wall),
            self._random,
            pace=self.plan.pace,
        )

    def _disk(self, number: int, wall: WallClock) -> Disk:
        if self._folder is None:
            return DictionaryDisk(provider())
        return EncryptedDisk(self._folder / str(number), provider(), wall, self._random)

    def run(self) -> None:
        """Everything that is planned; then all is well again, and time for it to come to rest."""
        for step in self.plan.steps:
            self._timeline.after(step.at, self._doing(step))
        self._timeline.run(self.plan.length)
        for computer in self.computers:
            computer.weather.badness, computer.weather.broken_down = 0.0, False
            computer.fill(full=False)
            self._timeline.after(computer.is_back_at - self._timeline.now, computer.boot)
        self.server.chokes = False
        self._wait_for_rest()

    def close(self) -> None:
        """Nothing is left behind."""
        for computer in self.computers:
            computer.crash()
            computer.disk.close()

    @property
    def limit(self) -> float:
        """Seconds within which everything must be out once all is well: what was under way, one wait, the asking."""
        asking = 0.0 if self._keyed else self._capabilities.request_life + self._capabilities.read_lag
        return PATIENCE + CAP + ASKED_TO_WAIT + 2 * asking + ROUND_TRIPS

    def _wait_for_rest(self) -> None:
        begun = self._timeline.now
        while self._timeline.now - begun < self.limit:
            self._timeline.run(self._timeline.now + 5.0)
            if not any(waiting(computer) for computer in self.computers):
                self.settled_after = self._timeline.now - begun
                break
        while any(computer.weather.zombies for computer in self.computers):
            self._timeline.run(self._timeline.now + 5.0)
        self._timeline.run(max(self._timeline.now, begun + PATIENCE + CAP + ASKED_TO_WAIT) + NEWS)
        if not self.promise_is_kept:
            grace = self._capabilities.request_life + self._capabilities.read_lag
            self._timeline.run(self._timeline.now + NEWS + 10 * grace + ROUND_TRIPS)  # till the second late look

    @property
    def promise_is_kept(self) -> bool:
        """Whether requests live no longer than the help desk's kind promises."""
        return self._life <= self._capabilities.request_life

    @property
    def _may_come_twice(self) -> bool:
        """Where nothing keeps a request that is delivered twice from counting twice, no client can help it."""
        return self.plan.guard in (CreationGuard.NATIVE_KEY, CreationGuard.SINGLE_USE_URL)

    # steps

    def _doing(self, step: Step) -> Callable[[], None]:
        return lambda: self._do(step, Random(step.dice))

    def _do(self, step: Step, dice: Random) -> None:
        computer = self.computers[step.who]
        match step.what:
            case What.ACT | What.KILLED_ACT:
                computer.act(dice, self._tickets(computer), killed=step.what is What.KILLED_ACT)
                self._back_up(step.who, dice)
            case What.EDIT:
                self._edit(dice)
            case What.CRASH:
                computer.crash()
                self._timeline.after(dice.choice((0.0, 0.5, 5.0, 20.0)), computer.boot)
            case What.BOOT:
                computer.boot()
            case What.BACKUP:
                self._backups[step.who] = computer.backup()
            case What.RESTORE:
                self._restore(step.who, dice)
            case What.WEATHER:
                computer.weather.badness = dice.choice((0.0, 0.2, 0.6, 0.95))
                kinds = dice.sample(FAULTS, dice.randrange(1, len(FAULTS)))
                computer.weather.kinds = (
                    tuple(kind for kind in kinds if self._may_come_twice or kind != "twice") or FAULTS[:4]
                )
            case What.PARTITION:
                self._partition(computer, dice.uniform(1.0, 60.0))
            case What.WALL:
                computer.wall.wrong += dice.choice((-86_400.0 * 3, -40.0, 40.0, 3_600.0, 86_400.0 * 3))
            case What.FULL:
                computer.fill(full=True)
            case What.FLAKY:
                computer.fill(full=False, flaky=0.3)
            case What.ROOM:
                computer.fill(full=False)
            case What.FILE_LOST:
                computer.lose_a_file()
            case What.HIDE | What.SHOW:
                self._change_rights(computer, dice, hide=step.what is What.HIDE)
            case What.FLOOR:
                self.server.forget_cursors()
            case What.SERVER_BACKUP:
                self._server_backup = self.server.backup()
            case What.SERVER_RESTORE:
                self._epochs += 1
                self.server_restored = True
                self.server.restore(self._server_backup, f"e{self._epochs}")
            case What.MENDED:
                self.server.chokes = False
            case What.DAMAGED:
                self._damage(step.who, dice)
            case What.UPLOADS_LOST:
                self._lose_uploads()

    def _back_up(self, who: int, dice: Random) -> None:
        """Copies are made all the time where they are going to be put back."""
        if What.RESTORE in self._coming and dice.random() < 0.5:
            self._backups[who] = self.computers[who].backup()
        if What.SERVER_RESTORE in self._coming and dice.random() < 0.3:
            self._server_backup = self.server.backup()

    def _tickets(self, computer: Computer) -> tuple[str, ...]:
        if computer.person.role.is_provider:
            return tuple(row.id for row in self._rows())
        return computer.tickets()

    def _rows(self) -> list[Ticket]:
        return [row for row in self.server.books.rows.values() if isinstance(row, Ticket)]

    def _restore(self, who: int, dice: Random) -> None:
        """Putting a copy back takes a while: where the help desk has no keys, longer than a request can live."""
        if who not in self._backups:
            return
        computer = self.computers[who]
        computer.restore(self._backups[who])
        least = 0.0 if self._keyed else self._capabilities.request_life + self._capabilities.read_lag
        seconds = least + dice.uniform(0.0, 10.0)
        computer.is_back_at = self._timeline.now + seconds
        self._timeline.after(seconds, computer.boot)

    def _partition(self, computer: Computer, seconds: float) -> None:
        computer.weather.broken_down, computer.weather.kinds = True, ("unreachable", "request lost")

        def over() -> None:
            computer.weather.broken_down = False

        self._timeline.after(seconds, over)

    def _edit(self, dice: Random) -> None:
        rows = self._rows()
        if not rows:
            return
        ticket = dice.choice(rows)
        kind: dict[str, Any]
        match dice.randrange(4):
            case 0:
                kind = {"add_note": AddNote(note=self._id(), text="We are on it.")}
            case 1:
                kind = {"add_note": AddNote(note=self._id(), text="Hm.", kind=NoteKind.INTERNAL)}
            case 2:
                change = FieldChange(field="summary", base=ticket.summary, value=f"Printer {dice.random()}")
                kind = {"change_fields": ChangeFields(changes=(change,))}
            case _:
                kind = {"assign": Assign(technician=SAM.email)}
        operation = Operation(id=self._id(), ticket=ticket.id, made_at=self._clock.now(), **kind)
        self.server.edit(operation, SAM)

    def _id(self) -> str:
        return new_id(self._clock, self._random)

    def _change_rights(self, computer: Computer, dice: Random, *, hide: bool) -> None:
        tickets = [row.id for row in self._rows() if row.requester.email == computer.person.email]
        if tickets and not computer.person.role.is_provider:
            change = self.server.hide if hide else self.server.show
            change(computer.person.email, dice.choice(tickets))

    def _damage(self, who: int, dice: Random) -> None:
        """Once each: a copy is mended once an hour. A lost right may have cost that once already."""
        computer = self.computers[who]
        rows = sorted((kind, row.id) for kind, row, _ in self.server.seen(computer.person))
        if rows and who not in self._damaged and What.HIDE not in self._coming:
            self._damaged.add(who)
            kind, row = dice.choice(rows)
            computer.disk.store.look(lambda tx: tx.confirmed.remove(kind, row))

    def _lose_uploads(self) -> None:
        hung = {row for kind, row in self.server.books.rows if kind is RowKind.ATTACHMENT}
        uploads = self.server.books.uploads
        for attachment in [one for one in uploads if one not in hung]:
            del uploads[attachment]
