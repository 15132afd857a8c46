"""Whether the help desk can be reached from here, right now."""

import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.tickets.clock import Clock

LABELS = {"help_desk": "Help desk"}

_PORTS = {"http": 80, "https": 443}


class Reach:
    """Opens a connection to the server, a secure one where its address is of that kind, and closes it again.

    Who answers in its place, such as the sign-in page of a hotel's network, has not its certificate. Through a proxy it
    asks for nothing, `HEAD /`.

    Args:
        server: the address of the help desk, empty where this computer is connected to none.
    """

    def __init__(self, server: Callable[[], str], clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def read(self, machine: Machine) -> Told:  # noqa: ARG002
        """The facts of `LABELS` that can be told."""
        address = urlsplit(self._server())
        if not address.hostname:
            return {}
        from desktop.capture.computer.help_desk_request import (  # it loads what speaks HTTP
            LIMIT,
            answer,
            is_behind_proxy,
            secure_context,
        )

        port = address.port or _PORTS.get(address.scheme, 443)
        began = self._clock.monotonic()
        try:
            if is_behind_proxy(self._server()):
                answer(self._server())
            else:
                with socket.create_connection((address.hostname, port), timeout=LIMIT) as connection:
                    if address.scheme == "https":
                        connection.settimeout(max(0.1, began + LIMIT - self._clock.monotonic()))
                        secure_context().wrap_socket(connection, server_hostname=address.hostname).close()
        except OSError as error:
            return {"help_desk": Unusual(f"not reached ({_why(error)})", "help desk not reached")}
        return {"help_desk": f"reached in {(self._clock.monotonic() - began) * 1000:.0f} ms"}


def _why(error: OSError) -> str:
    import requests

    if isinstance(error, socket.gaierror):
        return "its name is not found"
    if isinstance(error, TimeoutError | requests.Timeout):
        return "no answer"
    if isinstance(error, requests.exceptions.SSLError | ssl.SSLCertVerificationError):
        return "its certificate is not accepted"
    if isinstance(error, ssl.SSLError):
        return "no secure connection"
    if isinstance(error, requests.RequestException):
        return "not through the proxy"
    return "refused" if isinstance(error, ConnectionRefusedError) else "no way there"
