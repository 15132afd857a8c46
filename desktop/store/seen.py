"""Which tickets have words of others that the person has not had open on this computer."""

from collections.abc import Mapping
from typing import Final

from desktop.store.codec import to_number
from desktop.store.generations import present_generation
from desktop.store.settings import StoredSettings
from desktop.store.work import Work

_SINCE: Final = "seen since"
"""Names the moment at which this computer was connected: what was said before is no news here."""


class Seen:
    """How many words of others each ticket had when it was last open. Notes are never taken away: more is news."""

    def __init__(self, work: Work, settings: StoredSettings) -> None:
        self._work = work
        self._settings = settings

    def begin(self) -> None:
        """From now on what others say is news; asked again, it changes nothing."""
        if not self._settings.value(_SINCE):
            self._settings.save_value(_SINCE, str(to_number(self._work.clock.now())))

    def mark(self, ticket: str) -> None:
        """The person has the ticket open as it is now; nothing where the list does not show it."""
        row = self._work.run(
            "SELECT key, updated FROM ticket WHERE generation = ? AND id = ? AND shown",
            (present_generation(self._work.run), ticket),
        ).fetchone()
        if row is not None:
            self._settings.save_value(_name(ticket), f"{row[1]} {self._others(row[0])}")
            self._work.told.add(ticket)

    def unread(self, tickets: Mapping[str, tuple[int, int]]) -> frozenset[str]:
        """Which of these tickets have news; each with its key and when it was updated (microseconds since 1970)."""
        since = int(self._settings.value(_SINCE) or 0)
        found = set()
        for ticket, (key, updated) in tickets.items():
            seen, _, count = self._settings.value(_name(ticket)).partition(" ")
            if updated > int(seen or since) and self._others(key) > int(count or 0):
                found.add(ticket)
        return frozenset(found)

    def _others(self, key: int) -> int:
        account = self._settings.account()
        me = account.person.email if account is not None and account.person is not None else ""
        row = self._work.run(
            "SELECT count(*) FROM part WHERE ticket = ? AND kind = 'note' "
            "AND json_extract(CAST(body AS TEXT), '$.author.email') <> ? "
            "AND json_extract(CAST(body AS TEXT), '$.kind') <> 'system'",
            (key, me),
        ).fetchone()
        return int(row[0])


def _name(ticket: str) -> str:
    return f"seen {ticket}"
