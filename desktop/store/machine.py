"""Which computer this is."""

import hashlib
import platform
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer: `id` tells it from others, `name` is for people."""

    id: str
    name: str


def this_machine() -> Machine:
    """This computer, by the id that its system was given when it was installed (hashed, machine-id(5))."""
    told = _installed_id() or str(uuid.getnode())
    return Machine(hashlib.sha256(f"helptray/{told}".encode()).hexdigest()[:32], platform.node() or "another computer")


def _installed_id() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    if sys.platform == "darwin":
        import subprocess

        command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False).stdout
        return told.partition('"IOPlatformUUID" = "')[2].partition('"')[0]
    return _first_line(Path("/etc/machine-id")) or _first_line(Path("/var/lib/dbus/machine-id"))


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
