"""Uploads that go on where they broke off: tus 1.0 (https://tus.io/protocols/resumable-upload), the client's side."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from desktop.sync.faults import LocalFault, NotTheServer, Refused, ServerFault
from desktop.sync.help_desks.base import FileToSend, SentChunk
from desktop.sync.help_desks.http import Http

_BLOCK: Final = 1024 * 1024
_VERSION: Final = {"Tus-Resumable": "1.0.0"}
_EXPECTED: Final = {
    "POST": frozenset({200, 201}),
    "HEAD": frozenset({200, 204}),
    "PATCH": frozenset({200, 204, 409}),
}
_GONE: Final = frozenset({404, 410})
_DAMAGED: Final = 460
"""tus' status for bytes that are not what their sum says, of a piece or of the whole."""
_ANOTHER: Final = "A file of this ticket has changed on this computer since it was added. Add it again."
_GONE_FROM_DISK: Final = "A file of this ticket can no longer be read on this computer. Add it again."


class TusUploads:
    """Sends files piece by piece. Remembers offsets, so that a piece costs one request; a new one asks first."""

    def __init__(self, http: Http, path: str) -> None:
        self._http = http
        self._path = path
        self._offsets: dict[str, int] = {}

    def send(self, file: FileToSend, chunk: int, token: str) -> SentChunk:
        """Send at most `chunk` bytes from where the server has got to; an upload that it forgot is begun anew."""
        try:
            return self._further(file, chunk, token)
        except ServerFault as fault:
            if fault.status == _DAMAGED and _digest(file) != file.sha256:
                raise LocalFault(_ANOTHER, detail=f"{file.attachment} is not what was taken in") from fault
            raise

    def _further(self, file: FileToSend, chunk: int, token: str) -> SentChunk:
        if file.url:
            try:
                return self._piece(file.url, file, self._offset(file.url, file.size, token), chunk, token)
            except Refused as fault:
                if fault.status not in _GONE:
                    raise
                self._offsets.pop(file.url, None)
        url, offset = self._create(file, token)
        return self._piece(url, file, offset, chunk, token)

    def _piece(self, url: str, file: FileToSend, offset: int, chunk: int, token: str) -> SentChunk:
        if offset < file.size or file.size == 0:
            offset = self._patch(url, file, offset, chunk, token)
        done = offset >= file.size
        if done:
            self._offsets.pop(url, None)
        else:
            self._offsets[url] = offset
        return SentChunk(url=url, offset=offset, done=done)

    def _create(self, file: FileToSend, token: str) -> tuple[str, int]:
        told = {
            "attachment": file.attachment,
            "ticket": file.ticket,
            "name": file.name,
            "sha256": file.sha256,
            "type": file.media_type,
        }
        headers = {
            "Upload-Length": str(file.size),
            "Upload-Metadata": ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items()),
        }
        answer = self._request("POST", self._path, token, headers)
        location = answer.get("Location", "")
        if not location:
            raise ServerFault(detail="an upload without a Location")
        url = self._http.url(location)
        return url, _offset_in(answer, file.size) if "Upload-Offset" in answer else 0

    def _offset(self, url: str, size: int, token: str) -> int:
        if url in self._offsets:
            return self._offsets[url]
        return _offset_in(self._request("HEAD", url, token, {}), size)

    def _patch(self, url: str, file: FileToSend, offset: int, chunk: int, token: str) -> int:
        piece = _read(file, offset, chunk)
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha1 {b64encode(hashlib.sha1(piece, usedforsecurity=False).digest()).decode()}",
            "Content-Type": "application/offset+octet-stream",
        }
        self._offsets.pop(url, None)  # whatever becomes of this request, the server is asked before the next
        answer = self._request("PATCH", url, token, headers, piece)
        if "Upload-Offset" not in answer:
            return self._offset(url, file.size, token)
        return _offset_in(answer, file.size)

    def _request(
        self, method: str, path: str, token: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Mapping[str, str]:
        sent = {**_VERSION, **headers}
        with self._http.open(method, path, token=token, headers=sent, expect=_EXPECTED[method], body=body) as response:
            if response.status_code != 409 and response.headers.get("Tus-Resumable") != "1.0.0":
                raise NotTheServer(detail=f"an upload answered without tus 1.0.0, {response.status_code}")
            return response.headers


def _offset_in(headers: Mapping[str, str], size: int) -> int:
    text = headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= size):
        raise ServerFault(detail=f"an upload offset {text[:40]!r} of {size}")
    return int(text)


def _read(file: FileToSend, offset: int, chunk: int) -> bytes:
    try:
        file.content.seek(offset)
        piece = file.content.read(min(chunk, file.size - offset))
    except OSError as problem:
        raise LocalFault(_GONE_FROM_DISK, detail=str(problem)) from problem
    if not piece and file.size:
        raise LocalFault(_GONE_FROM_DISK, detail=f"{file.attachment} ends before {offset} of {file.size}")
    return piece


def _digest(file: FileToSend) -> str:
    digest = hashlib.sha256()
    try:
        file.content.seek(0)
        while block := file.content.read(_BLOCK):
            digest.update(block)
    except OSError as problem:
        raise LocalFault(_GONE_FROM_DISK, detail=str(problem)) from problem
    return digest.hexdigest()
