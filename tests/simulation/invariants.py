"""What must hold once everything has come to rest, whatever has happened before."""

import hashlib
from collections import Counter
from typing import Final

from desktop.tickets.operations import ADDS, Kind, Operation
from desktop.tickets.outbox import OperationState
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Attachment, Note, Ticket
from tests.contract.everything import known_hash
from tests.simulation.computer import Computer
from tests.simulation.model_server import MALFORMED, words
from tests.simulation.plan import BLIND, What
from tests.simulation.world import World, waiting

_TRIED: Final = (OperationState.DONE, OperationState.REJECTED)


class Broken(AssertionError):
    """A promise that was not kept."""


def check(world: World) -> None:
    """Raise `Broken` with what is wrong."""
    if world.settled_after is None:
        left = [
            (entry.kind.value, entry.state.value, entry.last_error)
            for computer in world.computers
            for entry in waiting(computer)
        ]
        raise Broken(f"not at rest {world.limit:.0f} s after everything was well: {left}")
    if not world.promise_is_kept:
        _doubles_end_as_one(world)
        return
    applied, created = Counter(world.server.books.applied), Counter(world.server.books.created)
    for computer in world.computers:
        _nothing_lost_nothing_doubled(world, computer, applied)
        _followers_wait(computer)
        _view_equals_server(world, computer)
        if not world.server_restored and not computer.said.restored:
            _in_order(world, computer)
        if not computer.said.restored:
            _losing_values_are_kept(world, computer)
    _once(created, "ticket")
    _once(applied, "operation")
    _bytes_are_equal(world)


def _doubles_end_as_one(world: World) -> None:
    """Without that promise no client can avoid a second one; it can only find it, mend it and say so."""
    _once(Counter(world.server.books.created), "ticket")
    united, applied = set(world.server.books.united), Counter(world.server.books.applied)
    for computer in world.computers:
        added = {one: made for one, made in computer.said.made.items() if made.kind in ADDS}
        _once(
            Counter({one: applied[one] for one, made in added.items() if made.kind is not Kind.FILE_TICKET}), "addition"
        )
        if computer.said.restored:
            continue
        for ticket in united & set(computer.tickets()):
            if not computer.view(ticket).twice:
                raise Broken(f"{ticket} was there twice, and nobody was told")
        for operation in united & set(added):
            if added[operation].kind not in computer.view(added[operation].ticket).repeated:
                raise Broken(f"{added[operation].kind} {operation} was there twice, and nobody was told")


def _once(count: "Counter[str]", what: str) -> None:
    for one, times in count.items():
        if times > 1:
            raise Broken(f"{what} {one} is there {times} times")


def _nothing_lost_nothing_doubled(world: World, computer: Computer, applied: "Counter[str]") -> None:
    entries = computer.entries()
    for operation, made in computer.said.made.items():
        entry = entries.get(operation)
        if entry is None:
            if operation not in computer.said.excused:
                raise Broken(f"{made.kind} {operation} was saved, and is nowhere")
            continue
        times = applied[operation]
        match entry.state:
            case OperationState.DONE if times != 1:
                raise Broken(f"{made.kind} {operation} is done here and {times} times at the help desk")
            case OperationState.REJECTED | OperationState.CANCELLED | OperationState.REPLACED if (
                world.plan.guard in BLIND
            ):
                continue  # it may have arrived, and the person was told to look before they do anything
            case OperationState.REJECTED | OperationState.CANCELLED | OperationState.REPLACED if (
                times and world.server_restored and operation in computer.weather.unheard
            ):
                continue  # a restored help desk has forgotten that it refused this, and took what came late
            case OperationState.REJECTED | OperationState.CANCELLED | OperationState.REPLACED if times:
                if not computer.said.restored:
                    raise Broken(f"{made.kind} {operation} is {entry.state} here and {times} times at the help desk")
            case OperationState.REJECTED if _is_there(world, computer, made) and "no-such-ticket" in entry.last_error:
                raise Broken(f"{made.kind} {operation} is refused for lack of a ticket that is there")
            case OperationState.REJECTED if "upload-missing" in entry.last_error:
                raise Broken(f"{made.kind} {operation} is refused for bytes that only have to be sent again")
            case OperationState.REJECTED if not _was_refused(world, computer, made):
                raise Broken(f"{made.kind} {operation} is refused here, and the help desk never refused it")


