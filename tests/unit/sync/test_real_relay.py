"""The adapter and the worker against a real relay, over real HTTP; the store is a dictionary."""

import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete

from desktop.sync.enrolment import enrol
from desktop.sync.faults import Offline, Refused, ServerFault, SignInNeeded, SyncFault
from desktop.sync.help_desks.base import Absent, CursorGone, FileToSend, Found
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.relay import RelayHelpDesk
from desktop.sync.protocol import Result, encode_operation
from desktop.sync.tokens import AccountTokens
from desktop.sync.worker import LinkState, Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.connection import Account
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, AttachFile, FileTicket, Operation
from desktop.tickets.outbox import OperationState, OutboxEntry
from desktop.tickets.people import Person
from relay.accounts import add_company, add_person
from relay.codes import make_code
from relay.core import Relay
from relay.devices import revoke
from relay.serve import RelayServer
from relay.tables import tokens
from relay.tickets import counts
from tests.contract.dictionary_store import DictionaryStore
from tests.faults.fault_proxy import FaultProxy
from tests.faults.wire_faults import drop_answer

CLOCK = SystemClock()
RANDOM = Random(7)


def renew(tokens: AccountTokens, stale: Account) -> Account:
    """The next tokens, over a line of this call's own."""
    http = Http(stale.server, CLOCK)
    try:
        return tokens.renew(stale, http)
    finally:
        http.stop()


class Site:
    """A relay with one person, and codes for as many devices as are wanted."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = RelayServer(data)
        self.url = self.server.start()

    def code(self) -> str:
        with closing(Relay(self.data)) as relay, relay.write() as connection:
            now = relay.clock.now()
            add_company(connection, "Harbour Bakery", at=now)
            add_person(connection, Person(email="kim@example.test", name="Kim", company="Harbour Bakery"), at=now)
            return make_code(connection, email="kim@example.test", at=now)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    running = Site(tmp_path / "relay")
    yield running
    running.server.stop()


class Home:
    """A home with an outbox, and its worker."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self.path = path
        self.store = DictionaryStore()
        self.worker = Worker(self.store, path, clock=CLOCK, random=RANDOM)

    def enrol(self, url: str, code: str) -> Account:
        return enrol(self.store, url, code, "bakery-3", clock=CLOCK, random=RANDOM)

    def add(self, ticket: str = "", after: str = "", **kind: Any) -> Operation:
        operation = Operation(
            id=new_id(CLOCK, RANDOM), ticket=ticket or new_id(CLOCK, RANDOM), made_at=CLOCK.now(), **kind
        )
        self.store.write(lambda tx: tx.outbox.add(operation, encode_operation(operation), after=after)).result()
        return operation

    def file(self, summary: str = "The oven does not print") -> Operation:
        return self.add(file_ticket=FileTicket(summary=summary))

    def attach(self, ticket: Operation, content: bytes) -> Operation:
        attachment = new_id(CLOCK, RANDOM)
        self.store.write(lambda tx: tx._all.contents.update({attachment: content})).result()
        attach = AttachFile(
            attachment=attachment, name="screen.png", size=len(content), sha256=hashlib.sha256(content).hexdigest()
        )
        return self.add(ticket.ticket, ticket.id, attach_file=attach)

    def state(self, operation: Operation) -> OperationState:
        entry = self.store._all.entries[operation.id]
        assert isinstance(entry, OutboxEntry)
        return entry.state

    def entry(self, operation: Operation) -> OutboxEntry:
        entry = self.store._all.entries[operation.id]
        assert isinstance(entry, OutboxEntry)
        return entry

    def help_desk(self, url: str = "") -> RelayHelpDesk:
        account = self.store._all.account
        assert account is not None
        return RelayHelpDesk(Http(url or account.server, CLOCK), self.tokens())

    def tokens(self) -> AccountTokens:
        account = self.store._all.account
        assert account is not None
        return AccountTokens(self.store, account, CLOCK, may_renew=self.worker._may_renew, ask_holder=lambda: None)


