"""The outermost layer of every request: its id, echoed, so that nobody else's answer is taken for ours; its method."""

import re
import secrets
from typing import Final

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

_OVERRIDES: Final = {b"PATCH": HttpMethod.PATCH, b"DELETE": HttpMethod.DELETE}
_USABLE: Final = re.compile(rb"[A-Za-z0-9._:-]{1,100}")


class RequestIds:
    """Gives each request the id that its client chose (X-Request-Id), or one of ours, and echoes it.

    Something in between may let only GET and POST through; a POST then names its method (X-HTTP-Method-Override, tus).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"")
        if scope["method"] == HttpMethod.POST:
            scope["method"] = _OVERRIDES.get(headers.get(b"x-http-method-override", b""), HttpMethod.POST)
        request_id = given if _USABLE.fullmatch(given) else secrets.token_hex(8).encode()
        scope.setdefault("state", {})["request_id"] = request_id.decode()

        async def echo(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", request_id)]
            await send(message)

        await self._app(scope, receive, echo)
