"""The plain questions from which a priority is found. `unsure` is always an answer."""

from dataclasses import dataclass
from enum import StrEnum


class Impact(StrEnum):
    """Who has the problem."""

    EVERYONE = "everyone"
    GROUP = "group"
    ONE = "one"
    UNSURE = "unsure"


class Blocked(StrEnum):
    """Whether they can work."""

    YES = "yes"
    WORKAROUND = "workaround"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the person answered; the defaults are what someone who answers nothing has said."""

    security: bool = False
    impact: Impact = Impact.UNSURE
    blocked: Blocked = Blocked.UNSURE
    planned: bool = False
