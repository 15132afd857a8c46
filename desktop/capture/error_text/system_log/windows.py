"""The event log of Windows, printed by wevtutil as XML (Microsoft's "Event Schema", rendered)."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import cast
from xml.etree import ElementTree

from desktop.capture.active_program import Program
from desktop.capture.error_text.system_log.command import Patience, printed
from desktop.capture.error_text.system_log.entry import LogEntry, LogNotRead, LogReading, Restart
from desktop.capture.surroundings import Surroundings, System
from desktop.tickets.clock import Clock

_MOST, _PAGES = 300, 4
"""Events that are asked for at once, the newest first, and how often at most: rendering them takes a while."""
_MOST_OF_IT = 100
"""Events of the program in use, of each log and way to know them."""
_LOGS = ("Application", "System")
_CRITICAL, _INFORMATION = 1, 4
_ERRORS = "(Level=1 or Level=2)"
"""Critical and error; 3 is a warning."""
_MACHINE = frozenset(
    {
        "disk", "ntfs", "volmgr", "volsnap", "stornvme", "storahci", "iastora", "bugcheck", "eventlog", "display",
        "service control manager", "microsoft-windows-ntfs", "microsoft-windows-whea-logger",
        "microsoft-windows-kernel-power", "microsoft-windows-kernel-boot", "microsoft-windows-kernel-general",
        "microsoft-windows-wer-systemerrorreporting", "microsoft-windows-resource-exhaustion-detector",
        "microsoft-windows-storagespaces-driver", "microsoft-windows-driverframeworks-usermode",
    }
)  # fmt: skip
"""Providers whose errors concern the whole machine."""
_PROGRAM_FIELDS = frozenset({"AppName", "ApplicationName", "ExeFileName", "param1", "P1"})
"""Where Windows Error Reporting, Application Error (1000) and Application Hang (1002) name the program."""
_UNEXPECTED = "Provider[@Name='Microsoft-Windows-Kernel-Power'] and EventID=41"
"""“The system has rebooted without cleanly shutting down first.” It is written at the next start."""
_STARTED = "Provider[@Name='Microsoft-Windows-Kernel-General'] and EventID=12"
_LOOK_BACK = timedelta(days=7)
_BEFORE, _AFTER = timedelta(minutes=5), timedelta(minutes=2)
"""What belongs to a restart: before the last event, and after the first."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*1?[0-9a-f]);")
"""What XML does not allow (XML 1.0, 2.2) and Windows prints as programs wrote it, with tabs told by their number."""
_SPACE = "{http://schemas.microsoft.com/win/2004/08/events/event}"


class WindowsEvents:
    """Reads the logs Application and System with wevtutil, which every Windows has."""

    name = "Windows event log"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return surroundings.system is System.WINDOWS

    def is_installed(self) -> bool:
        return shutil.which("wevtutil") is not None

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        """Errors, and what is of the program in use whatever its level, are asked for one by one.

        No flood of errors of others hides those, and what was read stays where there is no time for the rest.
        """
        patience = Patience(self._clock)
        found = [entry for log in _LOGS for entry in _errors(patience, log, since, until)]
        span = _between(since, until)
        for ask in _of(program, span) if program else ():
            with suppress(LogNotRead):
                found += (entry for log in _LOGS for entry in entries(_ask(patience, log, ask, most=_MOST_OF_IT)))
        return LogReading(entries=sorted(dict.fromkeys(found), key=lambda entry: entry.at))

    def unexpected_restart(self, now: datetime) -> Restart | None:
        patience = Patience(self._clock)
        told = next(
            entries(_ask(patience, "System", query(_UNEXPECTED, _between(now - _LOOK_BACK, now)), most=1)), None
        )
        if told is None:
            return None
        starting = query(_STARTED, _between(told.at - _AFTER, told.at))
        started = next(entries(_ask(patience, "System", starting, most=1)), told)
        earlier = query(_between(now - 2 * _LOOK_BACK, started.at, is_open=True))
        last = next(entries(_ask(patience, "System", earlier, most=1)), None)
        spans = [(started.at, told.at + _AFTER)]
        if last is not None:
            spans.append((last.at - _BEFORE, last.at))
        around = [entry for span in spans for log in _LOGS for entry in _errors(patience, log, *span)]
        others = [entry for entry in around if (entry.source, entry.at) != (told.source, told.at)]
        return Restart(at=started.at, entries=sorted(others, key=lambda entry: entry.at), says=told.message)


def query(*conditions: str, data: str = "") -> str:
    """The XPath that wevtutil takes (the subset of XPath 1.0 that the event log knows), for events with such `data`."""
    system = f"System[{' and '.join(conditions)}]"
    return f"*[{system} and EventData[Data='{data}']]" if data else f"*[{system}]"


