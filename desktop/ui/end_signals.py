"""Being asked by the system to end, as a signal of Qt."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class EndSignals(QObject):
    """Turns SIGINT and SIGTERM into `asked`, without a timer that wakes the processor (signal.set_wakeup_fd).

    Signals:
        asked: the process should end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._before = signal.set_wakeup_fd(self._far.fileno())
        self._handlers = {number: signal.signal(number, _note) for number in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def release(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

    def _read(self) -> None:
        if set(self._near.recv(64)) & {number.value for number in self._handlers}:
            self.asked.emit()


def _note(_number: int, _frame: FrameType | None) -> None:
    """The byte in the socket is what tells."""
