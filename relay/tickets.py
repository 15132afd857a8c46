"""Tickets as an administrator asks for them: by reference, id or number."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, or_, select

from desktop.tickets.organisation import Organisation
from desktop.tickets.reference import read_reference, reference
from desktop.tickets.rows import RowKind
from desktop.tickets.service_level import service_levels
from desktop.tickets.ticket import Ticket, TicketState
from desktop.tickets.trouble import InputRefused
from relay.look_up import ticket_body
from relay.permissions import Reader
from relay.tables import moment, operations, rows, tickets, uploads

_EVERYTHING: Final = Reader(everything=True)


class _Answer(msgspec.Struct, frozen=True):
    state: TicketState


_answers: Final = msgspec.json.Decoder(_Answer)
_tickets: Final = msgspec.json.Decoder(Ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each the relay holds. `uploads`: files that have (partly) come and are on no ticket."""

    tickets: int
    notes: int
    files: int
    operations: int
    uploads: int


def find_ticket(connection: Connection, wanted: str) -> TicketState:
    """The ticket with that reference, id or number, with all on it; raises `InputRefused`."""
    try:
        spoken = read_reference(wanted)
    except ValueError:
        spoken = wanted
    named = or_(
        tickets.c.ticket == wanted.strip().lower(), tickets.c.number == wanted.strip(), tickets.c.reference == spoken
    )
    found = connection.execute(select(tickets.c.ticket).where(named)).scalars().all()
    if len(found) != 1:
        raise InputRefused(
            f"There is no ticket {wanted!r}." if not found else f"{wanted!r} is not one ticket but several."
        )
    body = ticket_body(connection, found[0], _EVERYTHING)
    if body is None:
        raise InputRefused(f"There is no ticket {wanted!r}.")
    return _answers.decode(body).state


def ticket_lines(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every ticket, newest change first, as `helptray-relay tickets` prints it."""
    order = select(rows.c.body).where(rows.c.kind == RowKind.TICKET).join(tickets, tickets.c.ticket == rows.c.row)
    for body in connection.execute(order.order_by(tickets.c.updated_at.desc(), tickets.c.id.desc())).scalars():
        ticket = _tickets.decode(body)
        yield {
            "ticket": ticket.id,
            "reference": reference(ticket.id),
            "number": ticket.number,
            "summary": ticket.summary,
            "status": ticket.status,
            "priority": ticket.priority,
            "company": ticket.company,
            "requester": ticket.requester.email,
        }


def ticket_page(
    connection: Connection, state: TicketState, organisation: Organisation, now: datetime
) -> dict[str, Any]:
    """Everything about one ticket, as `helptray-relay show` prints it."""
    ticket = state.ticket
    levels = service_levels(organisation, ticket, now)
    return {
        "ticket": ticket.id,
        "reference": reference(ticket.id),
        "number": ticket.number,
        "summary": ticket.summary,
        "status": ticket.status,
        "priority": ticket.priority,
        "updated": _iso(ticket.updated_at),
        "pending": 0,
        "company": ticket.company,
        "requester": ticket.requester.email,
        "assignee": ticket.assignee,
        "acknowledged": ticket.acknowledged,
        "confidential": ticket.confidential,
        "made": _iso(ticket.made_at),
        "received": _iso(ticket.received_at),
        "due_back": _iso(ticket.due_back),
        "details": ticket.details,
        "error_text": ticket.error_text,
        "contact": _plain(ticket.contact),
        "device": _plain(ticket.device),
        "written_on": ticket.written_on,
        "availability": _plain(ticket.availability),
        "appointment": _plain(ticket.appointment),
        "notes": [
            {
                "note": note.id,
                "author": note.author.email or note.author.name,
                "kind": note.kind,
                "text": note.text,
                "at": _iso(note.at),
                "minutes": note.minutes,
                "state": "confirmed",
            }
            for note in state.notes
        ],
        "files": [
            {
                "attachment": file.id,
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "state": "confirmed",
            }
            for file in state.attachments
        ],
        "history": _plain(ticket.history),
        "service_levels": [
            {"stage": level.stage, "due": _iso(level.due), "state": level.state, "estimate": False} for level in levels
        ],
        "operations": [
            {
                "operation": line.operation,
                "kind": line.kind,
                "at": _iso(moment(line.at)),
                "by": line.email or line.device,
                "result": line.result,
            }
            for line in connection.execute(
                select(operations).where(operations.c.ticket == ticket.id).order_by(operations.c.id)
            )
        ],
    }


def counts(connection: Connection) -> Counts:
    """How many of each there are."""
    kinds = select(rows.c.kind, func.count().label("held")).group_by(rows.c.kind)
    held = {line.kind: line.held for line in connection.execute(kinds)}
    loose = select(func.count()).select_from(uploads).where(uploads.c.attached == 0)
    return Counts(
        tickets=held.get(RowKind.TICKET, 0),
        notes=held.get(RowKind.NOTE, 0),
        files=held.get(RowKind.ATTACHMENT, 0),
        operations=connection.execute(select(func.count()).select_from(operations)).scalar_one(),
        uploads=connection.execute(loose).scalar_one(),
    )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _plain(value: Any) -> Any:
    """A value of the tickets as JSON has it, times in UTC."""
    if isinstance(value, datetime):
        return _iso(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
