"""How to reach someone, corrected by several people at once: field by field."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from desktop.tickets.creation import clean_contact
from desktop.tickets.merge import LostValue, merge_fields
from desktop.tickets.operations import CorrectContact, FieldChange
from desktop.tickets.people import Contact

_PREFIX: Final = "contact_"
CONTACT_FIELDS: Final = frozenset(_PREFIX + one.name for one in fields(Contact))
"""What the fields of a contact are called among those of a ticket."""


def contact_text(contact: Contact, field: str) -> str:
    """A field of it, by its name among those of a ticket."""
    return str(getattr(contact, field.removeprefix(_PREFIX)))


def merge_contact(theirs: Contact, body: CorrectContact) -> tuple[Contact, tuple[LostValue, ...]]:
    """The contact afterwards, and the values that lost against `theirs`; without a base the whole is replaced."""
    mine = clean_contact(body.contact)
    if body.base is None:
        return mine, ()
    base = clean_contact(body.base)
    changes = [
        FieldChange(field=field, base=contact_text(base, field), value=contact_text(mine, field))
        for field in sorted(CONTACT_FIELDS)
        if contact_text(base, field) != contact_text(mine, field)
    ]
    merged = merge_fields({change.field: contact_text(theirs, change.field) for change in changes}, changes)
    return _with(theirs, merged.values), merged.lost


def correction(field: str, base: str, value: str) -> CorrectContact:
    """One field corrected, the others as they are."""
    return CorrectContact(contact=_with(Contact(), {field: value}), base=_with(Contact(), {field: base}))


def _with(contact: Contact, values: Mapping[str, str]) -> Contact:
    return replace(contact, **{field.removeprefix(_PREFIX): value for field, value in values.items()})
