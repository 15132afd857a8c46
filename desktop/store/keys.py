"""The key to the database: 32 random bytes in the system's keyring, or in a file where that was asked for by name."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.home import Home, open_home, write_whole
from desktop.store.troubles import KeyFileUnusable, KeyMissing, KeyringLocked, KeyringMissing, from_os

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Helptray"
_SAFE = tuple(f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"))
"""Keyrings that the system itself encrypts. Others, such as those of keyrings.alt, keep plain text on disk."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    Attributes:
        raw: 32 bytes.
        say_aloud: sentence that a person should hear once, or empty.
    """

    raw: bytes = field(repr=False)
    say_aloud: str = ""


def load_key(home: Path, key_file: Path | None, *, ring: "KeyringBackend | None" = None) -> Key:
    """The key of the home, made on first use; never a new one where there are tickets already.

    With `key_file` the key lies there and nowhere else. `ring` is the system's keyring unless told otherwise. Raises
    `KeyringMissing`, `KeyringLocked`, `KeyMissing` or `KeyFileUnusable`, each with what to do.
    """
    place = open_home(home)
    with place.locked():
        if key_file is not None:
            return _from_file(place, key_file)
        return _from_ring(place, ring or system_ring())


def _from_file(home: Home, path: Path) -> Key:
    try:
        if not path.exists():
            _refuse_second_key(home, f"the key file {path}")
            raw = secrets.token_bytes(32)
            write_whole(path, raw.hex().encode() + b"\n")
            return Key(raw, f"The key to your tickets is in {path}. Whoever can read that file can read your tickets.")
        if not path.is_file():
            raise _no_key_in(path)
        mode = path.stat().st_mode
        if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
            raise KeyFileUnusable(f"Others can read the key file {path}. Run: chmod 600 {path}")
        raw = bytes.fromhex(path.read_bytes()[:200].decode("ascii"))
    except ValueError as error:
        raise _no_key_in(path) from error
    except OSError as error:
        raise from_os(error, path.parent) from error
    if len(raw) != 32:
        raise _no_key_in(path)
    return Key(raw)


def _no_key_in(path: Path) -> KeyFileUnusable:
    return KeyFileUnusable(f"{path} does not hold a key. Name the right file, or put it back from a backup.")


def _from_ring(home: Home, ring: "KeyringBackend") -> Key:
    from keyring.errors import KeyringError

    try:
        kept = ring.get_password(SERVICE, home.id)
        if kept is None:
            _refuse_second_key(home, "this computer's keyring")
            raw = secrets.token_bytes(32)
            ring.set_password(SERVICE, home.id, raw.hex())
            kept = ring.get_password(SERVICE, home.id)
            if kept != raw.hex():
                raise KeyringLocked(
                    "This computer's keyring did not keep the key. Unlock it, then start Helptray again."
                )
    except KeyringError as error:
        raise KeyringLocked(
            "This computer's keyring is locked. Unlock it (sign in again, or open the passwords application), then "
            "start Helptray again.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    try:
        return Key(bytes.fromhex(kept))
    except ValueError as error:
        raise KeyMissing(_lost("this computer's keyring"), detail="the entry is not a key") from error


def _refuse_second_key(home: Home, place: str) -> None:
    if home.database.exists():
        raise KeyMissing(_lost(place))


def _lost(place: str) -> str:
    return (
        f"The key to your saved tickets is not in {place}. Put it back from a backup, or name the key file that you "
        "used before (--key-file). To start afresh, choose another folder (--home)."
    )


def system_ring() -> "KeyringBackend":
    """The system's own keyring; `KeyringMissing` where there is none that encrypts."""
    import keyring

    for backend in _parts(keyring.get_keyring()):
        if type(backend).__module__.startswith(_SAFE):
            return backend
    raise KeyringMissing(
        "This computer has no keyring to keep the key to your tickets. Set one up (GNOME Keyring, KWallet), or name a "
        "file for the key: --key-file FILE."
    )


def quiet_ring() -> "KeyringBackend | None":
    """The system's keyring where it tells us our own key without a question to the person; None elsewhere.

    Windows never asks, macOS not the program that kept the key, a secret service while its collection is open. What
    KWallet would do cannot be known before.
    """
    try:
        ring = system_ring()
    except KeyringMissing:
        return None
    module = type(ring).__module__
    if module.startswith(("keyring.backends.SecretService", "keyring.backends.libsecret")):
        return ring if _is_open() else None
    return None if module.startswith("keyring.backends.kwallet") else ring


def _is_open() -> bool:
    import secretstorage

    try:
        with closing(secretstorage.dbus_init()) as bus:
            return not secretstorage.Collection(bus).is_locked()
    except (secretstorage.SecretStorageException, OSError):
        return False


def _parts(backend: "KeyringBackend") -> "Iterator[KeyringBackend]":
    """A chain's keyrings in order, or the one keyring."""
    chained = getattr(backend, "backends", None)
    if chained is None:
        yield backend
    else:
        yield from chained
