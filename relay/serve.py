"""The relay as a running server: in the foreground for an administrator, on a thread for the demo and tests."""

import logging
import signal
import socket
import threading
from pathlib import Path
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from desktop.sync.protocol import PROBLEM_TYPE, Problem, encode
from desktop.tickets.clock import Clock
from desktop.tickets.trouble import Trouble
from relay.api.app import asgi
from relay.api.service import Service
from relay.core import Relay
from relay.events import Events
from relay.life_cycle_clock import LifeCycleClock
from relay.news import News
from relay.serving import Serving

_log = logging.getLogger("relay")

_GRACE: Final = 5
"""Seconds that running requests get when the server is stopped."""


class CannotListen(Trouble):
    """The address is in use, or is none of this machine's."""

    title = "Cannot listen"


class _Protocol(H11Protocol):
    """HTTP/1.1, with problem details even for what is no HTTP."""

    def send_400_response(self, msg: str) -> None:
        """Answer a request that could not be parsed, and close."""
        _log.debug("not HTTP: %s", msg)
        body = encode(Problem(title="Not understood", status=400, code="not-http", detail="This is not HTTP."))
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: {PROBLEM_TYPE}\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        self.transport.close()


class _Server(uvicorn.Server):
    """Ends event streams before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, events: Events, ready: threading.Event) -> None:
        super().__init__(config)
        self._events = events
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        try:
            await super().startup(sockets)
        finally:
            self._ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._events.end()
        await super().shutdown(sockets)


class RelayServer:
    """A relay on a loopback or other address; `start` again after `stop` serves the same data on the same port."""

    def __init__(
        self,
        data: Path,
        organisation: str | None = "example",
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        database: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Nothing is opened before `start`. Port 0: any, and the same one ever after."""
        self._data = data
        self._organisation = organisation
        self._host = host
        self._port = port
        self._database = database
        self._clock = clock
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._relay: Relay | None = None
        self._serving: Serving | None = None
        self._life_cycle: LifeCycleClock | None = None

    def start(self) -> str:
        """Serve on a thread of its own; returns the base URL once requests are answered."""
        server, ready = self._prepare()
        listener = self._listen()
        self._thread = threading.Thread(target=server.run, args=([listener],), name="relay", daemon=True)
        self._thread.start()
        ready.wait()
        if not server.started:
            self._thread.join()
            self._close()
            raise CannotListen("The relay could not be started; its log says why.")
        return self.url

    def run(self) -> None:
        """Serve on this thread until SIGTERM or SIGINT, after a line that says where."""
        server, ready = self._prepare()
        listener = self._listen()

        def stop(*_: object) -> None:
            server.should_exit = True

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        threading.Thread(target=self._say_where, args=(server, ready), daemon=True).start()
        server.run([listener])
        self._close()
        if not server.started:
            raise CannotListen("The relay could not be started; its log says why.")

    @property
    def url(self) -> str:
        """Where it is served."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def stop(self) -> None:
        """End it, with every request that runs; what was answered is durable."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
            self._close()

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else answers wait for ACKs
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
        except OSError as error:
            listener.close()
            self._close()
            raise CannotListen(f"{self._host} port {self._port} cannot be used: {error.strerror}.") from error
        self._port = listener.getsockname()[1]
        return listener

    def _prepare(self) -> tuple[_Server, threading.Event]:
        pokes: list[Events] = []
        relay = Relay(
            self._data,
            organisation=self._organisation,
            file=self._database,
            clock=self._clock,
            committed=lambda: pokes[0].poke() if pokes else None,
        )
        try:
            serving = Serving(relay.database.file)
        except Trouble:
            relay.close()
            raise
        events = Events(relay.database.watcher(), News(relay))
        pokes.append(events)
        service = Service(relay, events)
        config = uvicorn.Config(
            asgi(service),
            http=_Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level=logging.ERROR,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        ready = threading.Event()
        self._relay, self._serving, self._server = relay, serving, _Server(config, events, ready)
        self._life_cycle = LifeCycleClock(relay, service.uploads)
        self._life_cycle.start()
        return self._server, ready

    def _close(self) -> None:
        if self._relay is not None and self._serving is not None and self._life_cycle is not None:
            self._life_cycle.stop()
            self._relay.close()
            self._serving.end()
        self._relay = self._serving = self._server = self._thread = self._life_cycle = None

    def _say_where(self, server: _Server, ready: threading.Event) -> None:
        ready.wait()
        if server.started:
            print(f"listening on {self.url}", flush=True)
