"""Reading text from pictures: for real, in the reading program, and with programs that misbehave."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import msgspec
import numpy
import psutil
import pytest
from PIL import Image

from desktop.capture.error_text.on_picture import find_errors
from desktop.capture.screen_text.messages import Answered, Asked, receive, send
from desktop.capture.screen_text.program import COMMAND
from desktop.capture.screen_text.reader import TextNotRead, TextReader
from desktop.capture.screen_text.recognition import Recognition
from desktop.capture.screen_text.words import all_text
from tests.reading.drawn import Drawn, Look

HANGS = "import sys, time; sys.stdin.buffer.read(4); time.sleep(600)"
"""Takes the picture and never answers."""
ANSWERS = """
import sys
from desktop.capture.screen_text.messages import Answered, receive, send
while receive(sys.stdin.buffer):
    send(sys.stdout.buffer, Answered())
"""
ANSWERS_THE_SECOND = """
import sys, time
from desktop.capture.screen_text.messages import Answered, receive, send
if b"slow" in receive(sys.stdin.buffer):
    time.sleep(600)
send(sys.stdout.buffer, Answered())
"""
NO_NETWORK = """
import os, socket, sys
def refuse(*_): os.write(2, b"the network was used"); os._exit(9)
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = refuse
"""
WAITS = """
import os, sys, time
from desktop.capture.screen_text.messages import Answered, receive, send
while receive(sys.stdin.buffer):
    while not os.path.exists("GO"):
        time.sleep(0.01)
    send(sys.stdout.buffer, Answered())
"""
DIES = "import sys, os; sys.stdin.buffer.read(4); os._exit(7)"
BABBLES = "import sys; sys.stdin.buffer.read(4); print('hello there, this is no message at all', flush=True)"


@pytest.fixture
def reader_of() -> Iterator[Callable[..., TextReader]]:
    """Makes readers that are closed at the end."""
    made: list[TextReader] = []

    def make(source: str, *, idle: float = 60.0, limit: float = 60.0) -> TextReader:
        made.append(TextReader(command=(sys.executable, "-c", source), idle=idle, limit=limit))
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[TextReader]:
    """The real one."""
    real = TextReader()
    yield real
    real.close()


def _is_gone(pid: int) -> bool:
    try:
        psutil.Process(pid).wait(timeout=30)
    except psutil.NoSuchProcess:
        return True
    return not psutil.pid_exists(pid)


def test_an_error_dialog_is_read_and_found_between_other_text(reader: TextReader) -> None:
    screen = Drawn(900, 500, Look(size=13))
    screen.text(20, 20, "Dear anna.schmidt@example.com,", "the invoice is attached.")
    screen.dialog(150, 150, "Microsoft Outlook", ["Cannot open the set of folders.", "Error 0x8004010F"])

    lines = reader.read(screen.png()).result(timeout=100)

    assert "anna.schmidt@example.com" in all_text(lines)
    (error,) = find_errors(lines)
    assert error.text == "Microsoft Outlook\nCannot open the set of folders.\nError 0x8004010F"


def test_a_word_stands_where_it_was_drawn(reader: TextReader) -> None:
    screen = Drawn(600, 120, Look(size=14, scale=1.5, is_dark=True))
    screen.text(40, 40, "Kennwort für München: geheim")

    (line,) = reader.read(screen.png()).result(timeout=100)

    assert [word.text for word in line.words] == ["Kennwort", "für", "München:", "geheim"]
    secret = line.words[-1].box
    left, right = 60 + screen.width("Kennwort für München: "), 60 + screen.width("Kennwort für München: geheim")
    assert left - 8 < secret.left < left + 4
    assert right - 4 < secret.left + secret.width < right + 8
    assert secret.top < 66 < 80 < secret.top + secret.height


def test_text_at_the_edge_of_what_is_read_at_once_is_read_once(reader: TextReader) -> None:
    screen = Drawn(300, 900, Look(size=16))
    screen.text(20, 20, *(f"Line number {number}" for number in range(30)))

    lines = reader.read(screen.png()).result(timeout=100)

    assert [line.text for line in lines] == [f"Line number {number}" for number in range(30)]
    assert [line.box.top for line in lines] == sorted(line.box.top for line in lines)
    assert abs(lines[29].box.top - (20 + 29 * 25.6)) < 8


@pytest.mark.parametrize("apart", [-4, 0, 4])
def test_a_line_that_two_bands_see_some_pixels_apart_is_read_once(apart: int) -> None:
    """Each is free to think that the line is the other's."""
    bands: list[int] = []
    middle, overlap = 300, 64

    def engine(pixels: numpy.ndarray, **_: object) -> SimpleNamespace:
        seen_at = middle + apart / 2 if not bands else middle - apart / 2
        top = seen_at - 10 - (0 if not bands else middle - overlap)
        bands.append(pixels.shape[0])
        corners = [[20, top], [120, top], [120, top + 20], [20, top + 20]]
        return SimpleNamespace(txts=("hello",), scores=(1.0,), boxes=numpy.array([corners]), word_results=None)

    recognition = Recognition()
    recognition.__dict__["_engine"] = engine

    lines = recognition.read(Drawn(200, 2 * middle).png())

    assert [line.text for line in lines] == ["hello"]
    assert bands == [middle + overlap] * 2


