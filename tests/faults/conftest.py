"""A person at work behind a network that can be made bad, and processes that can be killed."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.desk import Desk, Saved
from desktop.tickets.draft import DraftFile
from relay.core import Relay
from relay.tickets import Counts, counts
from tests.conftest import HelpDesk
from tests.faults.fault_proxy import FaultProxy
from tests.faults.programs import HelptrayProgram, RelayProgram

TIMEOUT = 60.0
"""Seconds for a pass that must get through."""


def held(data: Path) -> Counts:
    """How many of each the help desk holds."""
    with closing(Relay(data)) as relay, relay.read() as connection:
        return counts(connection)


def report(desk: Desk, summary: str, *, content: bytes = b"", note: str = "") -> Saved:
    """Save a ticket, with a file and a note where they are given."""
    files: tuple[DraftFile, ...] = ()
    if content:
        kept = desk.import_bytes(content, name="screen.png", media_type="image/png", origin="file", label="Screen 1")
        files = (kept.result(),)
    saved = desk.file_ticket(replace(desk.new_draft(), summary=summary, files=files)).result()
    if note:
        desk.reply(saved.ticket, note).result()
    return saved


@pytest.fixture
def proxy(help_desk: HelpDesk) -> Iterator[FaultProxy]:
    """The network before the help desk."""
    with FaultProxy(help_desk.url) as proxy:
        yield proxy


@pytest.fixture
def robin(help_desk: HelpDesk, proxy: FaultProxy, desk_at: Callable[[str], Desk]) -> Desk:
    """A requester, connected through the network."""
    desk = desk_at("robin")
    desk.enrol(proxy.url, help_desk.code("robin@example.com"))
    assert desk.sync_now(TIMEOUT).online
    return desk


@pytest.fixture
def relay_program(tmp_path: Path) -> Iterator[RelayProgram]:
    """A help desk in a process of its own, with one company."""
    with RelayProgram(tmp_path / "relay") as program:
        yield program


@pytest.fixture
def program(tmp_path: Path) -> Iterator[HelptrayProgram]:
    """`helptray` in processes of its own, on one home."""
    with HelptrayProgram(tmp_path / "home", tmp_path / "home.key") as program:
        yield program
