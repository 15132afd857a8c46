"""From "save" to durable, against the same rows in one transaction of the bare driver on the same disk."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.figure import Figure, median
from desktop.store.database import Connection, connect
from desktop.store.store import Store
from desktop.sync.protocol import encode_operation
from desktop.tickets.clock import SystemClock
from desktop.tickets.identity import new_id
from desktop.tickets.operations import FileTicket, Operation
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation
from desktop.tickets.people import Person
from desktop.tickets.ticket import Ticket

SAVES = 400
SLICE = 20
"""Tickets in one slice of a full pull: somewhat under its 10 ms."""
LIMIT = 0.05
"""Seconds that a save may take while everything is read anew."""
_CLOCK = SystemClock()
_RANDOM = Random(1)


def unknown(text: str, *, source: str) -> Organisation:
    return replace(UNKNOWN_ORGANISATION, key=source, name=text)


def filing() -> Operation:
    file_ticket = FileTicket(summary="The printer in room 7 does not answer", details="Since this morning. " * 10)
    return Operation(
        id=new_id(_CLOCK, _RANDOM), ticket=new_id(_CLOCK, _RANDOM), made_at=_CLOCK.now(), file_ticket=file_ticket
    )


def ours(store: Store) -> float:
    operation = filing()
    begun = time.perf_counter()
    wire = encode_operation(operation)
    store.write(lambda tx: tx.outbox.add(operation, wire)).result()
    return time.perf_counter() - begun


def bare(connection: Connection) -> float:
    operation = filing()
    wire = encode_operation(operation)
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO operation VALUES (NULL, ?, ?, ?)", (operation.id, operation.ticket, wire))
    connection.execute("INSERT INTO ticket VALUES (NULL, ?, ?)", (operation.ticket, "The printer does not answer"))
    connection.execute("INSERT INTO waiting VALUES (NULL, 1)")
    connection.execute("COMMIT")
    return time.perf_counter() - begun


def run() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="helptray-") as folder:
        key = bytes(32)
        connection = connect(Path(folder) / "bare.db", key, writes=True)
        connection.execute("CREATE TABLE operation(seq INTEGER PRIMARY KEY AUTOINCREMENT, id UNIQUE, ticket, wire)")
        connection.execute("CREATE TABLE ticket(key INTEGER PRIMARY KEY, id UNIQUE, summary)")
        connection.execute("CREATE TABLE waiting(turn INTEGER PRIMARY KEY, ticket)")
        with Store.open(Path(folder) / "home", key, clock=_CLOCK, random=_RANDOM, parse=unknown) as store:
            pairs = [(ours(store), bare(connection)) for _ in range(SAVES)]
            connection.close()
            mine, theirs = (median([pair[side] for pair in pairs]) for side in (0, 1))
            yield Figure(
                name="save-to-durable",
                ratio=mine / theirs,
                against="bare sqlcipher3 FULL transaction, same rows",
                ours=f"{mine * 1000:.2f} ms",
                theirs=f"{theirs * 1000:.2f} ms p50",
            )
            worst = max(during_a_full_pull(store))
            yield Figure(
                name="save during a full pull",
                ratio=worst / LIMIT,
                against="the limit",
                ours=f"{worst * 1000:.1f} ms at worst",
                theirs=f"{LIMIT * 1000:.0f} ms",
            )


def during_a_full_pull(store: Store) -> list[float]:
    """Saves, one after another, while the other queue is full of what the help desk tells."""

    def slice_of(tickets: list[Ticket]) -> None:
        def job(tx: object) -> None:
            for ticket in tickets:
                tx.confirmed.put_ticket(ticket)  # type: ignore[attr-defined]

        store.background(job)

    requester = Person(email="ana@example.com")
    now = _CLOCK.now()
    for version in range(200):
        told = [
            Ticket(
                id=new_id(_CLOCK, _RANDOM),
                version=version * SLICE + place + 1,
                requester=requester,
                summary="Mail is slow",
                details="It was quick before. " * 20,
                made_at=now,
                updated_at=now,
            )
            for place in range(SLICE)
        ]
        slice_of(told)
    return [ours(store) for _ in range(150)]


if __name__ == "__main__":
    for figure in run():
        print(figure)
