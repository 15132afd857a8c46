"""The bare line to a relay: `http.client` on one connection, with the token of a device and nothing else of ours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import msgspec

from benchmarks.parts.sides import Sides
from desktop.sync.protocol import OperationsAnswer, encode_batch, encode_operation
from desktop.tickets.operations import Operation

_answers = msgspec.json.Decoder(OperationsAnswer)


class Line:
    """One connection that stays open."""

    def __init__(self, connection: HTTPConnection, token: str) -> None:
        self._connection = connection
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, operations: Sequence[Operation]) -> None:
        """One batch; everything in it has to be applied."""
        body = encode_batch([encode_operation(operation) for operation in operations])
        applied = sum(
            answer.result == "applied" for answer in _answers.decode(self._sent("POST", "/v1/operations", body)).answers
        )
        if applied != len(operations):
            raise RuntimeError(f"{applied} of {len(operations)} operations were applied")

    def get(self, path: str) -> bytes:
        """Read one answer whole."""
        return self._sent("GET", path, None)

    def _sent(self, method: str, path: str, body: bytes | None) -> bytes:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {told[:200]!r}")
        return told


@contextmanager
def line(sides: Sides, name: str, email: str) -> Iterator[Line]:
    """A line of a device of this person's own; the relay has to run."""
    with sides.client(name, email) as client:
        account = client.account()
    connection = HTTPConnection(urlsplit(sides.process.url).netloc, timeout=60)
    try:
        yield Line(connection, account.access)
    finally:
        connection.close()
