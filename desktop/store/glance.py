"""One look at the provider's profile without opening the store: nothing is made, upgraded, held or asked."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from desktop.store.database import connect
from desktop.store.home import Home, known_identity
from desktop.store.keys import SERVICE, quiet_ring
from desktop.store.troubles import StoreTrouble

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


def profile_text(
    home: Path, key_file: Path | None, ring: "Callable[[], KeyringBackend | None]" = quiet_ring
) -> str | None:
    """The profile as TOML; empty before there is one, None where it cannot be read without asking somebody.

    `ring` gives the keyring that would tell the key without a question, or None.
    """
    place = Home(home.absolute(), "")
    try:
        if not place.database.is_file():
            return ""
        key = bytes.fromhex(_key(place, key_file, ring))
        with closing(connect(place.database, key, writes=False)) as connection:
            row = connection.execute("SELECT value FROM setting WHERE name = 'profile'").fetchone()
    except (StoreTrouble, OSError, ValueError, driver.Error):
        return None
    return str(row[0]) if row else ""


def _key(place: Home, key_file: Path | None, ring: "Callable[[], KeyringBackend | None]") -> str:
    """Raises ValueError where it cannot be had."""
    if key_file is not None:
        return key_file.read_text(encoding="ascii")
    from keyring.errors import KeyringError

    try:
        kept = (found := ring()) and found.get_password(SERVICE, known_identity(place.path))
    except KeyringError as error:
        raise ValueError("the keyring does not tell") from error
    if not kept:
        raise ValueError("no keyring tells without asking")
    return kept
