"""What one transaction has touched so far, shared by its parts."""

from collections.abc import Callable
from typing import Any

from desktop.store.database import Connection
from desktop.tickets.clock import Clock
from desktop.tickets.view import Changed

MOST_NAMED = 200
"""With more changed tickets than this, a window had better read everything again."""


class Work:
    """One transaction's connection, and what is to be done before it commits.

    Attributes:
        run: executes a statement with its values.
        tickets: ids of tickets whose causes changed, to be projected again.
        marked: ids of tickets to be projected again whose words have not changed, only how far they have come.
        told: ids of tickets that changed and need no projection (any more).
        files: encrypted files that may have lost their last use.
        attachments: ids that may have lost their last use.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.run: Callable[..., Any] = connection.execute
        self.run_many: Callable[..., Any] = connection.executemany
        self.clock = clock
        self.tickets: set[str] = set()
        self.marked: set[str] = set()
        self.told: set[str] = set()
        self.outbox = False
        self.connection = False
        self.organisation = False
        self.everything = False
        self.attachments: set[str] = set()
        self.files: set[str] = set()

    def changed(self) -> Changed:
        """What to tell the windows."""
        named = self.told | self.tickets | self.marked
        many = len(named) > MOST_NAMED
        return Changed(
            tickets=frozenset() if many else frozenset(named),
            outbox=self.outbox,
            connection=self.connection,
            organisation=self.organisation,
            everything=self.everything or many,
        )
