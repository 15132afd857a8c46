"""Whether the help desk is reached, and whether the clock is right, asked of real servers."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.capture.computer.clock_offset import ClockOffset, told_of
from desktop.capture.computer.machine import Machine
from desktop.capture.computer.reach import Reach
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.surroundings import System
from desktop.tickets.clock import SystemClock
from relay.serve import RelayServer
from tests.unit.capture.recorded_machine import Recorded

HERE: Machine = Recorded(System.LINUX)


class Off(SystemClock):
    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


def reach(address: str) -> str | Unusual:
    return Reach(lambda: address, SystemClock()).read(HERE)["help_desk"]


def clock(address: str, by: timedelta = timedelta()) -> Told:
    return ClockOffset(lambda: address, Off(by)).read(HERE)


def test_whether_the_help_desk_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        assert str(reach(address)).startswith("reached in ")
    assert reach(address) == Unusual("not reached (refused)", "help desk not reached")
    assert Reach(str, SystemClock()).read(HERE) == {}


def test_the_clock_is_compared_with_the_relays(tmp_path: Path) -> None:
    server = RelayServer(tmp_path / "relay")
    address = server.start()
    try:
        assert clock(address) == {"clock": "right"}
        behind, ahead = (clock(address, timedelta(minutes=by))["clock"] for by in (-7.5, 61.5))
    finally:
        server.stop()
    assert isinstance(behind, Unusual)
    assert isinstance(ahead, Unusual)
    assert behind.value.startswith("7 minutes behind the help desk's (20")
    assert ahead.value.startswith("1 hour 1 minute ahead of the help desk's (20")
    assert behind.why == ahead.why == "clock wrong"
    assert clock(address) == {}, "stopped: nobody says"
    assert clock("") == {}


@pytest.mark.parametrize(
    ("seconds", "is_wrong"), [(0, False), (119, False), (-119, False), (120, True), (-120, True), (86_400 * 900, True)]
)
def test_from_two_minutes_on_a_clock_is_wrong(seconds: int, is_wrong: bool) -> None:
    theirs = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert isinstance(told_of(theirs + timedelta(seconds=seconds), theirs)["clock"], Unusual) is is_wrong


class Answers(BaseHTTPRequestHandler):
    """Answers with what the server was told to, and keeps what it was asked."""

    asked: list[tuple[str, dict[str, str]]]
    status: int
    date: str

    def do_HEAD(self) -> None:
        self.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
        self.send_response_only(self.status)
        if self.date:
            self.send_header("Date", self.date)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def answers() -> Iterator[tuple[str, type[Answers]]]:
    kind = type("Kind", (Answers,), {"asked": [], "status": 200, "date": ""})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", kind
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 28 Nov 2026 12:00:00 -0000"])
def test_a_server_that_does_not_say_the_time_tells_nothing(answers: tuple[str, type[Answers]], date: str) -> None:
    address, kind = answers
    kind.date = date
    assert clock(address) == {}


def test_nothing_goes_along(
    answers: tuple[str, type[Answers]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even what the person's .netrc has for that server, which is asked through the proxy of the system."""
    address, kind = answers
    kind.date = "Sat, 28 Nov 2026 12:00:00 GMT"
    (tmp_path / ".netrc").write_text("machine help.example login ada password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.delenv("no_proxy", raising=False)
    assert isinstance(clock("http://help.example")["clock"], Unusual)
    ((path, headers),) = kind.asked
    assert path == "http://help.example/"
    assert {"authorization", "proxy-authorization", "cookie"}.isdisjoint(headers)


def test_through_a_proxy_the_proxy_alone_is_not_the_help_desk(
    answers: tuple[str, type[Answers]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, kind = answers
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.delenv("no_proxy", raising=False)
    assert str(reach("http://help.example")).startswith("reached in ")
    kind.status = 407
    assert reach("http://help.example") == Unusual("not reached (not through the proxy)", "help desk not reached")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    assert reach("http://help.example") == Unusual("not reached (not through the proxy)", "help desk not reached")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of 127.0.0.1, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "help.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "server.pem"
    file.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[str]:
    """The address of somebody who speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with suppress(OSError), connection:
                        context.wrap_socket(connection, server_side=True).close()

        thread = Thread(target=greet)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_who_answers_in_the_place_of_the_help_desk_is_not_reached(
    secure: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sign-in page of a hotel's network answers at every address, but has no such certificate."""
    assert reach(secure) == Unusual("not reached (its certificate is not accepted)", "help desk not reached")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert str(reach(secure)).startswith("reached in ")


def test_who_speaks_something_else_is_not_reached(answers: tuple[str, type[Answers]]) -> None:
    address = answers[0].replace("http:", "https:")
    assert reach(address) == Unusual("not reached (no secure connection)", "help desk not reached")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}"
        assert reach(address) == Unusual("not reached (no answer)", "help desk not reached")
