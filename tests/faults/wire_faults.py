"""What bad networks and sick servers do to one request; each is given to `FaultProxy.fault`."""

import json
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

from desktop.sync.protocol import PROBLEM_TYPE, Problem, encode
from tests.faults.fault_proxy import Exchange, Fault
from tests.faults.fault_rules import Answer

PORTAL = (
    b"<!DOCTYPE html><html><head><title>Guest Wi-Fi</title></head>"
    b'<body><form action="/login"><input name="room"><button>Connect</button></form></body></html>'
)


def pass_through() -> Fault:
    """Nothing: to take requests away from the rules after this one."""
    return Exchange.pass_on


def refuse() -> Fault:
    """Reset the connection; nothing of the request reaches the server."""
    return Exchange.abort


def drop_answer() -> Fault:
    """The server receives and answers; the answer is lost and the connection reset."""

    def fault(exchange: Exchange) -> None:
        exchange.deliver(exchange.body())
        exchange.abort()

    return fault


def hang(seconds: float | None = None, *, delivered: bool = False) -> Fault:
    """No answer, with the request `delivered` or not: for so long, or until the proxy closes; then a reset."""

    def fault(exchange: Exchange) -> None:
        body = exchange.body()
        if delivered:
            exchange.deliver(body)
        exchange.happened()
        exchange.proxy.stopping.wait(seconds)
        exchange.abort()

    return fault


def cut(seconds: float) -> Fault:
    """The line goes dead inside the request's body: both directions stop for so long, then a reset."""

    def fault(exchange: Exchange) -> None:
        exchange.deliver_part(exchange.length // 2)
        exchange.proxy.stopping.wait(seconds)
        exchange.abort()

    return fault


def zombie(seconds: float) -> Fault:
    """The client's connection is reset at once; the server receives the request so much later, and answers nobody."""

    def fault(exchange: Exchange) -> None:
        body = exchange.body()
        exchange.abort_now()
        exchange.proxy.stopping.wait(seconds)
        exchange.deliver(body)

    return fault


def status(code: int, *, retry_after: float | None = None) -> Fault:
    """An error of somebody on the way (plain text); the server receives nothing. `retry_after` in seconds."""

    def fault(exchange: Exchange) -> None:
        exchange.body()
        headers = [("Content-Type", "text/plain")]
        if retry_after is not None:
            headers.append(("Retry-After", f"{retry_after:g}"))
        exchange.send(Answer(code, headers, b"upstream connect error\n"))

    return fault


def token_has_run_out() -> Fault:
    """What the help desk answers to a token that is too old."""
    problem = encode(Problem(title="Please connect again", status=401, code="not-signed-in"))

    def fault(exchange: Exchange) -> None:
        exchange.body()
        exchange.send(Answer(401, [("Content-Type", PROBLEM_TYPE)], problem))

    return fault


def captive_portal() -> Fault:
    """A sign-in page with status 200; the server receives nothing."""
    return _instead([("Content-Type", "text/html; charset=utf-8")], PORTAL)


def other_json(value: object = None) -> Fault:
    """JSON of another shape with status 200; the server receives nothing."""
    content = json.dumps({"status": "ok", "items": [1, 2, 3]} if value is None else value).encode()
    return _instead([("Content-Type", "application/json")], content)


def _instead(headers: list[tuple[str, str]], body: bytes) -> Fault:
    def fault(exchange: Exchange) -> None:
        exchange.body()
        exchange.send(Answer(200, headers, body))

    return fault


def truncate(keep: float = 0.5) -> Fault:
    """The server receives and answers; only this share of its answer's body arrives."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.deliver(exchange.body())
        exchange.send_part(answer, int(len(answer.body) * keep))

    return fault


def reset_in_answer(keep: float = 0.5) -> Fault:
    """The server receives and answers; the connection is reset inside the body of its answer."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.deliver(exchange.body())
        exchange.send_part(answer, int(len(answer.body) * keep))
        exchange.abort()

    return fault


def wrong_date(seconds: float) -> Fault:
    """The answer's `Date` is of a moment so many seconds after 1970."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.deliver(exchange.body())
        kept = [(name, value) for name, value in answer.headers if name.lower() != "date"]
        exchange.send(Answer(answer.status, [*kept, ("Date", formatdate(seconds, usegmt=True))], answer.body))

    return fault


def shortened(keep: float = 0.5) -> Fault:
    """The same, but announced as if it were whole: JSON that breaks off inside a complete answer."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.deliver(exchange.body())
        exchange.send(Answer(answer.status, answer.headers, answer.body[: int(len(answer.body) * keep)]))

    return fault


def latency(seconds: float) -> Fault:
    """The request is held so long, then passed through."""

    def fault(exchange: Exchange) -> None:
        exchange.proxy.stopping.wait(seconds)
        exchange.pass_on()

    return fault


def rate(bytes_per_second: int) -> Fault:
    """The request and its answer are passed through, no faster than that."""

    def fault(exchange: Exchange) -> None:
        exchange.pass_on(bytes_per_second)

    return fault


def duplicate_at_once() -> Fault:
    """The server receives the request twice at the same time; the answer to one of them arrives."""

    def fault(exchange: Exchange) -> None:
        body = exchange.body()
        with ThreadPoolExecutor(2) as pool:
            first, _ = pool.map(exchange.deliver, (body, body))
        exchange.send(first)

    return fault


def duplicate() -> Fault:
    """The server receives the request twice; the second answer arrives."""

    def fault(exchange: Exchange) -> None:
        body = exchange.body()
        exchange.deliver(body)
        exchange.send(exchange.deliver(body))

    return fault


def cut_after(count: int) -> Fault:
    """The server receives the first `count` bytes of the request's body; then both connections are cut."""

    def fault(exchange: Exchange) -> None:
        exchange.deliver_part(count)
        exchange.abort()

    return fault
