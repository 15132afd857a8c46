"""The ASGI application: every path of the API, over one relay."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Final

from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.exceptions import HTTPException

from desktop.sync.protocol import MAX_BODY
from relay.api import accounts, changes, errors, escalation, files, operations
from relay.api.edge import RequestIds
from relay.api.schema import description
from relay.api.service import Service
from relay.problems import Refusal

_HANDLERS: Final = (
    accounts.enrol,
    accounts.token,
    accounts.organisation,
    operations.push,
    operations.locate,
    changes.changes,
    changes.ticket,
    changes.events,
    files.abilities,
    files.create,
    files.position,
    files.go_on,
    files.terminate,
    files.content,
    escalation.decide,
)


def application(service: Service) -> Litestar:
    """The application; while it runs, it watches for commits of other processes."""

    @asynccontextmanager
    async def watching(_: Litestar) -> AsyncIterator[None]:
        watch = asyncio.create_task(service.events.watch())
        yield
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch

    described = cache(lambda: description(_HANDLERS))

    @get("/openapi.json")
    async def openapi() -> Response[bytes]:
        return Response(await service.work(described), media_type="application/json")

    return Litestar(
        [*_HANDLERS, openapi],
        dependencies={"service": Provide(lambda: service, sync_to_thread=False)},
        exception_handlers={Refusal: errors.refused, HTTPException: errors.http_error, Exception: errors.crashed},
        openapi_config=None,
        request_max_body_size=MAX_BODY,
        lifespan=[watching],
        logging_config=None,
        debug=False,
    )


def asgi(service: Service) -> RequestIds:
    """The application inside its outermost layer."""
    return RequestIds(application(service))
