"""The device's bearer tokens: kept in the store, renewed by one at a time, durable before they are used."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from threading import Lock

from desktop.sync.faults import Refused, SignInNeeded
from desktop.sync.help_desks.http import Http
from desktop.sync.help_desks.relay import next_tokens
from desktop.sync.ledger import Ledger, SyncStore
from desktop.sync.protocol import TokenRequest
from desktop.tickets.clock import Clock
from desktop.tickets.connection import Account

MayRenew = Callable[[], AbstractContextManager[bool]]
"""Whether this process may renew the tokens now, for as long as the context lasts: only one process may."""


class AccountTokens:
    """`Tokens` over the account in the store, for any number of threads."""

    def __init__(
        self, store: SyncStore, account: Account, clock: Clock, *, may_renew: MayRenew, ask_holder: Callable[[], object]
    ) -> None:
        self._store = store
        self._account = account
        self._clock = clock
        self._may_renew = may_renew
        self._ask_holder = ask_holder
        self._one_at_a_time = Lock()

    def current(self) -> Account:
        """The account with the tokens to use now."""
        return self._account

    def renew(self, stale: Account, http: Http) -> Account:
        """The next tokens, asked for over the caller's own line, so that whoever stops it ends this too.

        Where the answer is lost, the old ones stay in the store and are good for asking again.
        """
        with self._one_at_a_time:
            if self._reread().access != stale.access:
                return self._account
            with self._may_renew() as mine:
                if not mine:
                    self._ask_holder()
                if self._reread().access != stale.access:
                    return self._account
                if not mine:
                    raise SignInNeeded(detail="the process that runs the engine did not renew the tokens")
                return self._renew(http)

    def _reread(self) -> Account:
        account = self._store.background(_account).result()
        if account is None or (account.server, account.device) != (self._account.server, self._account.device):
            raise SignInNeeded(detail="connected elsewhere meanwhile")
        self._account = account
        return account

    def _renew(self, http: Http) -> Account:
        known = self._account
        request = TokenRequest(device=known.device, refresh=known.refresh, device_secret=known.device_secret)
        try:
            pair = next_tokens(http, request)
        except Refused as fault:
            raise SignInNeeded(detail=fault.detail, status=fault.status, code=fault.code) from fault
        until = self._clock.now() + timedelta(seconds=min(max(pair.expires_in, 0), 10**8))
        who = pair.person or self._account.person
        account = replace(self._account, person=who, access=pair.access, refresh=pair.refresh, access_until=until)
        if not self._store.background(lambda ledger: _save(ledger, account, instead_of=known)).result():
            raise SignInNeeded(detail="connected anew meanwhile")
        self._account = account
        return account


def _account(ledger: Ledger) -> Account | None:
    return ledger.settings.account()


def _save(ledger: Ledger, account: Account, *, instead_of: Account) -> bool:
    """Whether it was: not over a connection that was made while the answer was on its way."""
    if ledger.settings.account() != instead_of:
        return False
    ledger.settings.save_account(account)
    return True
