"""One Helptray with windows for each person and home; a second start wakes the first."""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.tickets.trouble import Trouble

_PATIENCE = 2000
"""Milliseconds in which the first one answers."""
_LONGEST = 64
"""Bytes of a message that are read."""


class NotHeard(Trouble):
    """The Helptray that runs on this home does not answer."""

    title = "No answer"


def channel_name(home: Path, user: str = "") -> str:
    """The name of the channel for this home and user."""
    whole = f"{user or getpass.getuser()}\0{home.absolute()}"
    return f"helptray-{hashlib.sha256(whole.encode()).hexdigest()[:20]}"


def wake_first(home: Path, message: str) -> bool:
    """Tell the Helptray that runs on this home what is wanted (`new`, `tickets`); false where none runs."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name(home))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(message.encode()[:_LONGEST] + b"\n")
    is_heard = socket.waitForBytesWritten(_PATIENCE) and socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return bool(is_heard)


class SingleInstance(QObject):
    """Holds the home's window lock and listens for later starts.

    Signals:
        woken: the message of a later start (str).
    """

    woken = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = channel_name(home)
        self._lock = QLockFile(str(home / "windows.lock"))
        self._lock.setStaleLockTime(0)
        self._channel = QLocalServer(self)
        self._channel.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._channel.newConnection.connect(self._welcome)

    def take(self) -> bool:
        """Whether this is the first one; it then listens. A lock whose process has died counts for nothing."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._channel.listen(self._name)
        return True

    def release(self) -> None:
        """Let another one be the first."""
        self._channel.close()
        self._lock.unlock()

    def _welcome(self) -> None:
        while (socket := self._channel.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        message = bytes(socket.readLine(_LONGEST).data()).decode("utf-8", "replace").strip()
        socket.write(b"ok\n")
        self.woken.emit(message)
