"""Many processes on one home, and what becomes of mistakes."""

import logging
import socket
import stat
import threading
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.sync import lanes, poke
from desktop.sync.connection import Connection
from desktop.sync.engine_lock import EngineLock
from desktop.sync.faults import LocalFault, Offline, SignInNeeded, SyncFault
from desktop.sync.passes import PassResult
from desktop.sync.poke import PokeServer, ask_for_pass
from desktop.sync.server_url import checked_server
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.outbox import OperationState
from desktop.tickets.trouble import InputRefused, Trouble
from tests.unit.sync.memory_relay import MemoryHelpDesk
from tests.unit.sync.office import Office

CLOCK = SystemClock()


def worker(office: Office, home: Path, **options: Any) -> Worker:
    connect = options.pop("connect", lambda account: lambda: office.help_desk)
    return Worker(office.store, home, clock=CLOCK, random=Random(1), connect=connect, **options)


class TestTheLock:
    def test_one_holds_it_and_another_gets_it_afterwards(self, tmp_path: Path) -> None:
        first, second = EngineLock(tmp_path), EngineLock(tmp_path)
        assert first.acquire()
        assert first.acquire()
        assert first.is_held
        assert stat.S_IMODE((tmp_path / "engine.lock").stat().st_mode) == 0o600
        assert not second.acquire()
        first.release()
        first.release()
        assert second.acquire()
        second.release()


class TestPokes:
    @pytest.mark.parametrize("kind", [*SyncFault.__subclasses__(), *Offline.__subclasses__()])
    def test_each_kind_of_fault_is_told_as_what_it_is(self, tmp_path: Path, kind: type[SyncFault]) -> None:
        server = PokeServer(tmp_path, lambda: None, lambda _timeout: PassResult(0, 0, False, kind("A sentence.")))
        server.start()
        told = ask_for_pass(tmp_path, 12.5)
        server.stop()
        assert told is not None
        assert (type(told.fault), str(told.fault)) == (kind, "A sentence.")

    @pytest.mark.parametrize("family", ["a short path", "a long path", "no such sockets"])
    def test_words_arrive_and_answers_come_back(
        self, tmp_path: Path, family: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home = tmp_path / ("x" * (120 if family == "a long path" else 1))
        home.mkdir()
        if family == "no such sockets":
            monkeypatch.delattr(socket, "AF_UNIX")
        woken = threading.Event()
        asked: list[float] = []

        def one_pass(timeout: float) -> PassResult:
            asked.append(timeout)
            return PassResult(3, 4, True, SignInNeeded("Connect again."))

        server = PokeServer(home, woken.set, one_pass)
        assert not poke.poke(home)
        server.start()
        assert stat.S_IMODE((home / "engine.address").stat().st_mode) == 0o600
        assert poke.poke(home)
        assert woken.wait(5)
        told = ask_for_pass(home, 12.5)
        assert told is not None
        assert (told.pushed, told.pulled, told.online, asked) == (3, 4, True, [12.5])
        assert isinstance(told.fault, SignInNeeded)
        assert told.fault.sentence == "Connect again."
        server.stop()
        server.stop()
        assert not poke.poke(home)
        assert ask_for_pass(home, 0.1) is None
        assert [file.name for file in home.iterdir()] == []

    def test_without_the_secret_nothing_is_done(self, tmp_path: Path) -> None:
        server = PokeServer(tmp_path, lambda: pytest.fail("woken"), lambda timeout: pytest.fail("asked"))
        server.start()
        address = (tmp_path / "engine.address").read_bytes()
        (tmp_path / "engine.address").write_bytes(address.replace(b'"secret":"', b'"secret":"0'))
        assert not poke.poke(tmp_path)
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(tmp_path / "engine.sock"))
            stranger.sendall(b"nonsense\n")
            assert stranger.recv(10) == b""
        server.stop()

    def test_a_file_that_is_no_address_is_nobody(self, tmp_path: Path) -> None:
        (tmp_path / "engine.address").write_text("{")
        assert not poke.poke(tmp_path)


