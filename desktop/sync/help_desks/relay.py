"""Our own relay as a help desk: the adapter between the `HelpDesk` interface and the relay's HTTP API."""

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from requests import Response

from desktop.sync.faults import NotTheServer, Refused, ServerFault, SignInNeeded
from desktop.sync.help_desks.ahead import ReadsAhead
from desktop.sync.help_desks.base import (
    MAX_FILE,
    Absent,
    Capabilities,
    CreationGuard,
    CursorGone,
    EditGuard,
    FileToSend,
    Found,
    Link,
    Located,
    SentChunk,
    United,
)
from desktop.sync.help_desks.download import download
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.pages import decode_page
from desktop.sync.help_desks.statuses import media_type, read_json
from desktop.sync.help_desks.tus import TusUploads
from desktop.sync.protocol import (
    MAX_BATCH,
    ChangePage,
    Enrolled,
    EnrolRequest,
    EscalationDecision,
    OperationAnswer,
    OperationsAnswer,
    OrganisationAnswer,
    Result,
    TokenPair,
    TokenRequest,
    encode,
    encode_batch,
)
from desktop.tickets.connection import Account
from desktop.tickets.outbox import OutboxEntry
from desktop.tickets.ticket import Ticket

T = TypeVar("T")

CAPABILITIES: Final = Capabilities(
    creation=CreationGuard.NATIVE_KEY,
    edits=EditGuard.NATIVE_BASE,
    request_life=120.0,
    read_lag=0.0,
    batch=MAX_BATCH,
    resumable_files=True,
    pokes=True,
    end_user_accounts=True,
    computes_service_levels=True,
)
_ABOUT_CONTENT: Final = frozenset({400, 413, 422})
"""Refusals of a whole batch that are about what is in it; any other is about neither batch nor person."""
_POKE_SILENCE: Final = 45.0
"""Seconds without a byte on the event stream, which carries one each 15 s, after which it counts as dead."""
_LONGEST_LINE: Final = 100
"""Bytes of a line of the event stream that are kept while its end has not come."""


class Tokens(Protocol):
    """Where bearer tokens come from; shared by all that speak for this device."""

    def current(self) -> Account:
        """The account with the tokens to use now."""
        ...

    def renew(self, stale: Account, http: Http) -> Account:
        """Ask over that line for newer tokens than the stale account's, durable before they are returned.

        Raises a `SyncFault`.
        """
        ...


def enrol_device(http: Http, request: EnrolRequest) -> Enrolled:
    """Exchange a one-time code; the same request again gives the same answer for ten minutes."""
    answer = http.json("POST", "/v1/enrol", body=encode(request), expect=frozenset({200, 201}))
    enrolled = read_json(msgspec.json.Decoder(Enrolled).decode, answer.body)
    if enrolled.device != request.device:
        raise NotTheServer(detail="another device was answered")
    return enrolled


def next_tokens(http: Http, request: TokenRequest) -> TokenPair:
    """The next token pair; asking again with the same token is harmless until the new one was used."""
    answer = http.json("POST", "/v1/token", body=encode(request), expect=frozenset({200, 201}))
    return read_json(msgspec.json.Decoder(TokenPair).decode, answer.body)


