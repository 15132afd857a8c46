"""What a server may say about a row before it is stored: our memory and database must survive a hostile one."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from desktop.sync.protocol import ChangedRow
from desktop.tickets.identity import is_id
from desktop.tickets.notice import Notice
from desktop.tickets.ticket import MAX_TEXT, Attachment, Note, Ticket

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 2**62
_LONGEST: Final = 2 * MAX_TEXT
_MOST: Final = 10_000
"""Most lines of history, windows or followers on one ticket."""

Row = Ticket | Note | Attachment | Notice


def row_of(changed: ChangedRow) -> Row | None:
    """The one value of a row that is what it says it is and can be stored; None where it is not."""
    values = (changed.ticket, changed.note, changed.attachment, changed.notice)
    present = [value for value in values if value is not None]
    if len(present) != 1 or present[0] is not getattr(changed, changed.kind):
        return None
    row = present[0]
    return row if row.id == changed.id and row.version == changed.version and is_sane(row) else None


def is_sane_tombstone(changed: ChangedRow) -> bool:
    """Whether the row says that something which could be ours is gone."""
    return changed.gone and is_id(changed.id) and 0 < changed.version < _LARGEST


def is_sane(row: Row) -> bool:
    """Whether ids are ids, numbers fit, texts are bounded and times have a zone."""
    if not (is_id(row.id) and 0 < row.version < _LARGEST):
        return False
    match row:
        case Ticket():
            return _is_sane_ticket(row)
        case Note():
            return is_id(row.ticket) and len(row.text) <= _LONGEST and 0 <= row.minutes < _LARGEST and _aware([row.at])
        case Attachment():
            return (
                is_id(row.ticket)
                and (not row.note or is_id(row.note))
                and 0 <= row.size < _LARGEST
                and _SHA256.fullmatch(row.sha256) is not None
                and len(row.name) <= _LONGEST
                and _aware([row.at])
            )
        case Notice():
            return len(row.text) <= _LONGEST and _aware([row.since, row.until])


def _is_sane_ticket(ticket: Ticket) -> bool:
    lists = (ticket.history, ticket.availability, ticket.followers, ticket.device.facts)
    if max(map(len, lists)) > _MOST:
        return False
    texts = (ticket.summary, ticket.details, ticket.error_text, ticket.number, ticket.priority_reason)
    if max(map(len, texts)) > _LONGEST:
        return False
    times: list[datetime | None] = [ticket.made_at, ticket.updated_at, ticket.received_at, ticket.due_back]
    times += [change.at for change in ticket.history]
    times += [time for window in ticket.availability for time in (window.start, window.end)]
    if ticket.appointment is not None:
        times += [ticket.appointment.start, ticket.appointment.end]
    return _aware(times)


def _aware(times: Iterable[datetime | None]) -> bool:
    return None not in [time.tzinfo for time in times if time is not None]
