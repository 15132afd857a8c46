"""Who takes part: people, their roles, and how to reach them."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do. Roles are ours; which of them a provider uses is the profile's affair."""

    REQUESTER = "requester"
    IT_DESIGNEE = "it_designee"
    ALTERNATE = "alternate"
    APPROVER = "approver"
    DATA_BACKUP_OPERATOR = "data_backup_operator"
    TECHNICIAN = "technician"
    DISPATCHER = "dispatcher"

    @property
    def is_provider(self) -> bool:
        """Whether people of this role work for the provider."""
        return self in (Role.TECHNICIAN, Role.DISPATCHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone the help desk knows.

    Attributes:
        email: address in lower case; identifies the person.
        company: name of the company, empty for the provider's own people.
        verified: false when a device of the company gave the name before anyone signed in.
    """

    email: str
    name: str = ""
    company: str = ""
    role: Role = Role.REQUESTER
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the person is best reached about one ticket. All empty: as the help desk has it on file."""

    name: str = ""
    phone: str = ""
    email: str = ""
    prefers: str = ""
    """`phone`, `email` or empty."""
