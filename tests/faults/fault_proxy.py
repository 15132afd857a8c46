"""An HTTP proxy on loopback that does to chosen requests what bad networks do (the faults are in `wire_faults`).

    with FaultProxy("http://127.0.0.1:8000") as proxy:
        lost = proxy.fault(drop_answer(), method="POST", path="/v1/operations", times=1)
        ...                                  # a client works with proxy.url
        proxy.wait_for(lost)

What no rule names is passed through, streams included.
"""

import http.client
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Self
from urllib.parse import urlsplit

from tests.faults.fault_rules import Answer, Request, Rule

BLOCK = 64 * 1024
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of zero seconds: closing sends a reset instead of an orderly end."""


class FaultProxy:
    """Listens on a free port of loopback while the context lasts; `url` stands for the upstream's."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self.upstream = (parts.hostname or "127.0.0.1", parts.port or 80)
        self.stopping = threading.Event()
        self._changed = threading.Condition()
        self._rules: list[Rule] = []
        self._seen: list[Request] = []
        self._sockets: set[socket.socket] = set()
        self._server: _Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def seen(self) -> tuple[Request, ...]:
        """Every request so far, in the order in which they came."""
        with self._changed:
            return tuple(self._seen)

    def fault(
        self,
        fault: "Fault",
        *,
        method: str = "",
        path: str = "",
        times: int | None = None,
        skip: int = 0,
        where: Callable[[Request], bool] = lambda _: True,
    ) -> Rule:
        """From now on the fault meets requests of the method whose path begins so, after `skip` and `times` times.

        Of several rules that fit, the oldest that is not used up is taken.
        """
        rule = Rule(fault, method, path, times, skip, where)
        with self._changed:
            self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """No more faults; those under way go on."""
        with self._changed:
            self._rules.clear()

    def wait_for(self, rule: Rule, times: int = 1, timeout: float = 30.0) -> None:
        """Block until the rule's fault has had its effect so often."""
        with self._changed:
            if not self._changed.wait_for(lambda: rule.happened >= times, timeout):
                raise TimeoutError(f"happened {rule.happened} of {times} times; last came {self._last()}")

    def wait_for_requests(self, count: int, timeout: float = 30.0) -> None:
        """Block until so many requests have come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._seen) >= count, timeout):
                raise TimeoutError(f"only {len(self._seen)}; last came {self._last()}")

    def _last(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self._seen[-10:]]

    def open(self) -> None:
        """Listen (again), always on the same port."""
        self.stopping.clear()
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """As if the network were unplugged: new connections are refused, open ones cut."""
        server, self._server = self._server, None
        if server is None:
            return
        self.stopping.set()
        server.shutdown()
        server.server_close()
        with self._changed:
            open_sockets = list(self._sockets)
        for one in open_sockets:
            cut(one)
        with self._changed:
            self._changed.wait_for(lambda: not self._sockets, 5)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def choose(self, request: Request) -> Rule | None:
        """The rule that this request meets."""
        with self._changed:
            self._seen.append(request)
            self._changed.notify_all()
            return next((rule for rule in self._rules if rule.takes(request)), None)

    def note(self, rule: Rule) -> None:
        """The rule's fault has had its effect."""
        with self._changed:
            rule.happened += 1
            self._changed.notify_all()

    def hold(self, one: socket.socket) -> None:
        """Cut this connection when the proxy closes."""
        with self._changed:
            self._sockets.add(one)

    def release(self, one: socket.socket) -> None:
        with self._changed:
            self._sockets.discard(one)
            self._changed.notify_all()


