"""The computer as the fact modules see it: files, commands, environment. Whatever cannot be read is empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.capture.surroundings import System


@dataclass(frozen=True, slots=True)
class Adapter:
    """A network adapter. `addresses`: as the system writes them, of IP (with its scope) and of the hardware."""

    is_up: bool
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mount:
    """A place where files are. `is_disk`: what the system itself counts as a disk that is attached here."""

    device: str
    path: str
    kind: str
    options: str
    is_disk: bool


class Machine(Protocol):
    """Where facts are read from."""

    @property
    def system(self) -> System: ...

    @property
    def environ(self) -> Mapping[str, str]: ...

    def host(self) -> str:
        """The computer's name, perhaps with its domain."""
        ...

    def user(self) -> str:
        """Who is signed in, or empty."""
        ...

    def home(self) -> str:
        """The folder of the person's files."""
        ...

    def started(self) -> float:
        """When the computer was started, in seconds since 1970."""
        ...

    def memory(self) -> tuple[int, int]:
        """Bytes that programs could still have, and all that there are."""
        ...

    def adapters(self) -> Mapping[str, Adapter]:
        """Every network adapter by its name."""
        ...

    def mounts(self) -> Sequence[Mount]:
        """Every place where files are, as far as asking for them cannot hang."""
        ...

    def room(self, path: str) -> tuple[int, int]:
        """Bytes free for this person at a place, and all that there are. Hangs with a dead drive; raises OSError."""
        ...

    def read(self, path: str) -> str:
        """The file's text, or empty where it cannot be read."""
        ...

    def read_end(self, path: str) -> str:
        """The end of a long file, such as a log; or empty."""
        ...

    def names(self, folder: str) -> list[str]:
        """What is in the folder, by name; empty where it cannot be read."""
        ...

    def run(self, *command: str) -> str:
        """What the command prints, or empty where it is missing, fails or takes too long."""
        ...

    def run_in_part(self, limit: float, *command: str) -> str:
        """Whatever the command has printed within that many seconds, even where it fails; its end may be torn."""
        ...
