"""Each thing that a network or a sick server does, to each kind of request: nothing is lost, nothing comes twice."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.app import open_desk
from desktop.desk import Desk, Saved
from desktop.settings import Settings
from desktop.sync.faults import NotTheServer, Offline, ServerFault, SyncFault
from desktop.sync.help_desks.http import Http
from desktop.tickets.clock import SystemClock
from desktop.tickets.view import Mark
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, held, report
from tests.faults.fault_proxy import Exchange, Fault, FaultProxy
from tests.faults.fault_rules import FirstToken, Request
from tests.faults.wire_faults import (
    captive_portal,
    drop_answer,
    hang,
    other_json,
    refuse,
    reset_in_answer,
    shortened,
    status,
    token_has_run_out,
    truncate,
)

SHORT = 0.6
"""Seconds for a pass that cannot get through."""
AFTER_ALL_ELSE = 2.5
"""Seconds for one whose last request cannot: what comes before has to have gone, on a busy machine too."""

CANNOT_BE_REACHED = "cannot be reached. Saved here."
A_PROBLEM = "a problem of its own. Saved here."
BUSY = "busy and asked us to come back later. Saved here."
SIGN_IN_TO_WIFI = "This Wi-Fi wants you to sign in first. Saved here."

Fails = tuple[Callable[[], Fault], type[SyncFault], str]

ANYWHERE: dict[str, Fails] = {
    "refused": (refuse, Offline, CANNOT_BE_REACHED),
    "hangs before delivery": (hang, Offline, CANNOT_BE_REACHED),
    "hangs after delivery": (lambda: hang(delivered=True), Offline, CANNOT_BE_REACHED),
    "answer lost": (drop_answer, Offline, CANNOT_BE_REACHED),
    "500": (lambda: status(500), ServerFault, A_PROBLEM),
    "503 with Retry-After": (lambda: status(503, retry_after=1), ServerFault, BUSY),
    "captive portal": (captive_portal, NotTheServer, SIGN_IN_TO_WIFI),
}
WITH_A_BODY: dict[str, Fails] = {
    "truncated": (truncate, ServerFault, A_PROBLEM),
    "JSON that breaks off": (shortened, ServerFault, A_PROBLEM),
    "other JSON": (other_json, ServerFault, A_PROBLEM),
    "a list": (lambda: other_json([]), ServerFault, A_PROBLEM),
}
JSON_REQUESTS = [("POST", "/v1/operations"), ("GET", "/v1/changes"), ("POST", "/v1/token")]
FILE_REQUESTS = [("POST", "/v1/files"), ("HEAD", "/v1/files"), ("PATCH", "/v1/files")]

CASES = [(request, name) for request in JSON_REQUESTS for name in ANYWHERE | WITH_A_BODY] + [
    (request, name) for request in FILE_REQUESTS for name in ANYWHERE if (request[0], name) != ("PATCH", "answer lost")
]


class Place:
    """A help desk, the network before it, and a person behind that."""

    def __init__(self, folder: Path, desk: Desk, help_desk: HelpDesk, proxy: FaultProxy) -> None:
        self.folder = folder
        self.desk = desk
        self.help_desk = help_desk
        self.proxy = proxy

    def held(self) -> tuple[int, int, int, int]:
        told = held(self.help_desk.data)
        return told.tickets, told.notes, told.files, told.uploads


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One for all cases: each leaves it as it found it."""
    folder = tmp_path_factory.mktemp("faults")
    help_desk = HelpDesk(folder / "relay")
    settings = Settings(home=folder / "robin", key_file=folder / "robin.key")
    with (
        FaultProxy(help_desk.url) as proxy,
        open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None) as desk,
    ):
        desk.enrol(proxy.url, help_desk.code("robin@example.com"))
        assert desk.sync_now(TIMEOUT).online
        yield Place(folder, desk, help_desk, proxy)
    help_desk.stop()


@pytest.mark.parametrize(("request_kind", "name"), CASES, ids=[f"{m} {p} {name}" for (m, p), name in CASES])
def test_a_fault_on_the_way(place: Place, request_kind: tuple[str, str], name: str) -> None:
    desk, proxy = place.desk, place.proxy
    proxy.clear()
    assert desk.sync_now(TIMEOUT).pending == 0
    before = place.held()
    content = hashlib.sha256(f"{request_kind} {name}".encode()).digest() * 10_000
    saved = report(desk, "The printer eats paper", content=content, note="It also smells.")
    method, path = request_kind
    fault, kind, sentence = (ANYWHERE | WITH_A_BODY)[name]
    if path == "/v1/token":
        proxy.fault(token_has_run_out(), method="POST", path="/v1/operations")
    if method == "HEAD":
        proxy.fault(status(500), method="PATCH", path=path, skip=1)
        assert desk.sync_now(SHORT).pending == 1
        proxy.clear()
    rule = proxy.fault(fault(), method=method, path=path)

    faulty = desk.sync_now(AFTER_ALL_ELSE if method == "GET" else SHORT)

    proxy.wait_for(rule)
    assert isinstance(faulty.trouble, kind), faulty.trouble
    assert sentence in faulty.trouble.sentence
    assert not faulty.online
    assert faulty.needs_attention == 0
    assert faulty.pending == 0 if method == "GET" else shown_as_not_there(desk, saved)
    proxy.clear()
    healed = desk.sync_now(TIMEOUT)
    assert (healed.online, healed.pending, healed.needs_attention) == (True, 0, 0), healed
    assert place.held() == (before[0] + 1, before[1] + 1, before[2] + 1, 0)
    view = desk.ticket(saved.ticket)
    assert view is not None
    assert (view.mark, [n.mark for n in view.notes], [f.attachment.sha256 for f in view.attachments]) == (
        Mark.CONFIRMED,
        [Mark.CONFIRMED],
        [hashlib.sha256(content).hexdigest()],
    )


