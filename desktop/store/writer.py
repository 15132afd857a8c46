"""The one thread that writes, with two queues: the person's first, then everything else."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from desktop.store.troubles import StoreClosed
from desktop.tickets.clock import Clock
from desktop.tickets.trouble import Trouble

T = TypeVar("T")
QUIET = 0.02
"""Seconds without a job after which what can wait is done; a person's next act is not to wait for it."""
LONGEST_QUIET = 0.25
"""The same after much work of others: the longer it has taken since all was done, the likelier more of it comes."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """A job that waits for its turn; `urgent` is one of the person's."""

    job: Callable[[Any], Any]
    urgent: bool
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Runs jobs one by one on a thread of its own.

    `run` does a job in a transaction, returns its result and what to do once the caller has heard of it. `rest` does
    a few milliseconds of what can wait, and says whether there is more of it. `tidy` is called after each of these,
    when nobody waits for a save; `beat` is called at least as often as `beat_seconds` says; `last` once, before the
    thread ends.
    """

    def __init__(
        self,
        run: Callable[[Callable[[Any], Any]], tuple[Any, Callable[[], None]]],
        rest: Callable[[], bool],
        beat: Callable[[], None],
        beat_seconds: float,
        clock: Clock,
        *,
        tidy: Callable[[], None] = lambda: None,
        last: Callable[[], None] = lambda: None,
    ) -> None:
        self._run = run
        self._rest = rest
        self._tidy = tidy
        self._last = last
        self._beat = beat
        self._beat_seconds = beat_seconds
        self._clock = clock
        self._worked = 0.0
        self._quiet = QUIET
        self._mine: deque[Task] = deque()
        self._others: deque[Task] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._rested = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Any], T], *, urgent: bool) -> Future[T]:
        """Queue a job; its Future fails with whatever the job raised, or with a `StoreTrouble`."""
        task = Task(job, urgent)
        with self._wake:
            if self._closing:
                task.future.set_exception(StoreClosed("Helptray is closing, so this was not saved. Start it again."))
            else:
                (self._mine if urgent else self._others).append(task)
                self._wake.notify_all()
        return task.future

    def idle(self, timeout: float) -> bool:
        """Wait until nothing is left to do, the search index included; false when the time is up. For tests."""
        with self._wake:
            return self._wake.wait_for(lambda: self._rested and not self._mine and not self._others, timeout)

    def close(self) -> None:
        """Finish what the person asked for, give up the rest, and end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            if task.future.set_running_or_notify_cancel():
                begun = self._clock.monotonic()
                self._do(task)
                self._be_quiet(task, self._clock.monotonic() - begun)
                self._tidy_up()
        for task in self._others:
            task.future.cancel()
        self._safely(self._last)

    def _next(self) -> Task | None:
        """The next job; meanwhile rests. None when all is done and we are closing."""
        quiet = False
        while True:
            self._beat()
            with self._wake:
                if self._mine or (self._others and not self._closing):
                    self._rested = False
                    return (self._mine or self._others).popleft()
                if self._closing:
                    return None
                if self._rested or not quiet:
                    quiet = self._waited()
                    continue
            is_more = self._safely(self._rest)
            self._tidy_up()
            if not is_more:
                self._worked = 0.0
                with self._wake:
                    self._rested = True
                    self._wake.notify_all()

    def _be_quiet(self, task: Task, seconds: float) -> None:
        """How long to wait for another job before what can wait is done: somebody who writes does not put it off."""
        if task.urgent:
            self._quiet = max(QUIET, self._quiet)
        else:
            self._worked += seconds
            self._quiet = min(max(QUIET, self._worked), LONGEST_QUIET)

    def _waited(self) -> bool:
        """Wait for a job, with the lock held; whether it has been quiet for long enough."""
        begun = self._clock.monotonic()
        if not self._wake.wait(self._beat_seconds if self._rested else self._quiet):
            self._quiet = 0.0
            return True
        self._quiet = max(0.0, self._quiet - (self._clock.monotonic() - begun))
        return False

    def _tidy_up(self) -> None:
        with self._wake:
            is_awaited = self._closing or bool(self._mine)
        if not is_awaited:
            self._safely(self._tidy)

    def _safely(self, do: Callable[[], bool | None]) -> bool:
        try:
            return bool(do())
        except Trouble as trouble:
            _log.warning("%s %s", trouble.sentence, trouble.detail)
        except Exception:  # noqa: BLE001  (the outermost loop: it goes on, and the traceback is logged)
            _log.exception("What can wait failed")
        return False

    def _do(self, task: Task) -> None:
        try:
            result, afterwards = self._run(task.job)
        except BaseException as error:  # noqa: BLE001  (a job fails only its own Future)
            task.future.set_exception(error)
            return
        task.future.set_result(result)
        try:
            afterwards()
        except Exception:  # noqa: BLE001  (the outermost loop: it goes on, and the traceback is logged)
            _log.exception("Somebody who was told of a change failed")
