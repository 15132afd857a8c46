"""The proxy does what its faults say, seen by a client on one side and a server on the other."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from requests.exceptions import ChunkedEncodingError

from tests.faults.fault_proxy import FaultProxy
from tests.faults.wire_faults import (
    captive_portal,
    cut,
    cut_after,
    drop_answer,
    duplicate,
    duplicate_at_once,
    hang,
    latency,
    other_json,
    pass_through,
    rate,
    refuse,
    reset_in_answer,
    shortened,
    status,
    truncate,
    wrong_date,
    zombie,
)

ANSWER = json.dumps({"said": "x" * 200}).encode()


class Desk(BaseHTTPRequestHandler):
    """Keeps what it receives; `/events` streams until told to end."""

    protocol_version = "HTTP/1.1"
    server: "DeskServer"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        expected = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(expected)
        if self.server.together is not None:
            self.server.together.wait()
        self.server.keep(f"{self.command} {self.path}", body)
        if len(body) < expected:
            self.close_connection = True
            return
        self.send_response(201)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.send_header("X-Desk", "yes")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(ANSWER)

    do_GET = do_PATCH = do_HEAD = do_POST  # noqa: N815

    def do_OPTIONS(self) -> None:
        """Two events, the second only once the test has seen the first."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._event(b"data: one\n\n")
        self.server.go_on.wait(30)
        self._event(b"data: two\n\n")
        self._event(b"")

    def _event(self, text: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(text), text))


class DeskServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.go_on = threading.Event()
        self.together: threading.Barrier | None = None
        self._changed = threading.Condition()
        self._received: list[tuple[str, bytes]] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that are cut are what is being tested."""

    def keep(self, line: str, body: bytes) -> None:
        with self._changed:
            self._received.append((line, body))
            self._changed.notify_all()

    def received(self, count: int) -> list[tuple[str, bytes]]:
        """What has come, once so much has."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._received) >= count, 30)
            return list(self._received)


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    server = DeskServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy(desk: DeskServer) -> Iterator[FaultProxy]:
    with FaultProxy(f"http://127.0.0.1:{desk.server_port}") as proxy:
        yield proxy


@pytest.fixture
def client() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def test_what_no_rule_names_passes_on_one_kept_connection(
    desk: DeskServer, proxy: FaultProxy, client: requests.Session
) -> None:
    big = bytes(range(256)) * 4000

    for body in (b"", b"hello", big):
        answer = client.post(f"{proxy.url}/v1/operations?a=b", data=body)
        assert (answer.status_code, answer.content, answer.headers["X-Desk"]) == (201, ANSWER, "yes")

    assert desk.received(3) == [("POST /v1/operations?a=b", body) for body in (b"", b"hello", big)]
    assert client.head(f"{proxy.url}/x").status_code == 201
    assert [request.path for request in proxy.seen][-1] == "/x"


