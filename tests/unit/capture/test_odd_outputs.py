"""Tools that say something else than they should: nothing at all, an error, half of it, in no encoding, or for ever."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.capture.computer.order import UNKNOWN
from desktop.capture.computer.report import computer_facts, groups, read_facts
from desktop.capture.computer.this_machine import ThisMachine
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from tests.unit.capture.recorded_machine import CALLS, Output, machine_of, recorded_outputs
from tests.unit.capture.test_recorded_facts import SYSTEMS

ODD = [
    "permission denied",
    "Zugriff verweigert.",
    "FEHLER: Der angegebene Registrierungsschlüssel bzw. Wert wurde nicht gefunden.",
    "\ufffd\ufffd\x01\x1b[31mred\x1b[0m",
    "<html><body>Sign in to the network</body></html>",
    "{}",
    "null",
    "[1]",
    "-1",
    "Usage: tool [options]",
    "A" * 70_000,
    "a b c d e f g h i j k\n" * 50,
    "x=y:z\n",
    "🙂",
]
BESIDE = ("/run/reboot-required.pkgs", "/run/systemd/resolve/resolv.conf")
"""Files that only add to what another one has told: names of packages, and whom the system's own name server asks."""
FREE = {"model"}
"""What makers write in a field of their own: any line of text may be one."""


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 11, 28, 12, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


def facts_of(system: System, outputs: Sequence[Output]) -> dict[str, Fact]:
    """Read group by group, without threads: what is no expected trouble fails the test."""
    machine = machine_of(system, outputs)
    told: dict[str, Fact] = {}
    for group in groups(Noon(), list):
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            group.read(machine)
        told |= {fact.key: fact for fact in read_facts([group], machine, Noon(), 20)}
    return told


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_a_tool_says_instead_is_never_taken_for_a_fact(name: str) -> None:
    """Neither told nor called unusual: no tool's error means that there is no name server, no VPN, no restart due."""
    outputs = recorded_outputs(name)
    whole = facts_of(SYSTEMS[name], outputs)
    wrong = []
    for place, output in enumerate(outputs):
        if output.of in (*CALLS, *BESIDE) or output.of.startswith("names "):
            continue
        for odd in ODD:
            told = facts_of(SYSTEMS[name], [*outputs[:place], replace(output, text=odd), *outputs[place + 1 :]])
            wrong += [
                (output.of, odd[:40], key, told[key].value)
                for key in output.facts - FREE
                if told[key].value not in (UNKNOWN, whole[key].value, whole[key].value.split(" (")[0])
            ]
            assert all(fact.value.isprintable() and len(fact.value) <= 501 for fact in told.values())
    assert wrong == []


@pytest.mark.parametrize("name", SYSTEMS)
def test_half_of_what_is_asked_for_a_time_is_told_only_where_it_is_sure(name: str) -> None:
    """`lpstat` and PowerShell are cut where their time is over: a section that is not whole is not known."""
    outputs = recorded_outputs(name)
    whole = facts_of(SYSTEMS[name], outputs)
    for place, output in enumerate(outputs):
        if "lpstat" not in output.of and output.of != "powershell":
            continue
        lines = output.text.rstrip().splitlines(keepends=True)
        for count in range(len(lines)):
            half = "".join(lines[:count]) + lines[count][: len(lines[count]) // 2]
            told = facts_of(SYSTEMS[name], [*outputs[:place], replace(output, text=half), *outputs[place + 1 :]])
            for key in output.facts - FREE:
                unmarked = whole[key].value.replace(" (default)", "")
                assert told[key].value in (UNKNOWN, whole[key].value, unmarked), (half, key)


HOW = {
    "missing": None,
    "silent": "exit 0",
    "fails": "echo oops; exit 3",
    "hangs": "sleep 600",
    "hangs, held": "sleep 600 & echo half; wait",
    "endless": "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
    "no text": r"printf '\377\376\000\200\n'",
    "another language": "echo 'Zugriff verweigert'",
    "killed": "kill -9 $$",
}


@pytest.mark.parametrize("how", HOW)
def test_whatever_the_tools_do_all_facts_are_there_in_time(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real programs in the place of the system's."""
    if ThisMachine().system is not System.LINUX:
        pytest.skip("the names are Linux'")
    shell = HOW[how]
    for name in ("realm", "nmcli", "lpstat", "rpm") if shell else ():
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\nPATH={os.environ['PATH']}\n{shell}\n")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    clock = SystemClock()
    began = clock.monotonic()

    facts = {fact.key: fact for fact in computer_facts(clock, list)}

    assert clock.monotonic() - began < 60, "each tool would take ten minutes"
    assert {facts[key].value for key in ("vpn", "printers")} == {UNKNOWN}
    if "hangs" not in how and how != "endless":  # there the limit ends whatever else is slow on a busy machine
        assert facts["computer"].value != UNKNOWN
        assert facts["memory"].value != UNKNOWN
    assert not [fact for fact in facts.values() if fact.unusual and fact.value == UNKNOWN]
