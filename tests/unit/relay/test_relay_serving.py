"""The running server: started, stopped, started again; one process beside another; the folder that it keeps."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from desktop.tickets.profile import InvalidProfile
from relay.core import Relay
from relay.database import CannotKeepData, Database
from relay.serve import CannotListen, RelayServer

LOADED = """
import sys
import relay.serve, relay.__main__
print("\\n".join(sorted(name for name in sys.modules if name.partition(".")[0] == "desktop")))
"""


def test_the_relay_loads_tickets_and_the_wire_alone() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout.split()
    allowed = ("desktop.tickets.", "desktop.sync.help_desks.")
    exact = {"desktop", "desktop.tickets", "desktop.sync", "desktop.sync.protocol", "desktop.sync.faults"}
    assert "desktop.sync.protocol" in loaded
    assert [name for name in loaded if name not in exact and not name.startswith(allowed)] == []


def test_it_stops_and_starts_again_on_the_same_address(tmp_path: Path) -> None:
    server = RelayServer(tmp_path / "relay")
    url = server.start()
    assert requests.get(url + "/openapi.json", timeout=10).status_code == 200
    server.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(url + "/openapi.json", timeout=10)
    assert server.start() == url
    assert requests.get(url + "/openapi.json", timeout=10).status_code == 200
    server.stop()
    server.stop()


def test_stopping_ends_the_streams_of_listeners(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    headers = {"Authorization": f"Bearer {amy.access}"}
    with requests.get(world.url + "/v1/events", headers=headers, stream=True, timeout=30) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: poke"
        stopping = threading.Thread(target=world.server.stop)
        stopping.start()
        assert b"" in list(lines)
        stopping.join()


def test_an_address_in_use_is_a_sentence(tmp_path: Path) -> None:
    server = RelayServer(tmp_path / "one")
    server.start()
    port = int(server.url.rpartition(":")[2])
    other = RelayServer(tmp_path / "two", port=port)
    with pytest.raises(CannotListen) as refused:
        other.start()
    assert str(port) in refused.value.sentence
    other.stop()
    server.stop()


def test_the_folder_is_private(tmp_path: Path) -> None:
    Relay(tmp_path / "a" / "relay").close()
    assert (tmp_path / "a" / "relay").stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "a" / "relay").rglob("*"))


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotKeepData):
        Relay(tmp_path / "file" / "relay")


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "relay.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(CannotKeepData) as refused:
        Relay(tmp_path)
    assert "relay.db" in refused.value.sentence


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 2))
    with pytest.raises(CannotKeepData) as refused:
        Database(tmp_path / "relay.db")
    assert "3.51.2" in refused.value.sentence


def test_the_database_is_durable_and_checks_itself(tmp_path: Path) -> None:
    relay = Relay(tmp_path)
    with relay.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
    relay.close()


@pytest.mark.parametrize("profile", ["nothing", "../../etc/passwd", ""])
def test_a_profile_that_is_not_there_is_a_sentence(tmp_path: Path, profile: str) -> None:
    with pytest.raises(InvalidProfile):
        Relay(tmp_path, organisation=profile or str(tmp_path))


def test_the_profile_is_kept_for_the_next_start(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('key = "own"\nname = "Own Help"\n')
    Relay(tmp_path / "relay", organisation=str(own)).close()
    own.write_bytes(b"\xff\xfe")
    relay = Relay(tmp_path / "relay")
    with relay.read() as connection:
        assert relay.organisation(connection).name == "Own Help"
    relay.close()
    with pytest.raises(InvalidProfile):
        Relay(tmp_path / "relay", organisation=str(own))


@contextmanager
def no_room_left(folder: Path) -> Iterator[None]:
    """A small limit on the size of files, as a full disk would set it."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    largest = max(path.stat().st_size for path in folder.glob("relay.db*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.skipif(os.name == "nt", reason="limits on files are POSIX's")
def test_no_room_is_told_and_nothing_is_half_done(client: Any, world: Any, caplog: pytest.LogCaptureFixture) -> None:
    from desktop.sync.protocol import encode_batch, encode_operation
    from desktop.tickets.operations import FileTicket

    amy = client("amy@acme.test")
    filing = amy.operation(world.id(), file_ticket=FileTicket(summary="x", details="words " * 30_000))
    body = encode_batch([encode_operation(filing)])
    with no_room_left(world.relay.folder):
        answer = amy.ask("POST", "/v1/operations", data=body)
    assert answer.status_code in (500, 507)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Traceback" not in answer.text
    assert amy.read(filing.ticket) is None
    assert amy.push(filing)[0].result == "applied"
    caplog.clear()


def serve(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "relay", "serve", "--listen", "127.0.0.1:0", "--data", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_folder_is_served_by_one_process_until_that_is_gone(tmp_path: Path) -> None:
    first = serve(tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline().startswith("listening on")
    second = serve(tmp_path)
    _, said = second.communicate(timeout=60)
    assert second.returncode == 4
    assert "Another helptray-relay serves" in said
    assert "Traceback" not in said
    with closing(Relay(tmp_path)) as command:  # every other command works beside it
        assert command.database.file.exists()
    first.kill()
    first.communicate(timeout=60)
    third = serve(tmp_path)
    assert third.stdout is not None
    assert third.stdout.readline().startswith("listening on")
    third.terminate()
    assert third.communicate(timeout=60)[1] == ""
    assert third.returncode == 0
