"""Copies of what the help desk told: the present one, and one that is being filled beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.tickets.clock import Clock

Run = Callable[..., Any]
SLICE = 0.005
"""Seconds of clearing away in one transaction."""


@dataclass(slots=True)
class Generation:
    """A copy, with its place in the feed."""

    number: int
    cursor: str
    epoch: str


def present_generation(run: Run) -> int:
    """The number of the copy that is shown."""
    return int(run("SELECT number FROM generation WHERE state = 'present'").fetchone()[0])


def copies(run: Run) -> list[int]:
    """The numbers of the copy that is shown and of the one that is being filled, if any, in this order."""
    rows = run("SELECT number FROM generation WHERE state IN ('present', 'filling') ORDER BY state = 'filling'")
    return [row[0] for row in rows]


def told_generation(run: Run) -> Generation:
    """The copy that the feed is read into."""
    row = run(
        "SELECT number, cursor, epoch FROM generation WHERE state IN ('present', 'filling') "
        "ORDER BY state = 'filling' DESC LIMIT 1"
    ).fetchone()
    return Generation(*row)


def save_generation(run: Run, generation: Generation) -> None:
    """Write down how far a copy has come."""
    run(
        "UPDATE generation SET cursor = ?, epoch = ? WHERE number = ?",
        (generation.cursor, generation.epoch, generation.number),
    )


def begin_filling(run: Run) -> None:
    """Start a copy; one that was being filled is given up."""
    run("UPDATE generation SET state = 'gone' WHERE state = 'filling'")
    run("INSERT INTO generation(number, state) SELECT max(number) + 1, 'filling' FROM generation")


def show_filled(run: Run) -> None:
    """Make the filled copy the present one; the old one's rows are cleared away later, a few at a time."""
    run("UPDATE generation SET state = 'gone' WHERE state = 'present'")
    run("UPDATE generation SET state = 'present' WHERE state = 'filling'")


def clear_some(run: Run, clock: Clock) -> bool:
    """Delete a few rows of copies that are gone, with their places in the search; whether any was left to delete."""
    until = clock.monotonic() + SLICE
    gone = run("SELECT number FROM generation WHERE state = 'gone' LIMIT 1").fetchone()
    if gone is None:
        return False
    for table, column in (("part", "part"), ("ticket", "ticket")):
        keys = [row[0] for row in run(f"SELECT key FROM {table} WHERE generation = ? LIMIT 50", gone)]  # noqa: S608
        for key in keys:
            part_too = "AND part = 0" if table == "ticket" else ""
            found = run(f"SELECT document FROM search_document WHERE {column} = ? {part_too}", (key,)).fetchone()  # noqa: S608
            if found is not None:
                run("DELETE FROM search_index WHERE rowid = ?", found)
                run("DELETE FROM search_document WHERE document = ?", found)
            if table == "ticket":
                run("DELETE FROM error WHERE ticket = ?", (key,))
                run("DELETE FROM error_queue WHERE ticket = ?", (key,))
            run(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608
            if clock.monotonic() >= until:
                break
        if keys:
            return True
    run("DELETE FROM bucket WHERE generation = ?", gone)
    run("DELETE FROM generation WHERE number = ?", gone)
    return True
