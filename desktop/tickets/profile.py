"""An organisation from the text of its TOML profile."""

from desktop.tickets.organisation import Organisation
from desktop.tickets.trouble import Trouble


class InvalidProfile(Trouble):
    """A profile that cannot be used: names the file, the key and the reason."""

    title = "Profile not usable"


def parse_profile(text: str, *, source: str) -> Organisation:
    """The organisation in a TOML text; `source` (a file's name) is for the message of `InvalidProfile`."""
    raise NotImplementedError
