"""Clients and a help desk as processes that cost milliseconds to begin, because they begin as forks of a warm one.

Each is a process of its own with the real parts of the product in it (a `Desk` that runs its engine; `helptray-relay
serve`), and really dies when it is killed.
"""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import SystemRandom
from threading import Event, Lock, RLock, Thread
from traceback import format_exception
from typing import Any, Self, TypeVar

from desktop.app import open_desk
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.sync.help_desks.http import Http
from desktop.tickets.clock import SystemClock
from tests.faults.crash_sites import Site, count_passes, die_at

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds without an answer after which a process is stuck."""
READ_TIMEOUT = 5.0
"""Seconds that these clients wait for a silent server, instead of 30: faults should not take longer than they must."""
_WARM = (
    "alembic.operations",
    "alembic.runtime.migration",
    "desktop.app",
    "desktop.capture.surroundings",
    "desktop.capture.this_computer",
    "desktop.store.keys",
    "desktop.store.migrations.revision_0001",
    "desktop.store.migrations.revision_0002",
    "desktop.store.migrations.revision_0003",
    "desktop.store.migrations.revision_0004",
    "desktop.store.migrations.revision_0005",
    "desktop.store.store",
    "desktop.sync.enrolment",
    "desktop.sync.help_desks.relay",
    "desktop.sync.tokens",
    "desktop.sync.worker",
    "desktop.tickets.profile",
    "relay.cli",
    "relay.printing",
    "tests.faults.victims",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
)
_context = get_context("forkserver")
_context.set_forkserver_preload(list(_WARM))


class Died(Exception):
    """The process is no more."""


class JobFailed(AssertionError):
    """What was asked of the process raised an error; its traceback is the message."""


class Stuck(AssertionError):
    """The process lives and does not answer."""


@dataclass(frozen=True, slots=True)
class Arming:
    """What is to happen to a process: it dies at its n-th passing of any of `sites`, or counts those of `counted`.

    Its threads pass them in an order that nobody knows beforehand: each life dies at the next of those that are left.
    """

    sites: tuple[Site, ...] = ()
    nth: int = 1
    counted: tuple[Site, ...] = ()

    def __call__(self, notes: Path) -> dict[str, int]:
        for site in self.sites:
            die_at(site, self.nth, notes)
        return count_passes(self.counted)

    def without(self, names: Collection[str]) -> "Arming":
        """What is left once somebody has died at these sites."""
        return replace(self, sites=tuple(site for site in self.sites if site.name not in names))


class _Victim:
    """A process that is begun, and killed, again and again. Its errors go to a file that must stay empty.

    Attributes:
        arming: what is to happen to it, in life after life until nothing is left of that.
        deaths: how often it has died.
        died_at: the names of the sites at which it has.
    """

    def __init__(self, errors: Path) -> None:
        self.errors = errors
        self.arming = Arming()
        self.deaths = 0
        self.died_at: frozenset[str] = frozenset()
        self._process: Any = None
        self._ours: Any = None
        self._at_hand = RLock()

    @property
    def alive(self) -> bool:
        with self._at_hand:
            return self._process is not None and bool(self._process.is_alive())

    def _begin(self, run: Callable[..., None], *arguments: Any) -> Any:
        """Begin the next life that gets so far as to say something; what it says."""
        while True:
            self.kill()
            arming = self.arming.without(self.died_at)
            with self._at_hand:
                self._ours, theirs = _context.Pipe()
                self._process = _context.Process(
                    target=run, args=(theirs, self.errors, arming, *arguments), daemon=True
                )
                self._process.start()
                theirs.close()
            try:
                return self._hear()
            except Died:
                self.count_death()

    def _hear(self, timeout: float = PATIENCE) -> Any:
        """What the process says next; `Died` where it dies instead."""
        if not wait((self._ours, self._process.sentinel), timeout):
            raise Stuck(f"no answer for {timeout} s")
        try:
            return self._ours.recv()
        except (EOFError, OSError):
            self._process.join()
            raise Died(self.complaints()) from None

    def _tell(self, value: object) -> None:
        try:
            self._ours.send(value)
        except OSError:
            self._process.join()
            raise Died from None

    def send_signal(self, number: signal.Signals) -> bool:
        """Whether there was somebody to get it. From any thread: never to a process that is not ours."""
        with self._at_hand:
            if not self.alive:
                return False
            os.kill(self._process.pid, number)
            return True

    def kill(self) -> None:
        """`kill -9`, where there is somebody to kill."""
        with self._at_hand:
            if self._process is None:
                return
            self._process.kill()
            self._process.join()
            self._process.close()
            self._ours.close()
            self._process = None

    def arm(self, arming: Arming) -> None:
        """From its next life on; its earlier deaths are forgotten."""
        self.arming, self.deaths, self.died_at = arming, 0, frozenset()
        self._notes.unlink(missing_ok=True)

    def count_death(self) -> None:
        """It has died: once more, and where it says."""
        self.deaths += 1
        if self._notes.exists():
            self.died_at |= frozenset(self._notes.read_text().split("\n")[:-1])
            self._notes.unlink()

    @property
    def _notes(self) -> Path:
        return self.errors.with_suffix(".deaths")

    def complaints(self) -> str:
        """What it has written to its standard error in all its lives."""
        return self.errors.read_text() if self.errors.exists() else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


class Client(_Victim):
    """A person's desk, with its engine running in the background, on one home; `name` where others share that."""

    def __init__(self, home: Path, name: str = "") -> None:
        super().__init__(home.with_name(f"{name or home.name}.errors"))
        self.home = home

    def start(self) -> None:
        """Open the desk (again)."""
        self._begin(_client, self.home)

    def do(self, job: Callable[[Desk], T], timeout: float = PATIENCE) -> T:
        """What the job returns, done over there; `Died` where the process dies first, whether it was done or not."""
        if self._process is None:
            raise Died
        self._tell(job)
        result = self._hear(timeout)
        if isinstance(result, JobFailed):
            raise result
        done: T = result
        return done

    def end(self) -> dict[str, int]:
        """Close the desk in order, and say which sites were passed how often."""
        self._tell(None)
        passed: dict[str, int] = self._hear()
        self.kill()
        return passed


