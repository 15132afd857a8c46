"""A help desk and the people who use it, for every test that wants real ones."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from desktop.app import open_desk
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.tickets.people import Person, Role
from relay.accounts import add_company, add_person
from relay.codes import make_code
from relay.core import Relay
from relay.serve import RelayServer

COMPANY = "Harbour Bakery"


class HelpDesk:
    """A real relay on loopback over a real folder, with what an administrator does to it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = RelayServer(data)
        self.url = self.server.start()
        with self._relay() as relay, relay.write() as connection:
            add_company(connection, COMPANY, at=relay.clock.now())

    def code(self, email: str, role: Role = Role.REQUESTER, company: str = COMPANY) -> str:
        """A one-time code for a person, made known first."""
        with self._relay() as relay, relay.write() as connection:
            now = relay.clock.now()
            name = email.partition("@")[0].title()
            add_person(connection, Person(email=email, name=name, company=company, role=role), at=now)
            return make_code(connection, email=email, at=now)

    def stop(self) -> None:
        """No longer reachable."""
        self.server.stop()

    def start(self) -> None:
        """Reachable again, at the same address."""
        self.server.start()

    def _relay(self) -> "_Opened":
        return _Opened(self.data)


class _Opened:
    def __init__(self, data: Path) -> None:
        self._relay = Relay(data)

    def __enter__(self) -> Relay:
        return self._relay

    def __exit__(self, *_: object) -> None:
        self._relay.close()


@pytest.fixture(autouse=True)
def nothing_is_logged_astray(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log that a test neither expects (`logs_warnings`) nor clears fails it, on whatever thread."""
    yield
    if request.node.get_closest_marker("logs_warnings"):
        return
    astray = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not astray, astray


@pytest.fixture
def help_desk(tmp_path: Path) -> Iterator[HelpDesk]:
    """A help desk with one company."""
    running = HelpDesk(tmp_path / "relay")
    yield running
    running.stop()


@pytest.fixture
def desk_at(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Opens the desk of a home by its name, not connected to anything; each name once."""
    with ExitStack() as stack:

        def open_home(name: str) -> Desk:
            settings = Settings(home=tmp_path / name, key_file=tmp_path / f"{name}.key")
            return stack.enter_context(open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None))

        yield open_home
