"""What a program said stays found in the event log of Windows when thousands of others' errors came after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from xml.sax.saxutils import escape

import pytest

from desktop.capture.active_program import Program
from desktop.capture.error_text.recent import recent_errors
from desktop.capture.error_text.system_log import windows
from desktop.capture.error_text.system_log.command import Patience, Printed
from desktop.capture.error_text.system_log.entry import LogNotRead
from tests.unit.capture.written_journal import NOW, StoppedClock

OUTLOOK = Program(4242, "OUTLOOK.EXE")
DENIED = Printed(b"", "The specified query is invalid.", 15001)


@dataclass(frozen=True)
class Event:
    provider: str
    ago: timedelta
    message: str
    level: int = 2
    data: Sequence[str] = ()
    pid: int = 900

    @property
    def stamp(self) -> str:
        return f"{(NOW - self.ago).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"

    def xml(self) -> str:
        return (
            f"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
            f"<Provider Name='{self.provider}'/><EventID>1000</EventID><Level>{self.level}</Level>"
            f"<TimeCreated SystemTime='{self.stamp}'/><Execution ProcessID='{self.pid}'/></System><EventData>"
            + "".join(f"<Data>{escape(one)}</Data>" for one in self.data)
            + f"</EventData><RenderingInfo><Message>{escape(self.message)}</Message></RenderingInfo></Event>"
        )


@dataclass
class Log:
    """Answers the queries that are asked of the log Application, as wevtutil does; the other one is empty."""

    events: Sequence[Event]
    refuses: str = "nothing"
    asked: list[str] = field(default_factory=list)

    def printed(self, command: Sequence[str], patience: Patience) -> Printed:
        query = command[3].removeprefix("/query:")
        self.asked.append(query)
        if self.refuses in query:
            return DENIED
        most = int(command[5].removeprefix("/count:"))
        found = [event for event in self.events if command[2] == "Application" and _holds(query, event)]
        newest = sorted(found, key=lambda event: event.ago)[:most]
        return Printed(f"<Events>{''.join(event.xml() for event in newest)}</Events>".encode(), "", 0)


def _holds(query: str, event: Event) -> bool:
    since, is_open, until = re.findall(r"SystemTime>='(\S+)' and @SystemTime(<=?)'(\S+)'\]", query)[0]
    if not (since <= event.stamp and (event.stamp < until or (is_open == "<=" and event.stamp == until))):
        return False
    if data := re.search(r"EventData\[Data='(.+?)'\]", query):
        return data[1] in event.data
    providers, pids = re.findall(r"@Name='(.+?)'", query), re.findall(r"ProcessID=(\d+)", query)
    if providers or pids:
        return event.provider in providers or str(event.pid) in pids
    return event.level <= 2


FLOOD = [
    Event("DCOM", timedelta(milliseconds=100 * number), f"Server {number} did not register") for number in range(4000)
]


@pytest.mark.parametrize(
    "event",
    [
        Event("Application Error", timedelta(minutes=14), "Faulting application", data=("OUTLOOK.EXE", "16.0.1")),
        Event("Outlook", timedelta(minutes=14), "The add-in could not be loaded. Error 0x80004005", level=3),
        Event("MSOffice", timedelta(minutes=14), "The set of folders cannot be opened", pid=4242),
    ],
)
def test_what_is_of_the_program_in_use_is_found_behind_any_number_of_others(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "printed", Log([*FLOOD, event]).printed)

    found = recent_errors([windows.WindowsEvents(StoppedClock())], OUTLOOK, StoppedClock())

    assert [text.text.splitlines()[0] for text in found.texts] == [event.message]
    assert found.says == "1 error of OUTLOOK.EXE in the last 15 minutes."


def test_an_older_error_of_the_disk_is_found_behind_newer_ones_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Event("disk", timedelta(minutes=3), "The device has a bad block")
    monkeypatch.setattr(windows, "printed", Log([*FLOOD[:1000], disk]).printed)

    found = recent_errors([windows.WindowsEvents(StoppedClock())], None, StoppedClock())

    assert [text.text.splitlines()[0] for text in found.texts] == ["The device has a bad block"]


def test_a_query_that_a_windows_does_not_take_costs_only_what_it_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    crash = Event("Application Error", timedelta(minutes=1), "Faulting application", data=("OUTLOOK.EXE",))
    monkeypatch.setattr(windows, "printed", Log([crash], refuses="EventData").printed)

    found = recent_errors([windows.WindowsEvents(StoppedClock())], OUTLOOK, StoppedClock())

    assert len(found.texts) == 1
    monkeypatch.setattr(windows, "printed", Log([crash], refuses="Level").printed)
    with pytest.raises(LogNotRead):
        windows.WindowsEvents(StoppedClock()).read(NOW - timedelta(minutes=15), NOW, OUTLOOK)


def test_a_quotation_mark_in_a_programs_name_is_in_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log([])
    monkeypatch.setattr(windows, "printed", log.printed)

    windows.WindowsEvents(StoppedClock()).read(NOW - timedelta(minutes=15), NOW, Program(7, "x' or 'y.exe"))

    assert log.asked
    assert not any("x'" in query for query in log.asked)
