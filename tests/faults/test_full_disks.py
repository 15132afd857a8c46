"""A disk on which there is room for so much and no more: what was acknowledged is there, and the next sync converges.

On real file systems, with more and more room until a step gets through. CI tries each ninth page; HELPTRAY_EVERY_CALL=1
tries each.
"""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from desktop.desk import Desk
from desktop.sync.faults import ServerFault
from desktop.tickets.view import Mark
from tests.faults.bad_computer import fill
from tests.faults.conftest import TIMEOUT, report
from tests.faults.one_ticket import JOBS, prepared
from tests.faults.small_disks import DISKS, PAGE, empty, leave, memory_disk, why_not_small
from tests.faults.truth import Books
from tests.faults.victims import HelpDeskProcess

STEP = PAGE * (1 if os.environ.get("HELPTRAY_EVERY_CALL") else 9)
MOST = 8 << 20
"""Bytes of room with which every step gets through."""

pytestmark = pytest.mark.skipif(bool(why_not_small()), reason=why_not_small())


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A small real file system of each kind."""
    with DISKS[request.param]() as disk:
        yield disk


@pytest.mark.logs_warnings
@pytest.mark.timeout(600)
@pytest.mark.parametrize("job", JOBS)
def test_a_disk_fills_and_the_next_sync_converges(
    tmp_path: Path, disk: Path, caplog: pytest.LogCaptureFixture, job: str
) -> None:
    before = prepared(tmp_path / "before", job)
    told = 0
    for number in count():
        if fill(before, disk, job, number * STEP):
            break
        told += 1
        assert number * STEP < MOST
    assert told > 1
    assert "differs" not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("room", range(0, 60 * PAGE, 20 * PAGE))
def test_the_help_desks_disk_fills(tmp_path: Path, desk_at: Callable[[str], Desk], room: int) -> None:
    """It says so, nothing of it is half there, and nobody has to do anything once there is room again."""
    with memory_disk() as disk:
        (tmp_path / "relay").symlink_to(disk)
        with HelpDeskProcess(tmp_path / "relay") as help_desk:
            help_desk.start()
            books = Books(help_desk.data)
            desk = desk_at("robin")
            desk.enrol(help_desk.url, books.code("robin@example.com"))
            assert desk.sync_now(TIMEOUT).online
            leave(disk, room)
            saved = report(desk, "The printer eats paper", content=b"x" * 300_000, note="It also smells.")
            full = desk.sync_now(1.0)
            assert full.pending > 0
            assert isinstance(full.trouble, ServerFault), full
            empty(disk)
            assert desk.sync_now(TIMEOUT).pending == 0
            view = desk.ticket(saved.ticket)
            assert view is not None
            marks = (view.mark, *(note.mark for note in view.notes), *(file.mark for file in view.attachments))
            assert marks == (Mark.CONFIRMED,) * 3
            told = books.counts()
            assert (told.tickets, told.notes, told.files, told.uploads) == (1, 1, 1, 0)
            assert books.is_sound()