def _is_there(world: World, computer: Computer, made: Operation) -> bool:
    """A ticket of one's own, that is: what somebody else has lost they alone can bring back."""
    if made.ticket not in computer.tickets():
        return False
    ticket = world.server.books.rows.get((RowKind.TICKET, made.ticket))
    never_hidden = not any(step.what is What.HIDE for step in world.plan.steps)
    return isinstance(ticket, Ticket) and world.server.sees(computer.person, ticket) and never_hidden


def _followers_wait(computer: Computer) -> None:
    """What was said on a ticket that the help desk did not take is not thrown at it."""
    entries = computer.entries().values()
    refused = {one.ticket for one in entries if one.kind is Kind.FILE_TICKET and one.state is OperationState.REJECTED}
    for entry in entries:
        if entry.ticket in refused and entry.kind is not Kind.FILE_TICKET and entry.state in _TRIED:
            raise Broken(f"{entry.kind} {entry.id} is {entry.state}, though its ticket was never taken")


def _was_refused(world: World, computer: Computer, made: Operation) -> bool:
    if made.kind is Kind.ATTACH_FILE and computer.said.files_lost:
        return True
    if words(made).startswith(MALFORMED):
        return True
    return made.id in world.server.refused


def _view_equals_server(world: World, computer: Computer) -> None:
    total, seen = 0, world.server.seen(computer.person)
    for kind, row, _ in seen:
        total ^= known_hash(kind, row.id, row.version)
    held = computer.disk.store.look(lambda tx: tx.confirmed.checksum())
    if held != (total, len(seen)):
        raise Broken(f"{computer.person.name} holds {held[1]} rows, the help desk tells {len(seen)}")
    for _, row, _ in seen:
        if isinstance(row, Ticket):
            _same(computer, row, [other for _, other, _ in seen if getattr(other, "ticket", "") == row.id])


def _same(computer: Computer, ticket: Ticket, theirs: list[Ticket | Note | Attachment]) -> None:
    view = computer.view(ticket.id)
    if view is None:
        raise Broken(f"{computer.person.name} does not see {ticket.id}")
    refused = any(entry.state is OperationState.REJECTED for entry in view.pending)
    if view.ticket != ticket and not refused:
        raise Broken(f"{computer.person.name} sees {view.ticket} instead of {ticket}")
    notes = {shown.note for shown in view.notes if shown.mark == "confirmed"}
    files = {shown.attachment for shown in view.attachments if shown.mark == "confirmed"}
    if notes | files != set(theirs):
        raise Broken(f"{computer.person.name} sees {notes | files} on {ticket.id} instead of {theirs}")


def _in_order(world: World, computer: Computer) -> None:
    entries = sorted(computer.entries().values(), key=lambda entry: entry.seq)
    done = [entry for entry in entries if entry.kind is not Kind.ATTACH_FILE and entry.state is OperationState.DONE]
    words = [entry for entry in done if not entry.replaces]  # what is tried anew comes when it comes
    place = {operation: number for number, operation in enumerate(world.server.books.applied)}
    for ticket in {entry.ticket for entry in words}:
        places = [place[entry.id] for entry in words if entry.ticket == ticket]
        if places != sorted(places):
            raise Broken(f"what was said on {ticket} is out of order")


def _losing_values_are_kept(world: World, computer: Computer) -> None:
    for entry in computer.entries().values():
        if entry.state is not OperationState.DONE:
            continue
        operation = entry.id
        answer = world.server.books.answers.get(operation)
        for conflict in answer.conflicts if answer is not None else ():
            kept = computer.disk.store.look(lambda tx, field=conflict.field, of=operation: tx.kept.get(of, field))
            if kept is None and (operation, conflict.field) not in computer.said.again:
                raise Broken(f"the {conflict.field} of {operation} lost, and was not kept")


def _bytes_are_equal(world: World) -> None:
    contents = {one: bytes_ for computer in world.computers for one, bytes_ in computer.said.contents.items()}
    for (kind, row), value in world.server.books.rows.items():
        if kind is RowKind.ATTACHMENT and isinstance(value, Attachment):
            held = world.server.books.uploads.get(row)
            if held != contents[row] or hashlib.sha256(held).hexdigest() != value.sha256:
                raise Broken(f"the bytes of {value.name} {row} are not those that were taken")
