"""Many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH = 500
"""As many as one request carries."""


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, `BATCH` at a time."""
    left = iter(items)
    while some := list(islice(left, BATCH)):
        yield some
