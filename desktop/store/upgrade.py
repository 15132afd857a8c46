"""The database's schema: which one it is, and the way to the present one.

Alembic and SQLAlchemy take half a second to load, so they are imported here alone, when there is something to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol

from sqlcipher3 import dbapi2 as driver

from desktop.store.database import Connection, Connects, connect
from desktop.store.home import Home
from desktop.store.troubles import NewerSchema, damaged, explained, from_os

SCHEMA = 5
"""Number of the newest revision; kept in `PRAGMA user_version`."""


class Revision(Protocol):
    """A step of the migrations."""

    def upgrade(self) -> None:
        """Take the step, through `alembic.op`."""
        ...


def version_of(connection: Connection) -> int:
    """The schema of a database; 0 for an empty one. `NewerSchema` when it is ahead of this program."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA:
        raise NewerSchema(
            "Your tickets were last opened with a newer Helptray. Update Helptray on this computer, then start it "
            "again. Nothing was changed.",
            detail=f"schema {version}, this program knows {SCHEMA}",
        )
    return version


def bring_up_to_date(home: Home, key: bytes, *, target: int = SCHEMA, connects: Connects = connect) -> None:
    """Make or upgrade the schema, in one transaction, after a copy of what was there (also encrypted).

    Call it with the home's lock held. Raises `StoreTrouble`; the database is then as it was.
    """
    connection = connects(home.database, key, writes=True)
    try:
        with explained(home.database):
            version = version_of(connection)
            if 0 < version < target:
                _copy(connection, home, version)
            if version < target:
                _upgrade(connection, version, target, home)
    finally:
        connection.close()


def _copy(connection: Connection, home: Home, version: int) -> None:
    """The way back: the whole database as `before-upgrade-N.db`, under the same key."""
    copy = home.path / f"before-upgrade-{version}.db"
    try:
        copy.unlink(missing_ok=True)
        copy.touch(mode=0o600)
    except OSError as error:
        raise from_os(error, home.path) from error
    connection.execute("VACUUM INTO ?", (str(copy),))


def _upgrade(connection: Connection, version: int, target: int, home: Home) -> None:
    """Take every step. Foreign keys are off before BEGIN, because within a transaction the pragma does nothing."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    connection.execute("PRAGMA foreign_keys = OFF")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, module=driver)
    with _as_the_driver_said(), engine.connect() as wrapped:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            with Operations.context(MigrationContext.configure(wrapped)):
                for number in range(version + 1, target + 1):
                    step: Revision = import_module(f"desktop.store.migrations.revision_{number:04}")
                    step.upgrade()
            if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise damaged(home.database, f"after the upgrade: {broken[:3]}")
            connection.execute(f"PRAGMA user_version = {target}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def _as_the_driver_said() -> Iterator[None]:
    """Take off what SQLAlchemy wraps around the driver's errors, for whoever explains them."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        if error.orig is None:
            raise
        raise error.orig from error
