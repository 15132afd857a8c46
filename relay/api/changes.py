"""What has changed, one ticket with all that is on it, and the poke that says to look."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from desktop.sync.protocol import ChangePage, TicketAnswer
from desktop.tickets.identity import is_id
from relay.api.service import Asked, Handed, json_response
from relay.feed import Page, page
from relay.look_up import ticket_body
from relay.permissions import Reader, reader
from relay.problems import not_found


@get("/v1/changes")
async def changes(
    request: Asked,
    service: Handed,
    *,
    since: FromQuery[str] = "",
    limit: FromQuery[int] = 500,
    bucket: FromQuery[str] = "",
    seen: FromQuery[str] = "",
) -> Response[ChangePage]:
    """The page of rows after a cursor; with `bucket` those of one bucket alone, by cursors of its own.

    `seen`: the last heads that the asker was told of, with a comma between.
    """

    def found() -> Page:
        principal = service.principal(request)
        with service.relay.read() as connection:
            nobody = principal.person is None
            return page(connection, reader(principal), since, limit, bucket=bucket, seen=seen, told_to_nobody=nobody)

    return json_response(await service.work(found))


@get("/v1/tickets/{ticket:str}")
async def ticket(request: Asked, service: Handed, ticket: FromPath[str]) -> Response[TicketAnswer | bytes]:
    """A ticket with the notes and files that the asker may see."""

    def found() -> bytes | None:
        principal = service.principal(request)
        if not is_id(ticket):
            return None
        with service.relay.read() as connection:
            return ticket_body(connection, ticket, reader(principal))

    body = await service.work(found)
    if body is None:
        raise not_found()
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@get("/v1/events", media_type="text/event-stream")
async def events(request: Asked, service: Handed) -> Stream:
    """Says only that there is something to read; a comment each 15 s shows that it still listens."""

    async def by() -> Reader:
        return reader(await service.work(service.principal, request))

    await by()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Stream(service.events.listen(by), media_type="text/event-stream", headers=headers)
