"""Whether a home is where it was: a copy, or one put back from a backup, must not take itself for the original."""

from dataclasses import dataclass

from desktop.store.home import Home
from desktop.store.machine import Machine
from desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class Origin:
    """Which copy of a home this is.

    Attributes:
        id: UUIDv7, given to each copy when it is first opened.
        was_copied: it was given just now, and the home had another before.
    """

    id: str
    was_copied: bool


def find_origin(work: Work, home: Home, machine: Machine, new: str) -> Origin:
    """Which copy the home is; `new` is its id from now on when the database lies elsewhere than when last opened.

    A file keeps its number (`st_ino`) for life, on one disk; a copy has another.
    """
    here = f"{machine.id} {home.database.stat().st_ino}"
    place = work.run("SELECT value FROM setting WHERE name = 'place'").fetchone()
    if place == (here,):
        return Origin(work.run("SELECT value FROM setting WHERE name = 'origin'").fetchone()[0], was_copied=False)
    for name, value in (("place", here), ("origin", new)):
        work.run("INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", (name, value))
    return Origin(new, was_copied=place is not None)
