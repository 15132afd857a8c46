"""Every fact from a recorded output of every system: without the output it is not known, and nothing is guessed."""

from collections.abc import Sequence
from datetime import UTC, datetime

import mss
import pytest

from desktop.capture.computer.order import ORDER, UNKNOWN
from desktop.capture.computer.report import groups, read_facts
from desktop.capture.screens.geometry import Monitor
from desktop.capture.screens.mss_handler import MssHandler
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from tests.unit.capture.recorded_machine import OUTPUTS, Output, machine_of, recorded_outputs

SYSTEMS = {
    "linux": System.LINUX,
    "windows": System.WINDOWS,
    "windows-german": System.WINDOWS,
    "macos": System.MACOS,
}
NO_OUTPUT = {
    "help_desk": "a connection is made, the same on every system; tested against a real socket",
    "clock": "the help desk is asked, the same on every system; tested against a real server",
    ("macos", "pending_restart"): "macOS keeps no sign of it",
    ("windows-german", "serial"): "what the maker left there is a placeholder",
    ("windows-german", "model"): "what the maker left there is a placeholder",
    ("windows-german", "vpn"): "a cable drawn by a program may be a VPN's or not",
}
"""Facts that no output tells, and why."""

EXPECTED: dict[str, dict[str, str]] = {
    "linux": {
        "computer": "pc-0042",
        "domain": "corp.example.com",
        "serial": "PF3EXAMPL",
        "machine_id": "6f1d2c3b4a5968778695a4b3c2d1e0f9",
        "user": "ada",
        "os": "Debian GNU/Linux 12 (bookworm)",
        "build": "Linux 6.18.44-fc-v657",
        "model": "LENOVO 21HM002VGE",
        "processor": "AMD EPYC",
        "other_disks": "none",
        "pending_restart": "! needed by linux-base, linux-image-6.1.0-50-cloud-amd64",
        "addresses": "192.0.2.2, fd00::2",
        "adapter": "eth0 (wired)",
        "gateway": "192.0.2.1",
        "dns": "192.0.2.53, 2001:db8::53",
        "clock": UNKNOWN,
        "help_desk": UNKNOWN,
        "vpn": "! off (Work: Oslo, lab)",
        "printers": "Buero-Kyocera (default), HP_LaserJet_4.OG (off)",
        "monitors": "640 × 400 (screen)",
        "updates": "! 2026-11-28: libpcre2-8-0",
    },
    "windows": {
        "computer": "PC-0042",
        "domain": "corp.example.com",
        "serial": "7XK9Q23",
        "machine_id": "550e8400-e29b-41d4-a716-446655440000",
        "user": "CORP\\ada",
        "os": "Windows 11 Pro 23H2",
        "build": "22631.4178",
        "model": "Dell Inc. Latitude 5440",
        "processor": "13th Gen Intel(R) Core(TM) i5-1345U",
        "disk": "! 7.0 GB free of 237.0 GB (3% free)",
        "other_disks": "E:\\: 20.0 GB free of 29.0 GB",
        "memory": "! 982.0 MB free of 15.9 GB",
        "pending_restart": "! needed to finish a Windows update",
        "addresses": "192.168.178.34",
        "adapter": "Wi-Fi",
        "gateway": "192.168.178.1",
        "dns": "192.168.178.1",
        "clock": UNKNOWN,
        "help_desk": UNKNOWN,
        "vpn": "! off (Ethernet 3, Head office)",
        "printers": "! HP LaserJet M404dn (default, off), Microsoft Print to PDF",
        "monitors": "2560 × 1440 (Generic PnP Monitor), 1920 × 1080 (Generic PnP Monitor)",
        "updates": "2026-11-12: KB5065426, KB5064531",
    },
    "windows-german": {
        "computer": "BUERO-7",
        "domain": "none",
        "serial": UNKNOWN,
        "machine_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "user": "BUERO-7\\Jürgen",
        "model": UNKNOWN,
        "pending_restart": "not needed",
        "addresses": "2001:db8:42::7",
        "adapter": "Ethernet",
        "gateway": "fe80::1",
        "dns": "2001:db8:42::53",
        "clock": UNKNOWN,
        "help_desk": UNKNOWN,
        "vpn": UNKNOWN,
        "printers": "Brother HL-L2350DW (Büro, 1. Stock) (default), Fax (off)",
        "updates": "2026-11-24: KB5065426",
    },
    "macos": {
        "computer": "mac-0042",
        "domain": "corp.example.com",
        "serial": "C02EXAMPLE01",
        "machine_id": "01234567-89AB-CDEF-0123-456789ABCDEF",
        "user": "ada",
        "os": "macOS 14.6.1",
        "build": "23G93",
        "model": "Apple MacBookPro18,3",
        "processor": "Apple M1 Pro",
        "disk": "44.3 GB free of 460.4 GB",
        "other_disks": "/Volumes/ssd-t5: 119.7 GB free of 232.9 GB",
        "memory": "8.8 GB free of 16.0 GB",
        "uptime": "! 41 days 21 hours",
        "pending_restart": UNKNOWN,
        "addresses": "192.168.1.23",
        "adapter": "en0 (Wi-Fi)",
        "gateway": "192.168.1.1",
        "dns": "192.168.1.1, fe80::800c:67ff:fe1d:fd64%15",
        "clock": UNKNOWN,
        "help_desk": UNKNOWN,
        "vpn": "! off (My VPN)",
        "printers": "Brother_HL_L2350DW_series (default)",
        "monitors": "1512 × 982, 2560 × 1440",
        "updates": "2026-11-02: Pages & Numbers 14.2",
    },
}
"""`!` marks what is unusual. What is not listed depends on the machine that was at hand, and is told all the same."""


