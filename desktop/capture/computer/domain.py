"""The domain that the computer is joined to."""

import re

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.registry import values
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

_TCPIP = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters"
"""Where Windows keeps its name in the domain that it has joined."""

LABELS = {"domain": "Domain"}


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told."""
    return {"domain": domain(machine, machine.host())}


def domain(machine: Machine, host: str) -> str:
    """The domain that the computer is joined to; asks no name server, because that can take seconds."""
    match machine.system:
        case System.WINDOWS:
            return windows_domain(machine)
        case System.MACOS:
            return mac_domain(machine.run("dsconfigad", "-show"))
        case _:
            joined = machine.run("realm", "list", "--name-only").splitlines()
            name = joined[0].strip() if joined else host.strip().partition(".")[2]
            return name if re.fullmatch(r"[\w-]{1,63}(?:\.[\w-]{1,63})+", name) else ""  # `pc.local` is in none


def windows_domain(machine: Machine) -> str:
    """From the session's environment. An account of the computer's own names the computer: then from the registry."""
    environ = machine.environ
    if full := environ.get("USERDNSDOMAIN", ""):
        return full.lower()
    short = environ.get("USERDOMAIN", "")
    if short and short.upper() != environ.get("COMPUTERNAME", "").upper():
        return short
    told = machine.run("reg", "query", _TCPIP)
    found = values(told)
    joined = found.get("NV Domain") or found.get("Domain", "")
    return joined.lower() or ("none" if "Hostname" in found else "")


def mac_domain(shown: str) -> str:
    """From `dsconfigad -show`, which prints nothing on a Mac that is not joined."""
    found = re.search(r"^Active Directory Domain\s*=\s*(\S+)", shown, re.MULTILINE)
    return found[1] if found else ""
