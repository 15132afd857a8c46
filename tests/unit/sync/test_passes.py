"""One pass: news are heard however much there is to send, and what ran out of time says so."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from threading import Event

from desktop.cli.outcome import Exit, exit_of
from desktop.sync.faults import Offline, OutOfTime
from desktop.sync.passes import NEWS_EVERY, PassResult, run_pass
from desktop.sync.protocol import ChangePage, OperationsAnswer
from desktop.tickets.outbox import OutboxEntry
from tests.unit.sync.memory_relay import RELAY, HandClock, MemoryHelpDesk
from tests.unit.sync.office import Office

ONE_BY_ONE = replace(RELAY, batch=1)


class Watched(MemoryHelpDesk):
    """Notes each request before it is made."""

    def __init__(self, office: Office, asked: Callable[[str], None]) -> None:
        super().__init__(office.relay, office.weather, ONE_BY_ONE)
        self._asked = asked

    def push(self, operations: Sequence[OutboxEntry], request_id: str, seen: str = "") -> OperationsAnswer:
        self._asked("push")
        return super().push(operations, request_id, seen)

    def changes(self, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        self._asked("news")
        return super().changes(cursor, limit, bucket, seen)


class NeverStopped(Event):
    """Waiting passes on the office's clock alone."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.seconds += timeout or 0.0
        return False


def one_pass(office: Office, asked: Callable[[str], None], timeout: float = 60.0) -> PassResult:
    desk, never = Watched(office, asked), NeverStopped(office.clock)
    return run_pass(office.store, desk, office.clock, Random(1), timeout=timeout, stopped=never)


def test_who_writes_without_end_hears_the_news_every_so_many_requests() -> None:
    office, asked = Office(), list[str]()
    for _ in range(3 * NEWS_EVERY):
        office.file()

    def slowly(request: str) -> None:
        asked.append(request)
        office.clock.seconds += 5.0

    assert one_pass(office, slowly, timeout=3600.0).pushed == 3 * NEWS_EVERY
    assert asked.index("news") < NEWS_EVERY
    assert asked[: 2 * NEWS_EVERY].count("news") == 2


def test_a_pass_that_runs_out_of_time_says_so_and_ends_with_3() -> None:
    """The help desk answers as long as there is time; then it is we who hang up."""
    office = Office()
    for _ in range(20):
        office.file()

    def slow(_request: str) -> None:
        office.clock.seconds += 1.0
        if office.clock.seconds > 10.0:
            office.weather.next = lambda: "vanished"

    done = one_pass(office, slow, timeout=10.0)
    assert 0 < done.pushed < 20
    assert isinstance(done.fault, OutOfTime)
    assert done.fault.sentence == "There was no time to send everything. Saved here. The rest goes out later."
    assert (done.online, exit_of(done.fault)) == (False, Exit.NOT_REACHED)
    office.weather.next = lambda: "ok"
    office.settle(woken=True)
    assert len(office.relay.created) == len(set(office.relay.created)) == 20


def test_a_network_that_goes_away_on_the_way_is_not_called_slow() -> None:
    office = Office()
    for _ in range(20):
        office.file()

    def goes_away(_request: str) -> None:
        office.clock.seconds += 1.0
        if office.clock.seconds > 3.0:
            office.weather.next = lambda: "vanished"

    fault = one_pass(office, goes_away, timeout=10.0).fault
    assert type(fault) is Offline


def test_a_help_desk_that_never_answered_is_not_called_slow() -> None:
    office = Office()
    office.file()
    office.weather.next = lambda: "vanished"

    def slow(_request: str) -> None:
        office.clock.seconds += 20.0

    fault = one_pass(office, slow, timeout=10.0).fault
    assert type(fault) is Offline
