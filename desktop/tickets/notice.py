"""Something the provider tells everyone it concerns."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Such as "e-mail is down since 08:10"; shown in one quiet line until `until`, where that is known."""

    id: str
    text: str
    since: datetime
    until: datetime | None = None
    version: int = 0
