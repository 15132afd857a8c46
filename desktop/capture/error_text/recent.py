"""The errors of the last minutes, and around the last unexpected restart, as texts that are offered to the person."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.capture.active_program import Program
from desktop.capture.error_text.offered import ErrorText, Origin, RecentErrors
from desktop.capture.error_text.system_log.entry import LogEntry, LogHandler, LogNotRead, Restart
from desktop.tickets.clock import Clock
from desktop.tickets.error_text.recognise import looks_like_error

RECENT = timedelta(minutes=15)
_MOST = 10
"""Texts that are offered, of each of the two."""
_FIRST, _LAST = 1200, 800
"""Characters of a long message that are kept of either end: a trace names its error first or last."""
_COMM = 15
"""Characters of a process' name that Linux keeps (`TASK_COMM_LEN` without the end)."""


def recent_errors(handlers: Sequence[LogHandler], program: Program | None, clock: Clock) -> RecentErrors:
    """What the first of the handlers (all of which work here) reads. Blocks for some seconds; never raises."""
    now = clock.now()
    if not handlers:
        return RecentErrors(says="This computer has no system log that Helptray can read.")
    try:
        reading = handlers[0].read(now - RECENT, now, program)
    except LogNotRead as trouble:
        return RecentErrors(says=trouble.sentence)
    own = [] if program is None else [entry for entry in reading.entries if concerns(entry, program)]
    whole = [entry for entry in reading.entries if entry.is_error and entry.is_critical]
    restart, said_of_it = _restart(handlers[0], now)
    texts = [*_recent(own or whole, now), *_around(restart, program, now)]
    said = [_counted(own, whole, program), said_of_it]
    if reading.is_partial:
        said.append("What other accounts and the system itself wrote is hidden from you.")
    newest_first = tuple(sorted(texts, key=lambda text: text.at, reverse=True))
    return RecentErrors(texts=newest_first, says=" ".join(filter(None, said)))


def _restart(handler: LogHandler, now: datetime) -> tuple[Restart | None, str]:
    """The last unexpected restart, and what is said of it."""
    try:
        restart = handler.unexpected_restart(now)
    except LogNotRead:
        return None, "Whether this computer restarted unexpectedly could not be read."
    return restart, f"The last unexpected restart: {_when(restart.at, now)}." if restart else ""


def concerns(entry: LogEntry, program: Program) -> bool:
    """Whether it is an error of the program or about it: its own process, its name as the source or in the words."""
    if not (entry.is_error or looks_like_error(entry.message)):
        return False
    if entry.pid and entry.pid == program.pid:
        return True
    is_its_own = any(_same(name, program.name) for name in (entry.source, *entry.about))
    return is_its_own or _mentions(entry.message, program)


def _same(one: str, other: str) -> bool:
    """Whether two names are one program's; Linux cuts a process' name after fifteen characters."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) == _COMM and long.startswith(short))


def _bare(name: str) -> str:
    return name.casefold().removesuffix(".exe")


def _mentions(message: str, program: Program) -> bool:
    """Whether a message names a program's file (`OUTLOOK.EXE`, `/usr/bin/gimp`, `(gimp)`, `gimp[311]`), no word.

    systemd names a program of a desktop by its number: `app-gnome-org.gimp.GIMP-311.scope`.
    """
    bare = re.escape(_bare(program.name))
    named = (
        rf"(?<![\w.-]){bare}\.(?:exe|service|scope|app)(?!\w)|[/\\(\['\"]{bare}(?:[)\]'\":\s]|-\d{{4}}-)"
        rf"|(?<![\w.-]){bare}\[\d+\]|\bapp-\S{{1,200}}-{program.pid or 'x'}\.scope\b"
    )
    return re.search(named, message.casefold()) is not None


def _around(restart: Restart | None, program: Program | None, now: datetime) -> Iterator[ErrorText]:
    if restart is None:
        return
    at = _when(restart.at, now)
    if restart.says:
        label = f"System log, unexpected restart, {at}"
        yield ErrorText(origin=Origin.LOG, label=label, text=restart.says, at=restart.at)
    known = replace(program, pid=0) if program else None  # another start gave its number to another process
    matters = [
        entry
        for entry in restart.entries
        if (entry.is_error and entry.is_critical) or (known is not None and concerns(entry, known))
    ]
    for entry, text in _folded(matters):
        side = "before" if entry.at < restart.at else "after"
        label = f"System log, {side} the unexpected restart, {_when(entry.at, now)}, {entry.source}"
        yield ErrorText(origin=Origin.LOG, label=label, text=text, at=entry.at)


def _recent(entries: Sequence[LogEntry], now: datetime) -> Iterator[ErrorText]:
    for entry, text in _folded(entries):
        label = f"System log, {_when(entry.at, now)}, {entry.source}"
        yield ErrorText(origin=Origin.LOG, label=label, text=text, at=entry.at)


def _folded(entries: Sequence[LogEntry]) -> list[tuple[LogEntry, str]]:
    """The last of each message that came more than once, with how often; the newest ones, newest first."""
    newest: dict[tuple[str, str], LogEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.at):
        newest[entry.source, entry.message] = entry
    counts = Counter((entry.source, entry.message) for entry in entries)
    chosen = sorted(newest.values(), key=lambda entry: entry.at, reverse=True)[:_MOST]
    return [(entry, _text(entry, counts[entry.source, entry.message])) for entry in chosen]


def _text(entry: LogEntry, count: int) -> str:
    message = entry.message
    if len(message) > _FIRST + _LAST:
        message = f"{message[:_FIRST]}\n…\n{message[-_LAST:]}"
    return f"{message}\n({count} times)" if count > 1 else message


def _when(at: datetime, now: datetime) -> str:
    """`14:03`, with the day in front where that is not today; both of this computer's zone."""
    local, today = at.astimezone(), now.astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.day} {local:%B}, {local:%H:%M}"


def _counted(own: Sequence[LogEntry], whole: Sequence[LogEntry], program: Program | None) -> str:
    in_time = "in the last 15 minutes"
    if own and program is not None:
        return f"{_errors(len(own))} of {program.name} {in_time}."
    if program is None:
        return f"{_errors(len(whole))} of the whole system {in_time}."
    if not whole:
        return f"No error of {program.name} or of the whole system {in_time}."
    return f"No error of {program.name} {in_time}, {len(whole)} of the whole system."


def _errors(number: int) -> str:
    return {0: "No error", 1: "1 error"}.get(number, f"{number} errors")
