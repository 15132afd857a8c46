"""How processes on one home speak to the one that runs the engine: a local socket, and a few words."""

import hmac
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

import msgspec

from desktop.sync.faults import LocalFault, NotTheServer, Offline, OutOfTime, Refused, ServerFault, SignInNeeded
from desktop.sync.passes import PassResult

_LONGEST_PATH: Final = 100
"""Bytes of a socket's path that every system takes (sockaddr_un has 104 to 108)."""
_LONGEST_LINE: Final = 4096
_CONNECT: Final = 2.0
_GRACE: Final = 5.0
"""Seconds that the holder may take beyond the pass itself."""
_FAULTS: Final = {
    kind.__name__: kind for kind in (Offline, OutOfTime, SignInNeeded, Refused, ServerFault, NotTheServer, LocalFault)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """Where the holder listens: `path` of a Unix socket, or a loopback `port`; `secret` proves that one may ask."""

    path: str = ""
    port: int = 0
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A `PassResult` between processes; `fault` is the name of its kind."""

    pushed: int
    pulled: int
    online: bool
    fault: str = ""
    sentence: str = ""


def _file(home: Path) -> Path:
    return home / "engine.address"


def _write_privately(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    beside.replace(path)


class PokeServer:
    """Listens while this process runs the engine.

    `wake` is called at a poke; `one_pass(timeout)` when somebody waits for the result, on a thread per asker.
    """

    def __init__(self, home: Path, wake: Callable[[], None], one_pass: Callable[[float], PassResult]) -> None:
        self._home = home
        self._wake = wake
        self._one_pass = one_pass
        self._secret = secrets.token_hex(32)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._listener: socket.socket | None = None

    def start(self) -> None:
        """Begin to listen, and leave the address in the home; raises an OSError where that cannot be done."""
        self._listener, address = self._listen()
        _write_privately(_file(self._home), msgspec.json.encode(address))
        Thread(target=self._accept, args=(self._listener,), name="helptray-poke", daemon=True).start()

    def _listen(self) -> tuple[socket.socket, _Address]:
        if not hasattr(socket, "AF_UNIX"):
            listener = socket.create_server(("127.0.0.1", 0))
            return listener, _Address(port=listener.getsockname()[1], secret=self._secret)
        path = self._home / "engine.sock"
        if len(os.fsencode(path)) > _LONGEST_PATH:
            self._folder = tempfile.TemporaryDirectory(prefix="helptray-", ignore_cleanup_errors=True)
            path = Path(self._folder.name) / "engine.sock"
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(64)
        return listener, _Address(path=str(path), secret=self._secret)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                asker, _ = listener.accept()
            except OSError:
                return  # stopped
            Thread(target=self._serve, args=(asker,), name="helptray-poke", daemon=True).start()

    def _serve(self, asker: socket.socket) -> None:
        """Answer one asker. One who goes away has lost nothing, for everything may be asked again."""
        with asker, suppress(OSError, ValueError):
            asker.settimeout(_CONNECT)
            secret, word, *rest = _read_line(asker).split()
            if not hmac.compare_digest(secret, self._secret.encode()):
                return
            if word == b"wake":
                self._wake()
                asker.sendall(b"{}\n")
            elif word == b"pass":
                result = self._one_pass(float(rest[0]))
                fault = result.fault
                told = _Told(
                    pushed=result.pushed,
                    pulled=result.pulled,
                    online=result.online,
                    fault=type(fault).__name__ if fault else "",
                    sentence=fault.sentence if fault else "",
                )
                asker.sendall(msgspec.json.encode(told) + b"\n")

    def stop(self) -> None:
        """Listen no more."""
        if self._listener is None:
            return
        _file(self._home).unlink(missing_ok=True)
        with suppress(OSError):  # not every system lets a listener be shut down; closing it does the rest
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._listener = None
        (self._home / "engine.sock").unlink(missing_ok=True)
        if self._folder is not None:
            self._folder.cleanup()


def poke(home: Path) -> bool:
    """Tell the process that runs the engine that there may be something to do; false where nobody listens."""
    return _ask(home, b"wake", _CONNECT) is not None


def ask_for_pass(home: Path, timeout: float) -> PassResult | None:
    """Let the process that runs the engine make one pass and say what came of it; None where nobody answers."""
    line = _ask(home, f"pass {timeout}".encode(), timeout + _GRACE)
    if line is None:
        return None
    try:
        told = msgspec.json.decode(line, type=_Told)
    except msgspec.MsgspecError:
        return None
    fault = _FAULTS[told.fault](told.sentence) if told.fault in _FAULTS else None
    return PassResult(told.pushed, told.pulled, told.online, fault)


def _ask(home: Path, words: bytes, timeout: float) -> bytes | None:
    try:
        address = msgspec.json.decode(_file(home).read_bytes(), type=_Address)
        with _connect(address) as listener:
            listener.sendall(address.secret.encode() + b" " + words + b"\n")
            listener.settimeout(timeout)
            return _read_line(listener) or None
    except (OSError, msgspec.MsgspecError):
        return None


def _connect(address: _Address) -> socket.socket:
    if address.port:
        return socket.create_connection(("127.0.0.1", address.port), _CONNECT)
    listener = socket.socket(socket.AF_UNIX)
    listener.settimeout(_CONNECT)
    try:
        listener.connect(address.path)
    except OSError:
        listener.close()
        raise
    return listener


def _read_line(peer: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
        piece = peer.recv(_LONGEST_LINE)
        if not piece:
            break
        line += piece
    return line.strip()