def test_the_answer_is_dropped_after_delivery(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    rule = proxy.fault(drop_answer(), method="POST", path="/v1/operations", times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(f"{proxy.url}/v1/operations", data=b"once")

    proxy.wait_for(rule)
    assert desk.received(1) == [("POST /v1/operations", b"once")]
    assert client.post(f"{proxy.url}/v1/operations", data=b"again").status_code == 201


def test_a_refused_request_never_arrives(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(refuse(), times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(f"{proxy.url}/a", data=b"lost")
    client.post(f"{proxy.url}/b", data=b"kept")

    assert desk.received(1) == [("POST /b", b"kept")]


@pytest.mark.parametrize("delivered", [False, True])
def test_a_hanging_request(desk: DeskServer, proxy: FaultProxy, client: requests.Session, delivered: bool) -> None:
    rule = proxy.fault(hang(delivered=delivered), path="/hang")

    with pytest.raises(requests.ReadTimeout):
        client.post(f"{proxy.url}/hang", data=b"?", timeout=0.5)

    proxy.wait_for(rule)
    client.post(f"{proxy.url}/after", data=b"!")
    assert [line for line, _ in desk.received(1 + delivered)] == ["POST /hang"] * delivered + ["POST /after"]


def test_closing_ends_what_hangs(proxy: FaultProxy, client: requests.Session) -> None:
    rule = proxy.fault(hang())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.post, f"{proxy.url}/hang", data=b"?")
        proxy.wait_for(rule)

        proxy.close()

        with pytest.raises(requests.ConnectionError):
            waiting.result(30)


def test_a_status_of_somebody_on_the_way(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(status(503, retry_after=7), times=1)
    proxy.fault(status(500), times=1)

    first, second = (client.post(f"{proxy.url}/a", data=b"lost") for _ in range(2))

    assert (first.status_code, first.headers["Retry-After"]) == (503, "7")
    assert (second.status_code, second.headers.get("Retry-After")) == (500, None)
    client.post(f"{proxy.url}/b", data=b"kept")
    assert desk.received(1) == [("POST /b", b"kept")]


def test_a_captive_portal_and_other_json_say_200(proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(captive_portal(), times=1)
    proxy.fault(other_json(), times=1)
    proxy.fault(other_json([]), times=1)

    portal, other, empty = (client.get(f"{proxy.url}/v1/changes") for _ in range(3))

    assert (portal.status_code, other.status_code, empty.status_code) == (200, 200, 200)
    assert portal.headers["Content-Type"].startswith("text/html")
    assert "<form" in portal.text
    assert other.json()["status"] == "ok"
    assert empty.json() == []


def test_a_truncated_answer(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(truncate(), times=1)
    proxy.fault(shortened(), times=1)

    with pytest.raises((requests.ConnectionError, ChunkedEncodingError)):
        client.post(f"{proxy.url}/a", data=b"1")
    shorter = client.post(f"{proxy.url}/b", data=b"2")

    assert shorter.content == ANSWER[: len(ANSWER) // 2]
    assert len(desk.received(2)) == 2


def test_latency_and_pass_through_change_nothing(proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(latency(0.05), times=1)
    proxy.fault(pass_through(), times=1)
    proxy.fault(status(500))

    codes = [client.get(f"{proxy.url}/a").status_code for _ in range(3)]

    assert codes == [201, 201, 500]


def test_a_duplicate_arrives_twice_and_answers_once(
    desk: DeskServer, proxy: FaultProxy, client: requests.Session
) -> None:
    proxy.fault(duplicate(), times=1)

    assert client.post(f"{proxy.url}/a", data=b"same").status_code == 201

    assert desk.received(2) == [("POST /a", b"same")] * 2


def test_two_at_the_same_time_answer_once(proxy: FaultProxy, client: requests.Session, desk: DeskServer) -> None:
    desk.together = threading.Barrier(2, timeout=30)
    proxy.fault(duplicate_at_once(), times=1)

    assert client.post(f"{proxy.url}/a", data=b"same").status_code == 201

    assert desk.received(2) == [("POST /a", b"same")] * 2


def test_a_zombie_arrives_after_its_client_has_given_up_and_asked_again(
    desk: DeskServer, proxy: FaultProxy, client: requests.Session
) -> None:
    late = proxy.fault(zombie(0.3), times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(f"{proxy.url}/a", data=b"first")
    client.post(f"{proxy.url}/b", data=b"second")

    assert late.happened == 0
    proxy.wait_for(late)
    assert desk.received(2) == [("POST /b", b"second"), ("POST /a", b"first")]


def test_a_line_that_goes_dead_inside_a_request(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(cut(30.0), method="PATCH", times=1)
    proxy.fault(cut(0.0), method="PATCH", times=1)

    with pytest.raises(requests.ReadTimeout):
        client.patch(f"{proxy.url}/v1/files/1", data=bytes(100), timeout=0.5)
    with pytest.raises(requests.ConnectionError):
        client.patch(f"{proxy.url}/v1/files/1", data=bytes(100))

    assert [len(body) for _, body in desk.received(2)] == [50, 50]


def test_a_hanging_request_that_is_reset_at_last(proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(hang(0.05), times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(f"{proxy.url}/hang", data=b"?")


def test_a_reset_inside_the_answer(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(reset_in_answer(), times=1)

    with pytest.raises((requests.ConnectionError, ChunkedEncodingError)):
        client.post(f"{proxy.url}/a", data=b"1")

    assert len(desk.received(1)) == 1


def test_a_slow_line_changes_nothing_but_the_time(
    desk: DeskServer, proxy: FaultProxy, client: requests.Session
) -> None:
    body = bytes(range(200))
    proxy.fault(rate(2_000), times=1)
    before = time.monotonic()

    answer = client.post(f"{proxy.url}/a", data=body)

    assert time.monotonic() - before >= (len(body) + len(ANSWER)) / 2_000
    assert (answer.status_code, answer.content) == (201, ANSWER)
    assert desk.received(1) == [("POST /a", body)]


def test_a_date_that_is_wrong_is_the_only_one(proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(wrong_date(0), times=1)

    answer = client.get(f"{proxy.url}/a")

    assert (answer.status_code, answer.headers["Date"]) == (201, "Thu, 01 Jan 1970 00:00:00 GMT")


def test_an_upload_is_cut_after_so_many_bytes(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    rule = proxy.fault(cut_after(100_000), method="PATCH", times=1)

    with pytest.raises(requests.ConnectionError):
        client.patch(f"{proxy.url}/v1/files/1", data=bytes(1_000_000))

    proxy.wait_for(rule)
    assert [len(body) for _, body in desk.received(1)] == [100_000]


def test_rules_choose_by_method_path_count_and_predicate(proxy: FaultProxy, client: requests.Session) -> None:
    proxy.fault(status(418), method="POST", path="/v1/operations", skip=1, times=1)
    proxy.fault(status(429), where=lambda request: request.headers.get("x-lane") == "files")

    operations = [client.post(f"{proxy.url}/v1/operations").status_code for _ in range(3)]

    assert operations == [201, 418, 201]
    assert client.get(f"{proxy.url}/v1/operations").status_code == 201
    assert client.get(f"{proxy.url}/", headers={"X-Lane": "files"}).status_code == 429
    proxy.clear()
    assert client.get(f"{proxy.url}/", headers={"X-Lane": "files"}).status_code == 201


def test_events_arrive_as_they_are_sent(desk: DeskServer, proxy: FaultProxy, client: requests.Session) -> None:
    with client.options(f"{proxy.url}/events", stream=True) as stream:
        pieces = stream.iter_content(None)
        assert next(pieces) == b"data: one\n\n"
        desk.go_on.set()
        assert next(pieces) == b"data: two\n\n"
        assert list(pieces) == []


def test_closing_cuts_a_stream(proxy: FaultProxy, client: requests.Session) -> None:
    with client.options(f"{proxy.url}/events", stream=True) as stream:
        pieces = stream.iter_content(None)
        next(pieces)
        proxy.close()
        with pytest.raises(ChunkedEncodingError):
            list(pieces)


def test_unplugged_and_plugged_in_again_at_the_same_address(proxy: FaultProxy, client: requests.Session) -> None:
    url = proxy.url
    assert client.get(f"{url}/a").status_code == 201

    proxy.close()
    with pytest.raises(requests.ConnectionError):
        client.get(f"{url}/a")
    proxy.open()

    assert proxy.url == url
    assert client.get(f"{url}/a").status_code == 201


def test_an_upstream_that_is_gone_is_a_lost_connection(client: requests.Session) -> None:
    with FaultProxy("http://127.0.0.1:9") as proxy, pytest.raises(requests.ConnectionError):
        client.get(f"{proxy.url}/a")


def test_many_requests_at_once(desk: DeskServer, proxy: FaultProxy) -> None:
    rule = proxy.fault(drop_answer(), times=5)

    def post(number: int) -> bool:
        try:
            requests.post(f"{proxy.url}/{number}", data=str(number), timeout=30)
        except requests.ConnectionError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        arrived = list(pool.map(post, range(40)))

    proxy.wait_for(rule, 5)
    assert arrived.count(False) == 5
    assert len({line for line, _ in desk.received(40)}) == 40
