"""How much room is left on the disk of the person's files."""

from dataclasses import dataclass

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.sizes import free_text
from desktop.capture.computer.told import Told, Unusual

LABELS = {"disk": "Free disk"}

_ALMOST_FULL = 0.05
"""Below this share programs fail to save and updates fail, on a disk of any size."""
_TIGHT, _TIGHT_BYTES = 0.10, 20 * 2**30
"""Windows turns a disk red below a tenth; a feature update needs about 20 GB."""


@dataclass(frozen=True, slots=True)
class Room:
    """One disk by its name for people; sizes in bytes."""

    name: str
    free: int
    total: int


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    return {"disk": told_of(Room("", *machine.room(machine.home())))}


def told_of(room: Room) -> str | Unusual:
    """The room on one disk; unusual where it is nearly full, empty where the disk does not know its own size."""
    if room.total <= 0:
        return ""
    text = free_text(room.free, room.total)
    share = room.free / room.total
    if share < _ALMOST_FULL or (share < _TIGHT and room.free < _TIGHT_BYTES):
        return Unusual(f"{text} ({share:.0%} free)", "disk almost full")
    return text
