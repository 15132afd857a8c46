"""The printers that are set up here: the default one first, and which do not work."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told, Unusual
from desktop.capture.computer.windows_inventory import WindowsInventory
from desktop.capture.surroundings import System

LABELS = {"printers": "Printers"}

_SHOWN = 5
_LIMIT = 1.5
"""Seconds; without a printer `lpstat` ends as if it had failed."""
_IS_RUNNING, _NO_DEFAULT = "scheduler is running", "no system default destination"
"""CUPS says the latter too where it has not been asked at all. What it says of the default comes last."""


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer, as the system tells it."""

    name: str
    is_default: bool = False
    is_off: bool = False


class Printers:
    """Asks CUPS, or Windows."""

    def __init__(self, inventory: WindowsInventory) -> None:
        self._inventory = inventory

    def read(self, machine: Machine) -> Told:
        """The facts of `LABELS` that can be told; no printer is asked anything."""
        if machine.system is System.WINDOWS:
            rows = self._inventory.rows(machine, "printers")
            return {} if rows is None else told(windows(rows))
        mac = ("env", "SOFTWARE=CUPS", "LANG=C") if machine.system is System.MACOS else ()
        return told_by_cups(machine.run_in_part(_LIMIT, *mac, "lpstat", "-r", "-p", "-d"))


def told_by_cups(shown: str) -> Told:
    """What `lpstat -r -p -d` says; nothing where it says something that we cannot read.

    macOS would say it in the person's language but for `SOFTWARE`, by which CUPS calls its own programs.
    """
    found = cups(shown)
    is_whole = _NO_DEFAULT in shown or re.search(r"^system default destination: \S", shown, re.MULTILINE)
    return told(found) if is_whole and (found or _IS_RUNNING in shown) else {}


def cups(shown: str) -> list[Printer]:
    """From `lpstat -r -p -d` in the C locale."""
    default = re.search(r"^system default destination: (\S+)", shown, re.MULTILINE)
    return [
        Printer(name, is_default=default is not None and default[1] == name, is_off=state.startswith("disabled"))
        for name, state in re.findall(r"^printer (\S+) (.*)$", shown, re.MULTILINE)
    ]


def windows(rows: Sequence[dict[str, str]]) -> list[Printer]:
    """From the class Win32_Printer. A PrinterStatus of 7 is off-line too."""
    return [
        Printer(
            row["Name"],
            is_default=row.get("Default") == "True",
            is_off=row.get("WorkOffline") == "True" or row.get("PrinterStatus") == "7",
        )
        for row in rows
        if row.get("Name")
    ]


def told(printers: Sequence[Printer]) -> Told:
    """The default one first; unusual where that one is off, for old ones that are gone are everywhere."""
    ordered = sorted(printers, key=lambda printer: not printer.is_default)
    parts = [_text(printer) for printer in ordered[:_SHOWN]]
    if len(ordered) > _SHOWN:
        parts.append(f"{len(ordered) - _SHOWN} more")
    text = ", ".join(parts) or "none"
    is_off = any(printer.is_default and printer.is_off for printer in printers)
    return {"printers": Unusual(text, "default printer is off") if is_off else text}


def _text(printer: Printer) -> str:
    marks = [word for word, holds in (("default", printer.is_default), ("off", printer.is_off)) if holds]
    return f"{printer.name} ({', '.join(marks)})" if marks else printer.name