class HelpDeskProcess(_Victim):
    """`helptray-relay serve` on one folder and, after its first start, one port."""

    def __init__(self, data: Path, listen: str = "127.0.0.1:0") -> None:
        super().__init__(data.with_name(f"{data.name}.errors"))
        self.data = data
        self._at_work = Lock()
        self._listen = listen

    @property
    def url(self) -> str:
        return f"http://{self._listen}"

    def start(self) -> None:
        """Serve (again)."""
        said = self._begin(_relay, self.data, self._listen)
        self._listen = said.removeprefix("listening on http://")

    @contextmanager
    def kept_up(self) -> Iterator[None]:
        """Somebody looks after it: while this lasts, it is started again whenever it has died."""
        stopping = Event()

        def keep_up() -> None:
            while not stopping.wait(0.02):
                with self._at_work:
                    if not self.alive:
                        self.count_death()
                        self.start()

        keeper = Thread(target=keep_up)
        keeper.start()
        try:
            yield
        finally:
            stopping.set()
            keeper.join()

    @contextmanager
    def down(self) -> Iterator[None]:
        """It is killed, and nobody starts it before this is over."""
        with self._at_work:
            self.kill()
            yield
            self.start()

    def end(self) -> dict[str, int]:
        """Stop it in order, and say which sites were passed how often."""
        self.send_signal(signal.SIGTERM)
        passed: dict[str, int] = self._hear()
        self.kill()
        return passed


@contextmanager
def _complaining(errors: Path) -> Iterator[None]:
    with errors.open("a", buffering=1) as file:
        os.dup2(file.fileno(), 2)
        yield


def _client(connection: Connection, errors: Path, arming: Arming, home: Path) -> None:
    Http.__init__.__kwdefaults__ = {"read_timeout": READ_TIMEOUT}
    settings = Settings(home=home, key_file=home.with_name(f"{home.name}.key"))
    with _complaining(errors):
        passed = arming(errors.with_suffix(".deaths"))
        with open_desk(settings, clock=SystemClock(), random=SystemRandom(), say=lambda _: None) as desk:
            desk.start()
            connection.send("ready")
            while (job := connection.recv()) is not None:
                connection.send(_done(job, desk))
        connection.send(passed)


def _done(job: Callable[[Desk], Any], desk: Desk) -> Any:
    try:
        return job(desk)
    except Exception as error:  # noqa: BLE001  (it is raised again in the process that asked)
        return JobFailed("".join(format_exception(error)))


class _Said:
    """Standard output, a message for each line."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, text: str) -> int:
        if text.strip():
            self._connection.send(text.strip())
        return len(text)

    def flush(self) -> None:
        pass


def _relay(connection: Connection, errors: Path, arming: Arming, data: Path, listen: str) -> None:
    from relay.__main__ import main

    Thread(target=_end_with, args=(connection,), daemon=True).start()
    with _complaining(errors):
        passed = arming(errors.with_suffix(".deaths"))
        sys.stdout = _Said(connection)
        sys.argv = ["helptray-relay", "serve", "--listen", listen, "--data", str(data), "--organisation", "example"]
        if main() == 0:
            connection.send(passed)


def _end_with(connection: Connection) -> None:
    """Die with the process at the other end, however that ends: it never says anything."""
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)
