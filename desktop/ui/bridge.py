"""The only place where threads meet Qt."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import Shiboken

from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Changed

if TYPE_CHECKING:
    from desktop.desk import Desk

T = TypeVar("T")

_FRAME = 16
"""Milliseconds after a change that was passed on, in which those that follow are gathered into one."""


class Bridge(QObject):
    """Brings what happens on other threads to the windows' thread.

    Signals:
        changed: a `Changed`; the first at once, those that follow it gathered over one frame.
    """

    changed = Signal(object)
    _told = Signal(object)
    _settled = Signal(object, object, object, object)
    _came = Signal(object, object, object)

    def __init__(self, threads: int = 2) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="windows")
        self._gathered: Changed | None = None
        self._is_stopped = False
        self._frame = QTimer(self, singleShot=True, interval=_FRAME)
        self._frame.timeout.connect(self._pass_on)
        self._told.connect(self._gather, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._hand_result, Qt.ConnectionType.QueuedConnection)

    def listen(self, desk: Desk) -> None:
        """Pass on what the desk tells, from now on."""
        desk.on_change(self._hear)

    def watch(
        self,
        owner: QObject,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Call `done` or `failed` on the windows' thread, unless `owner` is gone by then.

        A failure that is no `Trouble` is a bug of ours and is raised there.
        """
        future.add_done_callback(lambda settled: self._settled.emit(owner, settled, done, failed))

    def run(
        self,
        owner: QObject,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Run what blocks on a thread of the bridge's own, then as `watch`."""
        self.watch(owner, self._pool.submit(call), done, failed)

    def run_apart(self, owner: QObject, call: Callable[[], T], then: Callable[[Callable[[], T]], None]) -> None:
        """Begin what blocks at once, on a thread of its own that nobody waits for at the end.

        `then` is called on the windows' thread, unless `owner` is gone by then, with what gives the result or raises.
        """
        future = Future[T]()
        future.add_done_callback(lambda settled: self._came.emit(owner, settled.result, then))

        def work() -> None:
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised where it is asked for
                future.set_exception(error)
            else:
                future.set_result(result)

        Thread(target=work, name="windows-apart", daemon=True).start()

    @staticmethod
    def later(owner: QObject, call: Callable[[], None]) -> None:
        """Call once what is being laid out now is in its place, unless `owner` is gone by then."""
        QTimer.singleShot(0, owner, call)

    @staticmethod
    def wait_until(holds: Callable[[], bool], seconds: float) -> None:
        """Let everything go on until something holds, for at most so many seconds: what is left to do at the end."""
        if holds():
            return
        loop = QEventLoop()
        look = QTimer(interval=_FRAME)
        look.timeout.connect(lambda: loop.quit() if holds() else None)
        look.start()
        QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
        loop.exec()

    def stop(self) -> None:
        """Start nothing more, wait for what runs, and tell nobody."""
        self._is_stopped = True
        self._frame.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _hear(self, changed: Changed) -> None:
        """On any thread: the desk tells as long as it is open, which may be longer than there are windows."""
        if not self._is_stopped:
            self._told.emit(changed)

    def _gather(self, changed: Changed) -> None:
        if self._is_stopped:  # it was on its way to this thread
            return
        so_far = self._gathered or Changed()
        self._gathered = Changed(
            tickets=so_far.tickets | changed.tickets,
            outbox=so_far.outbox or changed.outbox,
            connection=so_far.connection or changed.connection,
            organisation=so_far.organisation or changed.organisation,
            everything=so_far.everything or changed.everything,
        )
        if not self._frame.isActive():
            self._pass_on()

    def _pass_on(self) -> None:
        """What was gathered, if anything; a frame begins once the windows have shown it."""
        gathered, self._gathered = self._gathered, None
        if gathered is not None:
            self.changed.emit(gathered)
            self._frame.start()

    def _hand_result(
        self, owner: QObject, result: Callable[[], Any], then: Callable[[Callable[[], Any]], None]
    ) -> None:
        if not self._is_stopped and Shiboken.isValid(owner):
            then(result)

    def _hand_over(
        self, owner: QObject, future: Future[Any], done: Callable[[Any], None], failed: Callable[[Trouble], None]
    ) -> None:
        if self._is_stopped or future.cancelled() or not Shiboken.isValid(owner):
            return
        trouble = future.exception()
        if trouble is None:
            done(future.result())
        elif isinstance(trouble, Trouble):
            failed(trouble)
        else:
            raise trouble
