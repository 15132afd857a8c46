"""Whatever is done, in whatever order and with restarts between, the database behaves as the dictionaries do."""

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.store.store import Store
from desktop.tickets.error_text.fingerprint import fingerprint
from desktop.tickets.operations import Kind, Operation
from desktop.tickets.outbox import OperationState
from tests.contract.acts import Acts, after, wire
from tests.contract.conftest import SettableClock, named
from tests.contract.dictionary_store import DictionaryStore

TICKETS = st.integers(0, 3)
ENTRIES = st.integers(0, 30)
ERRORS = ("Error 1603: A fatal error occurred", "Access is denied (0x80070005)")
VERSIONS = st.integers(1, 6)


class SameAsDictionaries(RuleBasedStateMachine):
    """One real store and its oracle, told the same."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="helptray-")
        self._clock = SettableClock()
        self._acts = Acts()
        self._tickets = [self._acts.id() for _ in range(4)]
        self._notes = [self._acts.id() for _ in range(4)]
        self._files = [self._acts.id() for _ in range(2)]
        self._operations: list[Operation] = []
        self._seconds = itertools.count()
        self.oracle = DictionaryStore(parse=named)
        self.store = self._open()

    def _open(self) -> Store:
        home = Path(self._folder.name) / "home"
        return Store.open(home, b"k" * 32, clock=self._clock, random=Random(7), parse=named)

    def _both(self, job: Callable[[Any], Any]) -> None:
        """The same answer, or the same kind of error; done once before by somebody who fails, which leaves nothing."""

        def and_fail(tx: Any) -> None:
            job(tx)
            raise ZeroDivisionError

        answers = []
        for store in (self.oracle, self.store):
            with pytest.raises((ZeroDivisionError, ValueError)):
                store.background(and_fail).result()
            try:
                answers.append(store.background(job).result())
            except ValueError:
                answers.append(ValueError)
        assert answers[0] == answers[1]

    def _one(self, entry: int) -> Operation:
        return self._operations[entry % len(self._operations)]

    def _add(self, operation: Operation, needs: str = "") -> None:
        self._operations.append(operation)
        self._both(lambda tx: tx.outbox.add(operation, wire(operation), after=needs))

    @rule(ticket=TICKETS)
    def file_and_say(self, ticket: int) -> None:
        number = len(self._operations)
        filed = self._acts.filing(f"Summary {number}", ticket=self._tickets[ticket], error_text=ERRORS[number % 2])
        self._add(filed)
        self._add(self._acts.note(filed.ticket), filed.id)

    @rule(ticket=TICKETS)
    def say(self, ticket: int) -> None:
        self._add(self._acts.note(self._tickets[ticket]))

    @rule(ticket=TICKETS)
    def attach(self, ticket: int) -> None:
        self._add(self._acts.attaching(self._tickets[ticket]))

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES)
    def do_it_twice(self, entry: int) -> None:
        self._both(lambda tx: tx.outbox.add(self._one(entry), wire(self._one(entry))))

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES)
    def replace(self, entry: int) -> None:
        old = self._one(entry)
        kind = (
            self._acts.filing("Better", ticket=old.ticket)
            if old.kind is Kind.FILE_TICKET
            else self._acts.note(old.ticket)
        )
        self._both(lambda tx: tx.outbox.replace(old.id, kind, wire(kind)))
        self._operations.append(kind)

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES)
    def cancel(self, entry: int) -> None:
        self._both(lambda tx: [gone.id for gone in tx.outbox.cancel(self._one(entry).id)])

    @rule(limit=st.integers(1, 5))
    def send(self, limit: int) -> None:
        def job(tx: Any) -> list[str]:
            chosen = [entry.id for entry in tx.outbox.sendable(self._clock.now(), limit)]
            tx.outbox.mark_sent(chosen, "request", self._clock.now())
            return chosen

        self._both(job)

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES, state=st.sampled_from(OperationState))
    def settle(self, entry: int, state: OperationState) -> None:
        self._both(lambda tx: tx.outbox.settle(self._one(entry).id, state, now=self._clock.now(), error="Because."))

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES, minutes=st.integers(1, 9))
    def delay(self, entry: int, minutes: int) -> None:
        self._both(lambda tx: tx.outbox.delay([self._one(entry).id], after(minutes), "Busy."))

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES)
    def upload(self, entry: int) -> None:
        self._both(lambda tx: tx.outbox.upload_progress(self._one(entry).id, "url", 3, done=True))

    @precondition(lambda self: self._operations)
    @rule(entry=ENTRIES)
    def keep_mine(self, entry: int) -> None:
        self._both(lambda tx: tx.outbox.keep_mine(self._one(entry).id, "summary", "mine", "theirs"))

    @rule(seconds=st.integers(0, 200))
    def pass_time(self, seconds: int) -> None:
        self._clock.pass_time(seconds)

    @rule()
    def forget(self) -> None:
        self._both(lambda tx: tx.outbox.forget_done(self._clock.now()))

    @rule(ticket=TICKETS, version=VERSIONS)
    def told_ticket(self, ticket: int, version: int) -> None:
        told = self._acts.ticket(version, ticket=self._tickets[ticket], summary=f"Told {version}")
        told = replace(told, error_text=ERRORS[version % 2])
        self._both(lambda tx: tx.confirmed.put_ticket(told))

    @rule(note=TICKETS, version=VERSIONS)
    def told_note(self, note: int, version: int) -> None:
        told = self._acts.said(self._tickets[note], version, text=f"Said {version}", note=self._notes[note])
        self._both(lambda tx: tx.confirmed.put_note(told))

    @rule(file=st.integers(0, 1), version=VERSIONS)
    def told_file(self, file: int, version: int) -> None:
        told = self._acts.attached(self._tickets[file], version, attachment=self._files[file])
        self._both(lambda tx: tx.confirmed.put_attachment(told))

    @rule(kind=st.sampled_from(["ticket", "note"]), row=TICKETS)
    def gone(self, kind: str, row: int) -> None:
        name = (self._tickets if kind == "ticket" else self._notes)[row]
        self._both(lambda tx: tx.confirmed.remove(kind, name))

    @rule()
    def begin(self) -> None:
        self._both(lambda tx: tx.confirmed.begin_generation())

    @rule()
    def switch(self) -> None:
        self._both(lambda tx: tx.confirmed.switch_generation())

    @rule()
    def advance(self) -> None:
        cursor = str(next(self._seconds))
        self._both(lambda tx: tx.confirmed.advance(cursor, "epoch"))

    @rule()
    def rest(self) -> None:
        assert self.store.idle()

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = self._open()

    @invariant()
    def all_the_same(self) -> None:
        now = self._clock.now()
        self._both(
            lambda tx: (
                [tx.outbox.in_state(state) for state in OperationState],
                [entry.id for entry in tx.outbox.uploads_due(now, 50)],
                [entry.id for entry in tx.outbox.sendable(now, 50)],
                [entry.id for entry in tx.outbox.sendable(now, 50, unknown_too=True)],
                tx.outbox.next_due(now),
                tx.outbox.next_due(now, of_files=True),
                dict(tx.outbox.counts()),
                (tx.confirmed.checksum(), tx.confirmed.cursor(), tx.confirmed.epoch()),
                [tx.confirmed.state(ticket) for ticket in self._tickets],
            )
        )
        reader = self.store.reader()
        try:
            for error in ERRORS:
                wanted = [fingerprint(error)]
                found = reader.open_with_error(wanted, ended=())
                assert sorted(found) == sorted(self.oracle.open_with_error(wanted, ended=()))
            lines = {line.ticket: line for line in reader.tickets().rows}
            for ticket in self._tickets:
                view = reader.ticket(ticket)
                assert view == self.oracle.ticket(ticket)
                line = lines.get(ticket)
                if view is None:
                    assert line is None
                else:
                    assert line is not None
                    shown = (view.ticket.summary, view.mark, len(view.pending), view.ticket.updated_at)
                    assert (line.summary, line.mark, line.pending, line.updated) == shown
        finally:
            reader.close()

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()


TestSameAsDictionaries = SameAsDictionaries.TestCase
TestSameAsDictionaries.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
