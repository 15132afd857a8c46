"""Work in slices, so that what the person does never waits long for the store."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from desktop.sync.ledger import Ledger
from desktop.tickets.clock import Clock

T = TypeVar("T")

SLICE = 0.010
"""Seconds of one slice."""


def one_slice(items: Iterable[T], clock: Clock, ledger: Ledger) -> Iterator[T]:
    """The items that fit into one slice of the ledger's transaction; always at least one."""
    latest = clock.monotonic() + SLICE
    for item in items:
        yield item
        ledger.catch_up()
        if clock.monotonic() >= latest:
            return