class Exchange(BaseHTTPRequestHandler):
    """One request on its way: what a fault works with."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def setup(self) -> None:
        super().setup()
        self.proxy = self.server.proxy
        self.proxy.hold(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.proxy.release(self.connection)

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, http.client.HTTPException):
            with suppress(OSError):
                self.abort()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what came is in `FaultProxy.seen`."""

    def _meet(self) -> None:
        self._noted = False
        self._left = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._rule = self.proxy.choose(Request(self.command, self.path, headers))
        if self._rule is None:
            self.pass_on()
            return
        try:
            self._rule.fault(self)
        finally:
            self.happened()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _meet  # noqa: N815

    def happened(self) -> None:
        """The fault has had its effect; called by those that go on for longer."""
        if self._rule is not None and not self._noted:
            self._noted = True
            self.proxy.note(self._rule)

    @property
    def length(self) -> int:
        """Bytes of the request's body that are still to be read."""
        return self._left

    def body(self) -> bytes:
        """The rest of the request's body."""
        return b"".join(self._blocks(None))

    def deliver(self, body: bytes) -> Answer:
        """Send the request upstream with that body and take the whole answer."""
        with self._connected() as upstream:
            upstream.request(self.command, self.path, body, self._headers(len(body)))
            response = upstream.getresponse()
            return Answer(response.status, response.getheaders(), response.read())

    def deliver_part(self, count: int) -> None:
        """Send the request upstream with the first `count` bytes of its body, then cut that connection."""
        with self._connected() as upstream:
            upstream.request(self.command, self.path, self._blocks(count), self._headers(self._left))
            upstream.sock.shutdown(socket.SHUT_RDWR)

    def pass_on(self, rate: int | None = None) -> None:
        """Send the request upstream and its answer back, piece by piece as they come; `rate` in bytes per second."""
        size = BLOCK if rate is None else max(1, rate // 20)
        with self._connected() as upstream:
            headers = self._headers(self._left)
            blocks = self._paced(self._blocks(None, size), rate)
            upstream.request(self.command, self.path, blocks if self._left else None, headers)
            response = upstream.getresponse()
            sized = response.getheader("Content-Length") is not None
            bodiless = self.command == "HEAD" or response.status in (204, 304)
            self._head(response.status, response.getheaders(), chunked=not sized and not bodiless)
            for block in () if bodiless else self._paced(iter(lambda: response.read1(size), b""), rate):
                self.wfile.write(block if sized else b"%x\r\n%b\r\n" % (len(block), block))
            if not sized and not bodiless:
                self.wfile.write(b"0\r\n\r\n")

    def _paced(self, blocks: Iterator[bytes], rate: int | None) -> Iterator[bytes]:
        for block in blocks:
            if rate is not None:
                self.proxy.stopping.wait(len(block) / rate)
            yield block

    def send(self, answer: Answer) -> None:
        """Answer the client."""
        headers = [(name, value) for name, value in answer.headers if name.lower() != "content-length"]
        self._head(answer.status, [*headers, ("Content-Length", str(len(answer.body)))])
        self.wfile.write(answer.body)

    def send_part(self, answer: Answer, count: int) -> None:
        """Announce the whole answer, send the first `count` bytes of its body, and end the connection."""
        headers = [(name, value) for name, value in answer.headers if name.lower() != "content-length"]
        self._head(answer.status, [*headers, ("Content-Length", str(len(answer.body)))])
        self.wfile.write(answer.body[:count])
        self.close_connection = True

    def abort(self) -> None:
        """Reset the connection when the fault ends: nothing (more) is answered."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def abort_now(self) -> None:
        """Reset the connection while the fault goes on."""
        self.abort()
        for end in (self.rfile, self.wfile, self.connection):
            end.close()
        self.wfile = BytesIO()

    def _head(self, status: int, headers: list[tuple[str, str]], *, chunked: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _headers(self, length: int) -> dict[str, str]:
        kept = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        if "content-length" in (name.lower() for name in kept):
            kept = {name: value for name, value in kept.items() if name.lower() != "content-length"}
            kept["Content-Length"] = str(length)
        return {**kept, "Connection": "close"}

    def _blocks(self, limit: int | None, size: int = BLOCK) -> Iterator[bytes]:
        """The rest of the request's body, at most `limit` bytes of it, `size` at once."""
        remaining = self._left if limit is None else min(limit, self._left)
        while remaining:
            block = self.rfile.read1(min(size, remaining))
            if not block:
                raise ConnectionResetError
            remaining -= len(block)
            self._left -= len(block)
            yield block

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        upstream = http.client.HTTPConnection(*self.proxy.upstream)
        upstream.connect()
        connection = upstream.sock
        self.proxy.hold(connection)
        try:
            yield upstream
        finally:
            self.proxy.release(connection)
            upstream.close()


class _Server(ThreadingHTTPServer):
    """The listener; closing a connection does not end it orderly first, so that `abort` is a reset."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], proxy: FaultProxy) -> None:
        self.proxy = proxy
        super().__init__(address, Exchange)

    def shutdown_request(self, request: Any) -> None:
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error of ours; anything else is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


Fault = Callable[[Exchange], None]


def cut(one: socket.socket) -> None:
    """End a connection that another thread may be blocked on."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