class Noon(SystemClock):
    def now(self) -> datetime:
        return datetime(2026, 11, 28, 12, tzinfo=UTC)


def facts_of(name: str, outputs: Sequence[Output], patch: pytest.MonkeyPatch) -> dict[str, str]:
    machine = machine_of(SYSTEMS[name], outputs)

    class Source:
        monitors = machine.calls.get("monitors", [])

        def __enter__(self) -> "Source":
            return self

        def __exit__(self, *_: object) -> None:
            return

    def monitors() -> Sequence[Monitor]:
        return MssHandler(lambda: None).monitors()

    patch.setattr(mss, "MSS", Source)
    return {fact.key: _text(fact) for fact in read_facts(groups(Noon(), monitors), machine, Noon(), 20)}


def _text(fact: Fact) -> str:
    return f"! {fact.value}" if fact.unusual else fact.value


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_a_computer_tells(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = facts_of(name, recorded_outputs(name), monkeypatch)

    assert {key: told[key] for key in EXPECTED[name]} == EXPECTED[name]
    untold = {key for key in ORDER if told[key] == UNKNOWN}
    assert untold == {key for key, value in EXPECTED[name].items() if value == UNKNOWN}


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_fact_has_an_output_of_every_system(name: str) -> None:
    recorded = {key for one in recorded_outputs(name) for key in one.facts}

    assert recorded | {key for key in ORDER if key in NO_OUTPUT or (name, key) in NO_OUTPUT} == set(ORDER)
    assert all(one.source for one in recorded_outputs(name))


@pytest.mark.parametrize("name", SYSTEMS)
def test_without_its_output_a_fact_is_not_known(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = recorded_outputs(name)
    whole = facts_of(name, outputs, monkeypatch)
    for key in {key for one in outputs for key in one.facts}:
        told = facts_of(name, [one for one in outputs if key not in one.facts], monkeypatch)
        assert told[key] != whole[key], f"{key} is told without its output"


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_computer_that_tells_nothing_is_unknown_in_every_fact(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(facts_of(name, [], monkeypatch).values()) == {UNKNOWN}


def test_every_recorded_file_is_listed() -> None:
    for name in SYSTEMS:
        listed = (OUTPUTS / "facts" / name / "index.toml").read_text(encoding="utf-8")
        files = {path.name for path in (OUTPUTS / "facts" / name).iterdir()} - {"index.toml"}
        assert {file for file in files if f'"{file}"' not in listed} == set()


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_is_unknown_is_never_unusual(name: str) -> None:
    """Whatever of the outputs is missing: what nobody knows is nothing to read first."""
    outputs = recorded_outputs(name)
    for gone in [None, *outputs]:
        machine = machine_of(SYSTEMS[name], [one for one in outputs if one is not gone])
        facts = read_facts(groups(Noon(), list), machine, Noon(), 20)
        assert [fact for fact in facts if fact.unusual and fact.value == UNKNOWN] == []
    empty = read_facts(groups(Noon(), list), machine_of(SYSTEMS[name], []), Noon(), 20)
    assert [fact for fact in empty if fact.unusual] == []
