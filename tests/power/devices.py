"""Loop devices, file systems on them, and the recording disk below one: needs root, and takes everything away again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from tests.power.recording_disk import DISK, SAID

_ROOT = Path(__file__).parents[2]
_PATH = f"{os.environ['PATH']}:/sbin:/usr/sbin"


class FileSystem(StrEnum):
    """A fsync of one file takes the names of others along on ext4, and on btrfs it does not."""

    EXT4 = "ext4"
    BTRFS = "btrfs"

    @property
    def size(self) -> int:
        """Bytes of the smallest image that holds what the rig writes."""
        return (48 if self is FileSystem.EXT4 else 128) << 20


_MAKE = {
    FileSystem.EXT4: ("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0,nodiscard"),
    FileSystem.BTRFS: ("mkfs.btrfs", "-q", "-f", "-K"),
}


def why_not() -> str:
    """Why no power can be cut here, as a sentence; empty where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "Cutting the power needs root on Linux: loop devices and file systems of our own."
    if not Path("/dev/fuse").exists() or not Path("/dev/loop-control").exists():
        return "Cutting the power needs /dev/fuse and loop devices, which this kernel has not."
    tools = ("mkfs.ext4", "mkfs.btrfs", "losetup", "mount", "gcc")
    absent = [name for name in tools if not shutil.which(name, path=_PATH)]
    return f"Cutting the power needs {', '.join(absent)}." if absent else ""


def make(image: Path, kind: FileSystem) -> None:
    """An empty file system in a new image."""
    with image.open("wb") as file:
        file.truncate(kind.size)
    run(*_MAKE[kind], str(image))


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """The file system of an image, as the kernel repairs it after a cut, at the place."""
    place.mkdir(exist_ok=True)
    device = run("losetup", "--find", "--show", str(image)).strip()
    try:
        run("blockdev", "--flushbufs", device)  # nothing of an earlier disk that somebody else kept the device open for
        run("mount", "-o", "noatime", device, str(place))
        try:
            yield place
        finally:
            run("umount", str(place))
    finally:
        run("losetup", "--detach", device)


@contextmanager
def recording(image: Path, journal: Path, place: Path) -> Iterator[tuple[Path, Path]]:
    """The image as a disk that records: the file to put a loop device on, and the file to speak into."""
    place.mkdir()
    command = (sys.executable, "-m", "tests.power.recording_disk", str(place), str(image), str(journal))
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield place / DISK, place / SAID
        finally:
            run("umount", str(place))


def run(*command: str) -> str:
    """What a command prints; `CalledProcessError` where it fails."""
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=60, env={**os.environ, "PATH": _PATH}
    )
    return done.stdout
