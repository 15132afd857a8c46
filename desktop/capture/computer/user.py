"""Who is signed in at the computer."""

from desktop.capture.computer.machine import Machine
from desktop.capture.computer.told import Told
from desktop.capture.surroundings import System

LABELS = {"user": "User"}


def read(machine: Machine) -> Told:
    """The facts of `LABELS` that can be told: the account's name, with its domain on Windows.

    Where accounts are kept by a server that does not answer this hangs.
    """
    name = machine.user()
    place = machine.environ.get("USERDOMAIN", "") if machine.system is System.WINDOWS else ""
    return {"user": f"{place}\\{name}" if place and name else name}
