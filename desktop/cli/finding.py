"""What the doctor says of one thing that it looked at."""

from dataclasses import dataclass

from desktop.cli.outcome import Exit, exit_of
from desktop.tickets.capture_policy import SwitchedOff
from desktop.tickets.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        key: its name in JSON; `name` what people read.
        says: how it is; `mend`: what to do where it does not work.
    """

    key: str
    name: str
    says: str
    mend: str = ""
    code: Exit = Exit.DONE

    @property
    def works(self) -> bool:
        """Whether nothing needs to be done about it."""
        return self.code is Exit.DONE


def wrong(key: str, name: str, trouble: Trouble) -> Finding:
    """What does not work; what the administrator does not want to work is as it should be."""
    if isinstance(trouble, SwitchedOff):
        return Finding(key, name, trouble.title.lower())
    return Finding(key, name, trouble.title.lower(), trouble.sentence, exit_of(trouble))
