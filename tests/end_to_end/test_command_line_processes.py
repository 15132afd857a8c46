"""The command line as real processes: pipes, signals, and others on the same home."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from tests.conftest import HelpDesk
from tests.end_to_end.conftest import Terminal

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(terminal: Terminal) -> Start:
    """Starts `helptray` on the terminal's home, in an environment without a display."""
    environment = {name: text for name, text in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"HELPTRAY_HOME": str(terminal.home), "HELPTRAY_KEY_FILE": str(terminal.key_file)}

    def process(*words: str, module: str = "desktop", **options: Any) -> "subprocess.Popen[str]":
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        streams["env"] = environment | options.get("env", {})
        return subprocess.Popen([sys.executable, "-m", module, *words], text=True, **streams)

    return process


class NeverAnswers(BaseHTTPRequestHandler):
    """Takes the request and holds it until the server ends."""

    asked: Event
    over: Event

    def handle_one_request(self) -> None:
        self.close_connection = True
        asked = self.rfile.readline()
        if asked and not asked.startswith(b"HEAD "):  # so the facts ask what time it is there
            self.asked.set()
        if asked:
            self.over.wait(60)


def test_ten_reports_at_once_are_ten_tickets_that_arrive_once(robin: Terminal, start: Start) -> None:
    running = [start("report", "--summary", f"Report {number}", "--sync", "--json") for number in range(10)]
    answers = [(process.communicate(timeout=100), process.returncode) for process in running]
    assert [code for _, code in answers] == [0] * 10, answers
    assert len({json.loads(out)["ticket"] for (out, _), _ in answers}) == 10
    assert robin.json("sync")["pending"] == 0
    assert sorted(row["number"] for row in robin.json("tickets")) == sorted(str(number) for number in range(1, 11))


def test_whoever_closes_the_pipe_has_read_enough(terminal: Terminal, start: Start) -> None:
    terminal("report", "--summary", "No sound")
    for words in (["tickets"], ["tickets", "--json"]):
        reading, writing = os.pipe()
        os.close(reading)
        process = start(*words, stdout=writing)
        os.close(writing)
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_an_answer_that_cannot_be_written_is_4(terminal: Terminal, start: Start) -> None:
    terminal("report", "--summary", "No sound")
    with Path("/dev/full").open("w") as full:
        process = start("tickets", stdout=full)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 4
    assert told == "The answer could not be written: No space left on device.\n"


def test_a_plain_terminal_shows_what_it_can(terminal: Terminal, start: Start) -> None:
    terminal("report", "--summary", "Bücher 📚")
    process = start("tickets", env={"PYTHONIOENCODING": "ascii"})
    out, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")
    assert out.endswith("B?cher ?\n")


def test_bytes_that_are_no_text_are_saved_all_the_same(terminal: Terminal, start: Start) -> None:
    process = start("report", "--summary", os.fsdecode(b"bad \xff byte"), "--json")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert terminal.json("tickets")[0]["summary"] == "bad \ufffd byte"


@pytest.fixture
def never_answers(help_desk: HelpDesk) -> Iterator[type[NeverAnswers]]:
    """In the help desk's place something that takes every request and answers none."""
    host, _, port = help_desk.url.removeprefix("http://").rpartition(":")
    help_desk.stop()
    NeverAnswers.asked, NeverAnswers.over = Event(), Event()
    server = ThreadingHTTPServer((host, int(port)), NeverAnswers)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield NeverAnswers
    NeverAnswers.over.set()
    server.shutdown()
    server.server_close()
    serving.join()


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl+C there, not a signal to one process")
@pytest.mark.parametrize(
    ("words", "number", "kept"),
    [
        (["sync"], "SIGINT", ["No sound"]),
        (["sync"], "SIGTERM", ["No sound"]),
        (["sync"], "SIGHUP", ["No sound"]),
        (["report", "--summary", "No light", "--sync"], "SIGINT", ["No light", "No sound"]),
        (["report", "--summary", "No light", "--sync"], "SIGTERM", ["No light", "No sound"]),
    ],
)
def test_what_is_ended_from_outside_says_so_and_has_saved(
    robin: Terminal, never_answers: type[NeverAnswers], start: Start, words: list[str], number: str, kept: list[str]
) -> None:
    robin("report", "--summary", "No sound")
    as_it_was = signal.signal(signal.Signals[number], signal.SIG_DFL)  # `nohup` hands on that it is to be ignored
    try:
        process = start(*words, "--json")
    finally:
        signal.signal(signal.Signals[number], as_it_was)
    assert never_answers.asked.wait(60)
    process.send_signal(signal.Signals[number])
    out, told = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.Signals[number]
    assert told == "Stopped. What was saved before is safe.\n"
    assert list(json.loads(out)) == ["error"]
    assert list((robin.home / "open").iterdir()) == []
    assert [row["summary"] for row in robin.json("tickets")] == kept


@pytest.mark.skipif(os.name == "nt", reason="a console sends Ctrl+C there, not a signal to one process")
@pytest.mark.parametrize(("module", "part"), [("desktop", "desktop.cli.outcome"), ("relay", "sqlalchemy.")])
def test_ctrl_c_while_it_loads_is_no_traceback(tmp_path: Path, module: str, part: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", module, "counts", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any(part in line for line in process.stderr)
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=60)
    assert (process.returncode, out) in ((130, ""), (-signal.SIGINT, ""))  # by itself or by the signal: 130 in a shell
    assert "Traceback" not in told


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_what_ignores_the_end_of_its_terminal_goes_on(terminal: Terminal, start: Start) -> None:
    """As `nohup` starts it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = start("sync", "--json")
    finally:
        signal.signal(signal.SIGHUP, before)
    with process:
        while process.poll() is None:
            process.send_signal(signal.SIGHUP)
    assert process.returncode == 5


@pytest.mark.parametrize("display", ["", ":7077", "nowhere.invalid:0"])
def test_the_windows_without_a_screen_end_with_a_sentence(start: Start, display: str) -> None:
    process = start(env={"QT_QPA_PLATFORM": "", "DISPLAY": display})
    out, told = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert told.startswith("No screen. There is no screen here")
