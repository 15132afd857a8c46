"""The outbox as the engine sees it: what may go now, and how each operation was settled."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop.store.codec import to_moment_or_none, to_number, to_number_or_none
from desktop.store.entries import COLUMNS, PENDING, entries_of, entry_of
from desktop.store.work import Work
from desktop.tickets.operations import ADDS, Kind
from desktop.tickets.outbox import TRANSITIONS, OperationState, OutboxEntry
from desktop.tickets.view import mark_of

_FREE = f"""
    NOT EXISTS (
        SELECT 1 FROM outbox AS needed WHERE needed.id = waiting.after
        AND (needed.state IN {PENDING} OR needed.state = 'rejected' AND needed.kind = 'file_ticket')
    )
"""  # noqa: S608  (a constant)
_ADDS = str(tuple(sorted(kind.value for kind in ADDS)))
"""As SQL writes a list."""


class SettledOutbox:
    """The engine's side of the outbox (see `desktop.sync.ledger.Outbox`)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def entry(self, operation: str) -> OutboxEntry | None:
        """One entry by its operation's id; None also when it was done long ago and forgotten."""
        row = self._work.run(f"SELECT {COLUMNS} FROM outbox WHERE id = ?", (operation,)).fetchone()  # noqa: S608
        return None if row is None else entry_of(row)

    def sendable(self, now: datetime, limit: int, *, unknown_too: bool = False) -> tuple[OutboxEntry, ...]:
        """Entries to push now, in `seq` order; walked over a narrow index first, read whole when chosen."""
        states = "state IN ('queued', 'unknown')" if unknown_too else "state = 'queued'"
        rows = self._work.run(
            f"""SELECT seq, id, ticket, kind, after, {states} AND (not_before IS NULL OR not_before <= ?)
                AND (kind <> 'attach_file' OR upload_done), {_FREE}
            FROM outbox AS waiting INDEXED BY outbox_pending WHERE state IN {PENDING} ORDER BY seq""",  # noqa: S608
            (to_number(now),),
        )
        chosen: dict[str, int] = {}
        held: set[str] = set()
        for seq, operation, ticket, kind, after, due, free in rows:
            if due and (free or after in chosen) and ticket not in held:
                chosen[operation] = seq
                if len(chosen) == limit:
                    break
            elif kind != Kind.ATTACH_FILE:
                held.add(ticket)
        return self._by_seq(list(chosen.values()))

    def _by_seq(self, numbers: Sequence[int]) -> tuple[OutboxEntry, ...]:
        places = ",".join("?" * len(numbers))
        return entries_of(
            self._work.run(f"SELECT {COLUMNS} FROM outbox WHERE seq IN ({places}) ORDER BY seq", numbers)  # noqa: S608
        )

    def uploads_due(self, now: datetime, limit: int) -> tuple[OutboxEntry, ...]:
        """`attach_file` entries, queued or unknown, whose filing is done and whose upload is not."""
        return entries_of(
            self._work.run(
                f"""SELECT {COLUMNS} FROM outbox AS file INDEXED BY outbox_attachment
                WHERE attachment <> '' AND state IN ('queued', 'unknown') AND kind = 'attach_file' AND NOT upload_done
                AND (not_before IS NULL OR not_before <= ?)
                AND NOT EXISTS (
                    SELECT 1 FROM outbox AS filing WHERE filing.ticket = file.ticket AND filing.kind = 'file_ticket'
                    AND filing.state IN ('queued', 'sent', 'unknown', 'rejected')
                ) ORDER BY seq LIMIT ?""",  # noqa: S608
                (to_number(now), limit),
            )
        )

    def in_state(self, state: OperationState, limit: int = 1000) -> tuple[OutboxEntry, ...]:
        """Entries in the state, in `seq` order."""
        half = f"state {'IN' if state.is_pending else 'NOT IN'} {PENDING}"
        query = f"SELECT {COLUMNS} FROM outbox WHERE state = ? AND {half} ORDER BY seq LIMIT ?"  # noqa: S608
        return entries_of(self._work.run(query, (state, limit)))

    def of_ticket(self, ticket: str) -> tuple[OutboxEntry, ...]:
        """Everything that was done here to a ticket, in `seq` order."""
        return entries_of(
            self._work.run(f"SELECT {COLUMNS} FROM outbox WHERE ticket = ? ORDER BY seq", (ticket,))  # noqa: S608
        )

    def next_due(self, now: datetime, *, of_files: bool = False) -> datetime | None:
        """The earliest `not_before` after `now` among queued and unknown entries (of files alone), or None."""
        some = "INDEXED BY outbox_attachment WHERE attachment <> ''" if of_files else f"WHERE state IN {PENDING}"
        query = f"SELECT min(not_before) FROM outbox {some} AND state IN ('queued', 'unknown') AND not_before > ?"  # noqa: S608
        row = self._work.run(query, (to_number(now),)).fetchone()
        return to_moment_or_none(row[0])

    def counts(self) -> Mapping[OperationState, int]:
        """How many entries each state has."""
        pending = [state for state in OperationState if state.is_pending]
        sums = ", ".join(f"coalesce(sum(state = '{state}'), 0)" for state in pending)  # no sorting of thousands
        waiting = self._work.run(f"SELECT {sums} FROM outbox WHERE state IN {PENDING}").fetchone()  # noqa: S608
        settled = self._work.run(
            f"SELECT state, count(*) FROM outbox WHERE state NOT IN {PENDING} GROUP BY state"  # noqa: S608
        ).fetchall()
        found = dict(zip(pending, waiting, strict=True)) | dict(settled)
        return {state: found.get(state, 0) for state in OperationState}

    def mark_sent(self, operations: Sequence[str], request_id: str, now: datetime) -> None:
        """Queued -> sent, one more attempt each."""
        at = to_number(now)
        for operation, (ticket, present) in self._all_known(operations).items():
            self._check(operation, ticket, present, OperationState.SENT)
        self._work.run_many(
            "UPDATE outbox SET state = 'sent', attempts = attempts + 1, request_id = ?, sent_at = ? WHERE id = ?",
            [(request_id, at, operation) for operation in operations],
        )

    def settle(
        self,
        operation: str,
        state: OperationState,
        *,
        now: datetime,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """Move an entry along the transition table (ValueError otherwise) and re-project its ticket."""
        self._check_step(operation, state)
        settled = now if state in (OperationState.DONE, OperationState.REJECTED) else None
        self._work.run(
            "UPDATE outbox SET state = ?, last_error = ?, not_before = ?, settled_at = ? WHERE id = ?",
            (state, error, to_number_or_none(not_before), to_number_or_none(settled), operation),
        )

    def delay(self, operations: Sequence[str], not_before: datetime, error: str) -> None:
        """Leave the entries as they are, not to be tried before then."""
        for operation in operations:
            self.known(operation)
            self._work.run(
                "UPDATE outbox SET not_before = ?, last_error = ? WHERE id = ?",
                (to_number(not_before), error, operation),
            )
        self._work.outbox = True

    def clamp_delays(self, latest: datetime) -> None:
        """No entry waits longer than until `latest`."""
        self._work.run(
            f"UPDATE outbox SET not_before = ?1 WHERE state IN {PENDING} AND not_before > ?1",  # noqa: S608
            (to_number(latest),),
        )
        self._work.outbox = True

    def upload_progress(self, operation: str, url: str, offset: int, done: bool) -> None:
        """Where the upload of an `attach_file` entry has got to; bytes."""
        self.known(operation)
        self._work.run(
            "UPDATE outbox SET upload_url = ?, upload_offset = ?, upload_done = ? WHERE id = ?",
            (url, offset, done, operation),
        )
        self._work.outbox = True

    def upload_url(self, operation: str) -> str:
        """The upload's URL at the help desk, or empty."""
        row = self._work.run("SELECT upload_url FROM outbox WHERE id = ?", (operation,)).fetchone()
        return row[0] if row else ""

    def keep_link(self, operation: str, link: str) -> None:
        """The single-use URL that the operation is to be posted to; empty once it was used."""
        self.known(operation)
        self._work.run("UPDATE outbox SET link = ? WHERE id = ?", (link, operation))

    def to_audit(self, looks: int, limit: int) -> tuple[OutboxEntry, ...]:
        """Done additions that were looked for fewer than so many times: those least looked for first, then by `seq`."""
        query = f"""SELECT {COLUMNS} FROM outbox WHERE state = 'done' AND state NOT IN {PENDING}
            AND kind IN {_ADDS} AND audits < ? ORDER BY audits, seq LIMIT ?"""  # noqa: S608
        return entries_of(self._work.run(query, (looks, limit)))

    def audit_again(self, ticket: str) -> None:
        """Look for the ticket's filing anew: there is a reason to think that the help desk has it twice."""
        self._work.run("UPDATE outbox SET audits = 0 WHERE ticket = ? AND kind = 'file_ticket'", (ticket,))

    def audited(self, operation: str) -> None:
        """It was looked once more whether the help desk has it twice."""
        self.known(operation)
        self._work.run("UPDATE outbox SET audits = audits + 1 WHERE id = ?", (operation,))

    def keep_mine(self, operation: str, field: str, mine: str, theirs: str) -> None:
        """Keep the person's value that lost against the help desk's."""
        ticket = self.known(operation)[0]
        self._work.run(
            "INSERT INTO kept(operation, field, ticket, mine, theirs) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET mine = excluded.mine, theirs = excluded.theirs",
            (operation, field, ticket, mine, theirs),
        )
        self._work.told.add(ticket)

    def ask_again(self, limit: int, ticket: str = "") -> int:
        """Done -> unknown for so many (of one ticket), to be looked for anew; how many there were."""
        only, values = ("AND ticket = ?", (ticket, limit)) if ticket else ("", (limit,))
        query = f"SELECT seq, ticket FROM outbox WHERE state = 'done' AND state NOT IN {PENDING} {only} LIMIT ?"  # noqa: S608
        done = self._work.run(query, values).fetchall()
        self._work.run_many(
            "UPDATE outbox SET state = 'unknown', last_error = '', not_before = NULL, settled_at = NULL, audits = 0 "
            "WHERE seq = ?",
            [row[:1] for row in done],
        )
        self._work.tickets.update(row[1] for row in done)
        self._work.outbox |= bool(done)
        return len(done)

    def forget_done(self, before: datetime) -> int:
        """Drop bytes and local files of entries done before then; only that they were done is remembered."""
        query = f"""SELECT seq, id, ticket, kind, attachment FROM outbox
            WHERE state = 'done' AND state NOT IN {PENDING} AND settled_at < ?"""  # noqa: S608
        gone = self._work.run(query, (to_number(before),)).fetchall()
        for seq, operation, ticket, kind, attachment in gone:
            self._work.run("DELETE FROM outbox WHERE seq = ?", (seq,))
            self._work.run(
                "INSERT OR IGNORE INTO forgotten(id, ticket, kind) VALUES (?, ?, ?)", (operation, ticket, kind)
            )
            if attachment:
                self._work.attachments.add(attachment)
                self._work.told.add(ticket)
        return len(gone)

    def known(self, operation: str) -> tuple[str, OperationState]:
        """The ticket and state of an entry; ValueError when there is none."""
        return self._all_known((operation,))[operation]

    def _all_known(self, operations: Sequence[str]) -> dict[str, tuple[str, OperationState]]:
        """The same of several."""
        places = ",".join("?" * len(operations))
        rows = self._work.run(f"SELECT id, ticket, state FROM outbox WHERE id IN ({places})", tuple(operations))  # noqa: S608
        found = {row[0]: (row[1], OperationState(row[2])) for row in rows}
        for operation in operations:
            if operation not in found:
                raise ValueError(f"no operation {operation}")
        return found

    def step(self, operation: str, state: OperationState) -> None:
        """Change the state along the transition table; ValueError otherwise."""
        self._check_step(operation, state)
        self._work.run("UPDATE outbox SET state = ? WHERE id = ?", (state, operation))

    def _check_step(self, operation: str, state: OperationState) -> None:
        ticket, present = self.known(operation)
        self._check(operation, ticket, present, state)

    def _check(self, operation: str, ticket: str, present: OperationState, state: OperationState) -> None:
        """Refuse what the transition table does not allow (ValueError); what the step changes is to be told."""
        if state not in TRANSITIONS[present]:
            raise ValueError(f"{operation} cannot go from {present} to {state}")
        self._work.outbox = True
        if state.is_projected and present.is_projected and mark_of(state) is mark_of(present):
            self._work.told.add(ticket)
        elif state.is_pending and present.is_pending:
            self._work.marked.add(ticket)
        else:
            self._work.tickets.add(ticket)
