"""Tickets with the same error as another one, found in what this computer holds, by fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.resolution import resolution_of
from desktop.tickets.error_text.fingerprint import fingerprint
from desktop.tickets.error_text.of_ticket import errors_in, fingerprints_of
from desktop.tickets.life_cycle import ended_statuses, has_ended
from desktop.tickets.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from desktop.store.reader import Reader
    from desktop.tickets.organisation import Organisation
    from desktop.tickets.ticket import StatusKey, Ticket
    from desktop.tickets.view import TicketView

MOST_TOLD = 3
"""Earlier tickets that a technician is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameError:
    """An earlier ticket with the same error, in the same company.

    Attributes:
        status: what the provider calls how it stands.
        is_this_device: it was about the same device.
        is_resolved: it is over.
        resolution: the words that tell how it was resolved; empty while it is open, or where nothing was said.
        resolved_by: who said them.
    """

    ticket: str
    reference: str
    number: str
    summary: str
    status: StatusKey
    made_at: datetime
    is_this_device: bool
    is_resolved: bool
    resolution: str = ""
    resolved_by: str = ""


def same_errors(reader: Reader, organisation: Organisation, ticket: Ticket) -> tuple[SameError, ...]:
    """Earlier tickets of this company with the ticket's error: this device's first, then solved ones, then newest."""
    wanted = fingerprints_of(ticket)
    if not wanted:
        return ()
    names = reader.earlier_with_error(
        wanted,
        company=ticket.company,
        device=ticket.device.name,
        before=ticket.made_at,
        ended=ended_statuses(organisation),
    )
    found = [
        _told(view, organisation, ticket)
        for view in _with_one_of(reader, wanted, names)
        if view.ticket.company == ticket.company and (view.ticket.made_at, view.ticket.id) < (ticket.made_at, ticket.id)
    ]
    found.sort(key=lambda one: (one.is_this_device, one.is_resolved, one.made_at), reverse=True)
    return tuple(found[:MOST_TOLD])


def open_ticket_with(reader: Reader, organisation: Organisation, error: str, requester: str) -> TicketView | None:
    """The newest open ticket of a person (by their address) with this error, or None."""
    wanted = frozenset(filter(None, map(fingerprint, errors_in(error))))
    if not wanted:
        return None
    found = _with_one_of(reader, wanted, reader.open_with_error(wanted, ended=ended_statuses(organisation)))
    theirs = (view for view in found if view.ticket.requester.email.casefold() == requester.casefold())
    return next((view for view in theirs if not has_ended(organisation, view.ticket)), None)


def _with_one_of(reader: Reader, wanted: frozenset[str], names: Sequence[str]) -> Iterator[TicketView]:
    """These tickets as they are now, each read as it is asked for, without those that are about something else."""
    for name in names:
        view = reader.ticket(name)
        if view is not None and not wanted.isdisjoint(fingerprints_of(view.ticket)):
            yield view


def _told(view: TicketView, organisation: Organisation, now: Ticket) -> SameError:
    ticket = view.ticket
    said = resolution_of(organisation, ticket, [shown.note for shown in view.notes])
    name = now.device.name.casefold()
    return SameError(
        ticket=ticket.id,
        reference=reference(ticket.id),
        number=ticket.number,
        summary=ticket.summary,
        status=ticket.status,
        made_at=ticket.made_at,
        is_this_device=bool(name) and ticket.device.name.casefold() == name,
        is_resolved=has_ended(organisation, ticket),
        resolution=said.text if said else "",
        resolved_by=(said.author.name or said.author.email) if said else "",
    )
