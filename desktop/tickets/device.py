"""The device that a ticket is about, and what this computer can tell about itself."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact about a computer, as text for people.

    Attributes:
        key: stable name such as `os` or `memory`.
        label: what a person reads beside it, such as `Memory`.
        value: the fact, or `unknown`; never a guess.
        unusual: why a technician should read it first, such as `disk almost full`; mostly empty.
    """

    key: str
    label: str
    value: str
    unusual: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What the ticket is about.

    Attributes:
        name: computer or device name as the help desk knows it.
        is_this_computer: false for a printer, a dead PC or somebody else's computer.
        facts: about the device; empty for another device unless the person switched them on.
    """

    name: str = ""
    is_this_computer: bool = True
    facts: tuple[Fact, ...] = field(default=())

    def renamed(self, name: str, written_on: str) -> "Device":
        """The device by another name: this computer only if it is called as the one that the ticket is written on."""
        return replace(self, name=name, is_this_computer=name.casefold() == written_on.casefold())
