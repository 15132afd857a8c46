"""A computer with a person before it, who goes on working whatever happens to the process or the network."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from typing import TypeVar

from desktop.desk import Desk
from tests.faults import jobs
from tests.faults.fault_proxy import FaultProxy
from tests.faults.victims import Client, Died, JobFailed
from tests.torture import acts
from tests.torture.history import Does, History

T = TypeVar("T")

AN_ACT = 0.1
"""Longest pause in seconds between two acts of one person."""
_FIELDS = ("summary", "device")
_DOES = (Does.FILE, Does.SAY, Does.SAY, Does.SAY, Does.ATTACH, Does.CHANGE, Does.CHANGE, Does.SOLVE, Does.REOPEN)


class Computer:
    """One process on a home, the person before it, and the network behind it.

    Attributes:
        email: of the person.
        network: the way to the help desk of whoever has connected the home.
    """

    def __init__(self, home: Path, name: str, email: str, upstream: str, random: Random) -> None:
        self.name = name
        self.email = email
        self.network = FaultProxy(upstream)
        self.client = Client(home, name)
        self.trouble: BaseException | None = None
        self._random = random
        self._alone = Lock()
        self._working: Thread | None = None

    def connect(self, code: str) -> None:
        """Open the network and connect the desk."""
        self.network.open()
        assert self.do(partial(jobs.connect, url=self.network.url, code=code))

    def work(self, history: History, tickets: Callable[[str], list[str]], ended: Event) -> None:
        """Begin to work, until told to end; `tickets` names those that this person may know."""

        def working() -> None:
            while not ended.wait(self._random.uniform(0.0, AN_ACT)):
                try:
                    self._act(history, tickets(self.email))
                except Died:
                    continue
                except (JobFailed, AssertionError) as trouble:
                    self.trouble = trouble
                    return

        self._working = Thread(target=working, name=self.name)
        self._working.start()

    def rest(self) -> None:
        """Wait for the end of what the person was doing."""
        if self._working is not None:
            self._working.join()
        if self.trouble is not None:
            raise self.trouble

    def do(self, job: Callable[[Desk], T]) -> T:
        """The job's result, started (again) as needed; `Died` where the process dies of it."""
        with self._alone:
            if not self.client.alive:
                self.client.start()
            return self.client.do(job)

    def surely(self, job: Callable[[Desk], T]) -> T:
        """The same, in whichever life gets it done."""
        while True:
            try:
                return self.do(job)
            except Died:
                continue

    def _act(self, history: History, tickets: list[str]) -> None:
        does = self._random.choice(_DOES) if tickets else Does.FILE
        ticket = self.do(jobs.new_ticket) if does is Does.FILE else self._random.choice(tickets[-12:])
        field = self._random.choice(_FIELDS) if does is Does.CHANGE else ""
        act = history.begin(self.name, does, ticket, field)
        act.operation = self.do(partial(acts.do, act=act))

    def close(self) -> None:
        """Nothing of it is left."""
        self.client.kill()
        self.network.close()
