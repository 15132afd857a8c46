"""Small named values: the connection, the provider's profile, and what the engine wants to remember."""

from typing import Protocol

from desktop.store.codec import decode_account, encode
from desktop.store.work import Work
from desktop.tickets.connection import Account
from desktop.tickets.organisation import UNKNOWN_ORGANISATION, Organisation


class ReadsProfile(Protocol):
    """Turns a profile's text into an organisation."""

    def __call__(self, text: str, *, source: str) -> Organisation:
        """See `desktop.tickets.profile.parse_profile`."""
        ...


class Profiles:
    """Reads each profile once. Shared by the threads of a store; the worst that can happen is to read one twice."""

    def __init__(self, parse: ReadsProfile) -> None:
        self._parse = parse
        self._last: tuple[str, str, Organisation] | None = None

    def read(self, key: str, toml: str) -> Organisation:
        """The organisation in the text."""
        last = self._last
        if last is None or last[:2] != (key, toml):
            last = (key, toml, self._parse(toml, source=key))
            self._last = last
        return last[2]


class StoredSettings:
    """Named values in the database (see `desktop.sync.ledger.Settings`)."""

    def __init__(self, work: Work, profiles: Profiles) -> None:
        self._work = work
        self._profiles = profiles
        self._known: dict[str, str] = {}

    def account(self) -> Account | None:
        """This device at its help desk, or None before it is connected."""
        kept = self._get("account")
        return decode_account(kept) if kept else None

    def save_account(self, account: Account | None) -> None:
        """Keep the connection, or forget it."""
        self._set("account", encode(account).decode() if account is not None else "")
        self._work.connection = True

    def organisation(self) -> tuple[str, str] | None:
        """The provider's profile as (key, TOML text), or None before it was fetched."""
        toml = self._get("profile")
        return (self._get("profile key"), toml) if toml else None

    def read_organisation(self) -> Organisation:
        """The provider, or `UNKNOWN_ORGANISATION` before its profile was fetched."""
        profile = self.organisation()
        return UNKNOWN_ORGANISATION if profile is None else self._profiles.read(*profile)

    def save_organisation(self, key: str, toml: str, etag: str) -> None:
        """Keep the provider's profile. Tickets with something waiting are projected by it from now on."""
        self._set("profile key", key)
        self._set("profile", toml)
        self._set("profile etag", etag)
        waiting = self._work.run(
            "SELECT DISTINCT ticket FROM outbox WHERE state NOT IN ('done', 'replaced', 'cancelled')"
        )
        self._work.tickets.update(row[0] for row in waiting)
        self._work.organisation = True

    def organisation_etag(self) -> str:
        """The ETag of the profile, or empty."""
        return self._get("profile etag")

    def value(self, name: str) -> str:
        """A named value, empty when absent."""
        return self._get(f"value {name}")

    def save_value(self, name: str, value: str) -> None:
        """Keep a named value."""
        self._set(f"value {name}", value)

    def _get(self, name: str) -> str:
        if name not in self._known:
            row = self._work.run("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            self._known[name] = row[0] if row else ""
        return self._known[name]

    def _set(self, name: str, value: str) -> None:
        self._known[name] = value
        self._work.run(
            "INSERT INTO setting(name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, value),
        )
