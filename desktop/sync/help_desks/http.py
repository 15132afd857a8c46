"""Requests to one server: the only place that speaks HTTP, and that turns its failures into ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from desktop.sync.faults import NotTheServer, Offline, ServerFault
from desktop.sync.help_desks.sockets import OpenSockets, WatchedAdapter
from desktop.sync.help_desks.statuses import fault_of_break, fault_of_exception, fault_of_status, media_type
from desktop.sync.protocol import MAX_BODY, MEDIA_TYPE, PROBLEM_TYPE
from desktop.tickets.clock import Clock

CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 30.0
"""Seconds without a byte after which a server counts as gone."""
WHOLE_TIMEOUT: Final = 120.0
"""Seconds for one whole JSON answer, so that a byte now and then cannot hold a lane."""
_PIECE: Final = 64 * 1024
_SENT_AT_ONCE: Final = 16 * 1024
"""Bytes: each piece of that many has `CONNECT_TIMEOUT` to leave, which a whole body would have together."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Bearer(AuthBase):
    """The token, or nothing: a callable of ours, so that requests does not look for a `.netrc`."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Http:
    """One session with one server; used by one thread, ended by any.

    Every method raises a `SyncFault` for whatever is not the expected status with the expected content.
    """

    def __init__(self, server: str, clock: Clock, *, read_timeout: float = READ_TIMEOUT) -> None:
        self.server = server.rstrip("/")
        self.clock = clock
        self._timeout = (CONNECT_TIMEOUT, read_timeout)
        self._sockets = OpenSockets()
        self._stopped = False
        self._session = requests.Session()
        self._session.trust_env = urlsplit(self.server).hostname not in _LOOPBACK
        self._session.headers["User-Agent"] = "Helptray"
        adapter = WatchedAdapter(self._sockets)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def json(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        expect: frozenset[int] = frozenset({200}),
        limit: int = MAX_BODY,
    ) -> Answer:
        """Send one request and read a JSON answer of at most `limit` bytes; 304 and 204 have no body to check."""
        sent = {"Accept": MEDIA_TYPE, **({"Content-Type": MEDIA_TYPE} if body is not None else {}), **(headers or {})}
        with self.open(method, path, token=token, body=body, headers=sent, expect=expect) as response:
            if response.status_code in (204, 304):
                return Answer(response.status_code, response.headers, b"")
            if media_type(response.headers) != MEDIA_TYPE:
                raise NotTheServer(detail=f"{response.status_code} with {response.headers.get('Content-Type')!r}")
            return Answer(response.status_code, response.headers, self._read(response, limit))

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        expect: frozenset[int] = frozenset({200}),
        read_timeout: float | None = None,
    ) -> Iterator[requests.Response]:
        """Send one request; the body of the answer is still to be read, with `pieces`."""
        timeout = self._timeout if read_timeout is None else (CONNECT_TIMEOUT, read_timeout)
        self._refuse_when_stopped()
        try:
            response = self._session.request(
                method,
                self.url(path),
                data=body if body is None or len(body) <= _SENT_AT_ONCE else BytesIO(body),
                headers=headers,
                auth=_Bearer(token),
                timeout=timeout,
                stream=True,
                allow_redirects=False,
            )
        except requests.RequestException as problem:
            raise fault_of_exception(problem) from problem
        with response:
            if response.status_code not in expect:
                told = self._read(response, _PIECE) if media_type(response.headers) == PROBLEM_TYPE else b""
                raise fault_of_status(response.status_code, response.headers, told, self.clock.now())
            yield response

    def url(self, path: str) -> str:
        """The absolute URL of a path, or of a URL that the server gave; one of another origin is not the server's."""
        url = path if "://" in path else urljoin(self.server + "/", path.lstrip("/"))
        if urlsplit(url)[:2] != urlsplit(self.server)[:2]:
            raise NotTheServer(detail=f"an address of somewhere else: {url[:200]!r}")
        return url

    def pieces(self, response: requests.Response) -> Iterator[bytes]:
        """The rest of the answer, decompressed, in small pieces, each as soon as it is there."""
        try:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                yield piece
        except HTTPError as problem:
            raise fault_of_break(problem) from problem

    def stop(self) -> None:
        """End what is under way and refuse what comes later; from any thread."""
        self._stopped = True
        self._sockets.end()
        self._session.close()

    def _refuse_when_stopped(self) -> None:
        if self._stopped:
            raise Offline(detail="stopped", undelivered=True)

    def _read(self, response: requests.Response, limit: int) -> bytes:
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared[:20]) > limit:
            raise ServerFault(detail=f"an answer of {declared[:20]} bytes", status=response.status_code)
        latest = self.clock.monotonic() + WHOLE_TIMEOUT
        body = bytearray()
        for piece in self.pieces(response):
            body += piece
            if len(body) > limit:
                raise ServerFault(detail=f"an answer of more than {limit} bytes", status=response.status_code)
            if self.clock.monotonic() > latest:
                raise Offline(detail=f"the answer took longer than {WHOLE_TIMEOUT} s")
        return bytes(body)
