"""What a module tells of one fact."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unusual:
    """A fact that a technician should read first; `why` in a few words, such as `almost full`."""

    value: str
    why: str


Told = Mapping[str, str | Unusual]
"""Values by the key of their fact; what is missing or empty is unknown."""
