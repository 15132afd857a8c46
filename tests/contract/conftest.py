"""Every store that must behave the same, as fixtures."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol, TypeVar

import pytest

from desktop.store.store import Store
from desktop.tickets.organisation import Organisation
from desktop.tickets.view import TicketView
from tests.contract.dictionary_store import DictionaryStore

T = TypeVar("T")


class SettableClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.elapsed = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.elapsed

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.elapsed += seconds


class ReaderUnderTest(Protocol):
    def ticket(self, ticket: str, /) -> TicketView | None: ...

    def earlier_with_error(
        self, fingerprints: Collection[str], *, company: str, device: str, before: datetime, ended: Collection[str]
    ) -> tuple[str, ...]: ...

    def open_with_error(self, fingerprints: Collection[str], *, ended: Collection[str]) -> tuple[str, ...]: ...


class StoreUnderTest(Protocol):
    @property
    def files(self) -> Any: ...

    def write(self, job: Callable[[Any], T]) -> Future[T]: ...

    def background(self, job: Callable[[Any], T]) -> Future[T]: ...

    def reader(self) -> ReaderUnderTest: ...


def named(text: str, *, source: str) -> Organisation:
    """A parser that reads nothing but the key."""
    return Organisation(key=source, name=text)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(params=["dictionary", "encrypted"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock) -> Iterator[StoreUnderTest]:
    if request.param == "dictionary":
        yield DictionaryStore(parse=named)
        return
    with Store.open(tmp_path / "home", b"k" * 32, clock=clock, random=Random(7), parse=named) as opened:
        yield opened
