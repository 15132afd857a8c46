"""What Windows tells only through PowerShell, asked in one go: each start of PowerShell costs half a second."""

import json
from threading import Lock

from desktop.capture.computer.machine import Machine

LIMIT = 4.5
"""Seconds: a computer that has just been started needs some for PowerShell alone."""

_PROLOGUE = (
    "$ErrorActionPreference='Stop'",
    "$ProgressPreference='SilentlyContinue'",
    "try{[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false}catch{}",
    "function Tell($name,$rows){@{$name=@($rows)}|ConvertTo-Json -Depth 4 -Compress}",
    "function Day($day){if($day -is [datetime]){$day.ToString('yyyy-MM-dd',[cultureinfo]::InvariantCulture)}"
    "else{[string]$day}}",
)
_SECTIONS = {
    "serial": "Get-CimInstance Win32_BIOS -Property SerialNumber|ForEach-Object{[string]$_.SerialNumber}",
    "adapters": "Get-CimInstance Win32_NetworkAdapter -Filter 'NetConnectionID IS NOT NULL'|ForEach-Object{"
    "@{Name=[string]$_.Name;Connection=[string]$_.NetConnectionID;Status=[string]$_.NetConnectionStatus}}",
    "dns": "Get-CimInstance MSFT_DNSClientServerAddress -Namespace root/StandardCimv2|ForEach-Object{"
    "@{Connection=[string]$_.InterfaceAlias;Servers=[string]($_.ServerAddresses -join ' ')}}",
    "vpn": "@(Get-VpnConnection)+@(Get-VpnConnection -AllUserConnection)|ForEach-Object{"
    "@{Name=[string]$_.Name;ConnectionStatus=[string]$_.ConnectionStatus}}",
    "updates": "Get-CimInstance Win32_QuickFixEngineering|ForEach-Object{"
    "@{HotFixID=[string]$_.HotFixID;InstalledOn=(Day $_.InstalledOn)}}",
    "printers": "Get-CimInstance Win32_Printer -Property @('Name','Default','WorkOffline','PrinterStatus')|"
    "ForEach-Object{@{Name=[string]$_.Name;Default=[string]$_.Default;WorkOffline=[string]$_.WorkOffline;"
    "PrinterStatus=[string]$_.PrinterStatus}}",
}
"""What may wait for another machine comes last: what has been told by then is not lost with it."""

SCRIPT = ";".join((*_PROLOGUE, *(f"try{{Tell {name} ({query})}}catch{{}}" for name, query in _SECTIONS.items())))
"""Prints a line of JSON for each section that could be read. No `\"` in it, which command lines mistake."""


class WindowsInventory:
    """Runs the query once, for whoever asks first; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, list[object]] | None = None

    def rows(self, machine: Machine, section: str) -> list[dict[str, str]] | None:
        """The rows of a section, all values as text; None where PowerShell has not told it in time."""
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
            if self._found is None:
                command = ("powershell", "-NoProfile", "-NonInteractive", "-Command", SCRIPT)
                self._found = parsed(machine.run_in_part(LIMIT, *command))
        return self._found.get(section)


def parsed(printed: str) -> dict[str, list[object]]:
    """The sections that stand there whole; a line that is torn, or no JSON, tells nothing."""
    found: dict[str, list[object]] = {}
    for line in printed.lstrip("\ufeff").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            found |= {str(name): value for name, value in told.items() if isinstance(value, list)}
    return found
