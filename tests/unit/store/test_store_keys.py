"""Where the key is kept, and what is said when it cannot be had."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked as RingLocked
from keyring.errors import PasswordSetError

from desktop.store.glance import profile_text
from desktop.store.home import open_home
from desktop.store.keys import SERVICE, load_key, quiet_ring, system_ring
from desktop.store.troubles import (
    KeyFileUnusable,
    KeyMissing,
    KeyringLocked,
    KeyringMissing,
    ReadOnlyHome,
    StoreTrouble,
)
from tests.unit.store.conftest import OpenStore


class Ring(KeyringBackend):
    """A keyring in memory; `unwilling` raises instead of keeping."""

    priority = 1

    def __init__(self, unwilling: Exception | None = None, *, forgets: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self._unwilling = unwilling
        self._forgets = forgets

    def get_password(self, service: str, username: str) -> str | None:
        if isinstance(self._unwilling, RingLocked):
            raise self._unwilling
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._unwilling is not None:
            raise self._unwilling
        if not self._forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_key_is_made_once_and_found_again(home: Path) -> None:
    ring = Ring()
    key = load_key(home, None, ring=ring)
    assert len(key.raw) == 32
    assert key.say_aloud == ""
    assert load_key(home, None, ring=ring) == key
    assert list(ring.kept) == [(SERVICE, open_home(home).id)]
    assert key.raw.hex() not in repr(key)


def test_a_moved_home_keeps_its_key(home: Path, tmp_path: Path) -> None:
    ring = Ring()
    key = load_key(home, None, ring=ring)
    home.rename(tmp_path / "elsewhere")
    assert load_key(tmp_path / "elsewhere", None, ring=ring) == key


def test_a_lost_key_is_never_replaced_over_saved_tickets(home: Path, open_store: OpenStore) -> None:
    ring = Ring()
    open_store(key=load_key(home, None, ring=ring).raw).close()
    ring.kept.clear()
    with pytest.raises(KeyMissing, match="Put it back"):
        load_key(home, None, ring=ring)
    with pytest.raises(KeyMissing, match="Put it back"):
        load_key(home, home.parent / "new-key")
    assert ring.kept == {}
    assert not (home.parent / "new-key").exists()


def test_a_folder_is_no_key_file(home: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable, match="does not hold a key"):
        load_key(home, tmp_path)


def test_an_entry_that_is_no_key_is_told(home: Path) -> None:
    ring = Ring()
    ring.kept[SERVICE, open_home(home).id] = "not hexadecimal"
    with pytest.raises(KeyMissing):
        load_key(home, None, ring=ring)


@pytest.mark.parametrize(
    "ring",
    [Ring(RingLocked("Prompt dismissed")), Ring(PasswordSetError("no")), Ring(forgets=True)],
    ids=["locked", "unwilling", "forgetful"],
)
def test_a_locked_keyring_is_told(home: Path, ring: Ring) -> None:
    with pytest.raises(KeyringLocked, match="Unlock it"):
        load_key(home, None, ring=ring)
    assert not (home / "tickets.db").exists()


def looks_like(module: str) -> KeyringBackend:
    """A keyring of another package."""
    kind = type("Keyring", (Ring,), {"__module__": module})
    ring = kind()
    assert isinstance(ring, Ring)
    return ring


def no_ring() -> KeyringBackend:
    """What is chosen on a computer that has none."""
    return NoKeyring()  # type: ignore[no-untyped-call]


def chain(*rings: KeyringBackend) -> KeyringBackend:
    kind = type("Chain", (ChainerBackend,), {"backends": list(rings)})
    backend = kind()
    assert isinstance(backend, ChainerBackend)
    return backend


@pytest.fixture
def use_ring() -> "object":
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    "ring",
    [no_ring(), looks_like("keyrings.alt.file"), chain(), chain(looks_like("keyrings.alt.file"))],
    ids=["none", "plain text", "empty chain", "chain of plain text"],
)
def test_a_computer_without_a_safe_keyring_is_told(
    home: Path, ring: KeyringBackend, use_ring: Callable[[KeyringBackend], None]
) -> None:
    use_ring(ring)
    with pytest.raises(KeyringMissing, match="--key-file"):
        load_key(home, None)


def test_the_systems_keyring_is_taken_out_of_a_chain(use_ring: Callable[[KeyringBackend], None]) -> None:
    safe = looks_like("keyring.backends.SecretService")
    use_ring(chain(looks_like("keyrings.alt.file"), safe))
    assert system_ring() is safe


def test_a_key_file_is_made_when_named_and_said_aloud_once(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = load_key(home, file)
    assert str(file) in key.say_aloud
    assert load_key(home, file).raw == key.raw
    assert load_key(home, file).say_aloud == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or sys.platform == "win32"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_file_that_others_can_read_is_refused(home: Path, tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    load_key(home, file)
    file.chmod(mode)
    with pytest.raises(KeyFileUnusable, match="chmod 600"):
        load_key(home, file)


@pytest.mark.parametrize("content", [b"", b"abcd", b"z" * 64, b"\xff" * 64, b"0" * 5000])
def test_a_file_that_holds_no_key_is_refused(home: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_bytes(content)
    with pytest.raises(KeyFileUnusable, match="does not hold a key"):
        load_key(home, file)
    assert file.read_bytes() == content


def test_a_folder_as_key_file_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises(StoreTrouble):
        load_key(home, tmp_path / "folder")


def test_a_key_file_that_cannot_be_written_is_told(home: Path) -> None:
    place = Path("/proc/key") if os.name == "posix" else Path("Z:/none/key")
    with pytest.raises(StoreTrouble) as told:
        load_key(home, place)
    assert isinstance(told.value, ReadOnlyHome) or "Check the disk" in told.value.sentence


def test_the_profile_is_looked_at_without_a_question(home: Path, open_store: OpenStore) -> None:
    ring = Ring()
    raw = load_key(home, None, ring=ring).raw
    with open_store(key=raw) as store:
        store.write(lambda tx: tx.settings.save_organisation("example", 'name = "Example"\n', "")).result()
    assert profile_text(home, None, lambda: ring) == 'name = "Example"\n'
    assert profile_text(home, None, lambda: None) is None, "a keyring that would ask"
    assert profile_text(home, None, lambda: Ring(RingLocked("locked"))) is None
    assert profile_text(home, None, Ring) is None, "another person's keyring"
    ring.kept = dict.fromkeys(ring.kept, "00" * 32)
    assert profile_text(home, None, lambda: ring) is None
    assert profile_text(home / "none", None, lambda: ring) == ""
    assert not (home / "none").exists()


def test_a_keyring_that_may_ask_is_not_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def quiet(module: str) -> bool:
        named = type("Keyring", (Ring,), {"__module__": module})
        monkeypatch.setattr(keyring, "get_keyring", named)
        return quiet_ring() is not None

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert quiet("keyring.backends.Windows")
    assert quiet("keyring.backends.macOS")
    assert not quiet("keyring.backends.SecretService"), "there is no service to say that it is open"
    assert not quiet("keyring.backends.kwallet")
    assert not quiet("keyrings.alt.file")
