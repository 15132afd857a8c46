"""Connections that another thread can end at once, with certificates checked as the system checks them."""

import contextlib
import socket
import ssl
from threading import Lock
from typing import Any
from weakref import WeakSet

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class OpenSockets:
    """The sockets that are open now: closing a session does not end a read that blocks, shutting its socket does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._ended = False

    def add(self, opened: socket.socket) -> None:
        """Watch over a socket; one that is opened after `end` is ended at once."""
        with self._lock:
            self._sockets.add(opened)
            ended = self._ended
        if ended:
            _shut(opened)

    def end(self) -> None:
        """End every read and write under way, from any thread."""
        with self._lock:
            self._ended = True
            sockets = list(self._sockets)
        for opened in sockets:
            _shut(opened)


def _shut(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side may have been quicker
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


class WatchedAdapter(HTTPAdapter):
    """One connection per host, no silent retries, every socket known to `sockets`."""

    def __init__(self, sockets: OpenSockets) -> None:
        self._sockets = sockets
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        """Make the pools of connections that report their sockets."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(connections, maxsize, block, **kwargs)
        watch = self._sockets.add

        class Watched(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                watch(self.sock)

        class WatchedTls(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                watch(self.sock)

        class Pool(HTTPConnectionPool):
            ConnectionCls = Watched

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = WatchedTls

        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": TlsPool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the choice of authorities to the system; requests would add a bundle of its own."""
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        conn.ca_certs = conn.ca_cert_dir = None
