"""The same error before, asked for 250 old tickets among 20,000 (`TICKETS=100000`) of two thousand failures."""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.figure import Figure, percentile
from benchmarks.parts.sides import KEY
from benchmarks.parts.words import Words
from desktop.same_error import same_errors
from desktop.store.reader import Reader
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.tickets.clock import SystemClock
from desktop.tickets.identity import new_id
from desktop.tickets.organisation import UNKNOWN_ORGANISATION
from desktop.tickets.people import Person
from desktop.tickets.profile import parse_profile
from desktop.tickets.ticket import StatusKey, Ticket

TICKETS = int(os.environ.get("TICKETS", "20000"))
FAILURES = 2_000
ASKED = 250
AT_ONCE = 500
PATIENCE = 900.0
"""Seconds for everything to be taken down."""
LIMIT = 0.05
"""Seconds."""


def run() -> Iterator[Figure]:
    clock, random = SystemClock(), Random(11)
    words = Words(clock, random)
    failures = [f"Error {1000 + number % 900}: {words.text(8)}" for number in range(FAILURES)]
    begun = clock.now() - timedelta(days=900)
    tickets = [
        Ticket(
            id=new_id(clock, random),
            version=number + 1,
            requester=Person(email="robin@example.com"),
            summary=words.text(7),
            details=words.text(40),
            error_text=f"{failures[number % FAILURES]} at 0x{number:08x} in /home/u{number}/file",
            status=StatusKey("completed" if number % 3 else "new"),
            company=f"Company {number % 7}",
            made_at=begun + timedelta(minutes=number),
            updated_at=begun + timedelta(minutes=number),
        )
        for number in range(TICKETS)
    ]
    with tempfile.TemporaryDirectory(prefix="helptray-") as folder:
        home = Path(folder) / "home"
        with Store.open(home, KEY, clock=clock, random=random, parse=parse_profile) as store:
            for first in range(0, TICKETS, AT_ONCE):
                store.background(partial(_tell, tickets[first : first + AT_ONCE])).result()
            if not store.idle(PATIENCE):
                raise RuntimeError(f"not everything was taken down after {PATIENCE:.0f} s")
            reader = store.reader()
            asked = random.sample(tickets[: max(ASKED, TICKETS // 10)], ASKED)
            answers = [_asked(reader, replace(old, id=new_id(clock, random), made_at=clock.now())) for old in asked]
    found = sum(found for found, _ in answers)
    yield Figure(
        name="the same error found", ratio=found / ASKED, against="those asked", ours=str(found), theirs=str(ASKED)
    )
    slow = percentile([seconds for _, seconds in answers], 95)
    yield Figure(
        name="the same error, p95",
        ratio=slow / LIMIT,
        against="50 ms",
        ours=f"{slow * 1000:.1f} ms",
        theirs=f"{LIMIT * 1000:.0f} ms",
    )


def _tell(tickets: list[Ticket], tx: Transaction) -> None:
    for ticket in tickets:
        tx.confirmed.put_ticket(ticket)


def _asked(reader: Reader, ticket: Ticket) -> tuple[bool, float]:
    """Whether the ticket's error was found, and the seconds that this took."""
    begun = time.perf_counter()
    found = same_errors(reader, UNKNOWN_ORGANISATION, ticket)
    return bool(found), time.perf_counter() - begun
