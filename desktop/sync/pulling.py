"""The pull lane's decisions: when to read the feed, how a page is stored, and what to do when copies disagree."""

from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Final

from desktop.sync.actions import Action, ReadOrganisation, ReadPage, Rest, Tally, Wait
from desktop.sync.auditing import notice_number
from desktop.sync.backoff import Backoff
from desktop.sync.faults import Offline, ServerFault, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import Capabilities
from desktop.sync.ledger import Ledger
from desktop.sync.mending import Mending
from desktop.sync.protocol import ChangedRow, ChangePage, OrganisationAnswer
from desktop.sync.restored import (
    begin_again,
    filled,
    forget_durable,
    is_filling,
    known_heads,
    notice_epoch,
    notice_page,
    notice_time,
)
from desktop.sync.sanity import is_sane_tombstone, row_of
from desktop.sync.slices import one_slice
from desktop.tickets.clock import Clock
from desktop.tickets.notice import Notice
from desktop.tickets.ticket import Attachment, Note, Ticket

PAGE: Final = 1000
"""Most rows asked for at once; fewer where that many did not arrive, for they may be too much for a slow line."""
INTERVAL: Final = 30.0
"""Seconds between looks at a feed that nothing has poked; twice that where the server pokes."""
_BEGINNINGS: Final = 3
"""How often a copy, or a bucket of one, is begun in a row: a server whose feed has no end may not keep us busy."""


