"""Whom a commit concerns: the scopes in which something has changed since the last look."""

from collections.abc import Set
from typing import Final

from sqlalchemy import select

from relay.core import Relay
from relay.tables import rows, shifts
from relay.values import epoch, number, value

MOST: Final = 2000
"""With more changes than this, it is everybody."""


class News:
    """Looks at what any process has committed. One thread at a time."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._head, self._history = self._seen()

    def __call__(self) -> Set[str] | None:
        """The scopes in which something has changed since the last call; None: everybody's. Blocks."""
        before, history = self._head, self._history
        self._head, self._history = self._seen()
        if self._history != history or self._head - before > MOST:
            return None
        return self._scopes(before, self._head) if self._head > before else frozenset()

    def _seen(self) -> tuple[int, tuple[str, str]]:
        with self._relay.read() as connection:
            return number(connection, "head"), (epoch(connection), value(connection, "profile-etag"))

    def _scopes(self, after: int, until: int) -> Set[str]:
        changed = select(rows.c.own, rows.c.company, rows.c.provider).where(rows.c.version.between(after + 1, until))
        moved = select(shifts.c.scope).where(shifts.c.version.between(after + 1, until))
        with self._relay.read() as connection:
            found = {scope for line in connection.execute(changed) for scope in line if scope}
            return found | set(connection.execute(moved).scalars())
