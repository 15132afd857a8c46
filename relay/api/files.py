"""Files: tus 1.0 (core, creation, checksum, expiration, termination) on the way in, ranges on the way out."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, delete, get, head, patch, post, route
from litestar.params import FromPath
from litestar.response import Stream

from relay.api.schema import reads
from relay.api.service import Asked, Handed, has_already
from relay.problems import Refusal, malformed
from relay.uploads import LARGEST, Upload

_VERSION: Final = {"Tus-Resumable": "1.0.0"}
_ABILITIES: Final = {
    **_VERSION,
    "Tus-Version": "1.0.0",
    "Tus-Extension": "creation,checksum,expiration,termination",
    "Tus-Max-Size": str(LARGEST),
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
_NUMBER: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)
_PIECE: Final = 1024 * 1024
_BYTES: Final = "application/offset+octet-stream"
"""How pieces are wrapped, by tus."""


@route("/v1/files", http_method=["OPTIONS"], status_code=204, opt=reads(anybody=True))
async def abilities() -> Response[None]:
    """What of tus is spoken here."""
    return Response(None, status_code=204, headers=_ABILITIES)


@post(
    "/v1/files",
    status_code=201,
    media_type="text/plain",  # as JSON, nothing would be `null`
    opt=reads(headers=["Tus-Resumable", "Upload-Length", "Upload-Metadata"]),
)
async def create(request: Asked, service: Handed) -> Response[None]:
    """Announce a file; announced again by the same device, it is the same upload."""
    _check_version(request)
    principal = await service.work(service.principal, request)
    if "upload-length" not in request.headers:
        raise malformed("The file did not say how long it is.", "upload-length")
    size = _number(request, "upload-length")
    told = _metadata(request.headers.get("upload-metadata", ""))
    upload = await service.work(service.uploads.create, principal, size, told)
    location = f"/v1/files/{upload.attachment}"
    return Response(None, status_code=201, headers={"Location": location, **_headers(upload)})


@head("/v1/files/{attachment:str}", opt=reads(headers=["Tus-Resumable"]))
async def position(request: Asked, service: Handed, attachment: FromPath[str]) -> Response[None]:
    """How far an upload has come."""
    _check_version(request)
    principal = await service.work(service.principal, request)
    upload = await service.work(service.uploads.state, principal, attachment)
    told = {"Upload-Length": str(upload.size), "Cache-Control": "no-store", **_headers(upload)}
    return Response(None, headers=told, media_type="text/plain")  # as JSON, nothing would be `null`


@patch(
    "/v1/files/{attachment:str}",
    status_code=204,
    request_max_body_size=None,
    opt=reads(_BYTES, headers=["Tus-Resumable", "Upload-Offset"], optional=["Upload-Checksum"]),
)
async def go_on(request: Asked, service: Handed, attachment: FromPath[str]) -> Response[None]:
    """More bytes, from where the upload had got to. A newer request of the owner ends an older one."""
    _check_version(request)
    if request.headers.get("content-type", "") != _BYTES:
        raise Refusal(415, "media-type", "Not understood", "The file came in an unknown wrapping.")
    principal = await service.work(service.principal, request)
    offset = _number(request, "upload-offset")
    checksum = _checksum(request.headers.get("upload-checksum", ""))
    upload = await service.work(service.uploads.state, principal, attachment)
    async with service.writers.turn(attachment) as turn:
        upload = await service.work(service.uploads.state, principal, attachment)
        if offset != upload.position:
            raise Refusal(409, "upload-offset", "Not possible", "The file has got to another point.", _headers(upload))
        if not upload.finished:
            await turn.receive(request, principal, upload, checksum)
        upload = await service.work(service.uploads.state, principal, attachment)
    return Response(None, status_code=204, headers=_headers(upload))


@delete("/v1/files/{attachment:str}", status_code=204, opt=reads(headers=["Tus-Resumable"]))
async def terminate(request: Asked, service: Handed, attachment: FromPath[str]) -> Response[None]:
    """Take an upload back that is on no ticket."""
    _check_version(request)
    principal = await service.work(service.principal, request)
    await service.work(service.uploads.state, principal, attachment)
    async with service.writers.turn(attachment):
        await service.work(service.uploads.terminate, principal, attachment)
    return Response(None, status_code=204, headers=_VERSION)


@get(
    "/v1/files/{attachment:str}",
    media_type="application/octet-stream",
    opt=reads(optional=["Range", "If-Range", "If-None-Match"], also=[206, 304]),
)
async def content(request: Asked, service: Handed, attachment: FromPath[str]) -> Response[Any]:
    """An attachment's bytes, all of them or one range (RFC 9110, 14.2), for those who see its ticket."""
    principal = await service.work(service.principal, request)
    path = await service.work(service.uploads.content, principal, attachment)
    size = (await service.work(path.stat)).st_size
    etag = f'"{path.name}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "attachment",
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
    }
    if has_already(request, etag):
        kept = {"ETag": etag, "Cache-Control": headers["Cache-Control"]}
        return Response(None, status_code=304, media_type="text/plain", headers=kept)
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", etag) != etag:
        asked = ""
    span = _span(asked, size)
    if span is None:
        unsatisfiable = {"Content-Range": f"bytes */{size}"}
        raise Refusal(416, "range", "Not possible", "The file is not that long.", unsatisfiable)
    start, end, is_part = span
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    return Stream(
        _bytes(path, start, end),
        status_code=206 if is_part else 200,
        media_type="application/octet-stream",
        headers=headers,
    )


