"""Anki's sync server and two of its clients; runs on the Python of an environment that has `anki`, and nothing of ours.

`anki_peer.py FOLDER`: a command per line in, a line of JSON out. `load FILE` takes records into the first client,
`push` brings them to the server, `pull` to the second client; `one FILE` takes and brings one record after the other.
"""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from anki.collection import Collection  # type: ignore[import-not-found,unused-ignore]

USER, PASSWORD = "robin", "benchmark"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float) -> None:
    latest = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.05)
        else:
            return


class Client:
    """One collection."""

    def __init__(self, file: Path, endpoint: str) -> None:
        self._collection = Collection(str(file))
        self._auth = self._collection.sync_login(USER, PASSWORD, endpoint)

    def begin(self, *, upload: bool) -> None:
        """The first exchange, which Anki wants to be of everything."""
        self._collection.close_for_full_sync()
        self._collection.full_upload_or_download(auth=self._auth, server_usn=None, upload=upload)
        self._collection.reopen(after_full_sync=True)

    def add(self, records: list[list[str]]) -> None:
        deck = self._collection.decks.id("Default")
        kind = self._collection.models.by_name("Basic")
        for record in records:
            note = self._collection.new_note(kind)
            note.fields = record
            self._collection.add_note(note, deck)

    def sync(self) -> None:
        """Both ways; afterwards nothing may be left to do."""
        self._collection.sync_collection(self._auth, False)

    def count(self) -> int:
        return int(self._collection.note_count())

    def close(self) -> None:
        self._collection.close()


def main(folder: Path) -> None:
    port = free_port()
    surroundings = {"SYNC_USER1": f"{USER}:{PASSWORD}", "SYNC_BASE": str(folder / "server"), "SYNC_PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"],
        env={**os.environ, **surroundings, "SYNC_HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, 30)
        endpoint = f"http://127.0.0.1:{port}/"
        writes, reads = (Client(folder / f"{name}.anki2", endpoint) for name in ("writes", "reads"))
        writes.begin(upload=True)
        reads.begin(upload=False)
        answer({"ready": True})
        for line in sys.stdin:
            what, _, file = line.strip().partition(" ")
            answer(done(what, file, writes, reads))
        writes.close()
        reads.close()
    finally:
        server.terminate()
        server.wait(10)


def done(what: str, file: str, writes: Client, reads: Client) -> dict[str, Any]:
    records = json.loads(Path(file).read_text(encoding="utf-8")) if file else []
    if what == "load":
        writes.add(records)
    begun = time.perf_counter()
    if what == "push":
        writes.sync()
    elif what == "pull":
        reads.sync()
    elif what == "one":
        for record in records:
            writes.add([record])
            writes.sync()
    return {"seconds": time.perf_counter() - begun, "records": (reads if what == "pull" else writes).count()}


def answer(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
