"""Where a system keeps an administrator's rules: the one shape of all such places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.capture.surroundings import Surroundings
from desktop.tickets.trouble import Trouble


class RulesUnreadable(Trouble):
    """There are rules and they cannot be read."""

    title = "Administrator's rules not readable"


@dataclass(frozen=True, slots=True)
class Rules:
    """What stands in one place: `where` for people, `table` by the names of `CapturePolicy`, not yet checked."""

    where: str
    table: Mapping[str, object]


class PolicyPlace(Protocol):
    """One kind of place."""

    def is_compatible(self, surroundings: Surroundings) -> bool:
        """Whether such a system keeps its rules there."""
        ...

    def rules(self) -> Iterator[Rules]:
        """What is there; nothing where nobody has made rules. Raises `RulesUnreadable`."""
        ...