class TestTheWorker:
    def test_not_connected_is_not_online(self, tmp_path: Path) -> None:
        office = Office()
        office.store.write(lambda tx: tx.settings.save_account(None)).result()
        one = worker(office, tmp_path)
        assert one.one_pass(1) == PassResult(0, 0, False, None)
        with pytest.raises(Offline):
            one.fetch_file("x", tmp_path / "x")
        one.stop()

    def test_while_another_is_busy_and_silent_it_says_so(self, tmp_path: Path) -> None:
        office = Office()
        lock = EngineLock(tmp_path)
        lock.acquire()
        told = worker(office, tmp_path).one_pass(0.2)
        assert isinstance(told.fault, LocalFault)
        lock.release()

    def test_a_pass_gives_up_soon_where_nobody_is_there_and_goes_on_where_somebody_may_be(self, tmp_path: Path) -> None:
        office = Office()
        ticket = office.file()
        office.weather.next = lambda: "unreachable"
        told = worker(office, tmp_path).one_pass(30)
        assert isinstance(told.fault, Offline)
        assert office.state(ticket) is OperationState.QUEUED
        weathers = iter(["broken", "vanished", "portal"])
        office.weather.next = lambda: next(weathers, "ok")
        told = worker(office, tmp_path).one_pass(30)
        assert told.fault is None
        assert told.pushed == 1

    def test_a_pass_ends_with_its_time(self, tmp_path: Path) -> None:
        office = Office()
        office.file()
        office.weather.next = lambda: "busy"
        told = worker(office, tmp_path).one_pass(0.3)
        assert told.fault is not None
        assert not told.online

    def test_stop_ends_a_pass(self, tmp_path: Path) -> None:
        office = Office()
        office.file()
        one = worker(office, tmp_path)
        office.weather.next = lambda: "busy"
        results: list[PassResult] = []
        thread = threading.Thread(target=lambda: results.append(one.one_pass(60)))
        thread.start()
        one.stop()
        thread.join(5)
        assert results
        assert results[0].fault is not None

    def test_a_home_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        office = Office()
        one = worker(office, tmp_path / "missing")
        told = threading.Event()
        one.on_state(lambda state: told.set())
        one.start()
        assert told.wait(5)
        assert isinstance(one.state().fault, LocalFault)
        one.stop()

    def test_a_mistake_of_ours_is_logged_and_does_not_end_it(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        def wrong(account: object) -> Any:
            raise ZeroDivisionError

        with caplog.at_level(logging.ERROR):
            one = worker(Office(), tmp_path, connect=wrong)
            one.start()
            one.wake()
            one.stop()
        assert "stumbled" in caplog.text
        caplog.clear()


class TestALaneThatStumbles:
    @pytest.mark.parametrize("where", ["a mistake of ours", "the disk is full", "no renewal can be kept"])
    def test_it_goes_on_and_asks_about_what_was_sent(
        self, where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(lanes, "AFTER_A_CRASH", 0.01)
        office = Office()
        ticket = office.file()
        pushed = threading.Event()
        stumbles = [where]

        class Stumbling(MemoryHelpDesk):
            def push(self, *args: Any) -> Any:
                told = super().push(*args)
                pushed.set()
                if stumbles == ["a mistake of ours"]:
                    stumbles.clear()
                    raise ZeroDivisionError
                if stumbles == ["no renewal can be kept"]:
                    stumbles.clear()
                    raise Trouble("The disk is full.")
                return told

        def background(job: Any) -> Any:
            if pushed.is_set() and stumbles:
                stumbles.clear()
                raise Trouble("The disk is full.")
            return office.store.write(job)

        desk = Stumbling(office.relay, office.weather)
        monkeypatch.setattr(office.store, "background", background)
        faults: list[object] = []
        with caplog.at_level(logging.ERROR):
            connection = Connection(office.store, lambda: desk, CLOCK, Random(1), faults.append)
            connection.start()
            assert pushed.wait(10)
            for _ in range(1000):
                if connection.one_pass(10).fault is None and office.state(ticket) is OperationState.DONE:
                    break
            connection.stop()
        caplog.clear()
        assert office.state(ticket) is OperationState.DONE
        assert office.relay.created == [ticket.ticket]
        assert any(isinstance(fault, LocalFault) for fault in faults)


@pytest.mark.parametrize(
    ("typed", "checked"),
    [
        ("help.example.test", "https://help.example.test"),
        (" https://help.example.test/ ", "https://help.example.test"),
        ("HTTPS://Help.Example.Test:8443/desk/", "https://help.example.test:8443/desk"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("127.0.0.1:8642", "http://127.0.0.1:8642"),
        ("localhost:8642/", "http://localhost:8642"),
        ("[::1]:8642", "http://[::1]:8642"),
        ("help.example.test:8642", "https://help.example.test:8642"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_addresses_are_put_into_one_form(typed: str, checked: str) -> None:
    assert checked_server(typed) == checked


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://help.example.test",
        "http://10.0.0.1",
        "ftp://help.example.test",
        "https://kim:secret@help.example.test",
        "https://help.example.test/?x=1",
        "https://help.example.test/#x",
        "https://help example.test",
        "https://[::1",
        "https://help.example.test:99999",
        "https://help\u200b.example.test",
        "file:///etc/passwd",
        "//help.example.test",
    ],
)
def test_addresses_that_are_none_or_not_safe_are_refused(typed: str) -> None:
    with pytest.raises(InputRefused) as raised:
        checked_server(typed)
    assert raised.value.sentence
