"""A hint that the network has come back; whether it is true, only a request can tell."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkHint(QObject):
    """Tells when the system believes that there is a network again. Silent where the system cannot say.

    Signals:
        came_back: the system reports a network after it reported none.
    """

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
            self._information.reachabilityChanged.connect(self._judge)

    def _judge(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is QNetworkInformation.Reachability.Online:
            self.came_back.emit()
