"""What comes home when something is taken back before it has gone: the words and the files, as a draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.sync.protocol import encode_operation
from desktop.tickets import filing
from desktop.tickets.acceptance import NotAccepted
from desktop.tickets.operations import ChangeFields, Kind
from desktop.tickets.outbox import OperationState
from desktop.tickets.ticket_fields import normal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desktop.store.transaction import Transaction
    from desktop.tickets.draft import Draft
    from desktop.tickets.operations import FieldChange
    from desktop.tickets.outbox import OutboxEntry

STILL_OURS = frozenset((OperationState.QUEUED, OperationState.REJECTED))
"""States in which something can be taken back."""


def brought_home(tx: Transaction, entry: OutboxEntry, new_draft: Callable[[str], Draft], at: datetime) -> Draft | None:
    """The draft of a filing with all that followed it, or of a reply with its files; None for what has no words.

    It is saved, with the pictures that were held for it, which then follow nothing any more.
    """
    if entry.kind is Kind.FILE_TICKET and entry.state is OperationState.REJECTED:
        _release(tx, entry.ticket, at)
    theirs = [other.operation for other in tx.outbox.of_ticket(entry.ticket) if other.state in STILL_OURS]
    held = [draft for draft in tx.drafts.all() if draft.held and draft.ticket == entry.ticket]
    if entry.kind is Kind.FILE_TICKET:
        empty = new_draft("")
        draft = filing.draft_of(theirs, draft=empty.id, at=empty.changed_at)
    elif entry.kind in (Kind.ADD_NOTE, Kind.REOPEN):
        said = entry.operation.body
        files = filing.files_of([one for one in theirs if one.attach_file and one.attach_file.note == said.note])
        draft = replace(new_draft(entry.ticket), details=said.text, files=files)
        held = [waiting for waiting in held if waiting.note == said.note]
    else:
        return None
    draft = replace(draft, files=(*draft.files, *(file for waiting in held for file in waiting.files)))
    tx.drafts.save(draft)
    for waiting in held:
        tx.drafts.discard(waiting.id)
    return draft


def _release(tx: Transaction, ticket: str, at: datetime) -> None:
    """What was sent behind a filing that is refused has arrived nowhere: its ticket is not there."""
    for other in tx.outbox.of_ticket(ticket):
        if other.state is OperationState.UNKNOWN:
            tx.outbox.settle(other.id, OperationState.QUEUED, now=at)


def build_on_what_was_before(tx: Transaction, gone: OutboxEntry, new_id: Callable[[], str]) -> None:
    """Edits of the same fields that were made on top of a taken back one are made on top of what was there before it.

    Otherwise they would lose against nobody. What has been sent once stays as it is: its bytes never change.
    """
    if gone.operation.change_fields is None:
        return
    undone = {change.field: change for change in map(_written, gone.operation.change_fields.changes)}
    for entry in tx.outbox.of_ticket(gone.ticket):
        edit = entry.operation.change_fields
        if edit is None or entry.seq < gone.seq or not entry.state.is_projected:
            continue
        changes = tuple(_without(undone.pop(change.field, None), change) for change in edit.changes)
        if changes != edit.changes and entry.state is OperationState.QUEUED and not entry.attempts:
            again = replace(entry.operation, id=new_id(), change_fields=ChangeFields(changes=changes))
            tx.outbox.replace(entry.id, again, encode_operation(again))


def _without(undone: FieldChange | None, change: FieldChange) -> FieldChange:
    if undone is None or _written(change).base != undone.value:
        return change
    return replace(change, base=undone.base)


def _written(change: FieldChange) -> FieldChange:
    """The change as a ticket shows it; as it was typed where that is no date."""
    try:
        return normal(change)
    except NotAccepted:
        return change
