"""What happens in one schedule, as data made from a seed: so that it can be run again, and cut down to what matters."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from desktop.sync.help_desks.base import CreationGuard


class What(StrEnum):
    """The kinds of step."""

    ACT = "act"
    KILLED_ACT = "act, killed before it could tell"
    EDIT = "edit at the help desk"
    CRASH = "crash"
    KILL = "killed at some step"
    BOOT = "boot"
    BACKUP = "backup of the home"
    RESTORE = "the home restored"
    WEATHER = "weather"
    PARTITION = "partition"
    WALL = "the wall clock jumps"
    FULL = "disk full"
    FLAKY = "disk full now and then"
    ROOM = "room on the disk"
    FILE_LOST = "a file vanishes"
    HIDE = "a right is lost"
    SHOW = "a right is gained"
    FLOOR = "cursors are too old"
    SERVER_BACKUP = "backup of the help desk"
    SERVER_RESTORE = "the help desk restored"
    SERVER_WALL = "the help desk's wall clock jumps"
    UPLOADS_LOST = "half uploads expire"
    MENDED = "the help desk chokes no longer"
    DAMAGED = "a row of the copy is lost"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing, `at` seconds after the beginning, to computer `who`; `dice` seeds whatever it leaves open."""

    at: float
    what: What
    who: int
    dice: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One schedule.

    Attributes:
        guard: how the help desk keeps a resent creation from becoming a second one.
        technician: whether the last computer is a technician's.
        pace: seconds that one reading of a process's clock takes, so that slices end.
        page: most rows that the help desk tells at once.
        length: seconds after which all faults end.
    """

    seed: int
    guard: CreationGuard
    computers: int
    technician: bool
    pace: float
    page: int
    length: float
    steps: tuple[Step, ...]


_ORDINARY: Final = (
    (What.ACT, 12),
    (What.KILLED_ACT, 4),
    (What.EDIT, 4),
    (What.CRASH, 2),
    (What.KILL, 4),
    (What.BOOT, 3),
    (What.WEATHER, 4),
    (What.PARTITION, 1),
)
_RARE: Final = (
    ((What.BACKUP, 1), (What.RESTORE, 1)),
    ((What.WALL, 1),),
    ((What.FULL, 1), (What.ROOM, 2)),
    ((What.FLAKY, 1), (What.ROOM, 1)),
    ((What.FILE_LOST, 1),),
    ((What.HIDE, 1), (What.SHOW, 2)),
    ((What.FLOOR, 1),),
    ((What.SERVER_BACKUP, 1), (What.SERVER_RESTORE, 1)),
    ((What.SERVER_WALL, 1),),
    ((What.UPLOADS_LOST, 1),),
    ((What.MENDED, 1),),
    ((What.DAMAGED, 1),),
)
"""What comes together or not at all."""
_GUARDS: Final = {
    CreationGuard.NATIVE_KEY: 5,
    CreationGuard.SEARCH_BY_ID: 3,
    CreationGuard.SINGLE_USE_URL: 2,
    CreationGuard.MESSAGE_ID: 1,
    CreationGuard.NONE: 1,
}
BLIND: Final = (CreationGuard.MESSAGE_ID, CreationGuard.NONE)
"""Where nobody can tell what has arrived, a home that is put back sends once more what its copy still has, and a help
desk that is put back has lost what nobody doubts."""
_NOT_WHERE_BLIND: Final = (What.RESTORE, What.SERVER_RESTORE)


def plan(seed: int, *, guard: CreationGuard | None = None, large: bool | None = None) -> Plan:
    """The schedule of a seed. Most are small, for what can go wrong mostly goes wrong with few things at a time."""
    dice = Random(seed)
    one = dice.choices(list(_GUARDS), list(_GUARDS.values()))[0]
    guard = one if guard is None else guard
    large = dice.random() < 0.1 if large is None else large
    computers = dice.randrange(1, 6) if large else dice.choice((1, 1, 1, 2))
    length = dice.uniform(60.0, 600.0) if large else dice.uniform(5.0, 150.0)
    kinds = list(_ORDINARY)
    for rare in _RARE:
        if dice.random() < 0.25:
            kinds += [one for one in rare if guard not in BLIND or one[0] not in _NOT_WHERE_BLIND]
    whats, weights = zip(*kinds, strict=True)
    count = dice.randrange(20, 80) if large else dice.randrange(2, 16)
    steps = [
        Step(dice.uniform(0.0, length), what, dice.randrange(computers), dice.getrandbits(32))
        for what in dice.choices(whats, weights, k=count)
    ]
    first = Step(0.0, What.ACT, 0, dice.getrandbits(32))
    weather = Step(0.0, What.WEATHER, 0, dice.getrandbits(32))
    return Plan(
        seed=seed,
        guard=guard,
        computers=computers,
        technician=computers > 1 and dice.random() < 0.7,
        pace=dice.choice((0.0, 0.0, 0.004)),
        page=dice.choice((2, 5, 1000)),
        length=length,
        steps=(weather, first, *sorted(steps, key=lambda step: step.at)),
    )
