"""Errors of the system's log: of real journals, and of what the tools of Windows and macOS print."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.capture.active_program import Program
from desktop.capture.error_text.offered import Origin, RecentErrors
from desktop.capture.error_text.recent import recent_errors
from desktop.capture.error_text.system_log import journald, macos, windows
from desktop.capture.error_text.system_log.command import Patience, Printed, printed
from desktop.capture.error_text.system_log.entry import LogEntry, LogHandler, LogNotRead, LogReading, Restart
from desktop.capture.error_text.system_log.handlers import log_handlers
from desktop.capture.error_text.system_log.journald import Journald
from desktop.capture.surroundings import Session, Surroundings, System
from tests.unit.capture.written_journal import NOW, STOPPED, Journal, StoppedClock

OUTPUTS = Path(__file__).parent / "outputs"


class Said:
    """A log that says what it is told to."""

    name = "said"

    def __init__(self, *entries: LogEntry, restart: Restart | None = None, is_partial: bool = False) -> None:
        self._reading = LogReading(entries=entries, is_partial=is_partial)
        self._restart = restart

    def is_compatible(self, surroundings: Surroundings) -> bool:
        return True

    def is_installed(self) -> bool:
        return True

    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        return self._reading

    def unexpected_restart(self, now: datetime) -> Restart | None:
        return self._restart


class Slow(Said):
    """Its last minutes are read; then it takes too long."""

    def unexpected_restart(self, now: datetime) -> Restart | None:
        raise LogNotRead("The system log took too long to answer.")


class Denied(Said):
    def read(self, since: datetime, until: datetime, program: Program | None) -> LogReading:
        raise LogNotRead("You may not read this computer's system log; an administrator may.")


def entry(
    source: str, message: str, *, ago: float = 1, pid: int = 0, is_error: bool = True, is_critical: bool = False
) -> LogEntry:
    at = NOW - timedelta(minutes=ago)
    return LogEntry(at=at, source=source, message=message, pid=pid, is_error=is_error, is_critical=is_critical)


def asked(log: Said, program: Program | None = None) -> RecentErrors:
    return recent_errors([log], program, StoppedClock())


def clock_time(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"


# what is offered


def test_what_concerns_the_program_is_offered_with_its_time_and_source() -> None:
    found = asked(
        Said(
            entry("OUTLOOK.EXE", "Faulting application name: OUTLOOK.EXE", ago=1),
            entry("disk", "Bad block", is_critical=True),
            entry("EXCEL.EXE", "Stopped interacting"),
        ),
        Program(9120, "outlook.exe"),
    )

    (text,) = found.texts
    assert text.label == f"System log, {clock_time(NOW - timedelta(minutes=1))}, OUTLOOK.EXE"
    assert (text.origin, text.text) == (Origin.LOG, "Faulting application name: OUTLOOK.EXE")
    assert found.says == "1 error of outlook.exe in the last 15 minutes."


@pytest.mark.parametrize(
    ("source", "message", "pid"),
    [
        ("gimp", "cannot open the file", 1),
        ("anything", "cannot open the file", 311),
        ("kernel", "gimp[311]: segfault at 0 ip 00007f error 4 in libc.so.6", 0),
        ("systemd-coredump", "Process 311 (gimp) of user 1000 dumped core.", 1),
        ("audit", "denied exec of /usr/bin/gimp by policy", 1),
        ("wer", "Faulting application gimp.exe", 0),
    ],
)
def test_a_program_is_known_by_its_name_its_process_and_where_it_is_named(source: str, message: str, pid: int) -> None:
    assert len(asked(Said(entry(source, message, pid=pid)), Program(311, "gimp")).texts) == 1


@pytest.mark.parametrize(
    ("program", "message"), [("code", "error code 5"), ("word", "a word too many"), ("explorer", "internet explorer")]
)
def test_a_program_with_the_name_of_a_word_is_not_found_in_every_sentence(program: str, message: str) -> None:
    found = asked(Said(entry("other", message)), Program(311, program))

    assert found.texts == ()
    assert found.says == f"No error of {program} or of the whole system in the last 15 minutes."


def test_a_name_that_linux_has_cut_is_the_same() -> None:
    found = asked(Said(entry("gnome-system-mo", "failed")), Program(311, "gnome-system-monitor"))

    assert len(found.texts) == 1


def test_a_program_that_says_error_below_that_level_is_heard_and_its_chatter_is_not() -> None:
    said = Said(entry("gimp", "Segmentation fault", is_error=False), entry("gimp", "Loaded 12 brushes", is_error=False))

    assert [text.text for text in asked(said, Program(311, "gimp")).texts] == ["Segmentation fault"]


def test_without_an_error_of_the_program_those_of_the_whole_machine_are_offered() -> None:
    said = Said(entry("disk", "Bad block", is_critical=True), entry("other", "some error"))

    found = asked(said, Program(311, "gimp"))

    assert [text.text for text in found.texts] == ["Bad block"]
    assert found.says == "No error of gimp in the last 15 minutes, 1 of the whole system."
    assert asked(said).says == "1 error of the whole system in the last 15 minutes."


def test_the_same_message_is_offered_once_with_how_often() -> None:
    said = Said(*(entry("gimp", "failed", ago=ago) for ago in (9, 5, 2)), entry("gimp", "broken", ago=3))

    texts = asked(said, Program(311, "gimp")).texts

    assert [text.text for text in texts] == ["failed\n(3 times)", "broken"]


def test_a_flood_and_a_long_message_are_cut() -> None:
    said = Said(*(entry("gimp", f"error {number}: " + "x" * 5000, ago=number / 10) for number in range(100)))

    texts = asked(said, Program(311, "gimp")).texts

    assert len(texts) == 10
    assert texts[0].text.startswith("error 0")
    assert all(len(text.text) < 2100 for text in texts)


def test_an_unexpected_restart_is_told_with_what_was_said_around_it() -> None:
    came_up = NOW - timedelta(minutes=9)
    before, after = entry("kernel", "thermal shutdown", ago=60, is_critical=True), entry("kernel", "fsck", ago=8.9)
    critical = LogEntry(at=after.at, source="kernel", message="EXT4-fs error", is_critical=True)

    found = asked(Said(restart=Restart(at=came_up, entries=[before, after, critical], says="Rebooted uncleanly")))

    labels = {text.text: text.label for text in found.texts}
    assert labels == {
        "Rebooted uncleanly": f"System log, unexpected restart, {clock_time(came_up)}",
        "thermal shutdown": f"System log, before the unexpected restart, {clock_time(before.at)}, kernel",
        "EXT4-fs error": f"System log, after the unexpected restart, {clock_time(after.at)}, kernel",
    }
    assert found.says.endswith(f"The last unexpected restart: {clock_time(came_up)}.")


def test_a_process_before_a_restart_is_known_by_its_name_alone() -> None:
    before = [entry("cups", "failed", ago=60, pid=311), entry("gimp", "cannot save", ago=60, pid=12)]
    restart = Restart(at=NOW - timedelta(minutes=9), entries=before)

    found = asked(Said(restart=restart), Program(311, "gimp"))

    assert [text.text for text in found.texts] == ["cannot save"]


def test_of_another_day_the_day_is_told() -> None:
    came_up = NOW - timedelta(days=3)

    found = asked(Said(restart=Restart(at=came_up, entries=[])))

    assert f"{came_up.astimezone():%-d %B, %H:%M}" in found.says


def test_what_was_read_stays_where_the_rest_takes_too_long() -> None:
    found = asked(Slow(entry("gimp", "failed")), Program(311, "gimp"))

    assert [text.text for text in found.texts] == ["failed"]
    assert found.says.endswith("Whether this computer restarted unexpectedly could not be read.")


def test_what_cannot_be_read_or_only_in_part_is_said() -> None:
    assert asked(Denied()).says == "You may not read this computer's system log; an administrator may."
    assert "hidden from you" in asked(Said(is_partial=True)).says
    assert recent_errors([], None, StoppedClock()).says == "This computer has no system log that Helptray can read."


@pytest.mark.parametrize(
    ("system", "name"),
    [(System.LINUX, "journald"), (System.WINDOWS, "Windows event log"), (System.MACOS, "macOS unified log")],
)
def test_each_system_has_its_log(system: System, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: program)

    assert [log.name for log in log_handlers(Surroundings(system, Session.NONE), StoppedClock())] == [name]
    assert log_handlers(Surroundings(System.OTHER, Session.NONE), StoppedClock()) == ()


# systemd's journal: real files, written by systemd's own program and read by journalctl


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def recent(handler: LogHandler, program: Program | None = None) -> Sequence[LogEntry]:
    return handler.read(NOW - timedelta(minutes=15), NOW, program).entries


def messages(entries: Sequence[LogEntry]) -> list[str]:
    return [entry.message for entry in entries]


def test_the_journal_of_the_last_minutes_is_read_with_who_said_it_and_how_bad_it_is(journal: Journal) -> None:
    minutes = timedelta(minutes=1)
    journal.say(1, NOW - 20 * minutes, "too old", PRIORITY="3")
    journal.say(
        1, NOW - 9 * minutes, "I/O error, dev sda", PRIORITY="3", _TRANSPORT="kernel", SYSLOG_IDENTIFIER="kernel"
    )
    journal.say(1, NOW - 8 * minutes, "Übergröße", PRIORITY="3", SYSLOG_IDENTIFIER="drucker", _PID="77")
    journal.say(1, NOW - 7 * minutes, "hello", PRIORITY="6", _COMM="gimp")
    journal.say(1, NOW - 6 * minutes, "dumped core", PRIORITY="2", COREDUMP_COMM="gimp", COREDUMP_PID="311", _PID="9")
    journal.say(1, NOW + 1 * minutes, "of the future", PRIORITY="3")

    found = recent(journal.handler())

    assert [(each.source, each.pid, each.is_error, each.is_critical) for each in found] == [
        ("kernel", 0, True, True),
        ("drucker", 77, True, False),
        ("gimp", 0, False, False),
        ("gimp", 311, True, True),
    ]
    assert messages(found)[1] == "Übergröße"
    assert found[0].at == NOW - 9 * minutes


def test_a_start_after_an_end_without_the_last_word_was_unexpected(journal: Journal) -> None:
    went_down, came_up = NOW - timedelta(minutes=40), NOW - timedelta(minutes=30)
    journal.say(1, went_down - timedelta(minutes=30), "long before", PRIORITY="2")
    journal.say(1, went_down, "thermal", PRIORITY="2")
    journal.say(2, came_up, "orphans", since_boot=0, PRIORITY="3")
    journal.say(2, NOW - timedelta(minutes=1), "all is well", since_boot=29 * 60, PRIORITY="6")

    restart = journal.handler().unexpected_restart(NOW)

    assert restart is not None
    assert restart.at == came_up
    assert messages(restart.entries) == ["thermal", "orphans"]


def test_after_an_orderly_end_nothing_was_unexpected(journal: Journal) -> None:
    journal.say(1, NOW - timedelta(minutes=40), "thermal", PRIORITY="2")
    journal.say(1, NOW - timedelta(minutes=39), "Journal stopped", PRIORITY="6", MESSAGE_ID=STOPPED)
    journal.say(2, NOW - timedelta(minutes=30), "hello", since_boot=0, PRIORITY="6")

    assert journal.handler().unexpected_restart(NOW) is None


def test_an_unexpected_restart_before_an_orderly_one_is_found_and_an_old_one_is_not(journal: Journal) -> None:
    day = timedelta(days=1)
    for boot, ago in enumerate((12 * day, 11 * day, 2 * day, day, timedelta(hours=1))):
        journal.say(boot + 1, NOW - ago, "last words", since_boot=10, PRIORITY="3")
        if boot in (0, 2, 3):
            journal.say(boot + 1, NOW - ago, "Journal stopped", since_boot=10, MESSAGE_ID=STOPPED, PRIORITY="6")

    restart = journal.handler().unexpected_restart(NOW)

    assert restart is not None
    assert restart.at == NOW - 2 * day - timedelta(seconds=10)


def test_a_quiet_journal_is_read_and_an_absent_one_is_said(journal: Journal, tmp_path: Path) -> None:
    journal.say(1, NOW - timedelta(hours=5), "long ago", PRIORITY="3")
    assert recent(journal.handler()) == ()

    (tmp_path / "empty").mkdir()
    with pytest.raises(LogNotRead, match="no system log"):
        recent(Journald(StoppedClock(), ("journalctl", "--directory", str(tmp_path / "empty"))))


def test_what_journalctl_really_printed_is_understood() -> None:
    found = journald.entries(Printed((OUTPUTS / "debian-journalctl.jsonl").read_bytes(), "", 0))

    assert [(each.source, each.is_error) for each in found[-4:]] == [
        ("firefox", True),
        ("drucker", True),
        ("python3", True),
        ("gimp", False),
    ]
    assert found[-2].message == "bin\ufffdabc"
    assert found[-3].message == "Übergröße fehlgeschlagen"


# Windows: events in the format of its documentation


def test_events_of_windows_name_the_program_that_they_are_about() -> None:
    crash, hang, net = windows.entries((OUTPUTS / "windows-application-events.xml").read_bytes())

    assert (crash.source, hang.source, net.source) == ("OUTLOOK.EXE", "EXCEL.EXE", ".NET Runtime")
    assert crash.at == datetime(2026, 11, 24, 13, 3, 7, 123456, tzinfo=UTC)
    assert crash.message.startswith("Faulting application name: OUTLOOK.EXE")
    assert crash.message.endswith("(Application Error, event 1000)")
    assert len(asked(Said(crash, hang, net), Program(1, "Kasse.exe")).texts) == 1


def test_of_events_of_windows_those_of_disks_and_the_kernel_concern_the_machine() -> None:
    disk, com = windows.entries((OUTPUTS / "windows-system-events.xml").read_bytes())
    (power,) = windows.entries((OUTPUTS / "windows-kernel-power.xml").read_bytes())

    assert (disk.is_critical, com.is_critical, power.is_critical) == (True, False, True)
    assert disk.message.startswith("Fehlerhafter Block")
    assert com.message.startswith("{8CFC164F")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_events_are_read_in_every_encoding_that_wevtutil_prints(encoding: str) -> None:
    text = (OUTPUTS / "windows-system-events.xml").read_text()

    assert len(list(windows.entries(text.encode(encoding)))) == 2
    assert list(windows.entries("".encode(encoding))) == []


def test_what_is_no_list_of_events_is_a_trouble() -> None:
    with pytest.raises(LogNotRead):
        list(windows.entries(b"<Events><Event>"))


def test_windows_is_asked_for_errors_of_the_time_and_for_the_last_unexpected_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commands, answer = told_by(
        {
            "EventID=41": "windows-kernel-power.xml",
            "Application": "windows-application-events.xml",
            "System": "windows-system-events.xml",
        }
    )
    monkeypatch.setattr(windows, "printed", answer)

    found, restart = (
        recent(windows.WindowsEvents(StoppedClock())),
        windows.WindowsEvents(StoppedClock()).unexpected_restart(NOW),
    )

    assert commands[0][:4] == [
        "wevtutil",
        "query-events",
        "Application",
        "/query:*[System[(Level=1 or Level=2) and TimeCreated[@SystemTime>='2026-11-24T12:49:00.000000Z'"
        " and @SystemTime<='2026-11-24T13:04:00.000000Z']]]",
    ]
    assert messages(found)[-1].startswith("Faulting application")
    assert restart is not None
    assert restart.says.startswith("The system has rebooted")


# macOS: objects in the format of `log show --style ndjson`


def test_messages_of_macos_are_understood() -> None:
    found = list(macos.entries((OUTPUTS / "macos-log-show.ndjson").read_bytes()))

    assert [(each.source, each.pid, each.is_critical) for each in found] == [
        ("Numbers", 611, False),
        ("ReportCrash", 702, False),
        ("kernel", 0, True),
    ]
    assert found[0].at == datetime(2026, 11, 24, 13, 1, 33, 113456, tzinfo=UTC)
    assert len(asked(Said(*found), Program(611, "Numbers")).texts) == 2


def test_macos_is_asked_for_the_program_and_says_how_it_went_down(monkeypatch: pytest.MonkeyPatch) -> None:
    commands, answer = told_by({"Previous shutdown": "macos-shutdown-cause.ndjson", "show": "macos-log-show.ndjson"})
    monkeypatch.setattr(macos, "printed", answer)
    monkeypatch.setattr("psutil.boot_time", (NOW - timedelta(minutes=9)).timestamp)

    recent(macos.UnifiedLog(StoppedClock()), Program(611, "Numbers"))
    restart = macos.UnifiedLog(StoppedClock()).unexpected_restart(NOW)

    assert "processID == 611" in commands[0][5]
    assert commands[0][-4:] == ["--start", "2026-11-24 12:49:00+0000", "--end", "2026-11-24 13:04:00+0000"]
    assert restart is not None
    assert restart.says == "Previous shutdown cause: 3"


def test_an_orderly_restart_of_a_mac_is_no_unexpected_one(monkeypatch: pytest.MonkeyPatch) -> None:
    cause = (OUTPUTS / "macos-shutdown-cause.ndjson").read_text().replace("cause: 3", "cause: 5")
    monkeypatch.setattr(macos, "printed", lambda *_: Printed(cause.encode(), "", 0))
    monkeypatch.setattr("psutil.boot_time", (NOW - timedelta(minutes=9)).timestamp)

    assert macos.UnifiedLog(StoppedClock()).unexpected_restart(NOW) is None


def told_by(files: dict[str, str]) -> tuple[list[list[str]], Callable[[Sequence[str], Patience], Printed]]:
    """Commands that were run, and a runner that prints the first file whose key stands in the command."""
    commands: list[list[str]] = []

    def run(command: Sequence[str], patience: Patience) -> Printed:
        commands.append(list(command))
        name = next(name for key, name in files.items() if key in " ".join(command))
        return Printed((OUTPUTS / name).read_bytes(), "", 0)

    return commands, run


# the program that is run


def test_a_program_that_is_not_there_or_denied_is_a_trouble(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LogNotRead, match="cannot be read"):
        printed([str(tmp_path / "nothing")], Patience(StoppedClock()))

    for module, log in ((windows, windows.WindowsEvents(StoppedClock())), (macos, macos.UnifiedLog(StoppedClock()))):
        denied = Printed(b"", "Access is denied. Operation not permitted", 5)
        monkeypatch.setattr(module, "printed", lambda *_, denied=denied: denied)
        with pytest.raises(LogNotRead, match="You may not read"):
            recent(log)


def test_a_journal_of_which_one_sees_only_ones_own_part_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    output = (OUTPUTS / "debian-journalctl.jsonl").read_bytes()
    hint = "Hint: You are currently not seeing messages from other users and the system.\n"
    monkeypatch.setattr(journald, "printed", lambda *_: Printed(output, hint, 0))

    assert Journald(StoppedClock()).read(NOW - timedelta(minutes=15), NOW, None).is_partial


def test_a_journal_that_may_not_be_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = "No journal files were opened due to insufficient permissions.\n"
    monkeypatch.setattr(journald, "printed", lambda *_: Printed(b"", refused, 1))

    with pytest.raises(LogNotRead, match="You may not read"):
        recent(Journald(StoppedClock()))
