"""The unified log of macOS, printed by `log show` as one JSON object a line (ndjson)."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

import psutil

from desktop.capture.active_program import Program
from desktop.capture.error_text.system_log.command import Patience, printed
from desktop.capture.error_text.system_log.entry import LogEntry, LogNotRead, LogReading, Restart
from desktop.capture.surroundings import Surroundings, System
from desktop.tickets.clock import Clock

_ERRORS = frozenset({"Error", "Fault"})
_CAUSE = re.compile(r"Previous shutdown cause: (-?\d+)")
_ORDERLY = 5
"""The cause of a shutdown or restart that was asked for; 0 is lost power, 3 the button held down, below 0 a fault."""
_SUDDEN = frozenset({0, 3})
_AFTER = timedelta(minutes=3)
_BEFORE = timedelta(minutes=5)
"""What belongs to a restart: before it, and after the computer came up."""
_LOOK_BACK = timedelta(days=7)
_MACHINE = 'process == "kernel" AND messageType == fault'
_CRASHES = '(process == "ReportCrash" OR process == "osanalyticshelper") AND eventMessage CONTAINS[c] "saved"'
"""What notes that a program has crashed; it does so without calling it an error."""
_REPORTERS = frozenset({"ReportCrash", "osanalyticshelper"})


class UnifiedLog:
    """Reads the log with `log show`, narrowed by a predicate: all of it would take minutes."""

    name = "macOS unified log"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.MACOS

    def is_installed(self) -> bool:
        return shutil.which("log") is not None

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        wanted = [_MACHINE, _CRASHES]
        if program is not None:
            wanted.append(f"processID == {program.pid} AND (messageType == error OR messageType == fault)")
        return LogReading(
            entries=tuple(entries(_ask(Patience(self._clock), since, until, " OR ".join(f"({one})" for one in wanted))))
        )

    def unexpected_restart(self, now: datetime) -> Restart | None:
        """This start, where the one before did not end in order; the log says so at the start itself."""
        patience = Patience(self._clock)
        came_up = datetime.fromtimestamp(psutil.boot_time(), now.tzinfo)
        if came_up < now - _LOOK_BACK:
            return None
        told = _ask(
            patience, came_up, came_up + _AFTER, 'process == "kernel" AND eventMessage BEGINSWITH "Previous shutdown"'
        )
        cause = next((int(found[1]) for entry in entries(told) if (found := _CAUSE.search(entry.message))), _ORDERLY)
        if cause not in _SUDDEN and cause >= 0:
            return None
        around = tuple(entries(_ask(patience, came_up - _BEFORE, came_up + _AFTER, _MACHINE)))
        return Restart(at=came_up, entries=around, says=f"Previous shutdown cause: {cause}")


def _ask(patience: Patience, since: datetime, until: datetime, predicate: str) -> bytes:
    """What the log has, oldest first. Raises `LogNotRead`."""
    span = ["--start", _stamp(since), "--end", _stamp(until)]
    answer = printed(["log", "show", "--style", "ndjson", "--predicate", predicate, *span], patience)
    if answer.code != 0:
        denied = "not permitted" in answer.errors or "permission" in answer.errors.lower()
        why = "You may not read this Mac's log; an administrator may." if denied else "This Mac's log cannot be read."
        raise LogNotRead(why, detail=f"{answer.code} {answer.errors}")
    return answer.output


def _stamp(at: datetime) -> str:
    """A moment as `log show` takes it: to the second, with the difference from UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S%z}"


def entries(output: bytes) -> Iterator[LogEntry]:
    """What `log show` has printed, in its order; its last line only counts."""
    for line in output.splitlines():
        try:
            record = json.loads(line)
        except ValueError:  # the last line of an output that was cut
            continue
        at = _time(str(record.get("timestamp"))) if isinstance(record, dict) else None
        if at is None or not record.get("eventMessage"):
            continue
        process = str(record.get("processImagePath", "")).rpartition("/")[2] or "unknown"
        yield LogEntry(
            at=at,
            source=process,
            message=str(record["eventMessage"]).strip(),
            pid=number if isinstance(number := record.get("processID"), int) else 0,
            is_error=record.get("messageType") in _ERRORS or process in _REPORTERS,
            is_critical=process == "kernel",
        )


def _time(text: str) -> datetime | None:
    """`2026-11-24 09:12:01.113456+0100`."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f%z")
    except ValueError:
        return None
