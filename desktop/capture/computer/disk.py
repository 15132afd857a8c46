"""How much room is left on the local disks, that of the person's files first."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.sizes import free_text
from desktop.capture.computer.told import Told, Unusual

LABELS = {"disk": "Free disk", "other_disks": "Other disks"}

_ALMOST_FULL = 0.05
"""Below this share programs fail to save and updates fail, on a disk of any size."""
_TIGHT, _TIGHT_BYTES = 0.10, 20 * 2**30
"""Windows turns a disk red below a tenth; a feature update needs about 20 GB."""
_BETWEEN_LOOKS = 0.001
_NO_DISKS = frozenset(("squashfs", "iso9660", "udf", "cdfs", "overlay", "tmpfs", "devtmpfs", "fuse.snapfuse", "autofs"))
_ELSEWHERE = ("nfs", "cifs", "smb", "afp", "webdav", "fuse", "9p", "ceph", "gluster", "sshfs")
"""File systems of other machines, which may hang for minutes."""


@dataclass(frozen=True, slots=True)
class Room:
    """One disk by its name for people; sizes in bytes."""

    name: str
    free: int
    total: int


def read(machine: Machine) -> Told:  # noqa: ARG001
    """The facts of `LABELS` that can be told."""
    usage = psutil.disk_usage(str(Path.home()))
    home = Room("", usage.free, usage.total)
    others = [room for mount in _local_mounts() if (room := _room(mount)) and not shares_room(room, home)]
    return {"disk": told_of(home), "other_disks": told_of_all(others)}


def _local_mounts() -> list[str]:
    seen: dict[str, str] = {}
    for part in psutil.disk_partitions(all=False):
        kind, options = part.fstype.lower(), part.opts.lower().split(",")
        remote = "remote" in options or kind.startswith(_ELSEWHERE)
        if not remote and kind and kind not in _NO_DISKS and "cdrom" not in options:
            seen.setdefault(part.device, part.mountpoint)
    return list(seen.values())


def _room(mount: str) -> Room | None:
    try:
        usage = psutil.disk_usage(mount)
    except OSError:
        return None
    return Room(mount, usage.free, usage.total) if usage.total else None


def shares_room(room: Room, other: Room) -> bool:
    """Whether it is the same disk under another name: volumes of one container are as large, and as full.

    Something may have been written between the two looks.
    """
    return room.total == other.total and abs(room.free - other.free) <= _BETWEEN_LOOKS * room.total


def told_of(room: Room) -> str | Unusual:
    """The room on one disk; unusual where it is nearly full."""
    text = free_text(room.free, room.total)
    share = room.free / room.total if room.total else 1.0
    if share < _ALMOST_FULL or (share < _TIGHT and room.free < _TIGHT_BYTES):
        return Unusual(f"{text} ({share:.0%} free)", "disk almost full")
    return text


def told_of_all(rooms: Iterable[Room]) -> str | Unusual:
    """The room on each of several disks."""
    told = [(room.name, told_of(room)) for room in rooms]
    text = "; ".join(f"{name}: {one.value if isinstance(one, Unusual) else one}" for name, one in told)
    full = [name for name, one in told if isinstance(one, Unusual)]
    return Unusual(text, f"{', '.join(full)} almost full") if full else text or "none"
