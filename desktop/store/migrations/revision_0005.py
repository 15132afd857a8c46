"""Whose a ticket is tells which of them a technician's list shows; errors are folded otherwise, so taken down anew.

Technicians read what is over whoever had it. Drives, hosts, named users and versions of libraries are folded since.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Note whose each ticket is, and queue every ticket for its errors.

    One on which something waits here, or that is lost, is everybody's.
    """
    op.execute("ALTER TABLE ticket ADD COLUMN whose TEXT NOT NULL DEFAULT ''")
    op.execute(
        "UPDATE ticket SET whose = coalesce(json_extract(CAST(body AS TEXT), '$.assignee'), '') "
        "WHERE body IS NOT NULL AND NOT pending AND NOT lost"
    )
    op.execute("CREATE INDEX ticket_whose ON ticket(generation, whose, updated, id) WHERE shown")
    op.execute("DELETE FROM error")
    op.execute("INSERT OR IGNORE INTO error_queue(ticket) SELECT key FROM ticket WHERE shown ORDER BY key")
