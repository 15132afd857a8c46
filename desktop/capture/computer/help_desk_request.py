"""One request to the help desk's server that carries nothing: `HEAD /`, without a name, a token or a cookie."""

import ssl
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
LIMIT = 1.5
"""Seconds for a connection to be made, and again for the answer."""


def secure_context() -> ssl.SSLContext:
    """What checks certificates as the system does."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _SystemTrust(HTTPAdapter):
    """Certificates are checked as the system checks them."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        kwargs["ssl_context"] = secure_context()
        super().init_poolmanager(connections, maxsize, block, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        conn.ca_certs = conn.ca_cert_dir = None


def answer(server: str) -> requests.Response:
    """What the server says, whatever its status. Raises `requests.RequestException`, or ValueError for no address."""
    with requests.Session() as session:
        session.trust_env = urlsplit(server).hostname not in _LOOPBACK
        session.auth = lambda request: request  # else names and passwords of a .netrc would go along
        session.headers["User-Agent"] = "Helptray"
        session.mount("https://", _SystemTrust())
        told = session.head(server, timeout=LIMIT, allow_redirects=False)
    if told.status_code == requests.codes.proxy_authentication_required:
        raise requests.exceptions.ProxyError("the proxy wants a name and a password")
    return told


def is_behind_proxy(server: str) -> bool:
    """Whether the system's settings send such requests through another machine."""
    if urlsplit(server).hostname in _LOOPBACK:
        return False
    return select_proxy(server, get_environ_proxies(server, no_proxy=None)) is not None
