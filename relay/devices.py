"""Devices and their tokens: kept as hashes, rotated, forgiving a lost answer and revoked when stolen ones turn up."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from desktop.sync.protocol import TokenPair
from desktop.tickets.people import Person
from desktop.tickets.trouble import InputRefused
from relay.accounts import as_principal, find_person
from relay.codes import Invitation
from relay.permissions import Principal
from relay.problems import Refusal
from relay.tables import codes, devices, moment, stamp, tokens

ACCESS_LIFE: Final = timedelta(hours=1)
"""How long an access token is good; a refresh token is good until it is replaced or its device revoked."""

ON_ITS_WAY: Final = timedelta(seconds=120)
"""How long a request may take to arrive, as clients are told (`request_life` of the relay's capabilities)."""

REMEMBERED: Final = timedelta(days=90)
"""For how long a replaced refresh token is recognised as stolen; after that it is only unknown."""


_HOLDER: Final = (
    select(tokens.c.id, tokens.c.used, tokens.c.access_until, devices.c.device, devices.c.email, devices.c.company)
    .join(devices, devices.c.device == tokens.c.device)
    .where(tokens.c.access == bindparam("access"), devices.c.revoked_at == 0)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """A device as an administrator sees it. `person` is empty until somebody has signed in on it."""

    device: str
    name: str
    company: str
    person: str
    enrolled: datetime
    revoked: bool


def connect_device(
    connection: Connection, device: str, secret: str, name: str, invitation: Invitation, *, at: datetime
) -> TokenPair | Refusal:
    """Make the device, or know it by its secret, as that of whoever was invited; returns its first tokens."""
    present = connection.execute(select(devices).where(devices.c.device == device)).first()
    hashed = _hash(secret)
    if present is None:
        connection.execute(
            insert(devices).values(
                device=device,
                secret=hashed,
                name=name,
                company=invitation.company,
                email=invitation.email,
                enrolled_at=stamp(at),
            )
        )
        return _pair(connection, device, parent=0, at=at)
    if not hmac.compare_digest(present.secret, hashed):
        return Refusal(
            409,
            "device-taken",
            "Computer known already",
            "This computer is known under another key. Please connect anew.",
        )
    if (present.email, present.company) != (invitation.email, invitation.company) or present.revoked_at:
        connection.execute(delete(tokens).where(tokens.c.device == device))
    connection.execute(
        update(devices)
        .where(devices.c.device == device)
        .values(name=name, company=invitation.company, email=invitation.email, revoked_at=0)
    )
    return _pair(connection, device, parent=0, at=at)


def refresh(connection: Connection, device: str, token: str, secret: str, *, at: datetime) -> TokenPair | Refusal:
    """The next pair. The token stays good until a successor was used once; after that its reuse revokes the device.

    Not at once: a request that its sender has given up on may come after the one that was sent in its place.

    A token that was never seen is one of after the backup that the data was restored from: then the device's secret
    counts. The pair it gets ends all others when it is used, so a thief is found out as ever.
    """
    found = connection.execute(
        select(tokens.c.id, tokens.c.device, tokens.c.dead, devices.c.revoked_at)
        .join(devices, devices.c.device == tokens.c.device)
        .where(tokens.c.refresh == _hash(token), tokens.c.device == device)
    ).first()
    if found is None:
        known = select(devices.c.secret).where(devices.c.device == device, devices.c.revoked_at == 0)
        expected = connection.execute(known).scalar()
        if expected is None or not hmac.compare_digest(expected, _hash(secret)):
            return _unknown_token()
        return _pair(connection, device, parent=0, at=at)
    if found.revoked_at:
        return _unknown_token()
    if found.dead:
        if not _may_be_late(connection, device, at=at):
            revoke(connection, device, at=at)
        return _unknown_token()
    _mark_used(connection, found.id)
    return _pair(connection, device, parent=found.id, at=at)


def authenticate(connection: Connection, access: str, *, at: datetime) -> tuple[Principal, int] | None:
    """Who holds the access token, and the id of its pair where that has not been used before (else 0); None: nobody."""
    found = connection.execute(_HOLDER, {"access": _hash(access)}).first()
    if found is None or found.access_until <= stamp(at):
        return None
    person = find_person(connection, found.email) if found.email else None
    if found.email and person is None:
        return None
    principal = as_principal(connection, person, device=found.device, company=found.company)
    return principal, 0 if found.used else found.id


def first_use(connection: Connection, pair: int) -> None:
    """A pair was used for the first time: what came before it, and whatever else was made in its place, is dead."""
    _mark_used(connection, pair)


def revoke(connection: Connection, device: str, *, at: datetime) -> None:
    """The device is known no more, from its next request on; raises `InputRefused` where there is none.

    The code that it was connected with answers nobody again.
    """
    changed = connection.execute(update(devices).where(devices.c.device == device).values(revoked_at=stamp(at)))
    if not changed.rowcount:
        raise InputRefused(f"There is no device {device!r}. See them with: device list.")
    connection.execute(update(codes).where(codes.c.device == device).values(used_at=0))


def device_lines(connection: Connection) -> list[DeviceLine]:
    """Every device, oldest first."""
    return [
        DeviceLine(
            device=line.device,
            name=line.name,
            company=line.company,
            person=line.email,
            enrolled=moment(line.enrolled_at),
            revoked=bool(line.revoked_at),
        )
        for line in connection.execute(select(devices).order_by(devices.c.enrolled_at, devices.c.device))
    ]


def person_of(principal: Principal) -> Person:
    """Who acts: the person, or the unverified somebody at a company's device."""
    return principal.person or Person(email="", company=principal.company, verified=False)


def _may_be_late(connection: Connection, device: str, *, at: datetime) -> bool:
    """Whether a pair was made so lately that a request from before it may still be on its way."""
    lately = tokens.c.access_until > stamp(at + ACCESS_LIFE - ON_ITS_WAY)
    return connection.execute(select(tokens.c.id).where(tokens.c.device == device, lately)).first() is not None


def _mark_used(connection: Connection, pair: int) -> None:
    """The pair's answer has arrived: its parent and its siblings can no longer be refreshed."""
    this: Any = connection.execute(select(tokens).where(tokens.c.id == pair)).one()
    if this.used:
        return
    connection.execute(update(tokens).where(tokens.c.id == pair).values(used=1))
    others = update(tokens).where(tokens.c.device == this.device, tokens.c.id != pair)
    if this.parent:
        others = others.where(or_(tokens.c.id == this.parent, tokens.c.parent == this.parent))
    connection.execute(others.values(dead=1))


def _pair(connection: Connection, device: str, *, parent: int, at: datetime) -> TokenPair:
    access, refreshing = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    forgotten = stamp(at - REMEMBERED)
    connection.execute(
        delete(tokens).where(tokens.c.device == device, tokens.c.dead == 1, tokens.c.access_until < forgotten)
    )
    connection.execute(
        insert(tokens).values(
            device=device,
            parent=parent,
            access=_hash(access),
            refresh=_hash(refreshing),
            access_until=stamp(at + ACCESS_LIFE),
        )
    )
    email = connection.execute(select(devices.c.email).where(devices.c.device == device)).scalar_one()
    person = find_person(connection, email) if email else None
    return TokenPair(access=access, refresh=refreshing, expires_in=int(ACCESS_LIFE.total_seconds()), person=person)


def _unknown_token() -> Refusal:
    return Refusal(
        401,
        "not-signed-in",
        "Please connect again",
        "This computer is not known here any more. Please ask your provider for a new code.",
        {"WWW-Authenticate": "Bearer"},
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
