"""One ticket written where a call on the database fails, or where a disk has so much room and no more: how it ends."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sqlcipher3 import dbapi2 as driver

from desktop.store.troubles import DiskFull
from desktop.tickets.trouble import Trouble
from tests.faults.failing_database import Calls, Failure
from tests.faults.one_ticket import JOBS, Room, converges, whole_or_not_at_all
from tests.faults.small_disks import empty, leave

FAILURES: Final[Mapping[str, Failure]] = MappingProxyType(
    {
        "disk I/O error": Failure(driver.SQLITE_IOERR, "disk I/O error"),
        "disk I/O error, undone by SQLite": Failure(driver.SQLITE_IOERR, "disk I/O error", undoes=True),
        "disk I/O error that is none": Failure(driver.SQLITE_IOERR, "disk I/O error", done=True),
        "disk I/O errors from then on": Failure(driver.SQLITE_IOERR, "disk I/O error", lasts=True),
        "disk full": Failure(driver.SQLITE_FULL, "database or disk is full", undoes=True),
        "disk full from then on": Failure(driver.SQLITE_FULL, "database or disk is full", lasts=True),
        "locked": Failure(driver.SQLITE_BUSY, "database is locked"),
    }
)


def fail(before: Room, home: Path, job: str, calls: Calls) -> None:
    """Do the job in a copy of the room at `home`, where a call fails; then the next sync converges.

    AssertionError where it does not, or where something acknowledged is not there whole.
    """
    room = before.at(home)
    try:
        with room.opened(calls) as desk:
            try:
                JOBS[job](desk)
            finally:
                if not calls.failure.lasts:
                    desk.store.write(lambda tx: tx.drafts.all()).result()  # the same process goes on
    except Trouble:
        if not calls.has_failed:
            raise
    _goes_on(room)


def fill(before: Room, disk: Path, job: str, left: int) -> bool:
    """Do the job in a copy of the room on a disk with so many bytes left; whether it got through.

    Then there is room, and the next sync converges. AssertionError as above.
    """
    room = before.at(disk / "home")
    leave(disk, left)
    got_through = False
    try:
        with room.opened() as desk:
            JOBS[job](desk)
            got_through = True
    except DiskFull:
        pass
    empty(disk)
    _goes_on(room)
    return got_through


def _goes_on(room: Room) -> None:
    with room.opened() as desk:
        whole_or_not_at_all(room, desk)
        converges(room, desk)
    shutil.rmtree(room.home)
