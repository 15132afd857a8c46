"""The relay is killed at any moment of receiving; a client that asks until it is answered finds each thing once."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from desktop.sync.protocol import encode_batch, encode_operation
from desktop.tickets.clock import SystemClock
from desktop.tickets.operations import AddNote, AttachFile, FileTicket
from relay.core import Relay
from relay.values import number

TICKETS = 5
KILLS = 3
CONTENT = b"a picture " * 25_000


class Mortal:
    """A relay in a process of its own that is killed again and again, and started again each time."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.listen = "127.0.0.1:0"
        self.kills = 0
        self.url = self.start()
        self.done = threading.Event()
        self.killer = threading.Thread(target=self.kill_now_and_then)

    def start(self) -> str:
        command = [sys.executable, "-m", "relay", "serve", "--data", str(self.data), "--listen", self.listen]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        url = self.process.stdout.readline().strip().removeprefix("listening on ")
        self.listen = url.removeprefix("http://")
        return url

    def kill_now_and_then(self) -> None:
        moments = random.Random(7)
        while not self.done.wait(moments.uniform(0.05, 0.8)):
            self.end(signal.SIGKILL)
            self.kills += 1
            self.start()

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.communicate()


def until_answered(client: Any, method: str, path: str, **more: Any) -> requests.Response:
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        try:
            answer: requests.Response = client.ask(method, path, **more)
        except requests.RequestException:
            continue
        if answer.status_code < 500:
            return answer
    raise AssertionError(f"{method} {path} was never answered")


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX's")
def test_each_thing_arrives_once(relay: Relay, world: Any, client: Any) -> None:
    world.server.stop()
    mortal = Mortal(relay.folder)
    world.url = mortal.url
    world.clock = relay.clock = SystemClock()
    amy = client("amy@acme.test")
    mortal.killer.start()
    try:
        filed = 0
        while filed < TICKETS or mortal.kills < KILLS:
            filed += 1
            ticket, attachment = world.id(), world.id()
            sha256 = hashlib.sha256(CONTENT).hexdigest()
            words = (
                amy.operation(ticket, file_ticket=FileTicket(summary=f"Ticket {filed}")),
                amy.operation(ticket, add_note=AddNote(note=world.id(), text="More")),
            )
            body = AttachFile(attachment=attachment, name="a.png", size=len(CONTENT), sha256=sha256)
            hanging = (amy.operation(ticket, attach_file=body),)
            push(amy, words)
            send(amy, ticket, attachment)
            push(amy, hanging)
    finally:
        mortal.done.set()
        mortal.killer.join()
        mortal.end(signal.SIGTERM)
    counted = subprocess.run(
        [sys.executable, "-m", "relay", "counts", "--json", "--data", str(relay.folder)],
        capture_output=True,
        check=True,
    )
    expected = {"tickets": filed, "notes": filed, "files": filed, "operations": 3 * filed, "uploads": 0}
    assert json.loads(counted.stdout) == expected
    with relay.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert number(connection, "number") == filed


def push(client: Any, operations: tuple[Any, ...]) -> None:
    data = encode_batch([encode_operation(operation) for operation in operations])
    answer = until_answered(client, "POST", "/v1/operations", data=data)
    results = [one["result"] for one in answer.json()["answers"]]
    assert set(results) <= {"applied", "duplicate"}, answer.text


def send(client: Any, ticket: str, attachment: str) -> None:
    while True:
        try:
            created = client.announce(CONTENT, ticket, attachment)
            reached = int(created.headers["Upload-Offset"])
            if reached == len(CONTENT):
                return
            client.send(created.headers["Location"], CONTENT[reached : reached + 100_000], reached)
        except requests.RequestException:
            continue
