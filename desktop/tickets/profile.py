"""An organisation from the text of its TOML profile."""

import tomllib
from dataclasses import replace
from typing import Any

from desktop.tickets.organisation import Organisation
from desktop.tickets.profile_check import check
from desktop.tickets.profile_hours import read_hours, read_zone
from desktop.tickets.trouble import Trouble
from desktop.tickets.typed_toml import Unreadable, read

MAX_PROFILE = 1_000_000
"""Longest profile in characters."""


class InvalidProfile(Trouble):
    """A profile that cannot be used.

    Attributes:
        source: the file's name.
        key: path of the value at fault, such as `statuses[3].stage`; empty for the whole text.
        reason: a phrase for a person.
    """

    title = "Profile not usable"

    def __init__(self, source: str, key: str, reason: str) -> None:
        self.source, self.key, self.reason = source, key, reason
        super().__init__(f"The profile {source} cannot be used: {f'{key} {reason}'.strip()}.")


def parse_profile(text: str, *, source: str) -> Organisation:
    """The organisation in a TOML text; `source` (a file's name) is for the message of `InvalidProfile`.

    Sections and keys are those of `Organisation`, but for `[hours]` (see `profile_hours`). Every section may be left
    out; a key that is not known is refused.
    """
    try:
        return _read_organisation(_load(text))
    except Unreadable as error:
        raise InvalidProfile(source, error.key, error.reason) from None


def _load(text: str) -> dict[str, Any]:
    if len(text) > MAX_PROFILE:
        raise Unreadable("", f"is longer than {MAX_PROFILE} characters")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable("", "is nested too deeply") from None
    except ValueError as error:
        raise Unreadable("", f"is not TOML ({error})") from None


def _read_organisation(table: dict[str, Any]) -> Organisation:
    hours = read_hours(table.pop("hours"), "hours") if "hours" in table else None
    organisation = replace(read(Organisation, table), hours=hours)
    if organisation.time_zone:
        read_zone(organisation.time_zone, "time_zone")
    check(organisation)
    return organisation
