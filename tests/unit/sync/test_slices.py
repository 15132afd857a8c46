"""What is stored in one go ends in time, what follows from it included."""

from typing import Any

from desktop.sync.slices import SLICE, one_slice
from tests.contract.conftest import SettableClock


class SlowLedger:
    """Showing anew what has changed takes half a slice."""

    def __init__(self, clock: SettableClock) -> None:
        self._clock = clock

    def catch_up(self) -> None:
        self._clock.pass_time(SLICE / 2)


def test_showing_what_has_changed_is_a_part_of_the_slice() -> None:
    clock = SettableClock()
    ledger: Any = SlowLedger(clock)
    assert list(one_slice(range(10), clock, ledger)) == [0, 1]


def test_at_least_one_is_stored_however_long_it_takes() -> None:
    clock = SettableClock()
    ledger: Any = SlowLedger(clock)
    clock.pass_time(1)

    def slow() -> Any:
        clock.pass_time(10 * SLICE)
        yield "first"
        yield "second"

    assert list(one_slice(slow(), clock, ledger)) == ["first"]
