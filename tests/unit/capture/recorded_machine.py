"""A computer that answers from recorded files, command outputs and calls."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.capture.computer.machine import Adapter, Mount
from desktop.capture.surroundings import System

OUTPUTS = Path(__file__).parent / "outputs"


def output(name: str) -> str:
    return (OUTPUTS / name).read_bytes().decode()


@dataclass
class Recorded:
    """What is not recorded is empty, or cannot be read."""

    system: System
    files: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, list[str]] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, Any] = field(default_factory=dict)

    def host(self) -> str:
        return str(self.calls.get("host", {}).get("host", ""))

    def user(self) -> str:
        return str(self.calls.get("host", {}).get("user", ""))

    def home(self) -> str:
        return str(self.calls.get("host", {}).get("home", ""))

    def started(self) -> float:
        return float(self._call("started"))

    def memory(self) -> tuple[int, int]:
        told = self._call("memory")
        return told["available"], told["total"]

    def adapters(self) -> Mapping[str, Adapter]:
        told = self.calls.get("adapters", {})
        return {name: Adapter(one["isup"], tuple(one["addresses"])) for name, one in told.items()}

    def mounts(self) -> Sequence[Mount]:
        told = self._call("disks")
        disks = told["disk_partitions"]
        places = {one["mountpoint"] for one in disks}
        return [
            Mount(one["device"], one["mountpoint"], one["fstype"], one["opts"], is_disk=one["mountpoint"] in places)
            for one in told.get("disk_partitions_all", disks)
        ]

    def room(self, path: str) -> tuple[int, int]:
        told = self._call("disks")["disk_usage"].get(path)
        if told is None:
            raise OSError(path)
        return told["free"], told["total"]

    def read(self, path: str) -> str:
        return self.files.get(path, "").strip("\0\n ")

    def read_end(self, path: str) -> str:
        return self.files.get(f"end of {path}", "") or self.read(path)

    def names(self, folder: str) -> list[str]:
        return self.folders.get(folder, [])

    def run(self, *command: str) -> str:
        return (self.commands.get(" ".join(command)) or self.commands.get(command[0], "")).strip()

    def run_in_part(self, limit: float, *command: str) -> str:
        return self.run(*command)

    def _call(self, name: str) -> Any:
        if name not in self.calls:
            raise OSError(name)
        return self.calls[name]


@dataclass(frozen=True)
class Output:
    """One recorded output: the command, file or call that told it, what is known from it, and where it is from."""

    of: str
    facts: frozenset[str]
    source: str
    text: str


def recorded_outputs(folder: str) -> list[Output]:
    """All that `outputs/facts/FOLDER/index.toml` lists."""
    place = OUTPUTS / "facts" / folder
    listed = tomllib.loads((place / "index.toml").read_text(encoding="utf-8"))["output"]
    return [
        Output(row["of"], frozenset(row["facts"]), row["source"], (place / row["file"]).read_bytes().decode())
        for row in listed
    ]


CALLS = ("host", "started", "memory", "disks", "adapters", "monitors")


def machine_of(system: System, outputs: Sequence[Output]) -> Recorded:
    """The computer that has told these outputs."""
    told = {one.of: one.text for one in outputs}
    calls = {name: json.loads(told[name]) for name in CALLS if name in told}
    return Recorded(
        system,
        files={of: text for of, text in told.items() if of.startswith(("/", "end of /"))},
        folders={of.removeprefix("names "): json.loads(text) for of, text in told.items() if of.startswith("names ")},
        commands={
            of: text for of, text in told.items() if of not in CALLS and not of.startswith(("/", "names ", "end of"))
        },
        environ=calls.get("host", {}).get("environ", {}),
        calls=calls,
    )
