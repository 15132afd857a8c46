"""The person's files lie on a drive that never answers, for real: a file system whose other side says nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.capture.computer.order import ORDER
from desktop.capture.computer.report import TIME_LIMIT

FACTS = """
import json, time
from pathlib import Path
from desktop.capture.computer.report import TIME_LIMIT, Group, computer_facts, read_facts
from desktop.capture.computer.this_machine import ThisMachine
from desktop.tickets.clock import SystemClock
began = time.monotonic()
facts = {fact.key: fact.value for fact in computer_facts(SystemClock(), list)}
took = time.monotonic() - began
there = str(Path.home())
files = (
    Group({"read": ""}, lambda machine: {"read": machine.read(f"{there}/file") or "read"}),
    Group({"end": ""}, lambda machine: {"end": machine.read_end(f"{there}/log") or "read"}),
    Group({"names": ""}, lambda machine: {"names": str(machine.names(f"{there}/folder"))}),
    Group({"command": ""}, lambda machine: {"command": machine.run("df", f"{there}/disk")}),
    Group({"other": ""}, lambda machine: {"other": "told"}),
)
more = {fact.key: fact.value for fact in read_facts(files, ThisMachine(), SystemClock(), TIME_LIMIT)}
print(json.dumps({"facts": facts, "took": took, "more": more}), flush=True)
"""
DRIVE = """
import ctypes, os, subprocess, sys
program, place = sys.argv[1:]
libc = ctypes.CDLL(None, use_errno=True)
try:
    mute = os.open("/dev/fuse", os.O_RDWR)
except OSError:
    sys.exit(77)
options = f"fd={mute},rootmode=40000,user_id=0,group_id=0".encode()
if libc.mount(b"dead", place.encode(), b"fuse.nfs", 0, options):
    sys.exit(77)
sys.exit(subprocess.run([sys.executable, "-c", program], env={**os.environ, "HOME": place}, timeout=40).returncode)
"""
"""Mounts a drive of which this process is the other side, and lets another one live there."""


def test_a_drive_that_never_answers_costs_what_lies_on_it_alone(tmp_path: Path) -> None:
    """And the program still ends while the drive hangs."""
    if not shutil.which("unshare"):
        pytest.skip("namespaces are Linux'")
    command = ["unshare", "--mount", sys.executable, "-c", DRIVE, FACTS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 77 or "permitted" in done.stderr:
        pytest.skip("no right to mount a drive")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert told["took"] < TIME_LIMIT + 1.5
    assert list(told["facts"]) == list(ORDER)
    assert told["facts"]["disk"] == "unknown"
    assert "free of" in told["facts"]["memory"]
    assert told["facts"]["other_disks"] != "unknown"
    assert told["facts"]["os"] != "unknown"
    assert told["more"] == dict.fromkeys(("read", "end", "names", "command"), "unknown") | {"other": "told"}