class Pulling:
    """Decides for the pull lane."""

    def __init__(self, capabilities: Capabilities, clock: Clock, random: Random, tally: Tally) -> None:
        self._clock = clock
        self._random = random
        self._tally = tally
        self._can_be_searched = capabilities.can_be_searched
        self._mending = Mending(clock, can_tell=capabilities.can_tell)
        self._mending_is_next = False
        self._interval = INTERVAL * (2 if capabilities.pokes else 1)
        self.backoff = Backoff(clock, random)
        self._fault: SyncFault | None = None
        self._due = clock.monotonic()
        self._etag = ""
        self._asked_etag = ""
        self._beginnings = 0
        self._buckets_anew = 0
        self._most = PAGE

    def wake(self) -> None:
        """Look at once, as far as the server allows."""
        self.backoff.wake()
        self._fault = None
        self._due = self._clock.monotonic()

    def next(self, ledger: Ledger) -> Action:
        """What to do now."""
        if isinstance(self._fault, SignInNeeded):
            return Wait(None, self._fault)
        if (seconds := self.backoff.remaining()) > 0:
            return Wait(seconds, self._fault)
        if self._etag != ledger.settings.organisation_etag() and self._etag != self._asked_etag:
            return ReadOrganisation(self._etag)
        seconds = self._due - self._clock.monotonic()
        mending = ledger.confirmed.mending()
        if mending and (seconds > 0 or self._mending_is_next):
            return ReadPage(mending[1], self._most, self._tally.settled, bucket=mending[0])
        if seconds > 0:
            return Wait(seconds, self._fault)
        return ReadPage(ledger.confirmed.cursor(), self._most, self._tally.settled, seen=known_heads(ledger))

    def organisation(self, ledger: Ledger, action: ReadOrganisation, outcome: OrganisationAnswer | None) -> None:
        """Keep the profile."""
        self._asked_etag = action.etag
        self.backoff.succeeded()
        self._fault = None
        if outcome is not None:
            ledger.settings.save_organisation(outcome.key, outcome.toml, action.etag)

    def failed(self, fault: SyncFault) -> None:
        """Nothing was read."""
        self._fault = fault
        self._mending_is_next = False
        self.backoff.failed(fault.retry_after)
        if isinstance(fault, Offline | ServerFault) and not (fault.undelivered or fault.status):
            self._most = max(1, self._most // 4)

    def gone(self, ledger: Ledger, action: ReadPage) -> None:
        """The server does not know the cursor: it is too old, or of after the backup that the server is now."""
        if action.bucket:
            self._bucket_is_gone(ledger, action)
        elif action.cursor == ledger.confirmed.cursor():
            begin_again(ledger)
            self._beginning_again()

    def _bucket_is_gone(self, ledger: Ledger, action: ReadPage) -> None:
        """Begun anew where it had come further, for it may not be mended again within the hour; else given up."""
        self._mending_is_next = False
        self._due = self._clock.monotonic()  # the news come first: they tell of another copy of the server
        if action.cursor and self._buckets_anew < _BEGINNINGS:
            self._buckets_anew += 1
            ledger.confirmed.mend(action.bucket)
        else:
            ledger.confirmed.end_mending()

    def _beginning_again(self) -> None:
        self._beginnings += 1
        self._tally.copies += 1
        if self._beginnings > _BEGINNINGS:
            self.failed(ServerFault(detail="the feed cannot be read from its start to its end"))

    def page(self, ledger: Ledger, action: ReadPage, page: ChangePage) -> Rest | None:
        """Store what fits into one slice; the cursor moves with the last row."""
        now, confirmed = self._clock.now(), ledger.confirmed
        expected = confirmed.mending() if action.bucket else ("", confirmed.cursor())
        if (action.bucket, action.cursor) != expected:
            return None  # a new copy was begun meanwhile; the page belongs to the old one
        if notice_epoch(ledger, page.epoch):
            self._beginning_again()
            return None
        if page.more and page.cursor == action.cursor:
            self.failed(ServerFault(detail="a feed that does not move"))
            return None
        notice_page(ledger, page.head)
        done = 0
        for row in one_slice(page.rows, self._clock, ledger):
            self._store(ledger, row, mends=bool(action.bucket))
            done += 1
        if done < len(page.rows):
            return Rest(action, replace(page, rows=page.rows[done:]))
        self.backoff.succeeded()
        self._fault = None
        self._most = min(PAGE, 2 * self._most)
        self._etag = page.organisation_etag
        if action.bucket:
            return self._bucket_was_read(ledger, action, page)
        confirmed.advance(page.cursor, page.epoch)
        notice_time(ledger, [row.ticket for row in page.rows if row.ticket])
        return None if page.more else self._at_the_end(ledger, action, page, now)

    def _bucket_was_read(self, ledger: Ledger, action: ReadPage, page: ChangePage) -> Rest | None:
        """So far, or to its end; then what it has not told goes, and the copies are compared again."""
        self._mending_is_next = False
        if page.more:
            ledger.confirmed.advance_mending(page.cursor)
        elif not self._mending.sweep(ledger):
            return Rest(action, replace(page, rows=()))
        else:
            self._buckets_anew = 0
            self._due = self._clock.monotonic()
        return None

    def _store(self, ledger: Ledger, changed: ChangedRow, *, mends: bool) -> None:
        confirmed = ledger.confirmed
        if is_sane_tombstone(changed):
            confirmed.remove(changed.kind, changed.id)
        else:
            row = row_of(changed)
            if mends and row is not None:
                self._mending.distrust(ledger, row)
            match row:
                case Ticket() as ticket:
                    if self._can_be_searched:
                        notice_number(ledger, ticket)
                    confirmed.put_ticket(ticket)
                case Note() as note:
                    confirmed.put_note(note)
                case Attachment() as attachment:
                    confirmed.put_attachment(attachment)
                case Notice() as notice:
                    confirmed.put_notice(notice)
                case None:
                    self._tally.refused_rows += 1
                    return
        self._tally.pulled += 1

    def _at_the_end(self, ledger: Ledger, action: ReadPage, page: ChangePage, now: datetime) -> Rest | None:
        if is_filling(ledger) and not filled(ledger):
            return Rest(action, replace(page, rows=()))
        self._due = self._clock.monotonic() + self._interval * self._random.uniform(0.8, 1.2)
        self._beginnings = 0
        self._mending_is_next = True
        forget_durable(ledger, now)
        still = action.settled == self._tally.settled and ledger.confirmed.mending() is None
        if page.checksums and still:
            self._mending.compare(ledger, page.checksums)
        return None
