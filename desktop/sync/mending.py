"""Mending: where our copy of a bucket differs from the help desk's, that bucket alone is read again.

The rows that it tells replace ours one by one, and only when all of them have come does what it has not told go: no
window misses a ticket meanwhile. The feed goes on beside it; what anybody tells after the mending began stands.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import xor
from typing import Final, Protocol

import msgspec

from desktop.sync.ledger import Ledger
from desktop.sync.protocol import BucketChecksum
from desktop.sync.sanity import Row
from desktop.sync.slices import one_slice
from desktop.tickets.clock import Clock
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Ticket

AGAIN: Final = timedelta(hours=1)
"""Shortest time between two mendings of one bucket."""
MOST: Final = 100
"""Most buckets that are mended within that time, however many a server says that there are."""
LONGEST: Final = 1000
"""Longest name of a bucket in characters."""
_MENDED: Final = "sync.mended"
_ALL: Final = 100_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What was mended on this computer so far.

    Attributes:
        count: how often; `last`: when the last time began.
        begun: when the mending of a bucket last began, for those of the last hour.
    """

    count: int = 0
    last: datetime | None = None
    begun: dict[str, datetime] = field(default_factory=dict)


_decoder = msgspec.json.Decoder(Mended)


class KeepsValues(Protocol):
    """Where small named values are kept (see `desktop.sync.ledger.Settings`)."""

    def value(self, name: str) -> str:
        """A named value, empty when absent."""
        ...


def mended(settings: KeepsValues) -> Mended:
    """What was mended so far."""
    kept = settings.value(_MENDED)
    return _decoder.decode(kept) if kept else Mended()


class Mending:
    """Decides which bucket is mended, and when. At most once an hour each, whatever the wall clock does."""

    def __init__(self, clock: Clock, *, can_tell: bool) -> None:
        self._clock = clock
        self._can_tell = can_tell
        self._begun: dict[str, tuple[float, int]] = {}
        """When (monotonic) a bucket's mending began here, and which one in number it was."""

    def compare(self, ledger: Ledger, told: Collection[BucketChecksum]) -> bool:
        """Begin to mend a bucket where both sides hold different rows; whether one was begun."""
        theirs: dict[str, tuple[int, int]] = {}
        for line in told:
            checksum, rows = theirs.get(line.bucket, (0, 0))
            theirs[line.bucket] = checksum ^ _number(line.checksum), rows + line.rows
        ours = dict(ledger.confirmed.checksums())
        if _total(ours) == _total(theirs):
            return False
        for bucket in (*theirs, *(name for name in ours if name not in theirs)):
            if ours.get(bucket, (0, 0)) != theirs.get(bucket, (0, 0)) and self._may_begin(ledger, bucket):
                _log.warning("our copy of %.100r differs from the help desk's; reading it again", bucket)
                ledger.confirmed.mend(bucket)
                return True
        return False

    def _may_begin(self, ledger: Ledger, bucket: str) -> bool:
        """Whether it is time; then it is noted. The wall clock counts across processes, the monotonic one within."""
        now, elapsed = self._clock.now(), self._clock.monotonic()
        before = mended(ledger.settings)
        begun = {name: at for name, at in before.begun.items() if timedelta(0) <= now - at < AGAIN}
        self._begun = {
            name: (at, number)
            for name, (at, number) in self._begun.items()
            if elapsed - at < AGAIN.total_seconds() and number <= before.count  # else the disk did not keep it
        }
        recent = {*begun, *self._begun}
        if bucket in recent or len(recent) >= MOST or len(bucket) > LONGEST:
            return False
        self._begun[bucket] = elapsed, before.count + 1
        after = Mended(count=before.count + 1, last=now, begun={**begun, bucket: now})
        ledger.settings.save_value(_MENDED, msgspec.json.encode(after).decode())
        return True

    def distrust(self, ledger: Ledger, row: Row) -> None:
        """A row as the bucket tells it; what we hold instead may be of a time that the help desk has lost."""
        kind = RowKind(type(row).__name__.lower())
        if ledger.confirmed.distrust(kind, row.id, row.version):
            self._ask_again(ledger, row.id if isinstance(row, Ticket) else getattr(row, "ticket", ""))

    def sweep(self, ledger: Ledger) -> bool:
        """The bucket was read: take away what it has not told, as much as fits into a slice; whether that was all."""
        for tickets in one_slice(iter(ledger.confirmed.sweep, None), self._clock, ledger):
            for ticket in tickets:
                self._ask_again(ledger, ticket)
        return ledger.confirmed.mending() is None

    def _ask_again(self, ledger: Ledger, ticket: str) -> None:
        """The help desk may have been restored without saying so: what was done to the ticket may be gone there."""
        if ticket and self._can_tell:
            ledger.outbox.ask_again(_ALL, ticket)


def _number(checksum: str) -> int:
    try:
        return int(checksum, 16)
    except ValueError:
        return -1


def _total(sums: dict[str, tuple[int, int]]) -> tuple[int, int]:
    return reduce(xor, (checksum for checksum, _ in sums.values()), 0), sum(rows for _, rows in sums.values())
