"""The one map from what HTTP says to our faults. `docs/sync.md` shows it as a table."""

import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec
import requests
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError

from desktop.sync.faults import LocalFault, NotTheServer, Offline, Refused, ServerFault, SignInNeeded, SyncFault
from desktop.sync.protocol import PROBLEM_TYPE, Problem

T = TypeVar("T")

LONGEST_RETRY_AFTER = 300.0
"""Most seconds for which a server may send us away; a wrong or hostile one cannot silence a client for days."""

_PASSING = frozenset({408, 423, 425, 460})
"""Statuses of a 4xx that another try heals: too slow, locked, too early, a piece that changed on its way (tus)."""

_UNSAFE = (
    "Something answered in the help desk's place: its certificate is not valid. "
    "Check this computer's date and the network that you are on. Saved here."
)
_PLAIN = (
    "What answers at the help desk's address does not speak https, so nothing went there. "
    "Check the address, or ask your provider for the right one. Saved here."
)
_NOT_SAFE_YET = (
    "No safe connection with the help desk came about. Check its address and the network that you are on. Saved here."
)
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"})
"""What OpenSSL calls an answer that is none of TLS: plain HTTP, mostly (names differ between its versions)."""

_PROXY = "This network's proxy wants you to sign in first. Saved here. It will go out after that."
_BUSY = "The help desk is busy and asked us to come back later. Saved here. We keep trying."

_problems = msgspec.json.Decoder(Problem)


def fault_of_exception(problem: requests.RequestException) -> SyncFault:
    """What a failed request means; `undelivered` only where no connection came about."""
    detail = f"{type(problem).__name__}: {problem}"
    match problem:
        case requests.exceptions.SSLError():
            return NotTheServer(_unsafe(problem), detail=detail)
        case requests.ConnectTimeout() | requests.exceptions.ProxyError():
            return Offline(detail=detail, undelivered=True)
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema():
            return LocalFault("The help desk's address is not valid. Connect again.", detail=detail)
        case _:
            return Offline(detail=detail, undelivered=_never_connected(problem))


def _unsafe(problem: requests.exceptions.SSLError) -> str:
    """Why there was no safe connection, in words."""
    cause: object = problem
    while isinstance(cause, Exception) and not isinstance(cause, ssl.SSLError):
        cause = cause.reason if isinstance(cause, MaxRetryError) else next(iter(cause.args), None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _UNSAFE
    return _PLAIN if getattr(cause, "reason", "") in _NO_TLS else _NOT_SAFE_YET


def fault_of_break(problem: HTTPError) -> SyncFault:
    """What it means that an answer broke off after its head."""
    detail = f"{type(problem).__name__}: {problem}"
    return Offline(detail=detail) if isinstance(problem, ReadTimeoutError) else ServerFault(detail=detail)


def _never_connected(problem: requests.RequestException) -> bool:
    cause = problem.args[0] if problem.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def fault_of_status(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> SyncFault:
    """What a status that was not expected means. A 4xx counts as the help desk's only as problem details (RFC 9457)."""
    problem = _problem(status, headers, body)
    code = problem.code if problem else ""
    detail = f"HTTP {status} {code} {problem.request_id if problem else ''}".strip()
    if status in (429, 503):
        seconds = retry_after(headers.get("Retry-After", ""), now)
        return ServerFault(_BUSY if seconds is not None else "", detail=detail, retry_after=seconds, status=status)
    if status in _PASSING or (status >= 500 and status != 511):
        return ServerFault(detail=detail, status=status, code=code)
    if not 400 <= status < 500 or problem is None:
        return NotTheServer(_PROXY if status == 407 else "", detail=detail, status=status)
    if status == 401:
        return SignInNeeded(detail=detail, status=status, code=code)
    return Refused(problem.detail, detail=detail, status=status, code=code)


def _problem(status: int, headers: Mapping[str, str], body: bytes) -> Problem | None:
    if media_type(headers) != PROBLEM_TYPE:
        return None
    if not body:  # the answer to a HEAD has none
        return Problem(title="", status=status, code="")
    try:
        return _problems.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def media_type(headers: Mapping[str, str]) -> str:
    """The media type of an answer, without its parameters, in lower case."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3: seconds or a date), bounded; None where unreadable."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER)


def read_json(decode: Callable[[bytes], T], body: bytes) -> T:
    """The value in a body. Broken off, of another shape or too deep: a `ServerFault`."""
    try:
        return decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError) as problem:
        raise ServerFault(detail=f"answer not understood: {problem}") from problem
