"""What was updated last: many a failure begins with an update."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import unescape

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System
from desktop.tickets.clock import Clock

LABELS = {"updates": "Last updates"}

_FRESH = timedelta(days=2)
"""What came in the last two days may be why something fails today."""
_SHOWN = 4
_MONTHS = {
    name: place + 1
    for place, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
}
"""The C locale's: Python's own follow the language that a window has set for the process."""

_PLIST_ROW = re.compile(r"<key>(\w+)</key>\s*<(?:string|date)>([^<]*)</(?:string|date)>")


class Updates:
    """Reads the system's own history of updates."""

    def __init__(self, inventory: WindowsInventory, clock: Clock) -> None:
        self._inventory = inventory
        self._clock = clock

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told."""
        match machine.system:
            case System.WINDOWS:
                rows = self._inventory.rows(machine, "updates")
                found = windows(rows or [])
            case System.MACOS:
                found = mac(machine.read_end("/Library/Receipts/InstallHistory.plist"))
            case _:
                logs = apt(machine.read_end("/var/log/apt/history.log")) or pacman(
                    machine.read_end("/var/log/pacman.log")
                )
                found = logs or rpm(machine.run("rpm", "-qa", "--last"))
        return told(found, self._clock.now().date())


def told(found: Sequence[tuple[date, str]], today: date) -> Told:
    """The newest day with what came on it; (day, name) in any order."""
    if not found:
        return {}
    last = max(day for day, _ in found)
    names = [name for day, name in found if day == last]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    text = f"{last.isoformat()}: {', '.join(names[:_SHOWN])}{more}"
    fresh = timedelta() <= today - last <= _FRESH
    return {"updates": Unusual(text, "updated in the last days") if fresh else text}


def windows(rows: Sequence[dict[str, str]]) -> list[tuple[date, str]]:
    """From the class Win32_QuickFixEngineering, whose days are 2026-11-24, or 11/24/2026 in every language."""
    return [(day, row["HotFixID"]) for row in rows if row.get("HotFixID") and (day := _day(row.get("InstalledOn", "")))]


def mac(history: str) -> list[tuple[date, str]]:
    """From the end of macOS' InstallHistory.plist, without the lists of known malware that come by day.

    `softwareupdate --history` tells the same with its days in the order of the person's region, which nobody can tell.
    """
    found = []
    for entry in history.split("</dict>"):
        told = dict(_PLIST_ROW.findall(entry.rpartition("<dict>")[2]))
        when, name = _day(told.get("date", "")), told.get("displayName", "")
        if when and name and told.get("contentType") != "config-data":
            found.append((when, unescape(f"{name} {told.get('displayVersion', '')}").strip()))
    return found


def apt(log: str) -> list[tuple[date, str]]:
    """From apt's history.log: the packages of each upgrade by its day."""
    found: list[tuple[date, str]] = []
    when = None
    for line in log.splitlines():
        word, _, rest = line.partition(": ")
        if word == "Start-Date":
            when = _day(rest)
        elif word == "Upgrade" and when:
            found += [(when, name) for name in re.findall(r"([^\s:,()]+):\w+ \(", rest)]
    return found


def pacman(log: str) -> list[tuple[date, str]]:
    """From pacman.log: `[2026-11-28T20:37:17+0000] [ALPM] upgraded linux (6.9.5.arch1-1 -> 6.9.6.arch1-1)`."""
    found = re.findall(r"^\[(\S+?)[T ][^]]*\] \[ALPM\] upgraded (\S+) \(", log, re.MULTILINE)
    return [(when, name) for day, name in found if (when := _day(day))]


def rpm(shown: str) -> list[tuple[date, str]]:
    """From `rpm -qa --last` in the C locale: `kernel-6.9.5-200.fc40.x86_64       Wed Jun 24 10:11:12 2026`."""
    rows = re.findall(r"^(\S+) +\w{3} (\w{3}) ([ \d]\d) \d\d:\d\d:\d\d (\d{4})$", shown, re.MULTILINE)
    found = [(_day(f"{_MONTHS.get(month, 0)}/{day.strip()}/{year}"), name) for name, month, day, year in rows]
    return [(when, name) for when, name in found if when]


def _day(text: str) -> date | None:
    if american := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        month, day, year = american.groups()
        text = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
