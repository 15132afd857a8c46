"""What the doctor prints fits the terminal that it is read on; a pipe gets one line for each thing."""

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from desktop.cli.table import broken, table
from tests.end_to_end.conftest import Terminal

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are Unix'", allow_module_level=True)


def printed_on(columns: int, terminal: Terminal) -> str:
    """What `helptray doctor` prints on a terminal so wide."""
    screen, line = pty.openpty()
    termios.tcsetwinsize(line, (24, columns))
    home = ["--home", str(terminal.home), "--key-file", str(terminal.key_file)]
    environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    command = [str(Path(sys.executable).parent / "helptray"), *home, "doctor"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=line, stderr=line, env=environ):
        os.close(line)
        told = b""
        try:
            while piece := os.read(screen, 65536):
                told += piece
        except OSError:  # how Linux tells that nobody has the other end any more
            os.close(screen)
    return told.decode().replace("\r\n", "\n")


def test_on_a_narrow_terminal_the_doctor_goes_on_below(terminal: Terminal) -> None:
    narrow = printed_on(60, terminal)

    too_long = [line for line in narrow.splitlines() if len(line) > 60]
    assert [line for line in too_long if str(terminal.home.parent) not in line] == []
    assert "\x1b" not in narrow
    assert "\nThis computer:\n" in narrow
    assert "\n               " in narrow


def test_in_a_pipe_each_thing_is_one_line(terminal: Terminal) -> None:
    lines = terminal("doctor").out.splitlines()

    assert len([line for line in lines if line.startswith(("ok  ", "NO  "))]) == 10
    assert len(lines[lines.index("This computer:") + 1 :]) == len(terminal.json("doctor", code=5)["computer"]["facts"])


def test_a_column_that_is_too_wide_goes_on_below_itself() -> None:
    rows = [["!", "Disk", "almost full, one two three four"], ["", "Memory", ""]]

    assert table(rows) == ["!  Disk    almost full, one two three four", "   Memory"]
    assert table(rows, 32) == ["!  Disk    almost full, one two", "           three four", "   Memory"]
    assert table(rows, 20) == table(rows)
    assert table([], 40) == []
    assert broken("x" * 50, 40, 4) == ["x" * 50]
