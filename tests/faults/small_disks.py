"""Small file systems of our own, which can be filled: needs root, and takes everything away again."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.power.devices import mounted, run, why_not

PAGE = 4096
_FILLER = "filler"


@contextmanager
def memory_disk(megabytes: int = 4) -> Iterator[Path]:
    """A tmpfs that everybody on this computer can reach; `CalledProcessError` where none can be mounted."""
    disk = Path(tempfile.mkdtemp(prefix="helptray-disk-"))
    disk.chmod(0o755)
    try:
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk)]
        subprocess.run(command, check=True, capture_output=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    finally:
        disk.rmdir()


@contextmanager
def block_disk() -> Iterator[Path]:
    """An ext4 file system on a loop device, which gives out its blocks late; they are as large as a page.

    With smaller ones, which are made for small disks alone, SQLite does not allocate all of the memory that it shares
    with other processes (`unixShmMap` writes one byte of each page), and the kernel ends it (SIGBUS).
    """
    with tempfile.TemporaryDirectory(prefix="helptray-disk-") as folder:
        image = Path(folder) / "disk.img"
        with image.open("wb") as file:
            file.truncate(32 << 20)
        run("mkfs.ext4", "-q", "-F", "-b", str(PAGE), "-E", "nodiscard", str(image))
        with mounted(image, Path(folder) / "disk") as disk:
            yield disk


DISKS = {"tmpfs": memory_disk, "ext4": block_disk}


def why_not_small() -> str:
    """Why there can be no small disk here, as a sentence; empty where there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "A disk that is full needs root on Linux: file systems of our own."
    return why_not()


def leave(disk: Path, room: int) -> None:
    """Fill the disk until so many bytes are left, about; undone by `empty`."""
    with (disk / _FILLER).open("wb", buffering=0) as file:
        for piece in (1 << 20, 1 << 16, PAGE):
            with suppress(OSError):
                while True:
                    os.posix_fallocate(file.fileno(), 0, (file.seek(0, os.SEEK_END)) + piece)
        os.ftruncate(file.fileno(), max(0, file.seek(0, os.SEEK_END) - room))
        os.fsync(file.fileno())


def empty(disk: Path) -> None:
    """There is room again."""
    (disk / _FILLER).unlink()
