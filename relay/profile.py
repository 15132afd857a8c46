"""The provider's profile: given by name or file when the relay is started, kept in its database ever after."""

import hashlib
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection

from desktop.tickets.profile import MAX_PROFILE, InvalidProfile, parse_profile
from relay.values import set_value, value

DEFAULT = "example"
"""The shipped profile of an invented provider."""


def read_profile(name_or_file: str) -> str:
    """The TOML text of a shipped profile, by its name, or of a file; raises `InvalidProfile`."""
    shipped = resources.files("resources.organisations") / f"{name_or_file}.toml"
    path = shipped if name_or_file.isidentifier() and shipped.is_file() else Path(name_or_file)
    try:
        with path.open("rb") as file:
            text = file.read(4 * MAX_PROFILE + 1).decode()
    except OSError as error:
        raise InvalidProfile(name_or_file, "", f"could not be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InvalidProfile(name_or_file, "", "is not UTF-8 text") from error
    parse_profile(text, source=name_or_file)
    return text


def keep_profile(connection: Connection, toml: str) -> None:
    """Make this (valid) profile the relay's."""
    if value(connection, "profile") != toml:
        set_value(connection, "profile", toml)
        set_value(connection, "profile-etag", f'"{hashlib.sha256(toml.encode()).hexdigest()[:32]}"')


def kept_profile(connection: Connection) -> tuple[str, str]:
    """The profile's TOML text and its ETag, both empty before one was kept."""
    return value(connection, "profile"), value(connection, "profile-etag")