def test_the_reading_program_says_nothing_uses_no_network_and_yields_to_others(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        send(program.stdin, Asked(picture=Drawn(300, 60).png()))
        answer = msgspec.msgpack.decode(receive(program.stdout), type=Answered)
        nice = psutil.Process(program.pid).nice()
        output, errors = program.communicate(timeout=30)

    assert (answer.failure, output, errors, program.returncode) == ("", b"", b"", 0)
    assert nice == 10


def test_it_is_gone_with_whoever_asked_in_the_midst_of_a_picture() -> None:
    """Killed by the system, the windows' process closes nothing; a screen full of text takes a minute to read."""
    screen = Drawn(2560, 1440, Look(size=12))
    screen.text(10, 10, *("many words that take long to read, one after the other, " * 7 for _ in range(70)))
    asks = (
        "import sys, time\n"
        "from desktop.capture.screen_text.reader import TextReader\n"
        "reader = TextReader()\n"
        "reading = reader.read(sys.stdin.buffer.read())\n"
        "while reader.pid is None: time.sleep(0.01)\n"
        "print(reader.pid, flush=True)\n"
        "reading.result()\n"
    )
    with subprocess.Popen((sys.executable, "-c", asks), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(screen.png())
        program.stdin.close()
        worker = psutil.Process(int(program.stdout.readline()))
        while worker.num_threads() < 3:  # it has the picture and reads
            Event().wait(0.05)
        program.kill()

    worker.wait(timeout=10)


def test_an_empty_picture_says_nothing(reader: TextReader) -> None:
    assert reader.read(Drawn(64, 64).png()).result(timeout=100) == ()


def test_what_is_no_picture_is_a_trouble_and_the_next_one_is_read(reader: TextReader) -> None:
    with pytest.raises(TextNotRead, match="could not be read"):
        reader.read(b"no picture").result(timeout=100)

    assert reader.read(Drawn(64, 64).png()).result(timeout=100) == ()


def test_nothing_runs_before_the_first_picture_and_nothing_when_idle(reader_of: Callable[..., TextReader]) -> None:
    reader = reader_of(ANSWERS, idle=0.2)
    assert reader.pid is None

    assert reader.read(b"picture").result(timeout=30) == ()
    pid = _pid(reader)

    assert _is_gone(pid)
    assert reader.read(b"picture").result(timeout=30) == ()


def test_what_is_no_longer_wanted_ends_the_process_and_the_next_has_a_new_one(
    reader_of: Callable[..., TextReader],
) -> None:
    reader = reader_of(ANSWERS_THE_SECOND)
    first = reader.read(b"slow")
    pid = _pid(reader)

    assert first.cancel()

    assert _is_gone(pid)
    assert reader.read(b"quick").result(timeout=30) == ()


def test_what_waits_and_is_not_wanted_is_never_read_and_the_one_at_work_goes_on(
    reader_of: Callable[..., TextReader], tmp_path: Path
) -> None:
    reader = reader_of(WAITS.replace("GO", str(tmp_path / "go")))
    first, second = reader.read(b"first"), reader.read(b"second")
    pid = _pid(reader)

    assert second.cancel()
    (tmp_path / "go").touch()

    assert first.result(timeout=30) == ()
    assert reader.pid == pid


def test_a_picture_that_takes_too_long_is_given_up(reader_of: Callable[..., TextReader]) -> None:
    reader = reader_of(HANGS, limit=0.2)

    with pytest.raises(TextNotRead, match="too long"):
        reader.read(b"picture").result(timeout=30)
    assert reader.pid is None


@pytest.mark.parametrize("source", [DIES, BABBLES])
def test_a_program_that_dies_or_babbles_is_a_trouble(source: str, reader_of: Callable[..., TextReader]) -> None:
    reader = reader_of(source)

    for _ in range(2):
        with pytest.raises(TextNotRead, match="unexpectedly"):
            reader.read(b"picture").result(timeout=30)


def test_a_program_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    reader = TextReader(command=(str(tmp_path / "nothing"),))

    with pytest.raises(TextNotRead, match="does not start"):
        reader.read(b"picture").result(timeout=30)
    reader.close()


def test_closing_gives_up_all_that_is_not_read(reader_of: Callable[..., TextReader]) -> None:
    reader = reader_of(HANGS)
    readings = [reader.read(b"picture") for _ in range(3)]
    pid = _pid(reader)

    reader.close()

    assert _is_gone(pid)
    for reading in (*readings, reader.read(b"late")):
        with pytest.raises(TextNotRead):
            reading.result(timeout=0)


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.capture.screen_text.reader.find_spec", lambda name: None)
    reader = TextReader()

    assert not reader.is_installed()
    with pytest.raises(TextNotRead, match="not installed"):
        reader.read(b"picture").result(timeout=0)


def _pid(reader: TextReader) -> int:
    soon = Event()
    while (pid := reader.pid) is None:
        soon.wait(0.01)
    return pid


def test_reading_leaves_nothing_in_the_persons_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    picture = io.BytesIO()
    Image.new("RGB", (200, 60), "white").save(picture, "PNG")
    reader = TextReader()
    try:
        reader.read(picture.getvalue()).result(120)
    finally:
        reader.close()
    assert list(tmp_path.rglob("*")) == []
