"""One ticket with everything on it, as bytes, for whoever may see it."""

from sqlalchemy import Connection

from relay.journal import rows_where
from relay.permissions import Reader
from relay.tables import rows


def ticket_body(connection: Connection, ticket: str, by: Reader) -> bytes | None:
    """`desktop.sync.protocol.TicketAnswer` as JSON; None where there is none, or not for this reader."""
    seen = [row for row in rows_where(connection, rows.c.ticket == ticket) if by.sees(row.sight)]
    bodies: dict[str, list[bytes]] = {"ticket": [], "note": [], "attachment": []}
    for row in seen:
        bodies[row.kind].append(row.body)
    if not bodies["ticket"]:
        return None
    notes, attachments = b",".join(bodies["note"]), b",".join(bodies["attachment"])
    return b'{"state":{"ticket":%b,"notes":[%b],"attachments":[%b]}}' % (bodies["ticket"][0], notes, attachments)
