"""Other people's programs that take the screen, as their distribution has them."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.parts.peers.peer import NotToBeHad

_INSTALLING: Final = 300


@dataclass(frozen=True, slots=True)
class ScreenTool:
    """A program that leaves all screens as one PNG file. `words` are its arguments, the file's path last."""

    name: str
    words: tuple[str, ...]

    def command(self, file: Path) -> list[str]:
        """What is to be run, and has to leave `file`."""
        return [self.name, *self.words, str(file)]


SCREEN_TOOLS: Final = (
    ScreenTool("maim", ()),
    ScreenTool("scrot", ("--overwrite",)),
    ScreenTool("flameshot", ("full", "--path")),
)


def have(tool: ScreenTool) -> None:
    """Install the program where it is missing and we may. Raises `NotToBeHad`."""
    if shutil.which(tool.name):
        return
    if os.name != "posix" or os.geteuid() or not shutil.which("apt-get"):
        raise NotToBeHad(f"it is not installed: apt-get install {tool.name}")
    done = subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", tool.name],
        capture_output=True,
        text=True,
        timeout=_INSTALLING,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        raise NotToBeHad(done.stderr.strip().rpartition("\n")[2] or "apt-get failed")
