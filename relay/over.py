"""Which tickets are over by the profile: where that has changed, every technician reads some more, or some no more."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from desktop.tickets.life_cycle import ended_statuses
from desktop.tickets.organisation import Organisation
from desktop.tickets.rows import RowKind
from desktop.tickets.ticket import Ticket
from relay.journal import Journal, Row, rows_where
from relay.permissions import sight_of_ticket
from relay.tables import rows, tickets
from relay.values import set_value, value

_NOTED: Final = "ended"
"""Names the statuses by which the rows have their scopes; absent in a database that is older than this."""

_AT_ONCE: Final = 500
"""Tickets that are held in memory at a time."""

_tickets: Final = msgspec.json.Decoder(Ticket)
_statuses: Final = msgspec.json.Decoder(list[str])


def is_noted(connection: Connection) -> bool:
    """Whether it was ever noted which tickets are over."""
    return bool(value(connection, _NOTED))


def note_what_is_over(connection: Connection, organisation: Organisation, at: datetime) -> int:
    """Let technicians hear of every ticket that is over by this profile and was not by the last, or the other way.

    Returns how many tickets are for others now. Takes some twenty seconds for 100,000 of them.
    """
    ended = ended_statuses(organisation)
    before = value(connection, _NOTED)
    changed = ended.symmetric_difference(_statuses.decode(before) if before else ())
    if changed or not before:
        set_value(connection, _NOTED, msgspec.json.encode(sorted(ended)).decode())
    return _move(connection, changed, organisation, at) if changed else 0


def _move(connection: Connection, statuses: Collection[str], organisation: Organisation, at: datetime) -> int:
    journal = Journal(connection, at)
    names = connection.execute(select(tickets.c.ticket).where(tickets.c.status.in_(statuses))).scalars().all()
    moved = 0
    for first in range(0, len(names), _AT_ONCE):
        whole: dict[str, list[Row]] = defaultdict(list)
        for row in rows_where(connection, rows.c.ticket.in_(names[first : first + _AT_ONCE])):
            whole[row.ticket].append(row)
        moved += sum(_move_one(journal, on_it, organisation) for on_it in whole.values())
        journal.flush()
    return moved


def _move_one(journal: Journal, on_it: list[Row], organisation: Organisation) -> bool:
    before = next(row for row in on_it if row.kind is RowKind.TICKET)
    sight = sight_of_ticket(_tickets.decode(before.body), organisation)
    if sight == before.sight:
        return False
    for row in on_it:
        is_internal = row.sight == before.sight.behind_the_counter
        journal.move(row, sight.behind_the_counter if is_internal else sight)
    return True
