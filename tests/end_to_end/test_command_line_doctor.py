"""`helptray doctor`: each line says what works, or how to mend it, whatever is broken."""

import os
from pathlib import Path
from random import Random
from threading import Event

import keyring
import pytest
from keyring.backends import fail

from desktop.capture.policy.file import PolicyFile
from desktop.capture.screen_text.reader import TextReader
from desktop.capture.screens.screenshot import Screens
from desktop.capture.this_computer import ThisComputer
from desktop.cli import error_sources, patience
from desktop.store.store import Store
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from desktop.tickets.profile import parse_profile
from tests.conftest import HelpDesk
from tests.end_to_end.conftest import Terminal

LOOKED_AT = [
    *("computer", "policy", "screens", "clipboard", "reading", "log"),
    *("keyring", "database", "network", "server"),
]


def test_everything_is_looked_at_and_what_does_not_work_can_be_mended(robin: Terminal, help_desk: HelpDesk) -> None:
    value = robin.json("doctor", code=4)
    assert list(value) == LOOKED_AT
    assert value["server"] == {
        "works": True,
        "says": f"Example IT Care answers at {help_desk.url}",
        "mend": None,
    }
    assert value["screens"]["mend"] == "There is no screen here, so no picture was taken."
    assert value["policy"]["says"] == "none are made"
    assert value["reading"]["says"] == "text on pictures can be read, on this computer alone"
    for finding in value.values():
        assert finding["works"] == (finding["mend"] is None)
    told = robin("doctor").out
    assert f"ok  database   {robin.home} can be read and written\n" in told
    assert "NO  screens    no picture taken\n" in told
    assert "\nTo mend:\n  screens: There is no screen here" in told


def test_a_copy_that_had_to_be_put_right_is_told(robin: Terminal) -> None:
    key = bytes.fromhex(robin.key_file.read_text().strip())
    kept = '{"count":2,"last":"2026-03-02T09:00:00Z"}'
    with Store.open(robin.home, key, clock=SystemClock(), random=Random(1), parse=parse_profile) as store:
        store.write(lambda tx: tx.settings.save_value("sync.mended", kept)).result()
    says = robin.json("doctor", code=4)["database"]["says"]
    assert says.endswith("; it differed from the help desk's and was put right 2 times, last on 2026-03-02 09:00 UTC")


def test_a_help_desk_that_is_not_there(robin: Terminal, help_desk: HelpDesk) -> None:
    help_desk.stop()
    value = robin.json("doctor", code=4)
    assert not value["server"]["works"]
    assert "cannot be reached" in value["server"]["mend"]
    assert value["database"]["works"]


def test_the_details_tell_whether_the_help_desk_is_reached(robin: Terminal, help_desk: HelpDesk) -> None:
    told = {fact["key"]: fact for fact in robin.json("doctor", code=4)["computer"]["facts"]}
    assert told["help_desk"]["value"].startswith("reached in ")
    assert told["clock"]["value"] == "right"
    help_desk.stop()
    told = {fact["key"]: fact for fact in robin.json("doctor", code=4)["computer"]["facts"]}
    assert told["help_desk"]["value"] == "not reached (refused)"
    assert told["help_desk"]["unusual"] == "help desk not reached"
    assert told["clock"]["value"] == "unknown"


def test_not_connected_yet_is_5(terminal: Terminal) -> None:
    value = terminal.json("doctor", code=5)
    assert "helptray enrol URL CODE" in value["server"]["mend"]


def test_a_home_that_cannot_be_one(terminal: Terminal) -> None:
    terminal.home.write_text("a file")
    value = terminal.json("doctor", code=4)
    assert list(value) == LOOKED_AT
    assert "is a file" in value["database"]["mend"]
    assert value["network"]["says"]
    told = terminal("tickets", "--json")
    assert (told.code, list(told.value)) == (4, ["error"])


def test_a_key_that_does_not_open_it(terminal: Terminal) -> None:
    terminal("report", "--summary", "No sound")
    terminal.key_file.write_text("00" * 32 + "\n")
    value = terminal.json("doctor", code=4)
    assert not value["keyring"]["works"]
    assert not value["database"]["works"]


def test_no_place_for_the_key(terminal: Terminal) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        answer = terminal.bare("--home", str(terminal.home), "--json", "doctor")
    finally:
        keyring.set_keyring(before)
    assert answer.code == 4
    assert "--key-file FILE" in answer.value["keyring"]["mend"]


def test_a_damaged_database(terminal: Terminal, tmp_path: Path) -> None:
    terminal("report", "--summary", "No sound")
    for file in terminal.home.glob("*.db*"):
        file.write_bytes(b"\xff" * 8192)
    value = terminal.json("doctor", code=4)
    assert not (value["database"]["works"] and value["keyring"]["works"])


