"""One writer per upload: a newer request of the owner ends the older, which keeps what it has written."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any, BinaryIO, Final

from litestar import Request

from relay.permissions import Principal
from relay.problems import Refusal
from relay.uploads import Upload, Uploads

_STEP: Final = 8 * 1024 * 1024
"""Bytes after which an upload without a checksum is made durable: what a broken line can lose at most."""


class Turn:
    """The right to write one upload, until somebody newer wants it."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self.superseded = asyncio.Event()
        self.ended = asyncio.Event()

    async def receive(
        self, request: Request[Any, Any, Any], by: Principal, upload: Upload, checksum: tuple[str, bytes] | None
    ) -> None:
        """Write the body behind what is there. With a checksum all of it counts or nothing; without, all that came."""
        file = await asyncio.to_thread(self._uploads.open, upload, upload.position)
        start = end = upload.position
        digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
        try:
            async with aclosing(self._pieces(request)) as pieces:
                async for piece in pieces:
                    if end + len(piece) > upload.size:
                        raise Refusal(413, "too-large", "Too large", "More came than the file was announced with.")
                    await asyncio.to_thread(_write, file, piece, digest)
                    end += len(piece)
                    if digest is None and end - start >= _STEP:
                        await asyncio.to_thread(self._uploads.advance, by, file, upload.attachment, start, end)
                        start = end
            if checksum and digest and digest.digest() != checksum[1]:
                raise Refusal(460, "checksum-mismatch", "The file was damaged", "A piece of the file was damaged.")
            digest = None
        finally:
            if digest is None and end > start:
                await asyncio.to_thread(self._uploads.advance, by, file, upload.attachment, start, end)
            file.close()

    async def _pieces(self, request: Request[Any, Any, Any]) -> AsyncGenerator[bytes, None]:
        """The body as it comes, until it ends, breaks off, or somebody newer wants the turn."""
        superseded = asyncio.ensure_future(self.superseded.wait())
        try:
            more = True
            while more:
                receiving = asyncio.ensure_future(request.receive())
                await asyncio.wait((receiving, superseded), return_when=asyncio.FIRST_COMPLETED)
                if not receiving.done():
                    receiving.cancel()
                    raise Refusal(
                        409, "upload-superseded", "Not possible", "The file is sent anew by the same computer."
                    )
                message = receiving.result()
                if message["type"] != "http.request":
                    raise Refusal(400, "broken-off", "Broken off", "The file broke off.")
                more = message["more_body"]
                if message["body"]:
                    yield message["body"]
        finally:
            superseded.cancel()


class Writers:
    """Who writes what, on one event loop."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self._turns: dict[str, Turn] = {}

    @asynccontextmanager
    async def turn(self, attachment: str) -> AsyncIterator[Turn]:
        """The turn to write an upload; whoever had it is ended first, and has kept what it wrote."""
        mine = Turn(self._uploads)
        older = self._turns.get(attachment)
        self._turns[attachment] = mine
        if older is not None:
            older.superseded.set()
            await older.ended.wait()
        try:
            yield mine
        finally:
            mine.ended.set()
            if self._turns.get(attachment) is mine:
                del self._turns[attachment]


def _write(file: BinaryIO, piece: bytes, digest: Any) -> None:
    view = memoryview(piece)
    while view:
        view = view[file.write(view) :]
    if digest is not None:
        digest.update(piece)
