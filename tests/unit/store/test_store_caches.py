"""What a transaction has read once it does not read again; nothing of that outlives it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktop.store.transaction import Transaction
from desktop.tickets.rows import RowKind, row_hash
from desktop.tickets.ticket import Ticket
from tests.contract.acts import Acts, wire
from tests.unit.store.conftest import OpenStore, put


class BroughtDown(Exception):
    """What a job stumbled over."""


def and_stumble(job: Callable[[Transaction], object]) -> Callable[[Transaction], None]:
    def stumbling(tx: Transaction) -> None:
        job(tx)
        raise BroughtDown

    return stumbling


def changed(toml: str, tx: Transaction) -> None:
    tx.settings.save_organisation("bakery", toml, "")


def sums(tx: Transaction) -> dict[str, tuple[int, int]]:
    return dict(tx.confirmed.checksums())


def test_what_was_undone_is_not_remembered(open_store: OpenStore, acts: Acts) -> None:
    store, told, lost = open_store(), acts.ticket(1), acts.ticket(2)

    def read(tx: Transaction) -> tuple[str, str, dict[str, tuple[int, int]]]:
        return tx.confirmed.cursor(), tx.settings.value("a"), sums(tx)

    def write(tx: Transaction, value: str) -> None:
        tx.confirmed.put_ticket(told if value == "1" else lost)
        tx.confirmed.advance(value, "e")
        tx.settings.save_value("a", value)

    store.write(lambda tx: write(tx, "1")).result()
    before = store.write(read).result()
    with pytest.raises(BroughtDown):
        store.write(and_stumble(lambda tx: write(tx, "2"))).result()
    assert store.write(read).result() == before
    assert store.reader().value("a") == "1"
    assert before[:2] == ("1", "1")
    # A note for the ticket that was undone makes it anew, not under the number that it had for a moment.
    store.write(lambda tx: tx.confirmed.put_note(acts.said(lost.id, 3))).result()
    store.write(lambda tx: tx.confirmed.put_ticket(lost)).result()
    view = store.reader().ticket(lost.id)
    assert view is not None
    assert len(view.notes) == 1


def test_what_another_process_wrote_is_read(home: Path, open_store: OpenStore, acts: Acts) -> None:
    one, other = open_store(), open_store()
    tickets = [acts.ticket(number) for number in range(1, 7)]
    for number, ticket in enumerate(tickets):
        turn = (one, other)[number % 2]

        def put(tx: Transaction, number: int = number, ticket: Ticket = ticket) -> tuple[str, str]:
            read = tx.confirmed.cursor(), tx.settings.value("a")
            tx.confirmed.put_ticket(ticket)
            tx.confirmed.advance(str(number), "e")
            tx.settings.save_value("a", str(number))
            return read

        read = turn.write(put).result()
        assert read == ((str(number - 1),) * 2 if number else ("", ""))
    wanted = 0
    for ticket in tickets:
        wanted ^= row_hash(RowKind.TICKET, ticket.id, ticket.version)
    for store in (one, other):
        assert list(store.write(sums).result().values()) == [(wanted, len(tickets))]


def test_what_another_process_has_waiting_on_a_ticket_stays_marked(open_store: OpenStore, acts: Acts) -> None:
    one, other = open_store(), open_store()
    told = acts.ticket(1)
    put(one, told)
    note = acts.note(told.id)
    other.write(lambda tx: tx.outbox.add(note, wire(note))).result()
    put(one, replace(told, version=2, summary="Mail is down"))
    [row] = other.reader().tickets().rows
    assert (row.summary, row.pending) == ("Mail is down", 1)


def test_a_profile_that_another_process_changed_is_read_anew(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    readers = one.reader(), other.reader()
    for store, toml in ((one, "first"), (other, "second"), (one, "third")):
        store.write(partial(changed, toml)).result()
        written = [each.write(lambda tx: tx.settings.read_organisation().name).result() for each in (one, other)]
        assert [reader.organisation().name for reader in readers] == written == [toml] * 2
