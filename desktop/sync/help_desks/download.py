"""A file from the server, in ranges, so that a broken download goes on where it ended."""

import os
import re
from pathlib import Path
from typing import Final

from desktop.sync.faults import LocalFault, ServerFault
from desktop.sync.help_desks.http import Http

_RANGE: Final = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19})")
_NO_ROOM: Final = "The file could not be kept on this computer: {reason}. Make room, then try again."


def download(http: Http, path: str, token: str, target: Path, *, offset: int, limit: int) -> int:
    """Append the rest of a file to `target` and make it durable; its new size in bytes.

    A server that ignores the range (200) has the file written from its start. More than `limit` bytes in all is a
    `ServerFault`; a disk that takes no more a `LocalFault`.
    """
    headers = (
        {"Range": f"bytes={offset}-", "Accept-Encoding": "identity"} if offset else {"Accept-Encoding": "identity"}
    )
    with http.open("GET", path, token=token, headers=headers, expect=frozenset({200, 206, 416})) as response:
        if response.status_code == 416:
            return offset
        start = 0
        if response.status_code == 206:
            told = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
            if told is None or int(told[1]) != offset:
                raise ServerFault(detail=f"another range: {response.headers.get('Content-Range', '')[:80]!r}")
            start = offset
        size = start
        try:
            with target.open("r+b" if target.exists() else "xb") as file:
                file.truncate(start)
                file.seek(start)
                for piece in http.pieces(response):
                    size += len(piece)
                    if size > limit:
                        raise ServerFault(detail=f"a file of more than {limit} bytes")
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            raise LocalFault(_NO_ROOM.format(reason=problem.strerror or problem), detail=str(problem)) from problem
        return size
