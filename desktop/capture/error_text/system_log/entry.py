"""What a system's log says, and the one shape of everything that reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.capture.active_program import Program
from desktop.capture.surroundings import Surroundings
from desktop.tickets.trouble import Trouble


class LogNotRead(Trouble):
    """The system's log cannot be read here; the ticket does well without."""

    title = "System log not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One message of the log.

    Attributes:
        at: aware.
        source: who wrote it, as a person would name it: `outlook.exe`, `kernel`, `disk`.
        pid: of the process that wrote it or that it is about; 0 where the log does not say.
        about: names of programs that it is about, beside its source.
        is_error: the log calls it an error or worse.
        is_critical: it concerns the whole machine whatever program was in use (the kernel, a disk, a crash).
    """

    at: datetime
    source: str
    message: str
    pid: int = 0
    about: tuple[str, ...] = ()
    is_error: bool = True
    is_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """A restart that nobody ordered.

    Attributes:
        at: when the computer came up again.
        entries: what the log says of the moments before it went down and after it came up; oldest first.
        says: the system's own word for it, where there is one.
    """

    at: datetime
    entries: Sequence[LogEntry]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReading:
    """What was read.

    Attributes:
        entries: oldest first.
        is_partial: the log has more that this person may not read.
    """

    entries: Sequence[LogEntry]
    is_partial: bool = False


class LogHandler(Protocol):
    """One way to read a system's log."""

    @property
    def name(self) -> str:
        """What the doctor calls it."""
        ...

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """Whether the system has such a log at all."""
        ...

    def is_installed(self) -> bool:
        """Whether what reads it is on this machine."""
        ...

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        """What the log says from `since` to `until`.

        `program` is the one in use: what it wrote is read even where the log does not call it an error. Blocks for
        some seconds at most. Raises `LogNotRead`.
        """
        ...

    def unexpected_restart(self, now: datetime) -> Restart | None:
        """The last one of the week before `now`, None where the log tells of none. Blocks and raises as `read`."""
        ...
