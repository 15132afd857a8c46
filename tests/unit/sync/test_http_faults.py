"""Everything that can stand where the help desk should be, over real HTTP."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
import requests

from desktop.sync.faults import LocalFault, NotTheServer, Offline, Refused, ServerFault, SignInNeeded, SyncFault
from desktop.sync.help_desks import http as http_module
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.relay import RelayHelpDesk
from desktop.sync.help_desks.statuses import LONGEST_RETRY_AFTER, fault_of_exception, retry_after
from desktop.tickets.clock import SystemClock
from desktop.tickets.connection import Account
from desktop.tickets.outbox import OutboxEntry
from tests.unit.sync.office import Office
from tests.unit.sync.small_server import HTML, JSON, PROBLEM, Handler, SmallServer

PAGE = b"<html><title>Free Wi-Fi</title>This Wi-Fi wants you to sign in first</html>"
Answer = tuple[int, dict[str, str], bytes] | None


class FixedTokens:
    """Tokens that never run out."""

    def __init__(self, server: str) -> None:
        self.account = Account(server=server, device="d", device_secret="s", access="token", refresh="r")

    def current(self) -> Account:
        return self.account

    def renew(self, stale: Account, http: Http) -> Account:
        raise SignInNeeded


@contextmanager
def help_desk(answer: Callable[[Handler, bytes], Answer], *, read_timeout: float = 5.0) -> Iterator[RelayHelpDesk]:
    with SmallServer(answer) as server:
        desk = RelayHelpDesk(Http(server.url, SystemClock(), read_timeout=read_timeout), FixedTokens(server.url))
        yield desk
        desk.stop()


def fault(answer: Answer, **options: float) -> SyncFault:
    with help_desk(lambda handler, body: answer, **options) as desk, pytest.raises(SyncFault) as raised:
        desk.changes("", 10)
    assert raised.value.sentence
    return raised.value


def problem(status: int, code: str, detail: str = "") -> tuple[int, dict[str, str], bytes]:
    return status, PROBLEM, f'{{"title":"No","status":{status},"code":"{code}","detail":"{detail}"}}'.encode()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, HTML, PAGE), NotTheServer),
        ((200, {}, PAGE), NotTheServer),
        ((302, {"Location": "http://portal.example.test/"}, b""), NotTheServer),
        ((307, {"Location": "/v2/changes"}, b""), NotTheServer),
        ((204, {}, b""), NotTheServer),
        ((403, HTML, PAGE), NotTheServer),
        ((404, HTML, PAGE * 5000), NotTheServer),
        ((401, HTML, PAGE), NotTheServer),
        ((407, HTML, PAGE), NotTheServer),
        ((511, HTML, PAGE), NotTheServer),
        ((401, PROBLEM, b"not a problem"), NotTheServer),
        (problem(401, "token"), SignInNeeded),
        (problem(500, "bug"), ServerFault),
        ((500, HTML, PAGE), ServerFault),
        ((502, HTML, PAGE), ServerFault),
        ((503, HTML, PAGE), ServerFault),
        (problem(423, "locked"), ServerFault),
        (problem(460, "checksum-mismatch"), ServerFault),
        ((401, PROBLEM, b""), SignInNeeded),
        (problem(404, "nothing"), ServerFault),
        ((200, JSON, b'{"rows":[],"cursor":"a","epo'), ServerFault),
        ((200, JSON, b'{"rows":{},"cursor":"a","epoch":"e","more":false}'), ServerFault),
        ((200, JSON, b'{"something":"else"}'), ServerFault),
        ((200, JSON, b'"\xff\xfe"'), ServerFault),
        ((200, JSON, b""), ServerFault),
        ((200, JSON, b'{"x":' * 200_000), ServerFault),
        ((200, JSON, b'{"x":' + b"[" * 500_000 + b"]" * 500_000 + b"}"), ServerFault),
        ((200, JSON, b'{"rows":[' + b"[" * 500_000), ServerFault),
        ((200, {**JSON, "Content-Length": "10737418240"}, b"{}"), ServerFault),
        ((200, {**JSON, "Content-Encoding": "gzip"}, b"not gzip"), ServerFault),
    ],
)
def test_each_answer_means_what_the_map_says(answer: Answer, kind: type[SyncFault]) -> None:
    assert type(fault(answer)) is kind


@pytest.mark.parametrize(("status", "header", "seconds"), [(503, "7", 7.0), (429, "0", 0.0), (503, "soon", None)])
def test_retry_after_is_read(status: int, header: str, seconds: float | None) -> None:
    assert fault((status, {**HTML, "Retry-After": header}, b"")).retry_after == seconds


def test_retry_after_takes_dates_and_is_bounded() -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert retry_after(format_datetime(now.replace(second=20), usegmt=True), now) == 20.0
    assert retry_after("Mon, 02 Mar 2026 09:00:30 -0000", now) == 30.0
    assert retry_after(format_datetime(now.replace(year=2020), usegmt=True), now) == 0.0
    assert retry_after("9" * 500, now) == LONGEST_RETRY_AFTER
    assert retry_after("-5", now) is None


def test_a_body_longer_than_told_is_not_read_to_its_end() -> None:
    sent = 0

    def drown(handler: Handler, body: bytes) -> Answer:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        piece = b"[" * 65536
        while sent < 200 * 1024 * 1024:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            sent += len(piece)
        return None

    with help_desk(drown) as desk, pytest.raises(ServerFault):
        desk.changes("", 10)
    assert sent < 64 * 1024 * 1024


def test_a_small_body_that_unpacks_to_gigabytes_is_stopped() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert type(fault((200, {**JSON, "Content-Encoding": "gzip"}, bomb))) is ServerFault


def test_an_answer_that_breaks_off_is_the_servers_trouble() -> None:
    def short(handler: Handler, body: bytes) -> Answer:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"rows":[')
        return None

    with help_desk(short) as desk, pytest.raises(ServerFault):
        desk.changes("", 10)


def test_a_connection_that_is_reset_may_have_delivered() -> None:
    def reset(handler: Handler, body: bytes) -> Answer:
        handler.connection.shutdown(socket.SHUT_RDWR)
        return None

    with help_desk(reset) as desk, pytest.raises(Offline) as raised:
        desk.changes("", 10)
    assert not raised.value.undelivered


def test_nobody_listening_is_known_not_to_have_delivered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    desk = RelayHelpDesk(Http(f"http://127.0.0.1:{port}", SystemClock()), FixedTokens(""))
    with pytest.raises(Offline) as raised:
        desk.changes("", 10)
    assert raised.value.undelivered
    desk.stop()


def test_a_name_that_is_not_known_is_known_not_to_have_delivered() -> None:
    class Resolving(requests.ConnectionError):
        pass

    from urllib3.exceptions import MaxRetryError, NameResolutionError

    reason = NameResolutionError("help.example.test", None, socket.gaierror())  # type: ignore[arg-type]
    pool = MaxRetryError(None, "/", reason)  # type: ignore[arg-type]
    assert fault_of_exception(Resolving(pool)).undelivered
    assert fault_of_exception(requests.ConnectTimeout()).undelivered
    assert type(fault_of_exception(requests.exceptions.SSLError("certificate"))) is NotTheServer
    assert type(fault_of_exception(requests.exceptions.InvalidURL("x"))) is LocalFault


def test_a_certificate_is_only_blamed_where_there_is_one() -> None:
    """The other side speaks plain http, has a wrong certificate, or breaks off: three different sentences."""
    with SmallServer(lambda handler, body: None) as server:
        http = Http(server.url.replace("http:", "https:"), SystemClock())
        with pytest.raises(NotTheServer) as plain:
            http.json("GET", "/v1/organisation")
        http.stop()
    wrong = fault_of_exception(requests.exceptions.SSLError(ssl.SSLCertVerificationError("self-signed")))
    broken = fault_of_exception(requests.exceptions.SSLError(ssl.SSLEOFError("eof")))
    assert "does not speak https" in plain.value.sentence
    assert "certificate" in wrong.sentence
    assert len({plain.value.sentence, wrong.sentence, broken.sentence}) == 3


def test_a_server_that_hangs_counts_as_gone_after_a_while() -> None:
    def hang(handler: Handler, body: bytes) -> Answer:
        handler.server.owner.ending.wait(20)
        return None

    with help_desk(hang, read_timeout=0.3) as desk, pytest.raises(Offline) as raised:
        desk.changes("", 10)
    assert not raised.value.undelivered


def test_a_server_that_drips_counts_as_gone_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_module, "WHOLE_TIMEOUT", 0.2)

    def drip(handler: Handler, body: bytes) -> Answer:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not handler.server.owner.ending.wait(0.02):
            handler.wfile.write(b" " * 100)
            handler.wfile.flush()
        return None

    with help_desk(drip) as desk, pytest.raises(Offline):
        desk.changes("", 10)


@pytest.mark.parametrize("told_first", [False, True])
def test_stop_ends_a_request_that_hangs_at_once(told_first: bool) -> None:
    waiting = threading.Event()

    def hang(handler: Handler, body: bytes) -> Answer:
        if told_first:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.wfile.write(b": hello\n\n")
            handler.wfile.flush()
        waiting.set()
        handler.server.owner.ending.wait(20)
        return None

    with help_desk(hang, read_timeout=20.0) as desk:
        outcomes: list[object] = []

        def listen() -> None:
            try:
                outcomes.append(desk.wait_for_poke())
            except SyncFault as raised:
                outcomes.append(raised)

        thread = threading.Thread(target=listen)
        began = time.monotonic()
        thread.start()
        assert waiting.wait(5)
        desk.stop()
        thread.join(5)
        assert not thread.is_alive()
        assert time.monotonic() - began < 5
        assert outcomes
        with pytest.raises(Offline) as raised:
            desk.changes("", 10)
        assert raised.value.undelivered


def test_a_poke_is_heard_and_an_end_is_told() -> None:
    def stream(handler: Handler, body: bytes) -> Answer:
        text = b": quiet\n\nevent: poke\ndata: {}\n\n" if len(handler.server.owner.seen) == 1 else b": quiet\n\n"
        return 200, {"Content-Type": "text/event-stream"}, text

    with help_desk(stream) as desk:
        assert desk.wait_for_poke()
        assert not desk.wait_for_poke()


def test_a_stream_that_nobody_listens_to_any_more_is_hung_up() -> None:
    """Left to the collector, it would be open until that comes by, whenever that is."""
    gone = threading.Event()

    def stream(handler: Handler, body: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        handler.wfile.write(b"event: poke\ndata: {}\n\n")
        handler.wfile.flush()
        handler.connection.settimeout(10)
        assert handler.connection.recv(1) == b""
        gone.set()

    with help_desk(stream) as desk:
        assert desk.wait_for_poke()
        desk.hang_up()
        assert gone.wait(5)
        desk.hang_up()


def test_a_portal_is_no_event_stream() -> None:
    with help_desk(lambda handler, body: (200, HTML, PAGE)) as desk, pytest.raises(NotTheServer):
        desk.wait_for_poke()


def test_a_whole_batch_refused_for_what_is_in_it_or_for_something_else() -> None:
    entry = an_entry()
    with help_desk(lambda handler, body: problem(422, "malformed", "Cannot be read.")) as desk:
        with pytest.raises(Refused, match=r"Cannot be read\.") as raised:
            desk.push([entry], "id")
        assert (raised.value.status, raised.value.code) == (422, "malformed")
    with help_desk(lambda handler, body: problem(404, "not-found")) as desk, pytest.raises(ServerFault):
        desk.push([entry], "id")


def an_entry() -> OutboxEntry:
    office = Office()
    return office.entry(office.file())


def test_nothing_of_another_program_goes_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("default login kim password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    answer = (200, JSON, b'{"rows":[],"cursor":"a","epoch":"e","more":false}')
    with SmallServer(lambda handler, body: answer) as server:
        desk = RelayHelpDesk(Http(server.url, SystemClock()), FixedTokens(server.url))
        assert desk.changes("", 10).cursor == "a"
        assert server.seen[0][2]["Authorization"] == "Bearer token"
        desk.stop()
        anonymous = Http(server.url, SystemClock())
        anonymous.json("GET", "/v1/x")
        assert "Authorization" not in server.seen[1][2]
        anonymous.stop()


def test_an_address_of_somewhere_else_gets_no_token() -> None:
    http = Http("https://help.example.test/desk", SystemClock())
    assert http.url("/v1/x") == "https://help.example.test/desk/v1/x"
    assert http.url("https://help.example.test/v1/x") == "https://help.example.test/v1/x"
    for elsewhere in (
        "https://evil.example.test/v1/x",
        "http://help.example.test/v1/x",
        "https://help.example.test:8/",
    ):
        with pytest.raises(NotTheServer):
            http.url(elsewhere)
    http.stop()


def test_one_bad_row_does_not_spoil_the_page() -> None:
    rows = b'{"kind":"cow"},{"kind":"note","id":"x","version":3,"gone":true},{"kind":"note","id":7,"version":3},null'
    page = b'{"rows":[' + rows + b'],"cursor":"c","epoch":"e","more":false}'
    with help_desk(lambda handler, body: (200, JSON, page)) as desk:
        assert [row.id for row in desk.changes("", 10).rows] == ["x"]
