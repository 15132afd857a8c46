"""What Windows tells only through PowerShell, asked in one go: each start of PowerShell costs half a second."""

import json
from threading import Lock

from desktop.capture.computer.machine import Machine

_SCRIPT = (
    "$ErrorActionPreference='SilentlyContinue';"
    "@{serial=@((Get-CimInstance Win32_BIOS -Property SerialNumber).SerialNumber);"
    'vpn=@(Get-VpnConnection | ForEach-Object {@{Name="$($_.Name)";ConnectionStatus="$($_.ConnectionStatus)"}});'
    "printers=@(Get-CimInstance Win32_Printer -Property Name,Default,WorkOffline,PrinterStatus | ForEach-Object "
    '{@{Name="$($_.Name)";Default="$($_.Default)";WorkOffline="$($_.WorkOffline)";PrinterStatus="$($_.PrinterStatus)"}});'
    "updates=@(Get-CimInstance Win32_QuickFixEngineering | ForEach-Object "
    "{@{HotFixID=\"$($_.HotFixID)\";InstalledOn=$_.InstalledOn.ToString('yyyy-MM-dd')}})"
    "} | ConvertTo-Json -Depth 4 -Compress"
)


class WindowsInventory:
    """Runs the query once, for whoever asks first; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, list[object]] | None = None
        self._is_asked = False

    def rows(self, machine: Machine, section: str) -> list[dict[str, str]] | None:
        """The rows of `vpn`, `printers` or `updates`, all values as text; None where PowerShell did not answer."""
        listed = self._section(machine, section)
        if listed is None:
            return None
        return [{str(key): str(value) for key, value in row.items()} for row in listed if isinstance(row, dict)]

    def serial(self, machine: Machine) -> str:
        """The BIOS' serial number, or empty."""
        listed = self._section(machine, "serial") or [""]
        return str(listed[0] or "")

    def _section(self, machine: Machine, section: str) -> list[object] | None:
        with self._lock:
            if not self._is_asked:
                self._is_asked = True
                self._found = _parsed(machine.run("powershell", "-NoProfile", "-NonInteractive", "-Command", _SCRIPT))
        return None if self._found is None else self._found.get(section)


def _parsed(printed: str) -> dict[str, list[object]] | None:
    try:
        told = json.loads(printed)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    return {str(name): value if isinstance(value, list) else [value] for name, value in told.items()}
