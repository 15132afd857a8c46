"""Logs as they come: full of others' messages, torn, slow, written by anybody; they are read, or it is said."""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.capture.active_program import Program
from desktop.capture.error_text.recent import recent_errors
from desktop.capture.error_text.system_log import journald, macos, windows
from desktop.capture.error_text.system_log.command import Patience, Printed, printed
from desktop.capture.error_text.system_log.entry import LogNotRead
from desktop.capture.error_text.system_log.journald import Journald
from desktop.capture.system_command import run
from tests.unit.capture.written_journal import NOW, STOPPED, Journal, StoppedClock

OUTPUTS = Path(__file__).parent / "outputs"
MINUTE = timedelta(minutes=1)
GIMP = Program(311, "gimp")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def texts(journal: Journal) -> list[str]:
    return [text.text for text in recent_errors([journal.handler()], GIMP, StoppedClock()).texts]


# systemd's journal, real files


def test_fields_may_hold_what_no_program_should_write(journal: Journal) -> None:
    journal.say(1, NOW - 4 * MINUTE, "cannot save", PRIORITY="high", _COMM="gimp")
    journal.say(1, NOW - 3 * MINUTE, "dumped core", PRIORITY="3", COREDUMP_PID="?", COREDUMP_COMM="gimp")
    journal.say(1, NOW - 2 * MINUTE, b"broken \xff\xfe bytes", PRIORITY="3", _COMM="gimp")
    journal.say(1, NOW - 1 * MINUTE, "\x1b[1;31mfailed\x1b[0m\r\nfor good\x07", PRIORITY="3", _COMM="gimp")

    assert texts(journal) == ["failed\nfor good", "broken \ufffd\ufffd bytes", "dumped core"]


def test_a_long_trace_is_told_with_both_its_ends(journal: Journal) -> None:
    trace = "Traceback (most recent call last):\n" + '  File "x.py", line 1\n' * 2000 + "ValueError: bad value"
    journal.say(1, NOW - MINUTE, trace, PRIORITY="3", _COMM="gimp")

    (text,) = texts(journal)

    assert text.startswith("Traceback")
    assert text.endswith("ValueError: bad value")
    assert len(text) < 2100


def test_no_flood_of_others_hides_what_the_program_said(journal: Journal) -> None:
    journal.say(1, NOW - 14 * MINUTE, "cannot save", PRIORITY="6", _COMM="gimp", _PID="311")
    journal.say(1, NOW - 13 * MINUTE, "Bad block", PRIORITY="2", _COMM="disk")
    for number in range(2100):
        journal.say(1, NOW - 10 * MINUTE + number * timedelta(milliseconds=1), f"hello {number}", PRIORITY="6")
    journal.say(1, NOW - MINUTE, "newest", PRIORITY="6")

    entries = journal.handler().read(NOW - 15 * MINUTE, NOW, GIMP).entries

    assert [entry.message for entry in entries[:2]] == ["cannot save", "Bad block"]
    assert entries[-1].message == "newest"
    assert len(entries) == len({entry.message for entry in entries}) == 2002
    assert [each.at for each in entries] == sorted(each.at for each in entries)


def test_a_program_is_known_by_the_number_that_systemd_gives_its_scope(journal: Journal) -> None:
    failed = "Failed with result 'core-dump'."
    journal.say(1, NOW - 2 * MINUTE, f"app-gnome-org.gimp.GIMP-311.scope: {failed}", PRIORITY="4", _COMM="systemd")
    journal.say(1, NOW - 1 * MINUTE, f"app-gnome-org.other.Other-312.scope: {failed}", PRIORITY="4", _COMM="systemd")

    assert texts(journal) == [f"app-gnome-org.gimp.GIMP-311.scope: {failed}"]


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that other people may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_who_does_not_see_the_systems_own_messages_is_told_of_no_restart(everybodys: Path) -> None:
    """The journal's last word is the system's: who sees but own messages would take every restart for unexpected."""
    of_system, own = Journal(everybodys / "written first"), Journal(everybodys / "written then")
    of_system.say(1, NOW - 59 * MINUTE, "Journal stopped", MESSAGE_ID=STOPPED, PRIORITY="6")
    of_system.say(2, NOW - 10 * MINUTE, "hello", since_boot=0, PRIORITY="6")
    own.say(1, NOW - 60 * MINUTE, "own, before", PRIORITY="6")
    own.say(2, NOW - 9 * MINUTE, "own, after", PRIORITY="6")
    for journal, name in ((of_system, "system.journal"), (own, "user-1000.journal")):
        journal.written().rename(everybodys / name).chmod(0o644)
    command = ["journalctl", "--directory", str(everybodys)]
    assert Journald(StoppedClock(), command).unexpected_restart(NOW) is None

    (everybodys / "system.journal").chmod(0)
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    handler = Journald(StoppedClock(), [*as_nobody, *command])

    reading = handler.read(NOW - 15 * MINUTE, NOW, None)
    assert reading.is_partial
    assert [entry.message for entry in reading.entries] == ["own, after"]
    with pytest.raises(LogNotRead, match="may not read"):
        handler.unexpected_restart(NOW)
    says = recent_errors([handler], None, StoppedClock()).says
    assert "Whether this computer restarted unexpectedly could not be read." in says
    assert "hidden from you" in says


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
FIELDS = ("MESSAGE", "PRIORITY", "_PID", "_COMM", "COREDUMP_PID", "SYSLOG_IDENTIFIER", "_TRANSPORT", "__CURSOR")