def _of(program: Program, span: str) -> Iterator[str]:
    """Queries for what a program wrote, and for what names its file (Windows Error Reporting)."""
    if "'" in program.name:  # no string of that XPath can hold it
        return
    yield query(span, data=program.name)
    stem = re.sub(r"(?i)\.exe$", "", program.name)
    names = " or ".join(f"@Name='{name}'" for name in dict.fromkeys((stem, stem.capitalize(), stem.lower())))
    of_process = [f"Execution[@ProcessID={program.pid}]"] if program.pid else []
    yield query(f"({' or '.join([*of_process, f'Provider[{names}]'])})", span)


def _errors(patience: Patience, log: str, since: datetime, until: datetime) -> list[LogEntry]:
    """The newest first, with those that one answer leaves out. Raises `LogNotRead` where nothing can be read."""
    found = list(entries(_ask(patience, log, query(_ERRORS, _between(since, until)))))
    with suppress(LogNotRead):
        for _ in range(1, _PAGES):
            if not found or len(found) % _MOST:
                break
            span = _between(since, found[-1].at, is_open=True)
            found += entries(_ask(patience, log, query(_ERRORS, span)))
    return found


def _ask(patience: Patience, log: str, xpath: str, most: int = _MOST) -> bytes:
    """The newest events first. Raises `LogNotRead`."""
    answer = printed(
        [
            "wevtutil", "query-events", log, f"/query:{xpath}", "/reversedirection:true", f"/count:{most}",
            "/format:RenderedXml", "/element:Events", "/unicode:true",
        ],
        patience,
    )  # fmt: skip
    if answer.code != 0:
        denied = "denied" in answer.errors.lower() or answer.code == _ACCESS_DENIED
        why = "You may not read this computer's event log." if denied else "The event log of Windows cannot be read."
        raise LogNotRead(why, detail=f"{answer.code} {answer.errors}")
    return answer.output


_ACCESS_DENIED = 5


def _between(since: datetime, until: datetime, *, is_open: bool = False) -> str:
    """`is_open`: the end itself is not of it."""
    before = "<" if is_open else "<="
    return f"TimeCreated[@SystemTime>='{_stamp(since)}' and @SystemTime{before}'{_stamp(until)}']"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def entries(output: bytes) -> Iterator[LogEntry]:
    """What wevtutil has printed, in its order, up to where it is torn. Raises `LogNotRead` where that is at once."""
    text = output.decode("utf-16" if output[:2] in (b"\xff\xfe", b"\xfe\xff") else _encoding(output), "replace").strip()
    if not text:
        return
    read = 0
    try:
        for event in _events(text):
            read += 1
            if entry := _entry(event):
                yield entry
    except ElementTree.ParseError as error:
        if not read:
            raise LogNotRead("The event log of Windows cannot be read.", detail=repr(error)) from error


def _events(text: str) -> Iterator[ElementTree.Element]:
    """The events one by one. Raises `ParseError` where it is torn or broken, after those before."""
    parser: ElementTree.XMLPullParser[ElementTree.Element]
    parser = ElementTree.XMLPullParser(("end",))  # expat bounds what entities expand to
    parser.feed(_NOT_XML.sub("", text))
    for _, element in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
        if element.tag == f"{_SPACE}Event":
            yield element
    parser.close()


def _encoding(output: bytes) -> str:
    """UTF-16 without a mark has a zero in each second byte of its markup."""
    return "utf-16-le" if output[1:2] == b"\0" else "utf-8"


def _entry(event: ElementTree.Element) -> LogEntry | None:
    """None where it has no time."""

    def word(path: str, attribute: str = "") -> str:
        found = event.find("/".join(_SPACE + step for step in path.split("/")))
        if found is None:
            return ""
        return (found.get(attribute, "") if attribute else found.text or "").strip()

    at = _time(word("System/TimeCreated", "SystemTime"))
    if at is None:
        return None
    provider, level = word("System/Provider", "Name"), _number(word("System/Level"), _INFORMATION)
    fields = [(data.get("Name", ""), (data.text or "").strip()) for data in event.iter(f"{_SPACE}Data")]
    names = [value for name, value in fields if name in _PROGRAM_FIELDS or value.lower().endswith(".exe")]
    programs = tuple(value.rpartition("\\")[2] for value in names if value)
    message = word("RenderingInfo/Message") or "\n".join(value for _, value in fields if value)
    number = word("System/EventID")
    return LogEntry(
        at=at,
        source=programs[0] if programs else provider,
        message=f"{message}\n({provider}, event {number})".strip(),
        pid=_number(word("System/Execution", "ProcessID"), 0),
        about=programs,
        is_error=level <= 2,
        is_critical=level == _CRITICAL or provider.lower() in _MACHINE,
    )


def _time(text: str) -> datetime | None:
    """Windows writes ten millionths of a second: `2026-11-28T05:33:49.1234567Z`."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    try:
        return datetime.fromisoformat(f"{whole}.{(fraction + '000000')[:6]}+00:00")
    except ValueError:
        return None


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) else otherwise
