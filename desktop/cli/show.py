"""Tickets as values for JSON and as lines for people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from desktop.cli.times import say_time
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Organisation
from desktop.tickets.reference import reference
from desktop.tickets.service_level import StageLevel
from desktop.tickets.view import Mark, TicketRow, TicketView, WaitingItem

Value = dict[str, Any]

WORDS = {
    Mark.CONFIRMED: "",
    Mark.WAITING: "saved here",
    Mark.ASKING: "checking",
    Mark.REFUSED: "not accepted",
}


def moment(at: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC, or None."""
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def row_value(row: TicketRow) -> Value:
    """A line of the list."""
    return {
        "ticket": row.ticket,
        "reference": row.reference,
        "number": row.number or None,
        "summary": row.summary,
        "status": row.status or None,
        "priority": row.priority or None,
        "updated": moment(row.updated),
        "pending": row.pending,
    }


def ticket_value(view: TicketView, stages: Iterable[StageLevel]) -> Value:
    """A ticket with all on it."""
    ticket = view.ticket
    return {
        "ticket": ticket.id,
        "reference": reference(ticket.id),
        "number": ticket.number or None,
        "summary": ticket.summary,
        "status": ticket.status or None,
        "priority": ticket.priority or None,
        "updated": moment(ticket.updated_at),
        "pending": len(view.pending),
        "details": ticket.details,
        "error_text": ticket.error_text,
        "requester": ticket.requester.email or ticket.requester.name or None,
        "device": ticket.device.name or None,
        "written_on": ticket.written_on or None,
        "assignee": ticket.assignee or None,
        "made_at": moment(ticket.made_at),
        "received_at": moment(ticket.received_at),
        "due_back": moment(ticket.due_back),
        "available": [f"{moment(window.start)}/{moment(window.end)}" for window in ticket.availability],
        "contact": {"phone": ticket.contact.phone, "email": ticket.contact.email},
        "notes": [
            {
                "note": shown.note.id,
                "author": shown.note.author.name or shown.note.author.email,
                "kind": shown.note.kind,
                "text": shown.note.text,
                "at": moment(shown.note.at),
                "state": shown.mark,
            }
            for shown in view.notes
        ],
        "files": [
            {
                "attachment": shown.attachment.id,
                "name": shown.attachment.name,
                "size": shown.attachment.size,
                "sha256": shown.attachment.sha256,
                "state": shown.mark,
            }
            for shown in view.attachments
        ],
        "history": [
            {"at": moment(change.at), "who": change.who, "field": change.field, "old": change.old, "new": change.new}
            for change in ticket.history
        ],
        "service_levels": [
            {"stage": stage.stage, "due": moment(stage.due), "state": stage.state, "estimate": stage.estimate}
            for stage in stages
        ],
        "operations": [
            {"operation": entry.id, "kind": entry.kind, "state": entry.state, "last_error": entry.last_error or None}
            for entry in view.pending
        ],
    }


def waiting_value(item: WaitingItem) -> Value:
    """Something that waits."""
    return {
        "id": item.id,
        "kind": item.kind,
        "ticket": item.ticket,
        "state": item.state,
        "attempts": item.attempts,
        "not_before": moment(item.not_before),
        "last_error": item.last_error or None,
    }


def row_line(row: TicketRow, organisation: Organisation) -> str:
    """A line of the list for people."""
    words = WORDS[row.mark] or status_of(organisation, row.status).words
    waits = f"  ({row.pending} waiting)" if row.pending and row.mark is Mark.CONFIRMED else ""
    return f"{row.reference}  {row.number or '-':>6}  {say_time(row.updated)}  {row.summary}  [{words}]{waits}"


def ticket_lines(view: TicketView, organisation: Organisation) -> list[str]:
    """A ticket for people."""
    ticket = view.ticket
    status = status_of(organisation, ticket.status)
    provider = organisation.short_name or organisation.name
    where = {
        Mark.CONFIRMED: f"With {provider}" + (f", number {ticket.number}" if ticket.number else ""),
        Mark.WAITING: "Saved on this computer",
        Mark.ASKING: "Saved on this computer; checking whether it has arrived",
        Mark.REFUSED: f"Not accepted by {provider}",
    }[view.mark]
    lines = [f"{reference(ticket.id)}  {ticket.summary}", where]
    if view.mark is Mark.CONFIRMED and status.words:
        lines.append(f"{status.words}  {status.next}".rstrip())
    if ticket.device.name:
        lines.append(f"About: {ticket.device.name}")
    if ticket.details:
        lines += ["", ticket.details]
    if ticket.error_text:
        lines += ["", "Error text:", ticket.error_text]
    for shown in view.notes:
        mark = f"  ({WORDS[shown.mark]})" if WORDS[shown.mark] else ""
        author = shown.note.author.name or shown.note.author.email or "You"
        lines += ["", f"{author}, {say_time(shown.note.at)}{mark}", shown.note.text]
    if view.attachments:
        lines += ["", "Files:"]
    for file in view.attachments:
        mark = f"  ({WORDS[file.mark]})" if WORDS[file.mark] else ""
        lines.append(f"  {file.attachment.name}  {file.attachment.size:,} bytes{mark}")
    return lines


def waiting_line(item: WaitingItem) -> str:
    """Something that waits, for people."""
    tries = f", {item.attempts} tries" if item.attempts else ""
    error = f"  {item.last_error}" if item.last_error else ""
    return f"{item.id}  {item.reference}  {item.kind.replace('_', ' ')}  [{item.state}{tries}]{error}"
