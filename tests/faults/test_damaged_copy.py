"""What this computer holds of the help desk's is damaged, while the person goes on working."""

from dataclasses import replace

import pytest

from desktop.desk import Desk
from desktop.store.transaction import Transaction
from desktop.tickets.identity import new_id
from desktop.tickets.operations import FieldChange
from desktop.tickets.view import Mark
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.truth import Books


@pytest.mark.logs_warnings
def test_a_damaged_bucket_is_read_again_alone_and_what_waits_arrives(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk
) -> None:
    """A version that is too high, a note that is gone, one that nobody wrote: all of it heals, and no edit is lost."""
    tickets = [report(robin, f"Printer {n} eats paper", note=f"Words {n}", content=b"x" * n).ticket for n in (1, 2, 3)]
    assert robin.sync_now(TIMEOUT).pending == 0
    harmed = tickets[1]

    def harm(tx: Transaction) -> None:
        state = tx.confirmed.state(harmed)
        assert state is not None
        later = state.ticket.version + 1_000
        tx.confirmed.put_ticket(replace(state.ticket, version=later, summary="Somebody else's"))
        tx.confirmed.remove("note", state.notes[0].id)
        ghost = new_id(robin._clock, robin._random)
        tx.confirmed.put_note(replace(state.notes[0], id=ghost, text="Nobody said this", version=later))

    robin._store.write(harm).result()
    robin.reply(harmed, "It waits").result()
    robin.change_fields(harmed, [FieldChange(field="details", base="", value="So does this")]).result()
    before = len(proxy.seen)
    for _ in range(2):
        result = robin.sync_now(TIMEOUT)
        assert (result.pending, result.needs_attention) == (0, 0)

    view, truth = robin.ticket(harmed), Books(help_desk.data).ticket(harmed)
    assert view is not None
    assert view.ticket == truth.ticket
    assert (view.ticket.summary, view.ticket.details) == ("Printer 2 eats paper", "So does this")
    assert [(note.note.text, note.mark) for note in view.notes] == [
        ("Words 2", Mark.CONFIRMED),
        ("It waits", Mark.CONFIRMED),
    ]
    assert robin.mended().count == 1
    pages = [request.path for request in proxy.seen[before:] if request.path.startswith("/v1/changes")]
    assert any("bucket=" in path for path in pages)
    assert not [path for path in pages if "bucket=" not in path and "since=&" in path], "the feed is not begun anew"
    for number, ticket in zip((1, 2, 3), tickets, strict=True):
        shown = robin.ticket(ticket)
        assert shown is not None
        assert [file.attachment.size for file in shown.attachments] == [number]
