"""What is asked of a desk in another process: one act each, and in the end everything that it shows."""

import hashlib
from dataclasses import dataclass, replace

from desktop.desk import Desk
from desktop.tickets.operations import FieldChange
from desktop.tickets.outbox import OperationState
from desktop.tickets.ticket import TicketState
from desktop.tickets.ticket_fields import field_text
from desktop.tickets.trouble import InputRefused
from desktop.tickets.view import KeptValue, Mark, TicketView
from tests.faults.jobs import add
from tests.torture.history import Act, Does


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as a desk shows it. `waiting`: how much of it is not confirmed."""

    state: TicketState
    kept: tuple[KeptValue, ...]
    waiting: int


def content_of(act: Act) -> bytes:
    """The file of an act: between a few bytes and some pieces."""
    seed = hashlib.sha256(act.mark.encode()).digest()
    return seed * (1 + int.from_bytes(seed[:2]) % 12_000)


def sha256_of(act: Act) -> str:
    """The hash by which that file is found again."""
    return hashlib.sha256(content_of(act)).hexdigest()


def do(desk: Desk, act: Act) -> str:
    """The operation that the act became, durably; empty where the ticket is not here yet, or does not allow it."""
    if act.does is Does.FILE:
        files = (add(desk, content_of(act)),) if act.number % 2 else ()
        draft = replace(desk.new_draft(), id=act.ticket, summary=act.mark, files=files)
        return desk.file_ticket(draft).result().operation
    view = desk.ticket(act.ticket)
    if view is None:
        return ""
    try:
        return _on(desk, view, act)
    except InputRefused:
        return ""


def _on(desk: Desk, view: TicketView, act: Act) -> str:
    match act.does:
        case Does.SAY:
            return desk.reply(act.ticket, act.mark).result().operation
        case Does.ATTACH:
            return desk.attach(act.ticket, [add(desk, content_of(act))]).result().operation
        case Does.CHANGE:
            change = FieldChange(field=act.field, base=field_text(view.ticket, act.field), value=act.mark)
            return desk.change_fields(act.ticket, [change]).result().operation
        case Does.SOLVE:
            return desk.say_solved(act.ticket).result().operation
        case _:
            return desk.reopen(act.ticket, act.mark).result().operation


def everything(desk: Desk) -> dict[str, Shown]:
    """Every ticket that the desk shows, by its id."""
    shown = {}
    for row in desk.tickets(limit=100_000).rows:
        view = desk.ticket(row.ticket)
        assert view is not None, row.ticket
        notes, files = tuple(note.note for note in view.notes), tuple(file.attachment for file in view.attachments)
        marks = [view.mark, *(note.mark for note in view.notes), *(file.mark for file in view.attachments)]
        waiting = len(view.pending) + sum(mark is not Mark.CONFIRMED for mark in marks)
        shown[row.ticket] = Shown(TicketState(ticket=view.ticket, notes=notes, attachments=files), view.kept, waiting)
    return shown


def refused(desk: Desk) -> list[str]:
    """The operations that the help desk did not accept, which the person is told."""
    return [item.id for item in desk.waiting() if item.state is OperationState.REJECTED]


def try_again(desk: Desk) -> list[str]:
    """Try each of them once more, as the person does who is told; which they were."""
    return [operation for operation in refused(desk) if desk.retry(operation).result()]


def take_back(desk: Desk) -> list[str]:
    """Take back each of them; which they were."""
    told = refused(desk)
    for operation in told:
        desk.cancel(operation).result()
    return told


def waiting(desk: Desk) -> str:
    """What has not gone yet, and why, for whoever looks for the cause."""
    return f"{desk.connection()} {desk.waiting()}"
