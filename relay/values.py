"""Small named values of the database: counters, the epoch, the profile."""

import secrets
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from relay.tables import values

_VALUE: Final = select(values.c.value).where(values.c.name == bindparam("name"))


def value(connection: Connection, name: str) -> str:
    """A named value, empty when absent."""
    return connection.execute(_VALUE, {"name": name}).scalar() or ""


def set_value(connection: Connection, name: str, text: str) -> None:
    """Store a named value."""
    statement = insert(values).values(name=name, value=text)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": text}))


def number(connection: Connection, name: str) -> int:
    """A named counter, 0 when absent."""
    return int(value(connection, name) or 0)


def set_number(connection: Connection, name: str, to: int) -> None:
    """Store a named counter."""
    set_value(connection, name, str(to))


def epoch(connection: Connection) -> str:
    """The name of this database's history, or empty before `renew_epoch`; versions of two epochs are not comparable."""
    return value(connection, "epoch")


def renew_epoch(connection: Connection) -> str:
    """Begin a new history: for a new database, and for one that was restored from an older copy."""
    name = secrets.token_hex(8)
    set_value(connection, "epoch", name)
    return name
