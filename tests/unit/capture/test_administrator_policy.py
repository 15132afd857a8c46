"""What the administrator of a computer has forbidden, read from where each system keeps it."""

import plistlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.capture.policy.file import PolicyFile
from desktop.capture.policy.machine import MachinePolicy, machine_policy
from desktop.capture.policy.managed import DOMAIN, ManagedPreferences
from desktop.capture.policy.registry import RegistryPolicy
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.this_computer import ThisComputer
from desktop.tickets.capture_policy import EVERYTHING, NOTHING, CapturePolicy, SwitchedOff
from desktop.tickets.clock import SystemClock

LINUX = Surroundings(System.LINUX, Session.NONE)
WINDOWS = Surroundings(System.WINDOWS, Session.NATIVE)
MACOS = Surroundings(System.MACOS, Session.NATIVE)

Values = Mapping[str, object]


def linux(tmp_path: Path, text: str) -> MachinePolicy:
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return machine_policy(LINUX, (PolicyFile(file),))


def windows(machine: Values | None, person: Values | None = None) -> MachinePolicy:
    hives = {"HKEY_LOCAL_MACHINE": machine, "HKEY_CURRENT_USER": person}
    return machine_policy(WINDOWS, (RegistryPolicy(lambda hive, _: hives[hive]),))


def macos(folder: Path, machine: Values | None, person: Values | None = None) -> MachinePolicy:
    (folder / "ada").mkdir()
    for told, path in ((machine, folder), (person, folder / "ada")):
        if told is not None:
            (path / f"{DOMAIN}.plist").write_bytes(plistlib.dumps(dict(told), fmt=plistlib.FMT_BINARY))
    return machine_policy(MACOS, (ManagedPreferences(folder, "ada"),))


def test_without_rules_everything_is_allowed(tmp_path: Path) -> None:
    none = (
        PolicyFile(tmp_path / "none" / "policy.toml"),
        RegistryPolicy(lambda *_: None),
        ManagedPreferences(tmp_path),
    )
    for surroundings in (LINUX, WINDOWS, MACOS):
        assert machine_policy(surroundings, none) == MachinePolicy(policy=EVERYTHING)


def test_a_file_of_linux(tmp_path: Path) -> None:
    told = linux(tmp_path, '[capture]\nscreenshots = false\nnever_facts = ["serial", "addresses"]\n')
    assert told.policy == CapturePolicy(screenshots=False, never_facts=frozenset(("serial", "addresses")))
    assert told.places == (str(tmp_path / "policy.toml"),)
    assert not told.trouble


def test_the_registry_of_windows() -> None:
    """Group policy writes numbers, and lists as REG_MULTI_SZ or as one text; names in any case; (Default) has none."""
    told = windows({"Screenshots": 0, "error_text": 1, "never_facts": ["serial", "addresses"], "": "x"})
    assert told.policy == CapturePolicy(screenshots=False, never_facts=frozenset(("serial", "addresses")))
    assert windows({"never_facts": "serial, addresses"}).policy.never_facts == {"serial", "addresses"}
    assert not windows({"never_facts": ["Serial", " ADDRESSES "]}).policy.allows_fact("serial")
    assert not windows({"never_facts": ["Serial", " ADDRESSES "]}).policy.allows_fact("addresses")


def test_the_stricter_of_machine_and_person_wins(tmp_path: Path) -> None:
    both = CapturePolicy(screenshots=False, error_text=False, never_facts=frozenset(("serial", "ram")))
    machine: Values = {"screenshots": False, "error_text": True, "never_facts": ["serial"]}
    person: Values = {"screenshots": True, "error_text": False, "never_facts": ["ram"]}
    assert windows(machine, person).policy == both
    assert macos(tmp_path, machine, person).policy == both


def test_managed_preferences_of_macos(tmp_path: Path) -> None:
    told = macos(tmp_path, {"facts": False, "PayloadUUID": "9D1F"})
    assert told.policy == CapturePolicy(facts=False)
    assert told.places == (str(tmp_path / f"{DOMAIN}.plist"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[capture", "cannot be used"),
        ("[capture]\nscreenshot = false", "screenshot is not known"),
        ('[capture]\nscreenshots = "no"', "screenshots must be true or false"),
        ("[caption]\nscreenshots = false", "caption"),
        ("capture = 1", "capture"),
    ],
)
def test_rules_with_a_fault_forbid_everything_and_say_so(tmp_path: Path, text: str, reason: str) -> None:
    told = linux(tmp_path, text)
    assert told.policy == NOTHING
    assert reason in told.trouble
    assert str(tmp_path / "policy.toml") in told.trouble


def test_rules_that_cannot_be_opened_forbid_everything(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").mkdir()
    assert machine_policy(LINUX, (PolicyFile(tmp_path / "policy.toml"),)).policy == NOTHING

    def refuse(hive: str, _: str) -> Values:
        raise PermissionError(hive)

    assert machine_policy(WINDOWS, (RegistryPolicy(refuse),)).policy == NOTHING
    (tmp_path / f"{DOMAIN}.plist").write_bytes(b"bplist00 torn")
    assert machine_policy(MACOS, (ManagedPreferences(tmp_path, "ada"),)).policy == NOTHING


def test_a_number_that_is_neither_yes_nor_no_forbids_everything() -> None:
    assert windows({"screenshots": 2}).policy == NOTHING


def test_what_is_forbidden_is_not_even_asked_of_the_machine() -> None:
    told = CapturePolicy(screenshots=False, error_text=False, facts=False)
    computer = ThisComputer(LINUX, SystemClock(), policy=lambda: MachinePolicy(policy=told))
    with pytest.raises(SwitchedOff, match="switched pictures off"):
        computer.screens()
    with pytest.raises(SwitchedOff, match="switched error text off"):
        computer.clipboard()
    assert computer.facts() == ()
    assert "switched error text off" in computer.recent_errors(None).says


def test_a_desktop_that_takes_its_time_is_not_asked_either() -> None:
    told = CapturePolicy(screenshots=False)
    wayland = Surroundings(System.LINUX, Session.WAYLAND)
    wait = ThisComputer(wayland, SystemClock(), policy=lambda: MachinePolicy(policy=told)).ask_screens()

    assert wait is not None
    with pytest.raises(SwitchedOff, match="switched pictures off"):
        wait()


def test_single_facts_are_left_out() -> None:
    told = CapturePolicy(never_facts=frozenset(("monitors",)))
    strict = ThisComputer(LINUX, SystemClock(), policy=lambda: MachinePolicy(policy=told))
    free = ThisComputer(LINUX, SystemClock(), policy=MachinePolicy)
    assert {fact.key for fact in free.facts()} - {fact.key for fact in strict.facts()} == {"monitors"}
