"""How much room is left on the other disks that are attached here."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from desktop.capture.computer.disk import Room, told_of
from desktop.capture.computer.machine import Machine, Mount
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System

LABELS = {"other_disks": "Other disks"}

_BETWEEN_LOOKS = 0.001
_NO_DISKS = frozenset(("squashfs", "iso9660", "udf", "cdfs", "overlay", "tmpfs", "devtmpfs", "autofs", "fuse.snapfuse"))
_ELSEWHERE = ("nfs", "cifs", "smb", "afp", "webdav", "fuse.", "macfuse", "osxfuse", "9p", "ceph", "gluster", "sshfs")
"""File systems of other machines, which may hang for minutes. (`fuseblk` is a disk here.)"""
_PASSED_OVER = frozenset(("remote", "cdrom", "dontbrowse", "ro"))
"""Options of another machine's drive, of a disc, of what macOS keeps for itself on the disk that is told, and of what
nothing can be written to: an image is full from the day it is made."""


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told; the disk of the person's files is told elsewhere, and may hang there."""
    mounts = machine.mounts()
    home = mount_of(machine.home(), mounts, machine.system)
    mine = _room(machine, home) if home is not None and is_attached(home) else None
    rooms = []
    for mount in local(mounts):
        room = None if home is not None and _disk(mount) == _disk(home) else _room(machine, mount)
        if room is not None and not (mine is not None and shares_room(room, mine)):
            rooms.append(room)
    return {"other_disks": told_of_all(rooms)}


def mount_of(path: str, mounts: Sequence[Mount], system: System) -> Mount | None:
    """Where a path lies, by the names alone: nothing is asked of a drive that may hang."""
    kind = PureWindowsPath if system is System.WINDOWS else PurePosixPath
    holding = [mount for mount in mounts if kind(path).is_relative_to(kind(mount.path))]
    return max(holding, key=lambda mount: len(kind(mount.path).parts), default=None)


def local(mounts: Sequence[Mount]) -> list[Mount]:
    """One place of each disk that is attached here, as far as it is no disc or image."""
    found: dict[str, Mount] = {}
    for mount in mounts:
        if mount.is_disk and is_attached(mount) and mount.kind.lower() not in _NO_DISKS:
            found.setdefault(_disk(mount), mount)
    return list(found.values())


def _disk(mount: Mount) -> str:
    """What keeps the files: the many file systems of a pool of ZFS have their room in common."""
    return mount.device.partition("/")[0] if mount.kind.lower() == "zfs" else mount.device


def is_attached(mount: Mount) -> bool:
    """Whether it is a file system of this computer, with something in its drive."""
    kind, options = mount.kind.lower(), mount.options.lower().split(",")
    return bool(kind) and not _PASSED_OVER.intersection(options) and not kind.startswith(_ELSEWHERE)


def shares_room(room: Room, other: Room) -> bool:
    """Whether it is the same disk under another name: volumes of one container are as large, and as full.

    Something may have been written between the two looks.
    """
    return room.total == other.total and abs(room.free - other.free) <= _BETWEEN_LOOKS * room.total


def told_of_all(rooms: Iterable[Room]) -> str | Unusual:
    """The room on each of several disks."""
    told = [(room.name, told_of(room)) for room in rooms]
    text = "; ".join(f"{name}: {one.value if isinstance(one, Unusual) else one}" for name, one in told)
    full = [name for name, one in told if isinstance(one, Unusual)]
    return Unusual(text, f"{', '.join(full)} almost full") if full else text or "none"


def _room(machine: Machine, mount: Mount) -> Room | None:
    try:
        free, total = machine.room(mount.path)
    except OSError:
        return None
    return Room(mount.path, free, total) if total > 0 else None
