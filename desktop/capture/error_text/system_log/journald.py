"""The journal of systemd, printed by journalctl as JSON (systemd's "Journal JSON Format")."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.capture.active_program import Program
from desktop.capture.error_text.system_log.command import Patience, Printed, printed
from desktop.capture.error_text.system_log.entry import LogEntry, LogNotRead, LogReading, Restart
from desktop.capture.surroundings import Surroundings, System
from desktop.tickets.clock import Clock

_MOST, _MOST_OF_IT = 2000, 1000
"""Entries that are looked at, the newest: of errors and of all others, and of the program in use."""
_FIELDS = "MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,_TRANSPORT,COREDUMP_COMM,COREDUMP_PID,MESSAGE_ID"
_ERROR, _CRITICAL, _INFORMATIONAL = 3, 2, 6
"""Priorities of syslog (RFC 5424, section 6.2.1): a lower one is worse."""
_COMM = 15
"""Characters of a process' name that Linux keeps."""
_NOT_ALL = "not seeing messages"
"""What journalctl says to whom it shows but the own messages."""
_UNSEEN = re.compile(r"\x1b\[[0-9;?]{0,20}[ -/]?[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
"""What drives a terminal, colours above all (ECMA-48, 5.4)."""
_LAST_TIME = 253_402_300_799
"""Seconds: the end of the year 9999."""
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

    def __init__(self, clock: Clock, command: Sequence[str] = ("journalctl",)) -> None:
        self._clock = clock
        self._command = tuple(command)

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.LINUX

    def is_installed(self) -> bool:
        return shutil.which(self._command[0]) is not None

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        """Errors, what the program in use wrote, and the rest are asked for one by one: no flood hides the others."""
        patience, span = Patience(self._clock), _between(since, until)
        asked = [self._ask(patience, *span, f"--lines={_MOST}")]
        if asked[0].code != 0 or self._life(0, patience) is None:
            raise LogNotRead(_why(asked[0].errors), detail=asked[0].errors)
        asked.append(self._ask(patience, *span, f"--lines={_MOST}", f"--priority={_ERROR}"))
        if program is not None:
            asked.append(self._ask(patience, *span, f"--lines={_MOST_OF_IT}", *_written_by(program)))
        return LogReading(entries=entries(*asked), is_partial=self._hides_some(patience))

    def unexpected_restart(self, now: datetime) -> Restart | None:
        """The last start that came after an end without the journal's last word."""
        patience = Patience(self._clock)
        latest = self._life(0, patience)
        if latest is None:
            return None
        for boot in range(1, _BOOTS + 1):
            before = self._life(-boot, patience)
            if before is None or latest.began < now - _LOOK_BACK:
                return None
            if not self._ask(patience, f"--boot=-{boot}", "--lines=1", _STOPPED).output.strip():
                if self._hides_some(patience):
                    raise LogNotRead("You may not read this computer's system log; an administrator may.")
                errors = (f"--lines={_MOST_OF_IT}",)
                last = self._ask(patience, f"--boot=-{boot}", *_between(before.ended - _BEFORE, before.ended), *errors)
                first = self._ask(
                    patience, f"--boot={1 - boot}", *_between(latest.began, latest.began + _AFTER), *errors
                )
                return Restart(at=latest.began, entries=entries(last, first))
            latest = before
        return None

    def _life(self, boot: int, patience: Patience) -> "_Life | None":
        """When a start's journal begins and ends; None where it has none."""
        record = next(_records(self._ask(patience, f"--boot={boot}", "--lines=1").output), None)
        if record is None:
            return None
        ended = _time(record)
        return _Life(ended - timedelta(microseconds=_number(record.get("__MONOTONIC_TIMESTAMP"), 0)), ended)

    def _hides_some(self, patience: Patience) -> bool:
        """Whether there is more that this person may not see; journalctl keeps it to itself when it prints JSON."""
        return _NOT_ALL in printed([*self._command, "--no-pager", "--lines=0"], patience).errors

    def _ask(self, patience: Patience, *arguments: str) -> Printed:
        """The newest first, and whole: journalctl would leave out what is longer than 4096 bytes."""
        shape = ("--no-pager", "--output=json", "--all", "--reverse", f"--output-fields={_FIELDS}")
        return printed([*self._command, *shape, *arguments], patience)


def _written_by(program: Program) -> list[str]:
    """What its own process or one of its name wrote, or what was written of its crash; `+` is "or"."""
    name = program.name.encode()[:_COMM].decode(errors="ignore")
    return [
        *(f"_PID={program.pid}", "+", f"_COMM={name}", "+", f"SYSLOG_IDENTIFIER={program.name}"),
        *("+", f"COREDUMP_COMM={name}"),
    ]


@dataclass(frozen=True, slots=True)
class _Life:
    """From a start of the computer to the journal's last entry of it."""

    began: datetime
    ended: datetime


def entries(*asked: Printed) -> tuple[LogEntry, ...]:
    """What journalctl has printed, each entry once, oldest first; what is no text is left out."""
    found = {str(record.get("__CURSOR", record)): record for each in asked for record in _records(each.output)}
    told = (_entry(record) for record in found.values())
    return tuple(sorted((entry for entry in told if entry.message), key=lambda entry: entry.at))


def _entry(record: dict[str, Any]) -> LogEntry:
    priority = _number(record.get("PRIORITY"), _INFORMATIONAL)
    is_kernel = record.get("_TRANSPORT") == "kernel"
    dumped = _text(record.get("COREDUMP_COMM"))
    name = _text(record.get("_COMM"))
    return LogEntry(
        at=_time(record),
        source=dumped or _text(record.get("SYSLOG_IDENTIFIER")) or name or "unknown",
        message=_text(record.get("MESSAGE")),
        pid=_number(record.get("COREDUMP_PID"), 0) or _number(record.get("_PID"), 0),
        about=(name,) if name else (),
        is_error=priority <= _ERROR,
        is_critical=priority <= (_ERROR if is_kernel else _CRITICAL),
    )


def _records(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        try:
            record = json.loads(line)
        except ValueError:  # the last line of an output that was cut
            continue
        if isinstance(record, dict) and 0 < _number(record.get("__REALTIME_TIMESTAMP"), 0) < _LAST_TIME * 10**6:
            yield record


def _text(value: object) -> str:
    """A field's text: bytes that are none come as numbers, a field that stands twice as a list."""
    if isinstance(value, list):
        if value and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
            return _shown(bytes(value).decode(errors="replace"))
        return _text(value[0]) if value else ""
    return _shown(value) if isinstance(value, str) else ""


def _shown(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()


def _number(value: object, otherwise: int) -> int:
    """A field's number; any program may have written anything into most of them."""
    text = _text(value)
    return int(text) if re.fullmatch(r"[0-9]{1,19}", text) else otherwise


def _time(record: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(_number(record["__REALTIME_TIMESTAMP"], 0) / 1e6, UTC)


def _between(since: datetime, until: datetime) -> tuple[str, str]:
    return f"--since=@{since.timestamp():.6f}", f"--until=@{until.timestamp():.6f}"


def _why(errors: str) -> str:
    if "permission" in errors.lower():
        return "You may not read this computer's system log; an administrator may."
    return "This computer keeps no system log that can be read."
