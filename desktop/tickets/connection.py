"""What a client knows about its connection to a help desk."""

from dataclasses import dataclass
from datetime import datetime

from desktop.tickets.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """This device at its help desk. `person` is None where only the device is known to it.

    Attributes:
        server: base URL.
        device: id made here; `device_secret` was made here too and proves it when an answer was lost.
        access: bearer token, good until `access_until` (wall clock); `refresh` fetches the next pair.
    """

    server: str
    device: str
    device_secret: str
    company: str = ""
    provider: str = ""
    person: Person | None = None
    access: str = ""
    refresh: str = ""
    access_until: datetime | None = None