@given(st.lists(st.dictionaries(st.sampled_from((*FIELDS, "__REALTIME_TIMESTAMP")), VALUES), max_size=3), st.data())
def test_no_line_of_a_journal_is_more_than_left_out(records: list[dict[str, object]], data: st.DataObject) -> None:
    good = {"__REALTIME_TIMESTAMP": "1764000000000000", "MESSAGE": "it failed", "PRIORITY": "3"}
    lines = [json.dumps(record) for record in (*records, good)]
    torn = data.draw(st.integers(0, len(lines[0])))
    output = "\n".join((lines[0][:torn], *lines[1:], lines[-1])).encode()

    assert "it failed" in [entry.message for entry in journald.entries(Printed(output, "", 0))]


# Windows and macOS, on outputs


def test_events_of_windows_that_are_no_xml_are_read_up_to_where_they_are_torn() -> None:
    text = (OUTPUTS / "windows-application-events.xml").read_text()
    whole = list(windows.entries(text.encode()))
    torn = text[: text.rindex("<Event ") + 40]

    assert list(windows.entries(torn.encode())) == whole[:-1]
    with_noise = text.replace("Faulting application name", "\x01&#x1;&#0;Faulting\x0b application name", 1)
    assert list(windows.entries(with_noise.encode())) == whole
    assert len(list(windows.entries(text.replace("<Level>2<", "<Level>?<").encode()))) == len(whole)
    assert list(windows.entries(text.replace("SystemTime=", "Time=").encode())) == []


@pytest.mark.parametrize(
    "output", [b"Log could not be opened.", b"<html>", b"\x00\x01", b"<Events/", "é".encode("cp437")]
)
def test_what_is_no_event_of_windows_is_said(output: bytes) -> None:
    with pytest.raises(LogNotRead, match="cannot be read"):
        list(windows.entries(output))


def test_lines_of_macos_that_are_none_are_left_out() -> None:
    text = (OUTPUTS / "macos-log-show.ndjson").read_text()
    odd = '\n[1]\nnull\n{"eventMessage": "x"}\n{"eventMessage": "x", "timestamp": "today"}\n{"eve'

    assert list(macos.entries((text + odd).encode())) == list(macos.entries(text.encode()))
    pid = re.sub(r'("processID" ?): ?\d+', r"\1:null", text)
    assert [entry.pid for entry in macos.entries(pid.encode())] == [0, 0, 0]


# the program that is run


class Late:
    """A clock that is a little later each time it is looked at."""

    def __init__(self, step: float) -> None:
        self._seconds, self._step = 0.0, step

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        self._seconds += self._step
        return self._seconds


def test_all_commands_of_a_question_share_its_time(tmp_path: Path) -> None:
    """A journal that takes three seconds for each answer would otherwise take half a minute."""
    asked = tmp_path / "asked"
    tool = tmp_path / "journalctl"
    record = json.dumps({"__REALTIME_TIMESTAMP": str(int(NOW.timestamp() * 1e6))})
    tool.write_text(f"#!/bin/sh\necho x >> {asked}\necho '{record}'\n")
    tool.chmod(0o755)

    with pytest.raises(LogNotRead, match="too long"):
        Journald(Late(3.0), (str(tool),)).unexpected_restart(NOW)
    assert asked.read_text().count("x") == 2


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def ran(code: str, *, limit: float = 20.0, most: int = 1000) -> tuple[bytes, int, bool]:
    done = run(python(code), limit=limit, most=most, environ=os.environ)
    return done.output, done.code, done.is_late


def test_what_a_program_prints_is_kept_up_to_an_amount() -> None:
    assert ran("print('x' * 10)") == (b"x" * 10 + os.linesep.encode(), 0, False)
    assert ran("while True: print('x' * 10_000)") == (b"x" * 1000, 0, False)
    assert ran("import sys; sys.stderr.write('y' * 1_000_000); print('done'); sys.exit(3)")[1:] == (3, False)


def test_a_program_that_hangs_is_ended_with_what_it_has_started() -> None:
    """The second one holds the pipe open: who only ended the first would wait for it."""
    child = f"import subprocess; subprocess.run({python('import time; time.sleep(600)')!r})"
    code = f"import subprocess, time; print(subprocess.Popen({python(child)!r}).pid, flush=True); time.sleep(600)"

    output, _, is_late = ran(code, limit=5.0)

    assert is_late
    assert has_ended(int(output))


def has_ended(pid: int) -> bool:
    """Whether it ends within half a minute: what is killed takes its time to go, on a busy machine."""
    try:
        for _ in range(300):
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
            with suppress(psutil.TimeoutExpired):
                process.wait(0.1)
    except psutil.NoSuchProcess:
        return True
    return False


def test_a_program_that_cannot_be_started_is_a_trouble(tmp_path: Path) -> None:
    for command in ("nothing", "with\0zero"):
        with pytest.raises(LogNotRead, match="cannot be read"):
            printed([str(tmp_path / command)], Patience(StoppedClock()))
