"""The order in which a disk was written, flushed and spoken of, and every disk that a cut at some point may leave."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from struct import Struct
from typing import BinaryIO, Final

_HEAD: Final = Struct("<cQQ")
_WROTE, _FLUSHED, _SAID = b"w", b"f", b"s"


class Journal:
    """Writes it down, an event at a time."""

    def __init__(self, log: BinaryIO) -> None:
        self._log = log

    def wrote(self, offset: int, data: bytes) -> None:
        self._log.write(_HEAD.pack(_WROTE, offset, len(data)) + data)

    def flushed(self) -> None:
        self._log.write(_HEAD.pack(_FLUSHED, 0, 0))

    def said(self, line: bytes) -> None:
        self._log.write(_HEAD.pack(_SAID, 0, len(line)) + line)


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that the disk was given, at an offset in bytes."""

    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Flush:
    """Everything before is on the disk for good."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the program has told the world."""

    line: str


Event = Write | Flush | Said


def events(journal: Path) -> Iterator[Event]:
    """What happened, in order."""
    with journal.open("rb") as log:
        while head := log.read(_HEAD.size):
            kind, offset, size = _HEAD.unpack(head)
            data = log.read(size)
            if kind == _WROTE:
                yield Write(offset, data)
            elif kind == _FLUSHED:
                yield Flush()
            elif line := data.decode().strip():
                yield Said(line)


class Survival(StrEnum):
    """What a disk without power may have kept of the writes after its last flush."""

    NONE = "none"
    ALL = "all"
    FIRST = "the first"
    SOME = "some"
    BLOCKS = "some blocks of 4096 bytes"
    SECTORS = "some sectors of 512 bytes"


def survivors(pending: Sequence[Write], survival: Survival, random: Random) -> list[Write]:
    """The writes, or parts of them, that are on the disk after the cut; in the order in which they were made."""
    match survival:
        case Survival.NONE:
            return []
        case Survival.ALL:
            return list(pending)
        case Survival.FIRST:
            return list(pending[: random.randint(0, len(pending))])
        case Survival.SOME:
            pieces = list(pending)
        case Survival.BLOCKS:
            pieces = [piece for write in pending for piece in _torn(write, 4096)]
        case Survival.SECTORS:
            pieces = [piece for write in pending for piece in _torn(write, 512)]
    share = random.random()
    return [piece for piece in pieces if random.random() < share]


def _torn(write: Write, size: int) -> Iterator[Write]:
    for start in range(0, len(write.data), size):
        yield Write(write.offset + start, write.data[start : start + size])


def put(image: int, writes: Sequence[Write]) -> None:
    """Write them into an image."""
    for write in writes:
        os.pwrite(image, write.data, write.offset)
