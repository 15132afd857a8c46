"""Runs Spin over a model and reads what it says: nothing found counts only where the whole state space was searched."""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STATES_MEMORY_MB = 6000
DEEPEST = 100_000
_NEEDED = re.compile(r"errors: (\d+)\s+(\d+) states, stored")
_DEPTH = re.compile(r"depth reached (\d+)")
_CUT_SHORT = ("max search depth too small", "reached -DMEMLIM", "out of memory", "aborting")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one search has shown.

    Attributes:
        found: empty for nothing; "claim" where a state contradicts it, "cycle" for a run without end that does,
            "assert" for a statement of the model itself.
        complete: the whole state space was searched, which nobody asks of a search that found something.
        unreached: lines of the model at which some statement was never executed.
        trail: the run that leads to what was found, a step a line.
    """

    found: str
    complete: bool
    states: int
    depth: int
    unreached: frozenset[int]
    trail: str

    def __str__(self) -> str:
        what = {"": "holds", "claim": "broken by a state", "cycle": "broken by a run without end", "assert": "illegal"}
        return f"{what[self.found]:28} {self.states:>9,} states, depth {self.depth:,}"


class Spin:
    """The verifiers of one model, each built once in a folder of its own."""

    def __init__(self, model: Path, folder: Path) -> None:
        self._model = model
        self._folder = folder

    def verify(self, names: Sequence[str], claim: str, *, optimised: bool) -> Verdict:
        """Search every run of the variant that the names define for one that breaks the claim."""
        defines = [f"-D{name}" for name in names]
        place = self._built(defines, optimised=optimised)
        # Weak fairness: whoever can go on all the time goes on at some time.
        said = _run(place, "./pan", "-a", "-f", f"-m{DEEPEST}", "-w20", "-N", claim)
        counted = _NEEDED.search(said)
        depth = _DEPTH.search(said)
        assert counted, said
        assert depth, said
        found = _found(said) if int(counted[1]) else ""
        cut_short = any(words in said for words in _CUT_SHORT) or "Search not completed" in said
        return Verdict(
            found=found,
            complete=not cut_short,
            states=int(counted[2]),
            depth=int(depth[1]),
            unreached=frozenset(int(line) for line in re.findall(rf"{self._model.name}:(\d+), state", said)),
            trail=_run(place, "spin", "-t", "-p", "-g", *defines, self._model.name) if found else "",
        )

    def _built(self, defines: list[str], *, optimised: bool) -> Path:
        place = self._folder / "".join(defines)
        if not (place / "pan").exists():
            place.mkdir(parents=True)
            (place / self._model.name).write_bytes(self._model.read_bytes())
            _run(place, "spin", "-a", *defines, self._model.name)
            options = ("-w", "-DNFAIR=4", f"-DMEMLIM={STATES_MEMORY_MB}")
            _run(place, "gcc", "-O1" if optimised else "-O0", *options, "-o", "pan", "pan.c")
        return place


def _found(said: str) -> str:
    if "acceptance cycle" in said.partition("Search not completed")[0]:
        return "cycle"
    violated = re.search(r"assertion violated\s+(.*)", said)
    assert violated, said
    return "claim" if violated[1].startswith("!(") else "assert"


def _run(place: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd=place, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}
    )
    return done.stdout
