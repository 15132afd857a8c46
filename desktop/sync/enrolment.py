"""Connecting this device to a provider with a one-time code, so that a lost answer locks nobody out."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

import msgspec

from desktop.sync.faults import Refused
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.relay import enrol_device
from desktop.sync.ledger import Ledger, SyncStore
from desktop.sync.protocol import Enrolled, EnrolRequest
from desktop.sync.restored import move_to
from desktop.sync.server_url import checked_server
from desktop.tickets.clock import Clock
from desktop.tickets.connection import Account
from desktop.tickets.identity import new_id
from desktop.tickets.trouble import InputRefused

_PENDING: Final = "sync.enrolment"
_SENTENCES: Final = {
    "code-wrong": "The help desk does not know this code. Check it, or ask your provider for a new one.",
    "code-used": "This code has been used already. Ask your provider for a new one.",
    "code-expired": "This code is too old. Ask your provider for a new one.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """Who we said we are; kept until the answer is, so that the same question can be asked again."""

    asked: str
    device: str
    device_secret: str


def enrol(store: SyncStore, server: str, code: str, device_name: str, *, clock: Clock, random: Random) -> Account:
    """Connect to a help desk; blocks. The device's id and secret are durable before the first request.

    Asked again with the same code after a lost answer, it gets the same answer. Raises `InputRefused` for an address
    or code that cannot be right, a `SyncFault` for what happened on the way.
    """
    url = checked_server(server)
    code = "".join(code.split())
    if not code:
        raise InputRefused("Please type the code that your provider gave you.")
    asked = hashlib.sha256(f"{url} {code}".encode()).hexdigest()
    attempt = store.background(lambda ledger: _attempt(ledger, asked, url, new_id(clock, random))).result()
    request = EnrolRequest(
        code=code, device=attempt.device, device_secret=attempt.device_secret, device_name=device_name
    )
    http = Http(url, clock)
    try:
        enrolled = enrol_device(http, request)
    except Refused as fault:
        if fault.code not in _SENTENCES:
            raise
        raise Refused(_SENTENCES[fault.code], detail=fault.detail, status=fault.status, code=fault.code) from fault
    finally:
        http.stop()
    account = Account(
        server=url,
        device=attempt.device,
        device_secret=attempt.device_secret,
        company=enrolled.company,
        provider=enrolled.provider,
        person=enrolled.person,
        access=enrolled.tokens.access,
        refresh=enrolled.tokens.refresh,
        access_until=clock.now() + timedelta(seconds=_seconds(enrolled)),
    )
    store.background(lambda ledger: _keep(ledger, account)).result()
    return account


def _seconds(enrolled: Enrolled) -> int:
    return min(max(enrolled.tokens.expires_in, 0), 10**8)


def _attempt(ledger: Ledger, asked: str, url: str, device: str) -> _Attempt:
    """The one that waits for its answer, else a new device.

    Where nobody had signed in on this one it stays the same: only as that device does the help desk know what it filed.
    """
    kept = ledger.settings.value(_PENDING)
    if kept:
        attempt = msgspec.json.decode(kept, type=_Attempt)
        if attempt.asked == asked:
            return attempt
    attempt = _Attempt(asked=asked, device=device, device_secret=secrets.token_urlsafe(32))
    before = ledger.settings.account()
    if before is not None and before.server == url and before.person is None and before.device_secret:
        attempt = _Attempt(asked=asked, device=before.device, device_secret=before.device_secret)
    ledger.settings.save_value(_PENDING, msgspec.json.encode(attempt).decode())
    return attempt


def _keep(ledger: Ledger, account: Account) -> None:
    before = ledger.settings.account()
    ledger.settings.save_account(account)
    ledger.settings.save_value(_PENDING, "")
    if before is not None and (before.server, before.person) != (account.server, account.person):
        move_to(ledger, other_server=before.server != account.server)
