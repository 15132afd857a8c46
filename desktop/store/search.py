"""The search index: written a few rows at a time when nobody waits for the database, read newest first.

The index keeps no text of its own (FTS5 `content=''`, `contentless_delete=1`): a row is taken out by its number alone,
however its text has changed since, and nothing is stored twice. What is not indexed yet is looked through directly.
"""

from typing import Any

from desktop.store.codec import decode_note, decode_ticket
from desktop.store.generations import Run
from desktop.store.search_text import folded_words, index_query, matches, text_of, text_of_view
from desktop.store.views import Views
from desktop.store.work import Work
from desktop.tickets.clock import Clock
from desktop.tickets.ticket import Ticket

SLICE = 0.005
"""Seconds of indexing in one transaction."""
MERGED = 16
"""Pages of the index that are merged at once, a millisecond's worth."""
MERGING = {"usermerge": 16, "deletemerge": 40}
"""From how many pieces of about one size on they are merged, and from what part taken out of one, in percent, it is.

With less, everything is written again more often; with more, a step may have to walk over whole pieces of which nothing
is left (sqlite.org/fts5.html, section 6).
"""
MOST_TICKETS = 50
MOST_HITS = 2000
LONGEST = 0.015
"""Seconds after which a search stops and says that there is more."""
LEAST_LOOKED_AT = 20
"""Texts not indexed yet that are looked at in any case."""
MOST_UNINDEXED = 200
"""Newest rows that are looked through before they are indexed."""

_IN_USE = "generation IN (SELECT number FROM generation WHERE state <> 'gone')"
"""Of a copy that is shown or being filled: what is about to be cleared away is not looked for."""


class Indexer:
    """Brings the index up to date."""

    def __init__(self, work: Work, views: Views) -> None:
        self._work = work
        self._text = Texts(work, views)

    def index_some(self) -> bool:
        """Index what fits into a slice, oldest first, and merge what is more than enough; whether anything was left."""
        until = self._work.clock.monotonic() + SLICE
        waiting = self._work.run("SELECT turn, ticket, part FROM search_queue ORDER BY turn LIMIT 200").fetchall()
        last = {(ticket, part): turn for turn, ticket, part in waiting}
        done = 0
        for turn, ticket, part in waiting:
            if last[ticket, part] == turn:
                self._index(ticket, part)
            done += 1
            if self._work.clock.monotonic() >= until:
                break
        if done:
            self._work.run("DELETE FROM search_queue WHERE turn <= ?", (waiting[done - 1][0],))
            self._merge_until(until)
        return done > 0

    def merge_some(self) -> bool:
        """Merge as many pages as fit into a slice; whether any were left.

        The index does not merge by itself: that would come all at once, while a save waits.
        """
        return self._merge_until(self._work.clock.monotonic() + SLICE)

    def _merge_until(self, until: float) -> bool:
        for name, value in MERGING.items():
            self._work.run(
                "INSERT INTO search_index(search_index, rank) SELECT ?1, ?2 "
                "WHERE NOT EXISTS (SELECT 1 FROM search_index_config WHERE k = ?1 AND v = ?2)",
                (name, value),
            )
        more = self._merge_a_little()
        while more and self._work.clock.monotonic() < until:
            more = self._merge_a_little()
        return more

    def _merge_a_little(self) -> bool:
        """Merge a few pages of the index; whether there were any to merge."""
        before = self._changes()
        self._work.run("INSERT INTO search_index(search_index, rank) VALUES ('merge', ?)", (MERGED,))
        return self._changes() - before > 1

    def _changes(self) -> int:
        changes: int = self._work.run("SELECT total_changes()").fetchone()[0]
        return changes

    def _index(self, ticket: int, part: int) -> None:
        old = self._work.run(
            "DELETE FROM search_document WHERE ticket = ? AND part = ? RETURNING document", (ticket, part)
        ).fetchone()
        if old is not None:
            self._work.run("DELETE FROM search_index WHERE rowid = ?", old)
        text = self._text.of(ticket, part)
        if text:
            new = self._work.run("INSERT INTO search_document(ticket, part) VALUES (?, ?)", (ticket, part)).lastrowid
            self._work.run("INSERT INTO search_index(rowid, text) VALUES (?, ?)", (new, text))
        if not part:
            self._work.run("INSERT OR IGNORE INTO error_queue(ticket) VALUES (?)", (ticket,))


class Texts:
    """The text by which a ticket or a note is found."""

    def __init__(self, work: Work, views: Views) -> None:
        self._work = work
        self._views = views

    def of(self, ticket: int, part: int) -> str:
        """The text of a row of the queue, empty when it is gone."""
        if part:
            row = self._work.run(
                f"SELECT body FROM part WHERE key = ? AND kind = 'note' AND {_IN_USE}",  # noqa: S608
                (part,),
            ).fetchone()
            return decode_note(row[0]).text if row else ""
        row = self._row(ticket)
        if row is None:
            return ""
        view = self._views.view(row[0]) if row[2] else None
        if view is not None:
            return text_of_view(view, row[3])
        return text_of(decode_ticket(row[1]), row[3]) if row[1] is not None else ""

    def ticket(self, ticket: int) -> Ticket | None:
        """A ticket as it is shown, by its key; None when it is not."""
        row = self._row(ticket)
        if row is None:
            return None
        view = self._views.view(row[0]) if row[2] else None
        if view is not None:
            return view.ticket
        return decode_ticket(row[1]) if row[1] is not None else None

    def _row(self, ticket: int) -> Any:
        return self._work.run(
            f"SELECT id, body, pending, reference FROM ticket WHERE key = ? AND shown AND {_IN_USE}",  # noqa: S608
            (ticket,),
        ).fetchone()


class Search:
    """Looks for tickets."""

    def __init__(self, run: Run, texts: Texts, clock: Clock) -> None:
        self._run = run
        self._texts = texts
        self._clock = clock

    def tickets(self, search: str, limit: int) -> tuple[list[int], bool]:
        """Keys of tickets that hold every word of the search, and whether there may be more.

        Newest first, what is not indexed yet before what is. It stops at 50 tickets, 2,000 hits or 15 ms, but looks
        at something of either however slow the machine is: what was just saved is found.
        """
        query = index_query(search)
        if not query:
            return [], False
        until = self._clock.monotonic() + LONGEST
        limit = min(limit, MOST_TICKETS)
        found: dict[int, None] = {}
        more = self._look_through(folded_words(search), found, until)
        hits = self._run(
            "SELECT ticket FROM search_index JOIN search_document ON document = search_index.rowid "
            "WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?",
            (query, MOST_HITS + 1),
        )
        for count, (ticket,) in enumerate(hits):
            if count == MOST_HITS or (len(found) >= limit and ticket not in found):
                return list(found)[:limit], True
            found[ticket] = None
            if count % 32 == 31 and self._clock.monotonic() > until:
                return list(found)[:limit], True
        return list(found)[:limit], more or len(found) > limit

    def _look_through(self, words: list[str], found: dict[int, None], until: float) -> bool:
        rows = self._run(
            "SELECT ticket, part FROM search_queue ORDER BY turn DESC LIMIT ?", (MOST_UNINDEXED + 1,)
        ).fetchall()
        for count, (ticket, part) in enumerate(rows):
            if count == MOST_UNINDEXED or (count >= LEAST_LOOKED_AT and self._clock.monotonic() > until):
                return True
            if ticket not in found and matches(words, self._texts.of(ticket, part)):
                found[ticket] = None
        return False
