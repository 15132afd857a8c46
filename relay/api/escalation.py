"""The one decision that is made online, against the state that the approver sees."""

from typing import Final

import msgspec
from litestar import Response, post
from litestar.params import FromPath

from desktop.sync.protocol import EscalationDecision
from desktop.tickets.escalation import Decision
from desktop.tickets.identity import is_id
from desktop.tickets.ticket import Ticket
from relay.api.bodies import read_body
from relay.api.schema import reads
from relay.api.service import Asked, Handed
from relay.book import Book
from relay.problems import not_found

_decision: Final = msgspec.json.Decoder(EscalationDecision)


@post("/v1/tickets/{ticket:str}/escalation", status_code=200, opt=reads(EscalationDecision))
async def decide(request: Asked, service: Handed, ticket: FromPath[str]) -> Response[Ticket | bytes]:
    """Agree to a faster answer, or decline it; the ticket as it now stands."""
    principal = await service.work(service.principal, request)
    asked = await read_body(request, _decision)

    def decided() -> bytes:
        if principal.person is None or not is_id(ticket):
            raise not_found()
        relay = service.relay
        with relay.write() as connection:
            book = Book(connection, principal, relay.organisation(connection), relay.clock.now())
            return book.decide(ticket, Decision.APPROVED if asked.approve else Decision.DECLINED, asked.version)

    body = await service.work(decided)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})
