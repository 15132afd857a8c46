"""The journal of systemd, printed by journalctl as JSON (systemd's "Journal JSON Format")."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.capture.active_program import Program
from desktop.capture.error_text.system_log.command import Printed, printed
from desktop.capture.error_text.system_log.entry import LogEntry, LogNotRead, LogReading, Restart
from desktop.capture.surroundings import Surroundings, System

_MOST = 5000
"""Entries that are looked at, the newest."""
_FIELDS = "MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,_TRANSPORT,COREDUMP_COMM,COREDUMP_PID,MESSAGE_ID"
_ERROR, _CRITICAL = 3, 2
"""Priorities of syslog (RFC 5424, section 6.2.1): a lower one is worse."""
_STOPPED = "MESSAGE_ID=d93fb3c9c24d451a97cea615ce59c00b"
"""The journal's own last word in every orderly shutdown (SD_MESSAGE_JOURNAL_STOP)."""
_BOOTS = 5
"""Starts that are looked back at."""
_LOOK_BACK = timedelta(days=7)
_BEFORE, _AFTER = timedelta(minutes=5), timedelta(minutes=2)
"""What belongs to a restart: before the last word, and after the first."""


class Journald:
    """Reads the journal with journalctl. `command` may name other files than the system's own."""

    name = "journald"

    def __init__(self, command: Sequence[str] = ("journalctl",)) -> None:
        self._command = tuple(command)

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.LINUX

    def is_installed(self) -> bool:
        return shutil.which(self._command[0]) is not None

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:  # noqa: ARG002
        asked = self._ask(*_between(since, until), f"--lines={_MOST}")
        if asked.code != 0 or self._life(0) is None:
            raise LogNotRead(_why(asked.errors), detail=asked.errors)
        return LogReading(entries=tuple(entries(asked.output)), is_partial="not seeing messages" in asked.errors)

    def unexpected_restart(self, now: datetime) -> Restart | None:
        """The last start that came after an end without the journal's last word."""
        latest = self._life(0)
        if latest is None:
            return None
        for boot in range(1, _BOOTS + 1):
            before = self._life(-boot)
            if before is None or latest.began < now - _LOOK_BACK:
                return None
            if not self._ask(f"--boot=-{boot}", "--lines=1", _STOPPED).output.strip():
                last = self._ask(f"--boot=-{boot}", *_between(before.ended - _BEFORE, before.ended))
                first = self._ask(f"--boot={1 - boot}", *_between(latest.began, latest.began + _AFTER))
                return Restart(at=latest.began, entries=(*entries(last.output), *entries(first.output)))
            latest = before
        return None

    def _life(self, boot: int) -> "_Life | None":
        """When a start's journal begins and ends; None where it has none."""
        record = next(_records(self._ask(f"--boot={boot}", "--lines=1").output), None)
        if record is None:
            return None
        ended = _time(record)
        return _Life(ended - timedelta(microseconds=int(record.get("__MONOTONIC_TIMESTAMP", 0))), ended)

    def _ask(self, *arguments: str) -> Printed:
        return printed([*self._command, "--no-pager", "--output=json", f"--output-fields={_FIELDS}", *arguments])


@dataclass(frozen=True, slots=True)
class _Life:
    """From a start of the computer to the journal's last entry of it."""

    began: datetime
    ended: datetime


def entries(output: bytes) -> Iterator[LogEntry]:
    """What journalctl has printed, in its order; what is no text is left out."""
    for record in _records(output):
        message = _text(record.get("MESSAGE"))
        if not message:
            continue
        priority = int(_text(record.get("PRIORITY")) or 6)
        is_kernel = record.get("_TRANSPORT") == "kernel"
        dumped = _text(record.get("COREDUMP_COMM"))
        source = _text(record.get("SYSLOG_IDENTIFIER")) or _text(record.get("_COMM")) or "unknown"
        yield LogEntry(
            at=_time(record),
            source=dumped or source,
            message=message,
            pid=int(_text(record.get("COREDUMP_PID")) or _text(record.get("_PID")) or 0),
            about=tuple(name for name in (_text(record.get("_COMM")),) if name),
            is_error=priority <= _ERROR,
            is_critical=priority <= (_ERROR if is_kernel else _CRITICAL),
        )


def _records(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        try:
            record = json.loads(line)
        except ValueError:  # the last line of an output that was cut
            continue
        if isinstance(record, dict) and "__REALTIME_TIMESTAMP" in record:
            yield record


def _text(value: object) -> str:
    """A field's text: bytes that are none come as numbers, a field that stands twice as a list, a long one as null."""
    if isinstance(value, list):
        if value and all(isinstance(byte, int) for byte in value):
            return bytes(value).decode(errors="replace").strip()
        return _text(value[0]) if value else ""
    return value.strip() if isinstance(value, str) else ""


def _time(record: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(record["__REALTIME_TIMESTAMP"]) / 1e6, UTC)


def _between(since: datetime, until: datetime) -> tuple[str, str]:
    return f"--since=@{since.timestamp():.6f}", f"--until=@{until.timestamp():.6f}"


def _why(errors: str) -> str:
    if "permission" in errors.lower():
        return "You may not read this computer's system log; an administrator may."
    return "This computer keeps no system log that can be read."
