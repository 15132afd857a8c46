"""What may be taken from this computer now: what the administrator allows and the person has not switched off."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from desktop.tickets.capture_policy import NO_ERROR_TEXT, NO_FACTS, NO_PICTURES, CapturePolicy
from desktop.tickets.draft import Group
from desktop.ui.settings.preferences import PreferenceFile

WHY_FORBIDDEN = {Group.PICTURES: NO_PICTURES, Group.ERROR_TEXT: NO_ERROR_TEXT, Group.COMPUTER: NO_FACTS}


class Standing(Enum):
    """Whether a group goes along with a new ticket."""

    ON = "on"
    OFF = "off"
    """The person has switched it off; it stays off until they switch it on."""
    FORBIDDEN = "forbidden"
    """The administrator has."""


class Limits:
    """The three groups and how each stands.

    Args:
        policy: the administrator's rules as of now.
        preferences: where the person's switches are kept.
    """

    def __init__(self, policy: Callable[[], CapturePolicy], preferences: PreferenceFile) -> None:
        self._policy = policy
        self._preferences = preferences

    def under(self, policy: Callable[[], CapturePolicy]) -> "Limits":
        """The same under these rules too; the stricter win."""
        return Limits(lambda: self._policy().and_also(policy()), self._preferences)

    def policy(self) -> CapturePolicy:
        """The administrator's rules as of now."""
        return self._policy()

    def standing(self, group: Group) -> Standing:
        """How a group stands now."""
        if forbids(self._policy(), group):
            return Standing.FORBIDDEN
        return Standing.OFF if group in self._preferences.read().withheld else Standing.ON

    def shows_cue(self) -> bool:
        """Whether a taken picture is shown by a frame for a moment."""
        return self._preferences.read().cue

    def switch(self, group: Group, *, on: bool) -> None:
        """Remember it for the next tickets too. Raises `NotKept`."""
        kept = self._preferences.read()
        others = tuple(other for other in kept.withheld if other is not group)
        self._preferences.write(replace(kept, withheld=others if on else (*others, group)))


def forbids(policy: CapturePolicy, group: Group) -> bool:
    """Whether rules forbid a whole group."""
    allowed = {
        Group.PICTURES: policy.screenshots,
        Group.ERROR_TEXT: policy.error_text,
        Group.COMPUTER: policy.facts,
    }
    return not allowed[group]
