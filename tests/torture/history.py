"""What everybody tried to do, and what they were told about it: the one thing that a run is judged by."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from threading import Lock


class Does(StrEnum):
    """Kinds of acts."""

    FILE = "file"
    SAY = "say"
    ATTACH = "attach"
    CHANGE = "change"
    SOLVE = "solve"
    REOPEN = "reopen"


@dataclass(eq=False)
class Act:
    """One try of one computer.

    Attributes:
        mark: a word that is in nothing else: the note, the file, the value.
        operation: the id that the desk gave it; empty until it has said that it is saved.
    """

    number: int
    computer: str
    does: Does
    ticket: str
    mark: str
    field: str = ""
    operation: str = ""

    @property
    def acknowledged(self) -> bool:
        return bool(self.operation)


class History:
    """Every act of a run, written by many threads."""

    def __init__(self) -> None:
        self._acts: list[Act] = []
        self._numbers = count(1)
        self._lock = Lock()

    def begin(self, computer: str, does: Does, ticket: str, field: str = "") -> Act:
        """Somebody is about to do it."""
        with self._lock:
            number = next(self._numbers)
            act = Act(number, computer, does, ticket, f"{computer}-{number:06}", field)
            self._acts.append(act)
            return act

    def __iter__(self) -> Iterator[Act]:
        with self._lock:
            return iter(tuple(self._acts))

    def __len__(self) -> int:
        return len(self._acts)
