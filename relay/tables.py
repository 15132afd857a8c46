"""The relay's tables. Times are integers: milliseconds since 1970, UTC. Bodies are the bytes of the wire."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

values = Table(
    "values",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small named values: epoch, head (the last version given), number (the last ticket number), profile."""

marks = Table(
    "marks",
    metadata,
    Column("version", BigInteger, primary_key=True),
    Column("name", Text, nullable=False),
)
"""A name by chance for each head that a commit has left: a database put back from a backup gives others."""

companies = Table(
    "companies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("shares", Integer, nullable=False, default=0),
)
"""`shares`: its requesters see one another's tickets, but for confidential ones."""

people = Table(
    "people",
    metadata,
    Column("email", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("role", Text, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("email", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("device", Text, nullable=False, default=""),
    Column("used_at", BigInteger, nullable=False, default=0),
)
"""One-time codes; `device` is the one that has used it."""

guesses = Table(
    "guesses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("guesses_by_address", "address", "at"),
)
"""Wrong codes, by the address that they came from."""

devices = Table(
    "devices",
    metadata,
    Column("device", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger, nullable=False, default=0),
)
"""`email` is empty until a person has signed in on it."""

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Text, nullable=False, index=True),
    Column("parent", Integer, nullable=False),
    Column("access", LargeBinary, nullable=False, unique=True),
    Column("refresh", LargeBinary, nullable=False, unique=True),
    Column("access_until", BigInteger, nullable=False),
    Column("used", Integer, nullable=False, default=0),
    Column("dead", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)
"""Token pairs, as hashes. `parent` is the pair whose refresh made this one; `dead`: its refresh is no longer good."""

rows = Table(
    "rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("version", BigInteger, nullable=False, unique=True),
    Column("bucket", Text, nullable=False),
    Column("own", Text),
    Column("company", Text),
    Column("provider", Text),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "row"),
    Index("rows_by_ticket", "ticket", "version"),
    Index("rows_by_bucket", "bucket", "version"),
    Index("rows_by_own", "own", "version"),
    Index("rows_by_company", "company", "version"),
    Index("rows_by_provider", "provider", "version"),
)
"""Everything that the change feed tells, each row once, at its last version, with the scopes that it is seen in.

`bucket` is empty for a row that nobody sees any more.
"""

shifts = Table(
    "shifts",
    metadata,
    Column("version", BigInteger, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("shifts_by_scope", "scope", "version"),
)
"""A row came into or went out of a scope without changing: told as a row or as a tombstone, as it is when told."""

scopes = Table(
    "scopes",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("bucket", Text, primary_key=True),
    Column("checksum", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),
)
"""XOR of the hashes of a bucket's rows in a scope (16 hexadecimal digits), kept in each writing transaction."""

tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    Column("reference", Text, nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("due_back", BigInteger, index=True),
    Column("updated_at", BigInteger, nullable=False, index=True),
)
"""What tickets are looked up by; the ticket itself is in `rows`. `device` is the one that filed it."""

operations = Table(
    "operations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operation", Text, nullable=False, unique=True),
    Column("ticket", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("device", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("result", Text, nullable=False),
    Column("made_kind", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("refusal", LargeBinary, nullable=False),
)
"""Every answered operation, with its answer: `made` is the note or attachment, `refusal` problem and conflicts."""

uploads = Table(
    "uploads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attachment", Text, nullable=False, unique=True),
    Column("device", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("position", BigInteger, nullable=False, default=0),
    Column("finished", Integer, nullable=False, default=0),
    Column("attached", Integer, nullable=False, default=0),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
"""Uploads, and once attached the contents of attachments. `folder` is shared inside one company only."""


def stamp(at: datetime) -> int:
    """An aware time as milliseconds since 1970, UTC."""
    return int(at.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    """The aware time, UTC, of milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
