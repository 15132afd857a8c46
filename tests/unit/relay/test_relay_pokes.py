"""Pokes: whoever is concerned hears that there is something to read, and nobody else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests

from desktop.tickets.people import Person, Role
from relay.accounts import add_person
from relay.devices import revoke
from relay.notices import add_notice
from relay.profile import keep_profile, read_profile


class Listener:
    """Reads the event stream on a thread, until it ends."""

    def __init__(self, client: Any) -> None:
        headers = {"Authorization": f"Bearer {client.access}"}
        self.response = requests.get(client.world.url + "/v1/events", headers=headers, stream=True, timeout=30)
        self.pokes = threading.Semaphore(0)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self) -> None:
        with suppress(requests.exceptions.ChunkedEncodingError):  # how a line that was shut down ends
            for line in self.response.iter_lines():
                if line == b"event: poke":
                    self.pokes.release()
        self.ended.set()

    def heard_nothing(self) -> bool:
        return not self.pokes.acquire(blocking=False)

    def heard(self) -> bool:
        return self.pokes.acquire(timeout=20)

    def close(self) -> None:
        if not self.ended.is_set():
            self.response.raw.shutdown()
        self.response.close()
        self.thread.join()


@pytest.fixture
def listens() -> Iterator[Callable[[Any], Listener]]:
    """Opens the stream of a client, which begins with a poke."""
    opened: list[Listener] = []

    def listen(client: Any) -> Listener:
        opened.append(Listener(client))
        assert opened[-1].heard()
        return opened[-1]

    yield listen
    for listener in opened:
        listener.close()


def test_a_poke_comes_for_commits_here_and_of_other_processes(
    client: Any, world: Any, relay: Any, listens: Any
) -> None:
    amy = client("amy@acme.test")
    listener = listens(amy)
    assert listener.response.headers["Content-Type"].startswith("text/event-stream")
    amy.file()
    assert listener.heard()
    with relay.write() as connection:
        add_notice(connection, world.clock, "E-mail is down")
    assert listener.heard()


def test_what_is_not_for_somebody_does_not_wake_them(client: Any, world: Any, listens: Any) -> None:
    amy, otto, dina = (client(email) for email in ("amy@acme.test", "otto@other.test", "dina@help.test"))
    hears, others, all_of_it = listens(amy), listens(otto), listens(dina)
    amy.file()
    assert hears.heard()
    assert all_of_it.heard()
    client("olga@other.test")  # a device that is connected is a commit, and no news
    otto.file()
    assert others.heard()
    assert all_of_it.heard()
    assert hears.heard_nothing()
    assert others.heard_nothing()
    assert all_of_it.heard_nothing()


def test_who_may_see_more_from_now_on_hears_of_it(client: Any, relay: Any, world: Any, listens: Any) -> None:
    amy, bob = client("amy@acme.test"), client("bob@acme.test")
    bob.file("Before")
    listener = listens(amy)
    with relay.write() as connection:
        add_person(
            connection,
            Person(email="amy@acme.test", name="Amy", company="Acme", role=Role.IT_DESIGNEE),
            at=world.clock.now(),
        )
    assert listener.heard()
    bob.file("After")
    assert listener.heard()


def test_a_new_profile_is_news_for_everybody(client: Any, relay: Any, listens: Any) -> None:
    listener = listens(client("amy@acme.test"))
    with relay.write() as connection:
        keep_profile(connection, read_profile("ecs"))
    assert listener.heard()


def test_the_stream_of_a_device_that_was_revoked_ends(client: Any, relay: Any, world: Any, listens: Any) -> None:
    amy = client("amy@acme.test")
    listener = listens(amy)
    with relay.write() as connection:
        revoke(connection, amy.device, at=world.clock.now())
        add_notice(connection, world.clock, "E-mail is down")
    assert listener.ended.wait(20)


def test_the_stream_is_for_those_who_are_connected(world: Any) -> None:
    assert requests.get(world.url + "/v1/events", timeout=10).status_code == 401
