"""A real store in a folder of the test's own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.store.database import Connection
from desktop.store.machine import Machine
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.tickets.organisation import Organisation
from desktop.tickets.ticket import Ticket
from tests.contract.acts import Acts, wire
from tests.contract.conftest import SettableClock

KEY = b"k" * 32
OpenStore = Callable[..., Store]


def named(text: str, *, source: str) -> Organisation:
    return Organisation(key=source, name=text)


def save(store: Store, acts: Acts, summary: str = "The printer is on fire", **more: Any) -> str:
    """Save a ticket; its id."""
    filing = acts.filing(summary, **more)
    return store.write(lambda tx: tx.outbox.add(filing, wire(filing))).result().ticket


def put(store: Store, *tickets: Ticket) -> None:
    """The help desk tells of tickets."""

    def job(tx: Transaction) -> None:
        for ticket in tickets:
            tx.confirmed.put_ticket(ticket)

    store.background(job).result()


def as_before_whose(connection: Connection) -> None:
    """Take out what the fifth revision brought."""
    connection.execute("DROP INDEX ticket_whose")
    connection.execute("ALTER TABLE ticket DROP COLUMN whose")
    connection.execute("PRAGMA user_version = 4")


def run_program(*arguments: str, **more: Any) -> "subprocess.Popen[str]":
    """`saving_program.py` in a process of its own."""
    program = Path(__file__).with_name("saving_program.py")
    command = [sys.executable, str(program), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(program.parents[3])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **more)


@pytest.fixture
def acts() -> Acts:
    return Acts()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def open_store(home: Path, clock: SettableClock) -> Iterator[OpenStore]:
    """Opens stores, and closes them at the end."""
    seeds = count()
    with ExitStack() as stack:

        def open_it(folder: Path = home, key: bytes = KEY, machine: Machine | None = None) -> Store:
            store = Store.open(folder, key, clock=clock, random=Random(next(seeds)), parse=named, machine=machine)
            return stack.enter_context(store)

        yield open_it


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()
