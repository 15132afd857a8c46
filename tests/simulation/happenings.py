"""What the steps of a plan do: to people, computers, networks and the help desk."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from desktop.sync.help_desks.base import CreationGuard
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, Assign, ChangeFields, FieldChange, Operation
from desktop.tickets.people import Person, Role
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import NoteKind, Ticket
from tests.simulation.books import Books
from tests.simulation.computer import Computer
from tests.simulation.model_server import ModelServer
from tests.simulation.plan import Plan, Step, What
from tests.simulation.timeline import Timeline, WallClock
from tests.simulation.weather import FAULTS

SAM: Final = Person(email="sam@provider.example", name="Sam", role=Role.TECHNICIAN)
_DAYS: Final = 86_400.0 * 3
_JUMPS: Final = (-_DAYS, -40.0, 40.0, 3_600.0, _DAYS)
"""Seconds by which a wall clock is set forward or back."""
_AWAY: Final = (0.0, 0.5, 5.0, 20.0)
"""Seconds after which a process that ended is followed by another."""


class Happenings:
    """Lets each step happen, at its moment."""

    def __init__(
        self,
        server: ModelServer,
        computers: Sequence[Computer],
        timeline: Timeline,
        clock: WallClock,
        random: Random,
        plan: Plan,
    ) -> None:
        self._server, self._computers = server, computers
        self._timeline, self._clock, self._random = timeline, clock, random
        self._guard = plan.guard
        self._coming = {step.what for step in plan.steps}
        self._backups: dict[int, Any] = {}
        self._server_backup: Books = server.backup()
        self._epochs = 1
        self._damaged: set[int] = set()

    def happen(self, step: Step) -> bool:
        """Whether it could: nothing can be put back of which there is no copy."""
        dice, computer = Random(step.dice), self._computers[step.who]
        match step.what:
            case What.ACT | What.KILLED_ACT:
                acted = computer.act(dice, self._tickets(computer), killed=step.what is What.KILLED_ACT)
                self._back_up(step.who, dice)
                return acted
            case What.EDIT:
                return self._edit(dice)
            case What.BACKUP:
                self._backups[step.who] = computer.backup()
            case What.RESTORE:
                return self._restore(step.who, dice)
            case What.HIDE | What.SHOW:
                return self._change_rights(computer, dice, hide=step.what is What.HIDE)
            case What.DAMAGED:
                return self._damage(step.who, dice)
            case What.WEATHER | What.PARTITION:
                self._change_weather(computer, step.what, dice)
            case What.CRASH | What.KILL | What.BOOT:
                return self._begin_or_end(computer, step.what, dice)
            case What.WALL | What.FULL | What.FLAKY | What.ROOM | What.FILE_LOST:
                return self._befall(computer, step.what, dice)
            case _:
                return self._befall_the_help_desk(step.what, dice)
        return True

    def _begin_or_end(self, computer: Computer, what: What, dice: Random) -> bool:
        runs = bool(computer.engines)
        match what:
            case What.CRASH:
                computer.crash()
                self._timeline.after(dice.choice(_AWAY), computer.boot)
                return runs
            case What.KILL:
                computer.kill(dice)
                return runs
            case _:
                return computer.boot()

    def _befall(self, computer: Computer, what: What, dice: Random) -> bool:
        match what:
            case What.WALL:
                computer.wall.wrong += dice.choice(_JUMPS)
            case What.FILE_LOST:
                return computer.lose_a_file()
            case _:
                computer.fill(full=what is What.FULL, flaky=0.3 if what is What.FLAKY else 0.0)
        return True

    def _befall_the_help_desk(self, what: What, dice: Random) -> bool:
        match what:
            case What.FLOOR:
                self._server.forget_cursors()
            case What.SERVER_BACKUP:
                self._server_backup = self._server.backup()
            case What.SERVER_RESTORE:
                is_silent = bool(self._server.head) and dice.random() < 0.5
                self._epochs += not is_silent
                self._server.restore(self._server_backup, self._server.epoch if is_silent else f"e{self._epochs}")
            case What.SERVER_WALL:
                self._clock.wrong += dice.choice(_JUMPS)
            case What.MENDED:
                chokes, self._server.chokes = self._server.chokes, False
                return chokes
            case What.UPLOADS_LOST:
                return self._lose_uploads()
            case other:
                raise AssertionError(other)
        return True

    def _back_up(self, who: int, dice: Random) -> None:
        """Copies are made all the time where they are going to be put back."""
        if What.RESTORE in self._coming and dice.random() < 0.5:
            self._backups[who] = self._computers[who].backup()
        if What.SERVER_RESTORE in self._coming and dice.random() < 0.3:
            self._server_backup = self._server.backup()

    def _tickets(self, computer: Computer) -> tuple[str, ...]:
        if computer.person.role.is_provider:
            return tuple(row.id for row in self._rows())
        return computer.tickets()

    def _rows(self) -> list[Ticket]:
        return [row for row in self._server.books.rows.values() if isinstance(row, Ticket)]

    def _restore(self, who: int, dice: Random) -> bool:
        """Putting a copy back takes a while: where the help desk has no keys, longer than a request can live."""
        if who not in self._backups:
            return False
        computer, able = self._computers[who], self._server.capabilities
        computer.restore(self._backups[who])
        keyed = self._guard is CreationGuard.NATIVE_KEY
        seconds = (0.0 if keyed else able.request_life + able.read_lag) + dice.uniform(0.0, 10.0)
        computer.is_back_at = self._timeline.now + seconds
        self._timeline.after(seconds, computer.boot)
        return True

    def _change_weather(self, computer: Computer, what: What, dice: Random) -> None:
        weather = computer.weather
        if what is What.WEATHER:
            weather.badness = dice.choice((0.0, 0.2, 0.6, 0.95))
            kinds = dice.sample(FAULTS, dice.randrange(1, len(FAULTS)))
            weather.kinds = tuple(kind for kind in kinds if self._may_come_twice or kind != "twice") or FAULTS[:4]
            return
        weather.broken_down, weather.kinds = True, ("unreachable", "request lost")

        def over() -> None:
            weather.broken_down = False

        self._timeline.after(dice.uniform(1.0, 60.0), over)

    @property
    def _may_come_twice(self) -> bool:
        """Where nothing keeps a request that is delivered twice from counting twice, no client can help it."""
        return self._guard in (CreationGuard.NATIVE_KEY, CreationGuard.SINGLE_USE_URL)

    def _edit(self, dice: Random) -> bool:
        rows = self._rows()
        if not rows:
            return False
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
        self._server.edit(operation, SAM)
        return True

    def _id(self) -> str:
        return new_id(self._clock, self._random)

    def _change_rights(self, computer: Computer, dice: Random, *, hide: bool) -> bool:
        tickets = [row.id for row in self._rows() if row.requester.email == computer.person.email]
        if not tickets or computer.person.role.is_provider:
            return False
        change = self._server.hide if hide else self._server.show
        return change(computer.person.email, dice.choice(tickets))

    def _damage(self, who: int, dice: Random) -> bool:
        """Once each: a copy is mended once an hour. A lost right may have cost that once already."""
        computer = self._computers[who]
        rows = sorted((kind, row.id) for kind, row, _ in self._server.seen(computer.person))
        if not rows or who in self._damaged or What.HIDE in self._coming:
            return False
        self._damaged.add(who)
        kind, row = dice.choice(rows)
        computer.disk.store.look(lambda tx: tx.confirmed.remove(kind, row))
        return True

    def _lose_uploads(self) -> bool:
        hung = {row for kind, row in self._server.books.rows if kind is RowKind.ATTACHMENT}
        uploads = self._server.books.uploads
        lost = [one for one in uploads if one not in hung]
        for attachment in lost:
            del uploads[attachment]
        return bool(lost)
