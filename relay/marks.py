"""Where the history stood after each commit, by names that nobody can guess.

A database that is put back from a backup goes on with the same numbers, but not with the same names: whoever holds the
name of a head that was lost learns that it is not known here, even where nobody has said so.
"""

import re
import secrets
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from relay.tables import marks

_MARK: Final = re.compile(r"([0-9]{1,18})-([0-9a-f]{16})")


def set_mark(connection: Connection, head: int) -> None:
    """Give the head that this transaction leaves a name."""
    connection.execute(insert(marks).values(version=head, name=secrets.token_hex(8)))


def last_mark(connection: Connection) -> str:
    """The present head with its name; empty in a database that has none yet."""
    found = connection.execute(select(marks).order_by(marks.c.version.desc()).limit(1)).first()
    return "" if found is None else f"{found.version}-{found.name}"


def are_known(connection: Connection, named: str) -> bool:
    """Whether the history of this database went through each of these heads, a comma between; or of none."""
    return all(_is_known(connection, mark) for mark in named.split(",") if named)


def _is_known(connection: Connection, mark: str) -> bool:
    match = _MARK.fullmatch(mark)
    if match is None:
        return False
    name = connection.execute(select(marks.c.name).where(marks.c.version == int(match[1]))).scalar()
    return bool(name == match[2])


def drop_marks(connection: Connection, before: int) -> None:
    """Forget names of heads that no good cursor can be older than."""
    connection.execute(delete(marks).where(marks.c.version < before))
