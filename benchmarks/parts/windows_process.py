"""`python -m benchmarks.parts.windows_process bare|HOME`: how long windows are blocked, in a process of their own.

Shows the tickets window over a home that is kept in step, and saves a draft every now and then, or shows a window of Qt
alone: what the machine itself does to a window. Prints `shown`, then notes, from the line `begin` on the way in, until
the home is in step with its restored help desk again and everything can be found; or until the line `end`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Event, Thread

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.parts.bare import opened
from benchmarks.parts.sides import KEY
from benchmarks.parts.words import Words
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.profile import parse_profile
from desktop.ui.bridge import Bridge
from desktop.ui.prompt import have_loaded
from desktop.ui.report.capture import this_computer
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.tickets.window import TicketsWindow

TICK = 5
"""Milliseconds from one look at the clock to the next; what is more than that is a gap."""
BETWEEN_SAVES = 0.05
BETWEEN_LATER_SAVES = 0.25
"""While the index is made: it gives way to each of them for a while."""
BETWEEN_LOOKS = 0.5
LONGEST = 1800.0
"""Seconds that it may take to be in step again."""


class Watched(msgspec.Struct):
    """Seconds, all of them.

    Gaps of the event loop, durations of saves, until in step, until everything is found by the search index, and until
    the errors are taken down too and the old copy is cleared away.
    """

    gaps: list[float]
    saves: list[float] = []
    in_step: float = 0.0
    searchable: float = 0.0
    cleared: float = 0.0


class WindowsProcess:
    """A process with a window, from outside."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def say(self, line: str) -> None:
        """`begin` or `end`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def answer(self) -> Watched:
        """What was noted; waits for its end."""
        assert self._process.stdout is not None
        return msgspec.json.decode(self._process.stdout.readline(), type=Watched)


@contextmanager
def windows_process(what: str) -> Iterator[WindowsProcess]:
    """The process, once its window shows."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.parts.windows_process", what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline() != b"shown\n":
            raise RuntimeError(f"no window was shown: {what}")
        yield WindowsProcess(process)
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


class Gaps(QObject):
    """Notes by how much the event loop is late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """From now on; on the windows' thread."""
        self._last = time.perf_counter()
        self._timer.start()

    def _look(self) -> None:
        now = time.perf_counter()
        self.found.append(max(0.0, now - self._last - TICK / 1000))
        self._last = now


class Orders(QObject):
    """Follows the lines on the way in, read on a thread of its own, until that ends: then the application does too.

    `watched` is what to do between `begin` and the answer, on that thread.
    """

    _begun = Signal()
    _over = Signal()

    def __init__(self, application: QCoreApplication, gaps: Gaps, watched: Callable[[], Watched]) -> None:
        super().__init__(application)
        self._watched = watched
        self._begun.connect(gaps.begin, Qt.ConnectionType.QueuedConnection)
        self._over.connect(application.quit, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        print("shown", flush=True)
        try:
            if sys.stdin.readline() == "begin\n":
                self._begun.emit()
                print(msgspec.json.encode(self._watched()).decode(), flush=True)
                sys.stdin.read()
        finally:
            self._over.emit()


class Person:
    """Writes on and on, on a thread of its own, while the home is brought in step."""

    def __init__(self, home: Path, store: Store, worker: Worker, desk: Desk, words: Words) -> None:
        self._home = home
        self._store = store
        self._worker = worker
        self._desk = desk
        self._words = words
        self._between_saves = BETWEEN_SAVES
        self._epoch = store.background(lambda tx: tx.settings.value("sync.epoch")).result()

    def until_in_step(self, gaps: list[float]) -> Watched:
        """Begins when the help desk has been restored."""
        begun = time.perf_counter()
        self._worker.wake()
        over, saves = Event(), list[float]()
        saving = Thread(target=self._save_until, args=(over, saves))
        saving.start()
        try:
            while not self._store.background(lambda tx: _is_in_step(tx, self._epoch)).result():
                if time.perf_counter() - begun > LONGEST:
                    raise RuntimeError("the home did not come in step")
                time.sleep(BETWEEN_LOOKS)
            in_step = time.perf_counter() - begun
            self._between_saves = BETWEEN_LATER_SAVES
            wait_until_searchable(self._home, LONGEST)
            searchable = time.perf_counter() - begun
            self._store.idle(LONGEST)
            return Watched(gaps, saves, in_step, searchable, time.perf_counter() - begun)
        finally:
            over.set()
            saving.join()

    def _save_until(self, over: Event, saves: list[float]) -> None:
        while not over.wait(self._between_saves):
            draft = self._words.draft()
            begun = time.perf_counter()
            self._desk.save_draft(draft).result()
            saves.append(time.perf_counter() - begun)


def _is_in_step(tx: Transaction, known: str) -> bool:
    """Whether all was read anew, and all that was done has been asked about."""
    if tx.settings.value("sync.epoch") == known:
        return False
    if tx.settings.value("sync.filling") or tx.settings.value("sync.asking_again"):
        return False
    return not any(count for state, count in tx.outbox.counts().items() if state.is_pending)


def wait_until_searchable(home: Path, seconds: float) -> None:
    """Until the search index of a home holds everything; looked at from outside, for a job would put the index off."""
    latest = time.perf_counter() + seconds
    connection = opened(home / "tickets.db", KEY)
    try:
        while connection.execute("SELECT 1 FROM search_queue LIMIT 1").fetchone() is not None:
            if time.perf_counter() > latest:
                raise RuntimeError("not everything came to be found")
            time.sleep(BETWEEN_LOOKS)
    finally:
        connection.close()


def main(what: str) -> None:
    """Show the window, and do as told."""
    application = QApplication(sys.argv[:1])
    gaps = Gaps(application)
    if what == "bare":
        window = QMainWindow()
        window.show()
        _run(application, gaps, lambda: _bare(gaps))
    else:
        _tickets(Path(what), application, gaps)


def _bare(gaps: Gaps) -> Watched:
    sys.stdin.readline()
    return Watched(gaps.found)


def _tickets(home: Path, application: QApplication, gaps: Gaps) -> None:
    clock, random = SystemClock(), Random(1)
    with Store.open(home, KEY, clock=clock, random=random, parse=parse_profile) as store:
        worker = Worker(store, home, clock=clock, random=random)
        desk = Desk(store, worker, ThisComputer(Surroundings.here(), clock), clock, random)
        bridge = Bridge()
        bridge.listen(desk)
        window = TicketsWindow(desk, bridge, clock, this_computer(clock, PreferenceFile.of(home)))
        window.open()
        worker.start()
        person = Person(home, store, worker, desk, Words(clock, random))
        have_loaded(application)
        _run(application, gaps, lambda: person.until_in_step(gaps.found))
        bridge.stop()
        worker.stop()
        window.deleteLater()
        desk.close()


def _run(application: QApplication, gaps: Gaps, watched: Callable[[], Watched]) -> None:
    orders = Orders(application, gaps, watched)
    application.exec()
    orders.deleteLater()


if __name__ == "__main__":
    main(sys.argv[1])
