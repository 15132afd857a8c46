"""Reads text from pictures on this machine, in a process of its own that is there only while it is needed."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from importlib.util import find_spec
from threading import Condition, Event, RLock, Thread, Timer

from desktop.capture.screen_text.program import COMMAND, Program
from desktop.capture.screen_text.words import TextLine
from desktop.tickets.trouble import Trouble

IDLE_SECONDS = 60.0
"""After so long without a picture the process ends and gives its memory back."""
LIMIT_SECONDS = 120.0
"""A picture that takes longer, beginning with the process' start, is given up."""

_CLOSING = "Helptray is closing, so the picture was not read."
_TOO_LONG = "The picture took too long to read."
_ENDED = "The program that reads pictures ended unexpectedly."


class TextNotRead(Trouble):
    """The text on a picture could not be read; the ticket does well without."""

    title = "Text not read"


Reading = Future[tuple[TextLine, ...]]
"""What a picture says, from the top. `cancel` works until the answer is there, and ends the process at work."""


class TextReader:
    """Reads one picture at a time, in the order asked. Starts nothing before the first.

    Args:
        command: the reading program.
        idle: seconds without a picture after which it ends; `limit`: seconds that one picture may take.
    """

    def __init__(
        self, *, command: Sequence[str] = COMMAND, idle: float = IDLE_SECONDS, limit: float = LIMIT_SECONDS
    ) -> None:
        self._command = command
        self._idle = idle
        self._limit = limit
        self._changed = Condition(RLock())
        self._waiting: deque[tuple[bytes, Reading]] = deque()
        self._thread: Thread | None = None
        self._program: Program | None = None
        self._current: Reading | None = None
        self._is_closed = False

    @staticmethod
    def is_installed() -> bool:
        """Whether pictures can be read on this machine; costs a look at two folders."""
        return all(find_spec(part) is not None for part in ("rapidocr", "onnxruntime"))

    @property
    def pid(self) -> int | None:
        """The process that reads; None while there is none."""
        with self._changed:
            return self._program.pid if self._program else None

    def read(self, picture: bytes) -> Reading:
        """The text of a picture (the bytes of its file). Returns at once.

        The future fails with `TextNotRead`: not installed, no picture, took too long, ended unexpectedly, closed.
        """
        reading: Reading = Future()
        if not self.is_installed():
            _fail(reading, "Reading text from pictures is not installed on this computer.")
            return reading
        with self._changed:
            if self._is_closed:
                _fail(reading, _CLOSING)
                return reading
            self._waiting.append((picture, reading))
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="screen text", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        reading.add_done_callback(self._end_unwanted)
        return reading

    def close(self) -> None:
        """End the process and give up what is not read yet."""
        with self._changed:
            self._is_closed = True
            thread, program = self._thread, self._program
            given_up = [reading for _, reading in self._waiting]
            self._waiting.clear()
            self._changed.notify_all()
        for reading in given_up:
            _fail(reading, _CLOSING)
        if program is not None:
            program.kill()
        if thread is not None:
            thread.join()

    def _end(self, program: Program) -> None:
        """End the process at work, on any thread; who waits for its answer comes back without one and clears up."""
        with self._changed:
            if self._program is program:
                self._program = None
                program.kill()

    def _end_unwanted(self, reading: Reading) -> None:
        """Nobody wants what is being read: only the process' end stops the work."""
        with self._changed:
            if reading.cancelled() and reading is self._current and self._program is not None:
                self._end(self._program)

    def _serve(self) -> None:
        while (asked := self._next()) is not None:
            self._answer(*asked)

    def _next(self) -> tuple[bytes, Reading] | None:
        """What to read now; None once nothing came for the idle time or it is closed: thread and process are over."""
        with self._changed:
            self._current = None
            while self._changed.wait_for(lambda: self._waiting or self._is_closed, self._idle):
                if self._is_closed:
                    break
                picture, reading = self._waiting.popleft()
                if not reading.cancelled():
                    self._current = reading
                    return picture, reading
            self._thread = None
            if self._program is not None:
                program = self._program
                self._end(program)
                program.reap()
            return None

    def _answer(self, picture: bytes, reading: Reading) -> None:
        try:
            program = self._started()
        except OSError as error:
            _fail(reading, "The program that reads pictures does not start.", repr(error))
            return
        if program is None:
            _fail(reading, _CLOSING)
            return
        is_late = Event()

        def give_up() -> None:
            is_late.set()
            self._end(program)

        limit = Timer(self._limit, give_up)
        limit.daemon = True
        limit.start()
        answer = program.ask(picture)
        limit.cancel()
        exit_code = self._reap_ended(program, is_wanted=answer is not None)
        if answer is None:
            _fail(reading, _TOO_LONG if is_late.is_set() else _ENDED, f"exit code {exit_code}")
        elif answer.failure:
            _fail(reading, "The text on this picture could not be read.", answer.failure)
        elif reading.set_running_or_notify_cancel():
            reading.set_result(answer.lines)

    def _started(self) -> Program | None:
        """The process, started unless it runs; None once closed."""
        with self._changed:
            if self._is_closed:
                return None
            if self._program is None:
                self._program = Program(self._command)
            return self._program

    def _reap_ended(self, program: Program, *, is_wanted: bool) -> int | None:
        """Give back what a process held that was ended meanwhile or is not wanted any more; its exit code."""
        with self._changed:
            if is_wanted and self._program is program:
                return None
            self._end(program)
        program.kill()
        return program.reap()


def _fail(reading: Reading, sentence: str, detail: str = "") -> None:
    if reading.set_running_or_notify_cancel():
        reading.set_exception(TextNotRead(sentence, detail=detail))
