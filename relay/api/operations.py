"""What people did, applied exactly once."""

from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from desktop.sync.protocol import MAX_BATCH, OperationAnswer, OperationBatch, OperationsAnswer
from relay.answers import Answer, Answers, bounded
from relay.api.bodies import read_body
from relay.api.schema import reads
from relay.api.service import Asked, Handed, json_response
from relay.book import Book
from relay.core import Relay
from relay.marks import are_known, last_mark
from relay.permissions import Principal
from relay.problems import Refusal, malformed, not_found
from relay.values import epoch

_batch: Final = msgspec.json.Decoder(OperationBatch)


@post("/v1/operations", status_code=200, opt=reads(OperationBatch))
async def push(request: Asked, service: Handed) -> Response[OperationsAnswer]:
    """Apply a batch in order; each operation stands or falls alone, and all answers are kept."""
    principal = await service.work(service.principal, request)
    batch = await read_body(request, _batch)
    if len(batch.operations) > MAX_BATCH:
        raise Refusal(413, "too-many", "Too many at once", f"Please send {MAX_BATCH} at a time.")
    if not batch.operations:
        raise malformed("Nothing was sent.")
    wires = [bytes(raw) for raw in batch.operations]
    return json_response(await service.work(_applied, service.relay, principal, wires, batch.seen))


@get("/v1/operations/{operation:str}")
async def locate(request: Asked, service: Handed, operation: FromPath[str]) -> Response[OperationAnswer]:
    """The answer that was given to an operation of one's own."""

    def found() -> Answer:
        principal = service.principal(request)
        relay = service.relay
        with relay.read() as connection:
            book = Book(connection, principal, relay.organisation(connection), relay.clock.now())
            answer = book.located(operation)
            head = last_mark(connection)
        if answer is None:
            raise not_found("no-such-operation")
        return msgspec.structs.replace(answer, head=head)

    return json_response(await service.work(found))


def _applied(relay: Relay, principal: Principal, wires: list[bytes], seen: str) -> Answers:
    with relay.write() as connection:
        forgot = not are_known(connection, seen)
        book = Book(connection, principal, relay.organisation(connection), relay.clock.now())
        answers = book.apply_batch(wires)
        named, head = epoch(connection), last_mark(connection)
    return Answers(answers=bounded(answers), epoch=named, head=head, forgot=forgot)
