"""Mending a bucket, and what goes with it: the same in every store."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.tickets.notice import Notice
from desktop.tickets.outbox import OperationState as State
from desktop.tickets.rows import NOTICES, NOWHERE, RowKind, bucket_of, row_hash
from tests.contract.acts import START, Acts, wire
from tests.contract.conftest import StoreUnderTest

ACME, BELL = bucket_of("Acme"), bucket_of("Bell")


@pytest.fixture
def acts() -> Acts:
    return Acts()


@pytest.fixture
def does(store: StoreUnderTest) -> Callable[[Callable[[Any], Any]], Any]:
    return lambda job: store.write(job).result()


def swept(tx: Any) -> list[str]:
    """Sweep to the end; the tickets that lost something."""
    return [ticket for tickets in iter(tx.confirmed.sweep, None) for ticket in tickets]


def test_each_row_is_counted_in_its_bucket_wherever_its_ticket_goes(does: Any, acts: Acts) -> None:
    ticket = acts.ticket(1, company="Acme")
    note, notice = acts.said(ticket.id, 2), Notice(id=acts.id(), text="Down", since=START, version=3)
    one, two, three = (
        (row_hash(kind, row.id, row.version), 1)
        for kind, row in ((RowKind.TICKET, ticket), (RowKind.NOTE, note), (RowKind.NOTICE, notice))
    )
    does(lambda tx: (tx.confirmed.put_note(note), tx.confirmed.put_notice(notice)))
    assert does(lambda tx: tx.confirmed.checksums()) == {NOWHERE: two, NOTICES: three}
    does(lambda tx: tx.confirmed.put_ticket(ticket))
    assert does(lambda tx: tx.confirmed.checksums()) == {ACME: (one[0] ^ two[0], 2), NOTICES: three}
    moved = replace(ticket, company="Bell", version=4)
    does(lambda tx: tx.confirmed.put_ticket(moved))
    four = row_hash(RowKind.TICKET, ticket.id, 4)
    assert does(lambda tx: tx.confirmed.checksums()) == {BELL: (four ^ two[0], 2), NOTICES: three}
    does(lambda tx: tx.confirmed.remove(RowKind.TICKET, ticket.id))
    assert does(lambda tx: tx.confirmed.checksums()) == {NOWHERE: two, NOTICES: three}
    assert does(lambda tx: tx.confirmed.checksum()) == (two[0] ^ three[0], 2)


def test_what_is_not_told_since_it_began_goes_and_only_from_that_bucket(does: Any, acts: Acts) -> None:
    told, stray, elsewhere = (acts.ticket(n, company=name) for n, name in ((1, "Acme"), (2, "Acme"), (3, "Bell")))
    note, lost_note = acts.said(told.id, 4), acts.said(told.id, 5)
    for ticket in (told, stray, elsewhere):
        does(lambda tx, ticket=ticket: tx.confirmed.put_ticket(ticket))
    does(lambda tx: (tx.confirmed.put_note(note), tx.confirmed.put_note(lost_note)))
    does(lambda tx: tx.confirmed.mend(ACME))
    does(lambda tx: (tx.confirmed.put_ticket(told), tx.confirmed.put_note(note)))
    does(lambda tx: tx.confirmed.advance_mending("c"))
    assert does(lambda tx: tx.confirmed.mending()) == (ACME, "c")
    assert sorted(does(swept)) == sorted([stray.id, told.id])
    assert does(lambda tx: tx.confirmed.mending()) is None
    assert does(lambda tx: tx.confirmed.state(stray.id)) is None
    assert does(lambda tx: tx.confirmed.state(told.id)).notes == (note,)
    assert does(lambda tx: tx.confirmed.state(elsewhere.id)) is not None


@pytest.mark.parametrize("held", [2, 90])
def test_a_distrusted_row_gives_way_to_what_is_told(does: Any, acts: Acts, held: int) -> None:
    ticket = acts.ticket(held, company="Acme", summary="Wrong")
    right = replace(ticket, version=5, summary="Right")
    does(lambda tx: tx.confirmed.put_ticket(ticket))
    does(lambda tx: tx.confirmed.mend(ACME))
    assert does(lambda tx: tx.confirmed.distrust(RowKind.TICKET, ticket.id, 5)) is (held > 5)
    does(lambda tx: tx.confirmed.put_ticket(right))
    newer = replace(ticket, version=7, summary="Newer")
    does(lambda tx: tx.confirmed.put_ticket(newer))
    assert does(lambda tx: tx.confirmed.distrust(RowKind.TICKET, ticket.id, 5)) is False
    does(lambda tx: tx.confirmed.put_ticket(right))
    assert does(lambda tx: tx.confirmed.state(ticket.id)).ticket == newer
    assert does(lambda tx: tx.confirmed.checksums()) == {ACME: (row_hash(RowKind.TICKET, ticket.id, 7), 1)}


def test_a_ticket_that_was_filed_here_is_shown_as_lost_and_asked_about(
    does: Any, acts: Acts, store: StoreUnderTest
) -> None:
    filing = acts.filing()
    ticket = acts.ticket(1, filing.ticket, company="Acme")
    does(lambda tx: tx.outbox.add(filing, wire(filing)))
    does(lambda tx: tx.outbox.mark_sent([filing.id], "r", START))
    does(lambda tx: (tx.confirmed.put_ticket(ticket), tx.outbox.settle(filing.id, State.DONE, now=START)))
    does(lambda tx: tx.confirmed.mend(ACME))
    assert does(swept) == [ticket.id]
    shown = store.reader().ticket(ticket.id)
    assert shown is not None
    assert shown.ticket.summary == ticket.summary
    assert does(lambda tx: tx.confirmed.checksums()) == {}
    assert does(lambda tx: tx.outbox.ask_again(10, ticket.id)) == 1
    assert does(lambda tx: tx.outbox.entry(filing.id)).state is State.UNKNOWN
    assert does(lambda tx: tx.outbox.ask_again(10)) == 0


def test_a_new_copy_gives_the_mending_up(does: Any) -> None:
    does(lambda tx: tx.confirmed.mend(ACME))
    does(lambda tx: tx.confirmed.begin_generation())
    assert does(lambda tx: tx.confirmed.mending()) is None