def test_a_database_that_is_damaged_in_its_middle(terminal: Terminal) -> None:
    for number in range(5):
        terminal("report", "--summary", f"No sound {number}", "--details", "x" * 20_000)
    with (terminal.home / "tickets.db").open("r+b") as file:
        file.seek(-30_000, os.SEEK_END)
        file.write(b"\0" * 20_000)
    database = terminal.json("doctor", code=4)["database"]
    assert not database["works"]
    assert "Rename the folder" in database["mend"]


def test_what_the_administrator_switched_off_is_no_fault(
    robin: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "policy.toml"
    monkeypatch.setattr(PolicyFile.__init__, "__defaults__", (rules,))
    rules.write_text('[capture]\nscreenshots = false\nnever_facts = ["serial"]\n')
    value = robin.json("doctor", code=4)
    assert value["policy"]["says"] == f"switched off: pictures, serial ({rules})"
    assert value["screens"] == {"works": True, "says": "switched off by your administrator", "mend": None}
    rules.write_text('[capture]\nnever_facts = ["addresses"]\n')
    assert robin.json("doctor", code=4)["network"]["says"] == "not said: your administrator keeps the addresses back"
    rules.write_text("[capture]\nerror_text = false\n")
    assert robin.json("doctor", code=4)["log"]["says"] == "switched off by your administrator"
    rules.write_text("[capture]\nfacts = false\n")
    assert robin.json("doctor", code=4)["computer"]["says"].endswith("; details are switched off")
    assert "This computer:" not in robin("doctor").out
    rules.write_text('[capture]\nnever_facts = ["serail"]\n')
    assert "There is nothing called serail." in robin.json("doctor", code=4)["policy"]["mend"]
    rules.write_text("[capture]\nscreenshot = false\n")
    mend = robin.json("doctor", code=4)["policy"]["mend"]
    assert "screenshot is not known" in mend
    assert "no pictures, no error text and no details are taken" in mend


def test_reading_that_is_not_installed_is_no_fault_and_one_that_fails_is(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextReader.__init__, "__kwdefaults__", {"command": ("/nothing",), "idle": 1.0, "limit": 1.0})
    assert not terminal.json("doctor", code=5)["reading"]["works"]
    monkeypatch.setattr(TextReader, "is_installed", staticmethod(lambda: False))
    value = terminal.json("doctor", code=5)["reading"]
    assert value["works"]
    assert value["says"].startswith("not installed here")


def test_a_program_for_reading_that_hangs_is_not_waited_for(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextReader.__init__, "__kwdefaults__", {"command": ("sleep", "600"), "idle": 1.0, "limit": 600})
    monkeypatch.setattr(error_sources, "READING_SECONDS", 1.0)
    reading = terminal.json("doctor", code=5)["reading"]
    assert reading["says"] == "a small picture was not read within 1 seconds"
    assert "Install Helptray again" in reading["mend"]


@pytest.mark.parametrize(
    ("addresses", "says", "mend"),
    [
        ("none", "this computer has no address", "Plug in the network cable"),
        ("unknown", "its addresses could not be read", ""),
        ("192.0.2.7", "192.0.2.7", ""),
    ],
)
def test_a_computer_without_a_network(
    addresses: str, says: str, mend: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextReader, "is_installed", staticmethod(lambda: False))
    facts = (Fact(key="addresses", label="Addresses", value=addresses),)
    monkeypatch.setattr(ThisComputer, "facts", lambda _: facts)
    network = terminal.json("doctor", code=5)["network"]
    assert network["says"] == says
    assert (network["mend"] or "").startswith(mend)
    assert network["works"] is not bool(mend)


def test_a_desktop_that_does_not_answer_is_not_waited_for(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextReader, "is_installed", staticmethod(lambda: False))
    release = Event()

    def hang(_: ThisComputer) -> Screens:
        release.wait()
        raise OSError("too late")

    monkeypatch.setattr(ThisComputer, "screens", hang)
    monkeypatch.setattr(patience, "SCREENS_SECONDS", 0.5)
    value = terminal.json("doctor", code=5)
    release.set()
    assert not value["screens"]["works"]
    assert value["screens"]["mend"].startswith("The desktop does not answer.")
    assert list(value) == LOOKED_AT, "all the rest is looked at"


def test_why_a_fact_is_unusual_is_said_once(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Fact(key="disk", label="Disk", value="7 GB of 237 GB (3% free)", unusual="disk almost full")
    off = Fact(key="vpn", label="VPN", value="off (Work)", unusual="VPN off")
    monkeypatch.setattr(TextReader, "is_installed", staticmethod(lambda: False))
    monkeypatch.setattr(ThisComputer, "facts", lambda _: (full, off))
    lines = terminal("doctor").out.splitlines()
    assert lines[-2:] == ["!  Disk  7 GB of 237 GB (3% free, disk almost full)", "!  VPN   off (Work)"]
