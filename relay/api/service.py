"""What the handlers share: the relay, who asks, and answers as bytes."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import NamedDependency

from desktop.sync.protocol import MEDIA_TYPE
from relay.api.writing import Writers
from relay.core import Relay
from relay.devices import authenticate, first_use
from relay.events import Events
from relay.permissions import Principal
from relay.problems import Refusal
from relay.uploads import Uploads

T = TypeVar("T")
Asked = Request[None, None, State]

_encoder = msgspec.json.Encoder()


class Service:
    """Handed to every handler."""

    def __init__(self, relay: Relay, events: Events) -> None:
        self.relay = relay
        self.events = events
        self.uploads = Uploads(relay)
        self.writers = Writers(self.uploads)

    async def work(self, job: Callable[..., T], *arguments: Any) -> T:
        """Run what blocks on a thread of its own."""
        return await asyncio.to_thread(job, *arguments)

    def principal(self, request: Asked) -> Principal:
        """Who asks, by the bearer token; raises `Refusal` (401). Blocks."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        at = self.relay.clock.now()
        with self.relay.read() as connection:
            found = authenticate(connection, token.strip(), at=at) if scheme.lower() == "bearer" else None
        if found is None:
            raise Refusal(
                401,
                "not-signed-in",
                "Please connect again",
                "This computer is not known here any more.",
                {"WWW-Authenticate": "Bearer"},
            )
        principal, unused = found
        if unused:
            with self.relay.write() as connection:
                first_use(connection, unused)
        return principal


Handed = NamedDependency[Service]
"""The service, as a handler's parameter of that name."""


def has_already(request: Asked, etag: str) -> bool:
    """Whether the client says that it holds this version (If-None-Match; RFC 9110, 13.1.2)."""
    held = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return etag in held or "*" in held


def json_response(value: Any, headers: Mapping[str, str] | None = None) -> Response[Any]:
    """A value as JSON, never kept by anybody on the way."""
    return Response(
        _encoder.encode(value), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", **(headers or {})}
    )
