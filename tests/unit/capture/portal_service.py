"""A service on a real message bus that speaks org.freedesktop.portal.Screenshot, kind or not."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.portal.Desktop"
REQUEST = "org.freedesktop.portal.Request"

_POLICY = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """A bus of one's own; its address."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon on this machine")
    config = folder / "bus.conf"
    config.write_text(_POLICY.format(socket=folder / "bus"))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        try:
            assert daemon.stdout is not None
            yield daemon.stdout.readline().strip()
        finally:
            daemon.terminate()


@dataclass
class Portal:
    """What the portal does when asked, and what it was told.

    Attributes:
        answer: code and results of the `Response`; None: it never answers.
        refuses: it answers the call itself with an error.
        held: it answers only once this is set; where it was told before that nobody waits any more, it does not, though
            its picture is on the disk by then.
        vanishes: it leaves the bus instead of answering.
        handles: whether it names a handle at all.
        own_handle: it names a handle of its own, as portals before 0.9 did.
        impostor: called with the handle before the portal answers there.
        asked: options of each request.
        closed: whether the asker has closed its request.
    """

    answer: tuple[int, dict[str, Any]] | None = None
    refuses: bool = False
    held: Event | None = None
    vanishes: bool = False
    handles: bool = True
    own_handle: bool = False
    impostor: Callable[[str], None] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    def serve(self, connection: DBusConnection) -> None:
        """Answer until the bus goes away."""
        with suppress(OSError, RuntimeError):
            while True:
                self._answer(connection, connection.receive())

    def _answer(self, connection: DBusConnection, message: Message) -> None:
        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields.get(HeaderFields.member)
        if member == "Close":
            self.closed = True
        elif member == "Screenshot":
            self._take(connection, message)

    def _take(self, connection: DBusConnection, message: Message) -> None:
        _, options = message.body
        self.asked.append({key: value for key, (_, value) in options.items()})
        if self.refuses:
            connection.send(new_error(message, "org.freedesktop.portal.Error.Failed"))
            return
        sender = message.header.fields[HeaderFields.sender]
        token = "theirs" if self.own_handle else options["handle_token"][1]
        handle = f"/org/freedesktop/portal/desktop/request/{sender[1:].replace('.', '_')}/{token}"
        if self.impostor is not None:
            self.impostor(handle)
        emitter = DBusAddress(handle, interface=REQUEST)
        if self.vanishes:
            connection.send(new_method_return(message, "o", (handle,)))
            connection.send(message_bus.ReleaseName(NAME))
            return
        if self.held is not None:
            connection.send(new_method_return(message, "o", (handle,)))
            self.held.wait(20)
            with suppress(TimeoutError):
                while True:
                    self._answer(connection, connection.receive(timeout=0.05))
        if self.answer is not None and not self.closed:  # before the call returns, as portals that are quick do
            connection.send(new_signal(emitter, "Response", "ua{sv}", self.answer))
        if self.held is None:
            connection.send(new_method_return(message, *(("o", (handle,)) if self.handles else ())))


@contextmanager
def served(portal: Portal, address: str) -> Iterator[None]:
    """The portal at its name on the bus."""
    connection = open_dbus_connection(address)
    connection.send_and_get_reply(message_bus.RequestName(NAME))
    thread = Thread(target=portal.serve, args=(connection,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        with suppress(OSError):  # where the bus has gone before
            connection.sock.shutdown(2)
        thread.join(10)
        connection.close()
