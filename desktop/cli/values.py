"""Tickets and what waits, as values for JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from desktop.same_error import SameError
from desktop.tickets.reference import reference
from desktop.tickets.service_level import StageLevel
from desktop.tickets.view import TicketRow, TicketView, WaitingItem

Value = dict[str, Any]


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


def ticket_value(view: TicketView, stages: Iterable[StageLevel], same: Iterable[SameError]) -> Value:
    """A ticket with all on it; `same` are earlier ones with its error."""
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
        "facts": [
            {"key": fact.key, "label": fact.label, "value": fact.value, "unusual": fact.unusual or None}
            for fact in ticket.device.facts
        ],
        "same_error": [
            {
                "ticket": one.ticket,
                "reference": one.reference,
                "number": one.number or None,
                "summary": one.summary,
                "status": one.status or None,
                "made_at": moment(one.made_at),
                "on": "this device" if one.is_this_device else "this company",
                "resolved": one.is_resolved,
                "resolution": one.resolution or None,
                "resolved_by": one.resolved_by or None,
            }
            for one in same
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
