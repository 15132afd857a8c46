"""What a provider forbids holds for `helptray screens` and `helptray doctor` too, which file no ticket."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from random import Random

import keyring
import pytest
from keyring.backends import fail

from desktop.store.store import Store
from desktop.tickets.clock import SystemClock
from desktop.tickets.profile import parse_profile
from relay.serve import RelayServer
from tests.conftest import HelpDesk
from tests.display import fresh_display
from tests.end_to_end.conftest import Terminal


@pytest.fixture
def strict(terminal: Terminal, tmp_path: Path) -> Iterator[Terminal]:
    """A computer at a provider that wants no pictures, no error text and no serial numbers."""
    profile = (files("resources.organisations") / "example.toml").read_text(encoding="utf-8")
    for allowed, forbidden in (
        ("screenshots = true", "screenshots = false"),
        ("error_text = true", "error_text = false"),
        ("never_facts = []", 'never_facts = ["serial", "addresses"]'),
    ):
        assert allowed in profile
        profile = profile.replace(allowed, forbidden)
    file = tmp_path / "strict.toml"
    file.write_text(profile, encoding="utf-8")
    help_desk = HelpDesk(tmp_path / "relay")
    help_desk.stop()
    help_desk.server = RelayServer(tmp_path / "relay", str(file))
    help_desk.url = help_desk.server.start()
    yield terminal.enrol(help_desk, "robin@example.com")
    help_desk.stop()


def test_no_picture_is_taken(strict: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        answer = strict("screens", str(tmp_path / "out"), "--json")

    assert (answer.code, answer.sentence) == (4, "Your administrator has switched pictures off.")
    assert not (tmp_path / "out").exists()


def test_the_doctor_tells_and_obeys_them(strict: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        value = strict.json("doctor")

    off = "switched off by your administrator"
    assert value["policy"]["says"] == "switched off: pictures, error text, addresses, serial (your provider)"
    assert [value[name]["says"] for name in ("screens", "clipboard", "log")] == [off] * 3
    assert {"serial", "addresses"}.isdisjoint(fact["key"] for fact in value["computer"]["facts"])
    assert value["network"]["says"] == "not said: your administrator keeps the addresses back"


def test_without_the_key_it_is_said_and_nobody_is_asked(
    strict: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules of this computer hold alone; nothing is made or asked for."""
    strict.key_file.unlink()
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    with fresh_display() as painter:
        monkeypatch.setenv("DISPLAY", painter.name)
        by_file = strict("screens", str(tmp_path / "one"))
        by_ring = strict.bare("--home", str(strict.home), "screens", str(tmp_path / "two"))

    says = "Whether your provider allows pictures was not looked up"
    assert (by_file.code, by_ring.code) == (0, 0)
    assert says in by_file.err
    assert says in by_ring.err
    assert not strict.key_file.exists()


def test_rules_that_this_version_does_not_understand_forbid(terminal: Terminal, tmp_path: Path) -> None:
    terminal("tickets")
    key = bytes.fromhex(terminal.key_file.read_text())
    with Store.open(terminal.home, key, clock=SystemClock(), random=Random(1), parse=parse_profile) as store:
        newer = "[capture]\nsounds = false\n"
        store.write(lambda tx: tx.settings.save_organisation("newer", newer, "")).result()
    answer = terminal("screens", str(tmp_path / "out"), "--json")
    assert answer.sentence == "Your administrator has switched pictures off."


def test_a_home_that_is_not_there_is_not_made(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal("screens", str(tmp_path / "out"), "--json").code == 4
    assert not terminal.home.exists()


def test_looking_costs_the_store_nothing(strict: Terminal, tmp_path: Path) -> None:
    """It is read where it lies: a folder that cannot be written to is enough."""
    copy = tmp_path / "copy"
    shutil.copytree(strict.home, copy)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in copy.rglob("*") if path.suffix not in (".db-shm",))
    answer = strict.bare(
        "--home", str(copy), "--key-file", str(strict.key_file), "screens", str(tmp_path / "out"), "--json"
    )
    after = sorted((path.name, path.stat().st_mtime_ns) for path in copy.rglob("*") if path.suffix not in (".db-shm",))
    assert answer.sentence == "Your administrator has switched pictures off."
    assert [name for name, _ in after if name not in dict(before)] == []
