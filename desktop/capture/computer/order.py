"""In which order the facts about a computer are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.tickets.device import Fact

UNKNOWN: Final = "unknown"
"""The value of a fact that could not be read."""

ORDER: Final = (
    *("computer", "domain", "serial", "machine_id", "user", "os", "build", "model", "processor"),
    *("disk", "other_disks", "memory", "uptime", "pending_restart", "clock"),
    *("adapter", "addresses", "gateway", "dns", "help_desk", "vpn", "printers", "monitors", "updates"),
)
"""The keys of all facts in the order in which they are told, who this computer is first; administrators name them."""

_MOST_UNUSUAL = 12
"""Facts that are read first; a computer on which everything is unusual has no twelve of them, and others may lie."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The facts of a computer, which may be another program's.

    Attributes:
        unusual: what a technician reads first.
        usual: the rest of what is known.
        unknown: what could not be read.
    """

    unusual: tuple[Fact, ...]
    usual: tuple[Fact, ...]
    unknown: tuple[Fact, ...]


def ranked(facts: Iterable[Fact]) -> Ranked:
    """The facts in our order, those that we do not know behind ours; one without a value is not known."""
    places = {key: place for place, key in enumerate(ORDER)}
    ordered = sorted(facts, key=lambda fact: places.get(fact.key, len(ORDER)))
    known = [fact for fact in ordered if fact.value not in ("", UNKNOWN)]
    unusual = [fact for fact in known if fact.unusual][:_MOST_UNUSUAL]
    return Ranked(
        unusual=tuple(unusual),
        usual=tuple(fact for fact in known if fact not in unusual),
        unknown=tuple(fact for fact in ordered if fact not in known),
    )