async def _bytes(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(file.seek, start)
        while start < end:
            piece = await asyncio.to_thread(file.read, min(_PIECE, end - start))
            start += len(piece)
            yield piece
    finally:
        file.close()


def _span(asked: str, size: int) -> tuple[int, int, bool] | None:
    """First byte, end, and whether that was asked for; everything for what is no single range, None for one beyond."""
    match = _RANGE.fullmatch(asked.replace(" ", ""))
    if match is None or not (match[1] or match[2]):
        return 0, size, False
    if not match[1]:
        last = min(int(match[2]), size)
        return (size - last, size, True) if last else None
    start, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    if match[2] and int(match[2]) < start:
        return 0, size, False
    return (start, end, True) if start < size else None


def _headers(upload: Upload) -> dict[str, str]:
    expires = format_datetime(upload.expires_at.astimezone(UTC), usegmt=True)
    return {**_VERSION, "Upload-Offset": str(upload.position), "Upload-Expires": expires}


def _check_version(request: Request[Any, Any, Any]) -> None:
    if request.headers.get("tus-resumable") != "1.0.0":
        raise Refusal(
            412,
            "tus-version",
            "Not understood",
            "Files travel by tus 1.0.0 here.",
            {**_VERSION, "Tus-Version": "1.0.0"},
        )


def _number(request: Request[Any, Any, Any], name: str) -> int:
    text = request.headers.get(name, "")
    if _NUMBER.fullmatch(text) is None:
        raise malformed(f"The header {name} is not a number.", name)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: names with values in base64, separated by commas."""
    told = {}
    for part in filter(None, header.split(",")):
        name, _, value = part.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:  # no base64, no UTF-8, or no ASCII at all
            raise malformed("What was told about the file could not be read.", "upload-metadata") from error
    return told


def _checksum(header: str) -> tuple[str, bytes] | None:
    """Upload-Checksum as algorithm and digest; None where there is none."""
    if not header:
        return None
    algorithm, _, value = header.partition(" ")
    if algorithm not in ("sha1", "sha256"):
        raise malformed("The checksum is of an unknown kind.", "checksum-algorithm")
    try:
        return algorithm, base64.b64decode(value, validate=True)
    except ValueError as error:
        raise malformed("The checksum could not be read.", "checksum-algorithm") from error
