"""The status that tickets are listed by, as it was typed."""

from dataclasses import replace

from desktop.desk import Desk
from desktop.tickets.life_cycle import status_of
from desktop.tickets.organisation import Purpose
from desktop.tickets.ticket import StatusKey
from desktop.tickets.typed_values import typed_value

_LOOKED_AT = 10_000
"""Newest tickets whose statuses count as known."""


def typed_status(desk: Desk, text: str) -> str:
    """The key of that status; empty where nothing was typed. Raises `InputRefused` for one that no ticket can have.

    Known are the provider's own and those of the tickets that are here; ours in neutral words where the provider has
    told of none.
    """
    organisation = desk.organisation()
    keys = {str(row.status) for row in desk.tickets(limit=_LOOKED_AT).rows if row.status} if text.strip() else set()
    if not organisation.statuses:
        keys |= {purpose.value for purpose in Purpose if purpose is not Purpose.UNKNOWN}
    others = sorted(keys.difference(status.key for status in organisation.statuses))
    known = (*organisation.statuses, *(status_of(organisation, StatusKey(key)) for key in others))
    return typed_value(replace(organisation, statuses=known), "status", text.strip())
