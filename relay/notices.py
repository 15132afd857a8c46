"""Notices: what the provider tells everyone, or everyone of a company."""

import secrets
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection

from desktop.sync.protocol import encode
from desktop.tickets.clock import Clock
from desktop.tickets.identity import new_id
from desktop.tickets.notice import Notice
from desktop.tickets.plain_text import is_blank, one_line
from desktop.tickets.rows import RowKind
from desktop.tickets.trouble import InputRefused
from relay.accounts import company_exists
from relay.journal import Journal, Row, rows_where
from relay.permissions import sight_of_notice
from relay.tables import rows

_notices: Final = msgspec.json.Decoder(Notice)


def add_notice(
    connection: Connection, clock: Clock, text: str, *, company: str = "", until: datetime | None = None
) -> Notice:
    """Tell everyone, or (`company`) everyone there; raises `InputRefused`."""
    if is_blank(one_line(text)):
        raise InputRefused("A notice needs a text.")
    if company and not company_exists(connection, company):
        raise InputRefused(f"There is no company {company!r}.")
    at = clock.now()
    journal = Journal(connection, at)
    notice = Notice(
        id=new_id(clock, secrets.SystemRandom()), text=one_line(text), since=at, until=until, version=journal.version()
    )
    journal.put(
        Row(
            kind=RowKind.NOTICE,
            row=notice.id,
            ticket="",
            version=notice.version,
            sight=sight_of_notice(company),
            body=encode(notice),
        ),
        None,
    )
    journal.flush()
    return notice


def end_notice(connection: Connection, notice: str, *, at: datetime) -> None:
    """Take a notice back from everyone; raises `InputRefused` where none of that id is shown."""
    found = rows_where(connection, rows.c.kind == RowKind.NOTICE, rows.c.row == notice, rows.c.provider.is_not(None))
    if not found:
        raise InputRefused(f"There is no notice {notice!r}.")
    journal = Journal(connection, at)
    journal.take_away(found[0])
    journal.flush()


def end_overdue(connection: Connection, *, at: datetime) -> int:
    """Take back every notice whose time is over; returns how many."""
    shown = rows_where(connection, rows.c.kind == RowKind.NOTICE, rows.c.provider.is_not(None))
    over = [row for row in shown if (until := _notices.decode(row.body).until) is not None and until <= at]
    journal = Journal(connection, at)
    for row in over:
        journal.take_away(row)
    journal.flush()
    return len(over)
