"""Errors are folded otherwise since (codes in all their forms, documents): each ticket's are taken down anew."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forget the fingerprints, which only point to tickets, and queue every ticket."""
    op.execute("DELETE FROM error")
    op.execute("INSERT OR IGNORE INTO error_queue(ticket) SELECT key FROM ticket WHERE shown ORDER BY key")