@pytest.fixture
def home_at(tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    homes: list[Home] = []

    def open_home(name: str = "kim") -> Home:
        homes.append(Home(tmp_path / name))
        return homes[-1]

    yield open_home
    for home in homes:
        home.worker.stop()


@pytest.fixture
def home(site: Site, home_at: Callable[[str], Home]) -> Home:
    home = home_at("kim")
    home.enrol(site.url, site.code())
    return home


def test_a_ticket_a_note_and_files_go_out_and_are_read_elsewhere(
    site: Site, home: Home, home_at: Callable[[str], Home], tmp_path: Path
) -> None:
    content = RANDOM.randbytes(900_000)
    ticket = home.file()
    note = home.add(ticket.ticket, ticket.id, add_note=AddNote(note=new_id(CLOCK, RANDOM), text="It is on fire"))
    picture = home.attach(ticket, content)
    result = home.worker.one_pass(30)
    assert (result.fault, result.online, result.pushed) == (None, True, 3)
    assert {home.state(operation) for operation in (ticket, note, picture)} == {OperationState.DONE}

    other = home_at("other")
    other.enrol(site.url, site.code())
    assert other.worker.one_pass(30).pulled >= 3
    state = other.store._all.present.state(ticket.ticket)
    assert state is not None
    assert [said.text for said in state.notes] == ["It is on fire"]
    assert [file.size for file in state.attachments] == [900_000]
    assert other.store._all.organisation is not None
    attachment = picture.body.attachment
    target = tmp_path / "fetched.png"
    target.write_bytes(content[:100_000])
    assert other.worker.fetch_file(attachment, target) == len(content)
    assert target.read_bytes() == content
    assert other.worker.fetch_file(attachment, target) == len(content)
    with pytest.raises(ServerFault):
        other.worker.fetch_file(attachment, tmp_path / "short", limit=1000)
    with pytest.raises(SyncFault):
        other.worker.fetch_file(new_id(CLOCK, RANDOM), tmp_path / "none")


def test_an_empty_file_arrives(home: Home) -> None:
    file = home.attach(home.file(), b"")
    assert home.worker.one_pass(30).fault is None
    assert home.state(file) is OperationState.DONE


def test_our_copy_agrees_with_the_help_desks(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(20):
        home.attach(home.file(), b"x")
    for _ in range(3):
        assert home.worker.one_pass(30).fault is None
    assert not caplog.records
    assert home.store._all.filling is None
    assert len(home.store._all.present.rows) == 40


def test_nothing_new_costs_one_page(home: Home) -> None:
    home.file()
    home.worker.one_pass(30)
    again = home.worker.one_pass(30)
    assert (again.pushed, again.pulled, again.fault) == (0, 0, None)


@pytest.mark.parametrize("times", [1, 3])
def test_answers_that_are_lost_make_nothing_twice(site: Site, home_at: Callable[[str], Home], times: int) -> None:
    with FaultProxy(site.url) as proxy:
        home = home_at("kim")
        home.enrol(proxy.url, site.code())
        proxy.fault(drop_answer(), method="POST", path="/v1/operations", times=times)
        proxy.fault(drop_answer(), method="PATCH", times=times)
        proxy.fault(drop_answer(), method="POST", path="/v1/files", times=times)
        ticket = home.file()
        home.attach(ticket, b"x" * 600_000)
        result = home.worker.one_pass(60)
        assert result.fault is None
        assert result.pushed == 2
    with closing(Relay(site.data)) as relay, relay.read() as connection:
        told = counts(connection)
    assert (told.tickets, told.files, told.operations) == (1, 1, 2)


def test_a_lost_answer_to_the_code_is_asked_for_again(site: Site, home_at: Callable[[str], Home]) -> None:
    code = site.code()
    with FaultProxy(site.url) as proxy:
        home = home_at("kim")
        proxy.fault(drop_answer(), method="POST", path="/v1/enrol", times=1)
        with pytest.raises(Offline):
            home.enrol(proxy.url, code)
        account = home.enrol(proxy.url, code)
    assert account.person is not None
    assert home.store._all.account == account


@pytest.mark.parametrize(("kind", "words"), [("wrong", "does not know this code"), ("used", "used already")])
def test_codes_that_are_no_good_say_why(site: Site, home_at: Callable[[str], Home], kind: str, words: str) -> None:
    code = site.code() if kind == "used" else "AAAA-BBBB-CCCC"
    if kind == "used":
        home_at("first").enrol(site.url, code)
    with pytest.raises(Refused, match=words):
        home_at("second").enrol(site.url, code)


def test_tokens_are_renewed_once_for_all_and_a_lost_answer_locks_nobody_out(
    site: Site, home_at: Callable[[str], Home]
) -> None:
    with FaultProxy(site.url) as proxy:
        home = home_at("kim")
        account = home.enrol(proxy.url, site.code())
        stale = replace(account, access="gone")
        home.store.write(lambda tx: tx.settings.save_account(stale)).result()
        proxy.fault(drop_answer(), method="POST", path="/v1/token", times=1)
        tokens = home.tokens()
        with pytest.raises(Offline):
            renew(tokens, stale)
        assert home.store._all.account == stale
        renewed: list[Account] = []
        threads = [threading.Thread(target=lambda: renewed.append(renew(tokens, stale))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(renewed)) == 1
        assert renewed[0].access not in ("gone", account.access)
        assert renewed[0] == home.store._all.account
        home.file()
        assert home.worker.one_pass(30).pushed == 1


def test_a_help_desk_restored_from_before_the_last_tokens_knows_the_device(site: Site, home: Home) -> None:
    with closing(Relay(site.data)) as relay, relay.write() as connection:
        connection.execute(delete(tokens))
    ticket = home.file()
    result = home.worker.one_pass(30)
    assert (result.fault, result.pushed) == (None, 1)
    assert home.state(ticket) is OperationState.DONE


def test_a_device_that_was_revoked_is_told(site: Site, home: Home) -> None:
    account = home.store._all.account
    assert account is not None
    with closing(Relay(site.data)) as relay, relay.write() as connection:
        revoke(connection, account.device, at=relay.clock.now())
    ticket = home.file()
    result = home.worker.one_pass(30)
    assert isinstance(result.fault, SignInNeeded)
    assert result.online
    assert home.state(ticket) is OperationState.QUEUED


def test_one_operation_can_be_asked_about(home: Home) -> None:
    desk = home.help_desk()
    ticket = home.entry(home.file())
    assert isinstance(desk.locate(ticket), Absent)
    first = desk.push([ticket], new_id(CLOCK, RANDOM))
    assert [answer.result for answer in first.answers] == [Result.APPLIED]
    found = desk.locate(ticket)
    assert isinstance(found, Found)
    assert found.answer.id == ticket.id
    assert [answer.result for answer in desk.push([ticket], "again").answers] == [Result.DUPLICATE]
    desk.stop()


def test_what_was_refused_is_not_there(home: Home) -> None:
    desk = home.help_desk()
    empty = home.entry(home.file(summary=" "))
    for _ in range(2):
        assert [answer.result for answer in desk.push([empty], "r1").answers] == [Result.REJECTED]
    assert isinstance(desk.locate(empty), Absent)
    desk.stop()


def test_a_cursor_of_another_server_is_gone(home: Home) -> None:
    desk = home.help_desk()
    with pytest.raises(CursorGone):
        desk.changes("somewhere-else:12", 10)
    assert desk.organisation() is not None
    assert desk.organisation() is None
    desk.stop()


def test_an_upload_goes_on_where_it_broke_off(home: Home) -> None:
    ticket = home.file()
    home.worker.one_pass(30)
    content = RANDOM.randbytes(300_000)
    file = FileToSend(
        attachment=new_id(CLOCK, RANDOM),
        ticket=ticket.ticket,
        name="../../etc/passwd",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="image/png",
        content=io.BytesIO(content),
        url="",
    )
    one = home.help_desk()
    first = one.send_file(file, 100_000)
    assert (first.offset, first.done) == (100_000, False)
    one.stop()
    other = home.help_desk()
    second = other.send_file(replace(file, url=first.url), 150_000)
    assert (second.offset, second.done) == (250_000, False)
    again = home.help_desk()
    assert again.send_file(file, 10).offset == 250_010
    corrected = other.send_file(replace(file, url=first.url), 150_000)
    assert (corrected.offset, corrected.done) == (250_010, False)
    assert other.send_file(replace(file, url=first.url), 150_000).done
    forgotten = replace(file, attachment=new_id(CLOCK, RANDOM), url=f"{first.url[:-36]}{new_id(CLOCK, RANDOM)}")
    assert other.send_file(forgotten, 1000).offset == 1000
    for desk in (other, again):
        desk.stop()


class TestInTheBackground:
    def test_what_is_saved_goes_out_and_what_others_say_comes_in(
        self, site: Site, home: Home, home_at: Callable[[str], Home]
    ) -> None:
        states: list[LinkState] = []
        home.worker.on_state(states.append)
        home.worker.start()
        ticket = home.file()
        home.attach(ticket, b"x" * 300_000)
        assert home.worker.one_pass(30).fault is None
        assert home.worker.state().online
        assert states[-1] == LinkState(online=True)

        other = home_at("other")
        other.enrol(site.url, site.code())
        other.add(ticket.ticket, add_note=AddNote(note=new_id(CLOCK, RANDOM), text="Me too"))
        arrived = threading.Event()
        write = home.store.write

        def watched(job: Callable[..., object]) -> object:
            done = write(job)
            state = home.store._all.present.state(ticket.ticket)
            if state is not None and state.notes:
                arrived.set()
            return done

        home.store.background = watched  # type: ignore[method-assign, assignment]
        assert other.worker.one_pass(30).pushed == 1
        assert arrived.wait(10)

    def test_other_processes_ask_the_one_that_runs_the_engine(self, site: Site, home: Home) -> None:
        home.worker.start()
        assert home.worker.one_pass(30).fault is None
        second = Worker(home.store, home.path, clock=CLOCK, random=RANDOM)
        ticket = home.file()
        result = second.one_pass(30)
        assert (result.online, result.fault) == (True, None)
        assert result.pushed <= 1  # none where a word from the help desk made the engine look just before
        assert home.state(ticket) is OperationState.DONE
        site.server.stop()
        told = second.one_pass(30)
        assert isinstance(told.fault, Offline)
        assert not told.online
        site.server.start()
        second.stop()

    def test_another_takes_over_when_the_first_ends(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop.sync.worker.TAKE_OVER", 0.05)
        home.worker.start()
        assert home.worker.one_pass(30).fault is None
        second = Worker(home.store, home.path, clock=CLOCK, random=RANDOM)
        second.start()
        home.worker.stop()
        ticket = home.file()
        second.wake()
        assert second.one_pass(30).fault is None
        assert home.state(ticket) is OperationState.DONE
        second.stop()

    def test_connecting_while_it_runs(self, site: Site, home_at: Callable[[str], Home]) -> None:
        home = home_at("kim")
        home.worker.start()
        assert not home.worker.one_pass(5).online
        home.worker.enrol(site.url, site.code(), "bakery-3")
        ticket = home.file()
        assert home.worker.one_pass(30).fault is None
        assert home.state(ticket) is OperationState.DONE


def test_ten_at_once_all_arrive_once(site: Site, home: Home) -> None:
    tickets = [home.file(f"Number {number}") for number in range(10)]
    workers = [Worker(home.store, home.path, clock=CLOCK, random=RANDOM) for _ in range(10)]
    results: list[object] = []
    threads = [threading.Thread(target=lambda w=worker: results.append(w.one_pass(30))) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 10
    assert {home.state(ticket) for ticket in tickets} == {OperationState.DONE}
    for worker in workers:
        worker.stop()