class RelayHelpDesk:
    """The relay, over one HTTP session: used by one thread (beside the one that reads ahead), stopped by any."""

    capabilities = CAPABILITIES

    def __init__(self, http: Http, tokens: Tokens) -> None:
        self._http = http
        self._tokens = tokens
        self._turn = Lock()
        self._ahead = ReadsAhead(self._page)
        self._uploads = TusUploads(http, "/v1/files")
        self._pokes: Generator[bool] | None = None
        self._etag = ""
        self._operations = msgspec.json.Decoder(OperationsAnswer)
        self._operation = msgspec.json.Decoder(OperationAnswer)
        self._organisation = msgspec.json.Decoder(OrganisationAnswer)
        self._ticket = msgspec.json.Decoder(Ticket)

    def push(self, operations: Sequence[OutboxEntry], request_id: str, seen: str = "") -> OperationsAnswer:
        """Post the batch as the bytes that were stored."""
        body = encode_batch([entry.wire for entry in operations], seen)

        def post(token: str) -> OperationsAnswer:
            headers = {"X-Request-Id": request_id}
            answer = self._http.json("POST", "/v1/operations", token=token, body=body, headers=headers)
            return read_json(self._operations.decode, answer.body)

        try:
            return self._signed_in(post)
        except Refused as fault:
            if fault.status in _ABOUT_CONTENT:
                raise
            raise ServerFault(detail=fault.detail, status=fault.status, code=fault.code) from fault

    def locate(self, operation: OutboxEntry) -> Located:
        """Ask for the stored answer to one operation; what was refused has no effect."""

        def get(token: str) -> Located:
            answer = self._http.json("GET", f"/v1/operations/{quote(operation.id)}", token=token)
            found = read_json(self._operation.decode, answer.body)
            if found.id != operation.id:
                raise NotTheServer(detail="another operation was answered")
            return Absent() if found.result is Result.REJECTED else Found(found)

        try:
            return self._signed_in(get)
        except Refused as fault:
            if fault.status == 404 and fault.code == "no-such-operation":
                return Absent()
            raise ServerFault(detail=fault.detail, status=fault.status) from fault

    def reserve(self, operation: OutboxEntry) -> Link:
        """The relay keeps our ids as its keys, and has no such links: never asked."""
        raise ServerFault(detail=f"no link for {operation.id}")

    def unite(self, addition: OutboxEntry) -> United:
        """The relay keeps our ids as its keys, so none of them can be there twice: never asked."""
        raise ServerFault(detail=f"nothing to unite for {addition.id}")

    def changes(self, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        """Read a page of the feed, or of one bucket."""
        if not bucket:
            return self._ahead.page(cursor, limit, seen)
        self._ahead.drop()
        return self._page(cursor, limit, seen, bucket)

    def _page(self, cursor: str, limit: int, seen: str, bucket: str = "") -> ChangePage:
        more = {name: value for name, value in (("bucket", bucket), ("seen", seen)) if value}
        query = urlencode({"since": cursor, "limit": limit} | more)
        try:
            return self._signed_in(
                lambda token: decode_page(self._http.json("GET", f"/v1/changes?{query}", token=token).body)
            )
        except Refused as fault:
            if fault.status == 410:
                raise CursorGone from fault
            raise ServerFault(detail=fault.detail, status=fault.status) from fault

    def send_file(self, file: FileToSend, chunk: int) -> SentChunk:
        """Send the next piece by tus."""
        return self._signed_in(lambda token: self._uploads.send(file, chunk, token))

    def fetch_file(self, attachment: str, offset: int, target: Path, limit: int = MAX_FILE) -> int:
        """Read an attachment, from where the file at `target` ends."""
        path = f"/v1/files/{quote(attachment, safe='')}"
        return self._signed_in(lambda token: download(self._http, path, token, target, offset=offset, limit=limit))

    def organisation(self) -> OrganisationAnswer | None:
        """Read the profile, unless it is still the one that was read last."""

        def get(token: str) -> OrganisationAnswer | None:
            headers = {"If-None-Match": self._etag} if self._etag else {}
            answer = self._http.json(
                "GET", "/v1/organisation", token=token, headers=headers, expect=frozenset({200, 304})
            )
            if answer.status == 304:
                return None
            organisation = read_json(self._organisation.decode, answer.body)
            self._etag = answer.headers.get("ETag", "")
            return organisation

        try:
            return self._signed_in(get)
        except Refused as fault:
            raise ServerFault(detail=fault.detail, status=fault.status) from fault

    def decide_escalation(self, ticket: str, version: int, *, approve: bool) -> Ticket:
        """Agree to a faster answer or decline it. `Refused` where the ticket has changed or it is not one's turn."""
        body = encode(EscalationDecision(approve=approve, version=version))

        def post(token: str) -> Ticket:
            answer = self._http.json("POST", f"/v1/tickets/{quote(ticket, safe='')}/escalation", token=token, body=body)
            decided = read_json(self._ticket.decode, answer.body)
            if decided.id != ticket:
                raise NotTheServer(detail="another ticket was answered")
            return decided

        return self._signed_in(post)

    def wait_for_poke(self) -> bool:
        """Listen to the event stream until the next poke, or its end; it stays open between two calls."""
        if self._pokes is None:
            self._pokes = self._signed_in(self._listen)
        heard = False
        try:
            heard = next(self._pokes, False)
        finally:
            if not heard:
                self._pokes = None
        return heard

    def hang_up(self) -> None:
        """Close the event stream, which stays open between two pokes."""
        if self._pokes is not None:
            self._pokes.close()
            self._pokes = None

    def _listen(self, token: str) -> Generator[bool]:
        with ExitStack() as opened:
            response = opened.enter_context(
                self._http.open(
                    "GET",
                    "/v1/events",
                    token=token,
                    headers={"Accept": "text/event-stream"},
                    read_timeout=_POKE_SILENCE,
                )
            )
            if media_type(response.headers) != "text/event-stream":
                raise NotTheServer(detail="no event stream")
            return self._heard(opened.pop_all(), response)

    def _heard(self, opened: ExitStack, response: Response) -> Generator[bool]:
        with opened:
            tail = b""
            for piece in self._http.pieces(response):
                *lines, tail = (tail[-_LONGEST_LINE:] + piece).split(b"\n")
                if any(line.rstrip(b"\r") == b"event: poke" for line in lines):
                    yield True

    def stop(self) -> None:
        """End what is under way."""
        self._http.stop()

    def _signed_in(self, request: Callable[[str], T]) -> T:
        """Run a request with the present token, and once more with the next one when it has run out; one at a time."""
        with self._turn:
            account = self._tokens.current()
            try:
                return request(account.access)
            except SignInNeeded:
                return request(self._tokens.renew(account, self._http).access)
