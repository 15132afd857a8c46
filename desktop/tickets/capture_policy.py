"""What an administrator lets Helptray take from a computer, whoever sits at it."""

from dataclasses import dataclass

from desktop.tickets.trouble import Trouble

NO_PICTURES = "Your administrator has switched pictures off."
NO_ERROR_TEXT = "Your administrator has switched error text off."
NO_FACTS = "Your administrator has switched the details of this computer off."

NAME = "computer"
"""The key of the fact that is the computer's name; it is said on a ticket by itself too."""


class SwitchedOff(Trouble):
    """Something that the administrator does not allow was asked for."""

    title = "Switched off by your administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePolicy:
    """What may be taken; everything, where nobody has said otherwise.

    Attributes:
        screenshots: pictures of the screen, those that a person pastes too.
        error_text: error messages from the clipboard, from pictures and from the system's log.
        facts: anything about the computer, its name too.
        never_facts: keys of single facts (`Fact.key`) that are neither shown nor sent.
    """

    screenshots: bool = True
    error_text: bool = True
    facts: bool = True
    never_facts: frozenset[str] = frozenset()

    def allows_fact(self, key: str) -> bool:
        """Whether the fact of that key may leave."""
        return self.facts and key not in self.never_facts

    def and_also(self, other: "CapturePolicy") -> "CapturePolicy":
        """What both allow: the stricter of the two wins in each point."""
        return CapturePolicy(
            screenshots=self.screenshots and other.screenshots,
            error_text=self.error_text and other.error_text,
            facts=self.facts and other.facts,
            never_facts=self.never_facts | other.never_facts,
        )


EVERYTHING = CapturePolicy()
"""Nobody has forbidden anything."""

NOTHING = CapturePolicy(screenshots=False, error_text=False, facts=False)
"""There are rules that cannot be read: until they can, the strictest hold."""
