"""One-time codes by which a device is connected: kept as hashes, read out on the telephone, forgiving a lost answer."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop.tickets.trouble import InputRefused
from relay.accounts import company_exists, find_person
from relay.problems import Refusal
from relay.tables import codes, guesses, stamp

VALID_FOR: Final = timedelta(days=7)
"""How long a code can be used."""

ANSWERS_AGAIN: Final = timedelta(minutes=10)
"""For how long after its use the same device is answered again, because the first answer may have been lost."""

MOST_GUESSES: Final = 10
"""Wrong codes from one address within `GUESSING`; then it has to wait."""

GUESSING: Final = timedelta(minutes=10)

_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 12
_TYPED: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code is for: a person, or (`email` empty) a device of a company."""

    email: str
    company: str


def make_code(
    connection: Connection, *, at: datetime, email: str = "", company: str = "", valid_for: timedelta = VALID_FOR
) -> str:
    """A new code such as `7F3K-Q2MX-9DWC` (60 random bits); raises `InputRefused` for someone unknown."""
    if bool(email) == bool(company):
        raise InputRefused("A code is for a person or for a company: give an e-mail address or --company NAME.")
    if email:
        person = find_person(connection, email)
        if person is None:
            raise InputRefused(f"There is nobody with the address {email!r}. Add them first: person add.")
        email, company = person.email, person.company
    elif not company_exists(connection, company):
        raise InputRefused(f"There is no company {company!r}. Add it first: company add.")
    symbols = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH))
    connection.execute(
        insert(codes).values(hash=_hash(symbols), email=email, company=company, expires_at=stamp(at + valid_for))
    )
    return "-".join((symbols[:4], symbols[4:8], symbols[8:]))


def redeem(connection: Connection, code: str, device: str, *, at: datetime) -> Invitation | Refusal:
    """What the code is for, now used by this device; or why not (codes `code-wrong`, `code-used`, `code-expired`)."""
    now = stamp(at)
    found = connection.execute(select(codes).where(codes.c.hash == _hash(_as_made(code)))).first()
    if found is None:
        return Refusal(403, "code-wrong", "Code not known", "This code is not known. Please check it letter by letter.")
    invitation = Invitation(found.email, found.company)
    if found.device:
        if found.device == device and now < found.used_at + ANSWERS_AGAIN // timedelta(milliseconds=1):
            return invitation
        return Refusal(
            409,
            "code-used",
            "Code already used",
            "This code has been used already. Please ask your provider for a new one.",
        )
    if now >= found.expires_at:
        return Refusal(
            410, "code-expired", "Code too old", "This code is no longer good. Please ask your provider for a new one."
        )
    connection.execute(update(codes).where(codes.c.hash == found.hash).values(device=device, used_at=now))
    return invitation


def too_many_guesses(connection: Connection, address: str, *, at: datetime) -> Refusal | None:
    """The refusal for an address that has tried too many wrong codes, or None."""
    since = stamp(at - GUESSING)
    tried = connection.execute(
        select(func.count(), func.min(guesses.c.at)).where(guesses.c.address == address, guesses.c.at > since)
    ).one()
    if tried[0] < MOST_GUESSES:
        return None
    wait = max(1, (tried[1] - since) // 1000)
    return Refusal(
        429,
        "too-many-tries",
        "Too many tries",
        "Too many wrong codes came from here. Please wait some minutes and try again.",
        {"Retry-After": str(wait)},
    )


def note_guess(connection: Connection, address: str, *, at: datetime) -> None:
    """Remember a wrong code from an address; old ones are forgotten."""
    connection.execute(delete(guesses).where(guesses.c.at <= stamp(at - GUESSING)))
    connection.execute(insert(guesses).values(address=address, at=stamp(at)))


def _as_made(code: str) -> str:
    return code.strip().upper().translate(_TYPED)


def _hash(symbols: str) -> bytes:
    return hashlib.sha256(symbols.encode("utf-8", "replace")).digest()
