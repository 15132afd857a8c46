"""Which tickets have the same error: by fingerprint, a few tickets at a time when nobody waits for the database.

A ticket waits in the search's queue, then in the one for errors; what waits in either is looked through directly.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.store.codec import to_number
from desktop.store.generations import Run, present_generation
from desktop.store.search import LEAST_LOOKED_AT, LONGEST, MOST_UNINDEXED, SLICE, Texts
from desktop.store.work import Work
from desktop.tickets.clock import Clock
from desktop.tickets.error_text.of_ticket import fingerprints_of

MOST_FOUND = 12
"""Tickets that one question finds."""
_AT_ONCE = 50
"""Tickets of one slice."""


class Errors:
    """Keeps the fingerprints of what is shown."""

    def __init__(self, work: Work, texts: Texts) -> None:
        self._work = work
        self._texts = texts

    def note_some(self) -> bool:
        """Take down the errors of as many waiting tickets as fit into a slice, newest first; whether any was left."""
        until = self._work.clock.monotonic() + SLICE
        waiting = self._work.run("SELECT ticket FROM error_queue ORDER BY ticket DESC LIMIT ?", (_AT_ONCE,)).fetchall()
        for (ticket,) in waiting:
            self._note(ticket)
            if self._work.clock.monotonic() >= until:
                break
        return bool(waiting)

    def _note(self, key: int) -> None:
        forget_errors(self._work.run, key)
        ticket = self._texts.ticket(key)
        if ticket is None:
            return
        for fingerprint in fingerprints_of(ticket):
            self._work.run(
                "INSERT INTO error(fingerprint, generation, company, device, status, made, ticket) "
                "SELECT ?, generation, ?, ?, ?, ?, key FROM ticket WHERE key = ?",
                (
                    bytes.fromhex(fingerprint),
                    ticket.company,
                    ticket.device.name.casefold(),
                    ticket.status,
                    to_number(ticket.made_at),
                    key,
                ),
            )


def forget_errors(run: Run, ticket: int) -> None:
    """A ticket, by its key, is not shown any more, or is about something else."""
    run("DELETE FROM error_queue WHERE ticket = ?", (ticket,))
    run("DELETE FROM error WHERE ticket = ?", (ticket,))


@dataclass(frozen=True, slots=True)
class _Found:
    key: int
    company: str
    device: str
    status: str
    made: int


class SameError:
    """Finds tickets by their errors."""

    def __init__(self, run: Run, texts: Texts, clock: Clock) -> None:
        self._run = run
        self._texts = texts
        self._clock = clock

    def earlier(
        self, fingerprints: Collection[str], company: str, device: str, before: datetime, ended: Collection[str]
    ) -> tuple[str, ...]:
        """See `Reader.earlier_with_error`."""
        name, latest = device.casefold() or None, to_number(before)
        waiting = self._waiting(fingerprints)
        found = [one for one in waiting.values() if one and one.company == company and one.made <= latest]
        found += self._noted(
            fingerprints,
            f"company = ? AND made <= ? GROUP BY ticket ORDER BY device = ? DESC, status IN {_many(ended)} DESC, "
            "made DESC",
            (company, latest, name, *ended),
            waiting,
        )
        found.sort(key=lambda one: (one.device == name, one.status in ended, one.made), reverse=True)
        return self._shown(found)

    def open(self, fingerprints: Collection[str], ended: Collection[str]) -> tuple[str, ...]:
        """See `Reader.open_with_error`."""
        waiting = self._waiting(fingerprints)
        found = [one for one in waiting.values() if one and one.status not in ended]
        found += self._noted(
            fingerprints, f"status NOT IN {_many(ended)} GROUP BY ticket ORDER BY made DESC", tuple(ended), waiting
        )
        found.sort(key=lambda one: one.made, reverse=True)
        return self._shown(found)

    def _noted(
        self, fingerprints: Collection[str], which: str, values: tuple[object, ...], known: Collection[int]
    ) -> list[_Found]:
        rows = self._run(
            "SELECT ticket, company, device, status, made FROM error "  # noqa: S608  (constants and question marks)
            f"WHERE fingerprint IN {_many(fingerprints)} AND generation = ? AND {which} LIMIT ?",
            (
                *map(bytes.fromhex, fingerprints),
                present_generation(self._run),
                *values,
                MOST_FOUND + len(known),
            ),
        )
        return [_Found(*row) for row in rows if row[0] not in known]

    def _waiting(self, fingerprints: Collection[str]) -> dict[int, _Found | None]:
        """The newest tickets that are not taken down as they are now, by key; None for those without the error."""
        until = self._clock.monotonic() + LONGEST
        found: dict[int, _Found | None] = {}
        for count, key in enumerate(self._newest_waiting()):
            if count >= LEAST_LOOKED_AT and self._clock.monotonic() > until:
                break
            ticket = self._texts.ticket(key)
            if ticket is None or fingerprints_of(ticket).isdisjoint(fingerprints):
                found[key] = None
            else:
                device, made = ticket.device.name.casefold(), to_number(ticket.made_at)
                found[key] = _Found(key, ticket.company, device, ticket.status, made)
        return found

    def _newest_waiting(self) -> Iterator[int]:
        queued = self._run(
            "SELECT ticket FROM (SELECT ticket, part FROM search_queue ORDER BY turn DESC LIMIT 2 * ?1) WHERE part = 0 "
            "UNION SELECT ticket FROM (SELECT ticket FROM error_queue ORDER BY ticket DESC LIMIT ?1) "
            "ORDER BY 1 DESC LIMIT ?1",
            (MOST_UNINDEXED,),
        ).fetchall()
        return (row[0] for row in queued)

    def _shown(self, found: list[_Found]) -> tuple[str, ...]:
        present = present_generation(self._run)
        rows = (
            self._run("SELECT id FROM ticket WHERE key = ? AND generation = ? AND shown", (one.key, present)).fetchone()
            for one in found
        )
        return tuple(row[0] for row in rows if row is not None)[:MOST_FOUND]


def _many(values: Collection[str]) -> str:
    return f"({', '.join('?' * len(values))})"