def shown_as_not_there(desk: Desk, saved: Saved) -> bool:
    """Something of the ticket is shown as not confirmed."""
    view = desk.ticket(saved.ticket)
    assert view is not None
    marks = {view.mark, *(note.mark for note in view.notes), *(file.mark for file in view.attachments)}
    return marks != {Mark.CONFIRMED}


def test_a_piece_of_a_file_whose_answer_is_lost_is_not_sent_twice(place: Place) -> None:
    place.proxy.clear()
    before, requests_before = place.held(), len(place.proxy.seen)
    lost = place.proxy.fault(drop_answer(), method="PATCH", path="/v1/files")
    report(place.desk, "The printer eats paper", content=b"piece" * 1000)
    assert place.desk.sync_now(TIMEOUT).pending == 0
    place.proxy.wait_for(lost)
    assert [request.method for request in place.proxy.seen[requests_before:]].count("PATCH") == 1
    assert place.held() == (before[0] + 1, before[1], before[2] + 1, 0)


def test_a_request_for_tokens_that_comes_late_disconnects_nobody(place: Place) -> None:
    """It was given up on; the tokens of the one that was sent in its place are in use when it is delivered."""
    place.proxy.clear()
    in_use = threading.Event()

    def late(exchange: Exchange) -> None:
        body = exchange.body()
        exchange.abort_now()
        in_use.wait(TIMEOUT)
        exchange.deliver(body)

    place.proxy.fault(token_has_run_out(), where=FirstToken())
    given_up = place.proxy.fault(late, method="POST", path="/v1/token", times=1)
    report(place.desk, "The printer eats paper")
    assert place.desk.sync_now(TIMEOUT).pending == 0
    in_use.set()
    place.proxy.wait_for(given_up)
    report(place.desk, "It also smells")
    again = place.desk.sync_now(TIMEOUT)
    assert (again.trouble, again.pending) == (None, 0)


def test_an_unplugged_network(place: Place) -> None:
    place.proxy.clear()
    before = place.held()
    place.proxy.close()
    report(place.desk, "The printer eats paper", content=b"x" * 1000, note="It also smells.")
    away = place.desk.sync_now(SHORT)
    assert isinstance(away.trouble, Offline)
    assert CANNOT_BE_REACHED in away.trouble.sentence
    assert (away.online, away.pending) == (False, 3)
    place.proxy.open()
    assert place.desk.sync_now(TIMEOUT).pending == 0
    assert place.held() == (before[0] + 1, before[1] + 1, before[2] + 1, 0)


@pytest.mark.parametrize("name", ANYWHERE | WITH_A_BODY)
def test_connecting_over_a_bad_network(place: Place, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is exchanged, then the provider's profile read: each has its fault, and neither locks anybody out."""
    monkeypatch.setattr(Http.__init__, "__kwdefaults__", {"read_timeout": 1.0})
    fault, kind, sentence = (ANYWHERE | WITH_A_BODY)[name]
    place.proxy.clear()
    settings = Settings(home=place.folder / name, key_file=place.folder / f"{name}.key")
    code = place.help_desk.code("kim@example.com")
    with open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None) as desk:
        unlucky = place.proxy.fault(fault(), method="POST", path="/v1/enrol", times=1)
        with pytest.raises(kind, match=sentence.partition(".")[0]):
            desk.enrol(place.proxy.url, code)
        place.proxy.wait_for(unlucky)
        assert desk.account() is None
        account = desk.enrol(place.proxy.url, code)
        assert account.person is not None
        assert account.person.email == "kim@example.com"
        unlucky = place.proxy.fault(fault(), method="GET", path="/v1/organisation")
        faulty = desk.sync_now(SHORT)
        place.proxy.wait_for(unlucky)
        assert isinstance(faulty.trouble, kind), faulty.trouble
        assert sentence in faulty.trouble.sentence
        place.proxy.clear()
        assert desk.sync_now(TIMEOUT).online
        assert desk.organisation().name == account.provider


def test_news_arrive_where_no_long_answer_gets_through(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, desk_at: Callable[[str], Desk]
) -> None:
    saved = [report(robin, f"The printer eats page {number}") for number in range(20)]
    assert robin.sync_now(TIMEOUT).pending == 0
    broken = proxy.fault(reset_in_answer(), path="/v1/changes", where=lambda request: _limit(request) > 10)
    other = desk_at("other")
    other.enrol(proxy.url, help_desk.code("robin@example.com"))
    assert other.sync_now(TIMEOUT).online
    assert broken.happened
    assert all(other.ticket(one.ticket) for one in saved)


def _limit(request: Request) -> int:
    return int(parse_qs(urlsplit(request.path).query)["limit"][0])
