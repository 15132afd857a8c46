"""Which tickets have which error, by its fingerprint; filled from what is there a little at a time."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """CREATE TABLE error(
        fingerprint BLOB NOT NULL,
        generation INTEGER NOT NULL,
        company TEXT NOT NULL,
        device TEXT NOT NULL,
        status TEXT NOT NULL,
        made INTEGER NOT NULL,
        ticket INTEGER NOT NULL,
        PRIMARY KEY (fingerprint, generation, company, ticket)
    ) WITHOUT ROWID""",
    "CREATE INDEX error_ticket ON error(ticket)",
    "CREATE TABLE error_queue(ticket INTEGER PRIMARY KEY)",
)


def upgrade() -> None:
    """Make the tables, and queue every ticket."""
    for statement in TABLES:
        op.execute(statement)
    op.execute("INSERT INTO error_queue(ticket) SELECT key FROM ticket WHERE shown ORDER BY key")
