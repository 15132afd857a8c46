"""Tickets with the same error as another one, found in what this computer holds, by fingerprint.

Nothing is kept for it: the search index finds the few texts that have the error's codes and longest words, and their
fingerprints are compared. So a newer way of telling errors apart holds for old tickets too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.capture.error_text.fingerprint import fingerprint, telling_words, telling_words_without_codes
from desktop.capture.error_text.recognise import looks_like_error
from desktop.tickets.life_cycle import ENDED, status_of
from desktop.tickets.reference import reference
from desktop.tickets.ticket import NoteKind, StatusKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from desktop.store.reader import Reader
    from desktop.tickets.organisation import Organisation
    from desktop.tickets.ticket import Ticket
    from desktop.tickets.view import TicketRow, TicketView

MOST_COMPARED = 50
"""Tickets that are compared, the newest that the search finds."""
MOST_TOLD = 3
"""Earlier tickets that a technician is told of."""


_MOST_PIECES = 40
"""Pieces of a ticket's details that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameError:
    """An earlier ticket with the same error, in the same company.

    Attributes:
        status: what the provider calls how it stands.
        is_this_device: it was about the same device.
        is_resolved: it is over.
        resolution: the provider's last words before it was over; empty while it is open, or where nothing was said.
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


def errors_of(ticket: Ticket) -> tuple[str, ...]:
    """The error that a ticket is about: its error text, or what looks like one among its details.

    People write around an error: the whole of the details, a paragraph and a line are tried, the shortest last.
    """
    if ticket.error_text:
        return (ticket.error_text,)
    pieces = (ticket.details, *ticket.details.split("\n\n"), *ticket.details.splitlines())
    return tuple(piece for piece in pieces[:_MOST_PIECES] if looks_like_error(piece))


def tickets_with(reader: Reader, errors: Sequence[str], among: Callable[[TicketRow], bool]) -> Iterator[TicketView]:
    """Tickets with one of these errors among those lines of the list, newest first, each read as it is asked for."""
    wanted = set(filter(None, map(fingerprint, errors)))
    if not wanted:
        return
    error = errors[-1]
    seen: set[str] = set()
    for search in filter(str.strip, (telling_words(error), telling_words_without_codes(error))):
        for row in reader.tickets(search=search, limit=MOST_COMPARED).rows:
            if row.ticket in seen or not among(row):
                continue
            seen.add(row.ticket)
            view = reader.ticket(row.ticket)
            if view is not None and not wanted.isdisjoint(map(fingerprint, errors_of(view.ticket))):
                yield view


def same_errors(reader: Reader, organisation: Organisation, ticket: Ticket) -> tuple[SameError, ...]:
    """Earlier tickets of this company with the ticket's error: this device's first, then solved ones, then newest."""
    found = [
        _told(view, organisation, ticket)
        for view in tickets_with(reader, errors_of(ticket), lambda row: row.ticket != ticket.id)
        if view.ticket.company == ticket.company and (view.ticket.made_at, view.ticket.id) < (ticket.made_at, ticket.id)
    ]
    found.sort(key=lambda one: (one.is_this_device, one.is_resolved, one.made_at), reverse=True)
    return tuple(found[:MOST_TOLD])


def open_ticket_with(reader: Reader, organisation: Organisation, error: str) -> TicketView | None:
    """The newest open ticket with this error, or None."""
    return next(tickets_with(reader, (error,), lambda row: not _is_over(organisation, row.status)), None)


def _told(view: TicketView, organisation: Organisation, now: Ticket) -> SameError:
    ticket = view.ticket
    resolution, by = _resolution(view, organisation)
    name = now.device.name.casefold()
    return SameError(
        ticket=ticket.id,
        reference=reference(ticket.id),
        number=ticket.number,
        summary=ticket.summary,
        status=ticket.status,
        made_at=ticket.made_at,
        is_this_device=bool(name) and ticket.device.name.casefold() == name,
        is_resolved=_is_over(organisation, ticket.status),
        resolution=resolution,
        resolved_by=by,
    )


def _resolution(view: TicketView, organisation: Organisation) -> tuple[str, str]:
    """The provider's last words before the ticket was over, and whose they are."""
    if not _is_over(organisation, view.ticket.status):
        return "", ""
    ends = [
        change.at
        for change in view.ticket.history
        if change.field == "status" and _is_over(organisation, change.new) and not _is_over(organisation, change.old)
    ]
    said = [
        shown.note
        for shown in view.notes
        if shown.note.author.role.is_provider and shown.note.kind is not NoteKind.SYSTEM and shown.note.text.strip()
    ]
    before = [note for note in said if not ends or note.at <= ends[-1]]
    last = (before or said)[-1:]
    return (last[0].text, last[0].author.name or last[0].author.email) if last else ("", "")


def _is_over(organisation: Organisation, status: str) -> bool:
    return status_of(organisation, StatusKey(status)).purpose in ENDED
