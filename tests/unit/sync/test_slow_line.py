"""A line that is slow, but never stands still, carries a request of any length."""

import socket
import time
from threading import Thread

import pytest

from desktop.sync.help_desks.http import Http
from desktop.tickets.clock import SystemClock

BODY = bytes(12 * 1024 * 1024)
"""More than the two ends of a connection hold by themselves."""
PATIENCE = 0.4
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


def take_slowly(listener: socket.socket, arrived: list[int]) -> None:
    """Take a request for three times as long as a piece of it may wait, and answer."""
    connection, _ = listener.accept()
    with connection:
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(1)
        pause = 3 * PATIENCE / (len(BODY) / 65536)
        came = 0
        while came < len(BODY):
            came += len(connection.recv(65536))
            time.sleep(pause)
        arrived.append(came)
        connection.sendall(ANSWER)


def test_a_long_request_leaves_on_a_slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.sync.help_desks.http.CONNECT_TIMEOUT", PATIENCE)
    arrived: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        server = Thread(target=take_slowly, args=(listener, arrived), daemon=True)
        server.start()
        http = Http(f"http://127.0.0.1:{listener.getsockname()[1]}", SystemClock())
        answer = http.json("POST", "/", body=BODY)
        http.stop()
        server.join()
    assert (answer.body, arrived) == (b"{}", [len(BODY)])
