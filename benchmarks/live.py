"""From a change at the help desk to the row in a client's store, and to the row in its window."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Event
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.figure import Figure, percentile
from benchmarks.parts.line import Line, line
from benchmarks.parts.sides import Client, Sides, two_sides
from benchmarks.parts.words import Words
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk
from desktop.tickets.operations import Operation
from desktop.tickets.view import Changed
from desktop.ui.bridge import Bridge
from desktop.ui.report.capture import this_computer
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.tickets.list_model import ROW
from desktop.ui.tickets.window import TicketsWindow

T = TypeVar("T")

EMAIL: Final = "robin@example.com"
TICKETS: Final = 500
"""Tickets that are there already."""
CHANGES: Final = 120
FIRST: Final = 20
"""Changes that are made before any is measured."""
BETWEEN: Final = 0.06
"""Seconds from one change's being shown to the next, so that each is news of its own."""
LONGEST: Final = 10.0
P50, P95 = 0.016, 0.050
"""Seconds to a painted row."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Seconds from sending one change to the help desk: to its answer, to the client's store, to the window."""

    answered: float
    stored: float
    painted: float


def run() -> Iterator[Figure]:
    with two_sides() as sides:
        sides.person(EMAIL)
        words = Words(sides.clock, Random(1))
        sides.put(EMAIL, words.tickets(TICKETS, 0))
        sides.process.start()
        lags = live(sides, words, FIRST + CHANGES)
    for percent, goal in ((50, P50), (95, P95)):
        answered, stored, painted = (
            percentile([getattr(lag, part) for lag in lags], percent) for part in ("answered", "stored", "painted")
        )
        yield Figure(
            name=f"live, painted, p{percent}",
            ratio=painted / goal,
            against="the limit",
            ours=f"{painted * 1000:.1f} ms from sending the change on another computer",
            theirs=f"{goal * 1000:.0f} ms",
        )
        yield Figure(
            name=f"live, stored, p{percent}",
            ratio=stored / answered,
            against="the answer to that other computer",
            ours=f"{stored * 1000:.1f} ms",
            theirs=f"{answered * 1000:.1f} ms",
        )


def live(sides: Sides, words: Words, changes: int) -> list[Lag]:
    """New tickets, made one after another on another device of the same person, and a client with a window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    bridge = Bridge()
    with line(sides, "other", EMAIL) as other, sides.client("watches", EMAIL) as client:
        client.one_pass()
        desk = Desk(client.store, client.worker, ThisComputer(Surroundings.here(), sides.clock), sides.clock, Random(2))
        bridge.listen(desk)
        capture = this_computer(sides.clock, PreferenceFile.of(client.home))
        window = TicketsWindow(desk, bridge, sides.clock, capture)
        watch = Watch(client, window)
        window.open()
        client.worker.start()
        lags = beside_windows(application, lambda: [watch.lag(other, words.filing()) for _ in range(changes)])
        bridge.stop()
        window.deleteLater()
        desk.close()
    return lags[FIRST:]


class Watch(QObject):
    """Sees when a ticket reaches the store, and when its row is on the screen."""

    def __init__(self, client: Client, window: TicketsWindow) -> None:
        super().__init__(window)
        table = window.findChild(QTableView)
        assert isinstance(table, QTableView)
        self._table = table
        self._stored = self._painted = 0.0
        self._ticket = ""
        self._shown = Event()
        table.viewport().installEventFilter(self)
        client.store.on_commit(self._committed)

    def lag(self, line: Line, filing: Operation) -> Lag:
        """File a ticket over the line and wait until it is shown; on any thread but that of the windows."""
        time.sleep(BETWEEN)
        self._shown.clear()
        self._ticket = filing.ticket
        sent = time.perf_counter()
        line.post([filing])
        answered = time.perf_counter()
        if not self._shown.wait(LONGEST):
            raise RuntimeError(f"a new ticket was not shown within {LONGEST:.0f} s")
        return Lag(answered - sent, self._stored - sent, self._painted - sent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint and self._table.model().index(0, 0).data(ROW).ticket == self._ticket:
            QTimer.singleShot(0, self, self._note)
        return super().eventFilter(watched, event)

    def _committed(self, changed: Changed) -> None:
        if self._ticket in changed.tickets and not self._shown.is_set():
            self._stored = time.perf_counter()

    def _note(self) -> None:
        if not self._shown.is_set():
            self._painted = time.perf_counter()
            self._shown.set()


def beside_windows(application: QApplication, work: Callable[[], T]) -> T:
    """Run something on another thread while the windows live."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        future.add_done_callback(lambda _: QTimer.singleShot(0, application, application.quit))
        application.exec()
    return future.result()
