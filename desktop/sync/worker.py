"""What keeps this home and its help desk in step: in the background, or once when asked.

What speaks HTTP takes a fifth of a second to load: it is imported when there is somebody to speak to.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event, Lock, RLock, Thread
from time import monotonic
from typing import Final

from desktop.sync.connection import PROMPT, Connection
from desktop.sync.engine_lock import EngineLock
from desktop.sync.faults import LocalFault, Offline, SyncFault
from desktop.sync.help_desks.base import MAX_FILE, HelpDesk
from desktop.sync.ledger import Ledger, SyncStore
from desktop.sync.passes import PassResult, got_through, run_pass
from desktop.sync.poke import PokeServer, ask_for_pass, poke
from desktop.tickets.clock import Clock
from desktop.tickets.connection import Account
from desktop.tickets.ticket import Ticket
from desktop.tickets.trouble import Trouble

TAKE_OVER: Final = 2.0
"""Seconds between two tries to become the process that runs the engine."""
_TRY_AGAIN: Final = 0.05
_RENEWAL: Final = 10.0
_BUSY: Final = "Another Helptray on this computer is busy with this. Saved here. It will go out with the others."
_log = logging.getLogger(__name__)

Connect = Callable[[Account], Callable[[], HelpDesk]]
"""For an account, a maker of help desks: called once for each thread that is to speak to it."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """Whether the last request got through, and if not, why."""

    online: bool
    fault: SyncFault | None = None


class Worker:
    """Runs the engine for a home, or asks the process that does.

    `connect` is for other help desks than our relay.
    """

    def __init__(
        self,
        store: SyncStore,
        home: Path,
        *,
        clock: Clock,
        random: Random,
        connect: Connect | None = None,
    ) -> None:
        self._store = store
        self._home = home
        self._clock = clock
        self._random = random
        self._listeners: list[Callable[[LinkState], None]] = []
        self._connect = connect or self._relay
        self._lock = EngineLock(home)
        self._engine = RLock()
        self._stopped = Event()
        self._woken = Event()
        self._state = LinkState(online=False)
        self._telling = Lock()
        self._thread: Thread | None = None
        self._connection: Connection | None = None
        self._connected_as: tuple[str, str] | None = None
        self._poked: PokeServer | None = None
        self._passing: HelpDesk | None = None

    def state(self) -> LinkState:
        """The state of the connection, as this process last saw it."""
        return self._state

    def on_state(self, tell: Callable[[LinkState], None]) -> None:
        """Call `tell` whenever the state of the connection has changed, on a thread of ours."""
        with self._telling:
            self._listeners.append(tell)

    def enrol(self, server: str, code: str, device_name: str) -> Account:
        """Connect this device to a help desk; see `desktop.sync.enrolment`."""
        from desktop.sync.enrolment import enrol

        account = enrol(self._store, server, code, device_name, clock=self._clock, random=self._random)
        self._read_profile(account)
        self.wake()
        return account

    def _read_profile(self, account: Account) -> None:
        """The provider's profile, so that the first ticket knows it; where this fails the first pass reads it."""
        help_desk = self._connect(account)()
        try:
            profile = help_desk.organisation()
        except SyncFault:
            return
        finally:
            help_desk.stop()
        if profile is not None:
            self._store.background(
                lambda ledger: ledger.settings.save_organisation(profile.key, profile.toml, "")
            ).result()

    def start(self) -> None:
        """Keep in step from now on, as soon as no other process on this home does."""
        self._thread = Thread(target=self._run, name="helptray-worker", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do: the person asked, something was saved, the network came back."""
        connection = self._connection
        if connection is not None:
            connection.wake()
        if self._thread is None or not self._lock.is_held:
            poke(self._home)
        self._woken.set()

    def one_pass(self, timeout: float) -> PassResult:
        """Push everything due, read everything new, and come back; tries again until `timeout` seconds are over."""
        latest = monotonic() + timeout
        while True:
            remaining = max(0.0, latest - monotonic())
            result = self._pass_here(remaining) or ask_for_pass(self._home, remaining)
            if result is not None:
                self._tell(LinkState(online=result.online, fault=result.fault))
                return result
            if remaining == 0.0 or self._stopped.wait(_TRY_AGAIN):
                return PassResult(0, 0, False, LocalFault(_BUSY))

    def _pass_here(self, timeout: float) -> PassResult | None:
        """The pass, where this process runs the engine or may; None where another does."""
        with self._engine:
            if self._poked is not None:
                self._follow_account()
                connection = self._connection
            elif not self._lock.acquire():
                return None
            else:
                try:
                    return self._pass_alone(timeout)
                finally:
                    self._lock.release()
        return connection.one_pass(timeout) if connection else PassResult(0, 0, False, None)

    def _pass_alone(self, timeout: float) -> PassResult:
        account = self._store.background(_account).result()
        if account is None:
            return PassResult(0, 0, False, None)
        self._passing = self._connect(account)()
        try:
            return run_pass(
                self._store, self._passing, self._clock, self._random, timeout=timeout, stopped=self._stopped
            )
        finally:
            self._passing = None

    def fetch_file(self, attachment: str, target: Path, limit: int = MAX_FILE) -> int:
        """Read an attachment from the help desk into `target`, on from where that file ends; its size in bytes.

        Raises a `SyncFault`; what has come until then stays, for the next try. The caller checks the hash.
        """
        account = self._store.background(_account).result()
        if account is None:
            raise Offline(undelivered=True)
        help_desk = self._connect(account)()
        try:
            offset = target.stat().st_size if target.exists() else 0
            return help_desk.fetch_file(attachment, offset, target, limit)
        finally:
            help_desk.stop()

    def decide_escalation(self, ticket: str, version: int, *, approve: bool) -> Ticket:
        """Decide online on a faster answer, against that version of the ticket; kept here at once.

        Raises a `SyncFault`, `Refused` where the ticket has changed meanwhile or somebody else is to decide.
        """
        account = self._store.background(_account).result()
        if account is None:
            raise Offline("Connect this computer to your provider first.", undelivered=True)
        help_desk = self._connect(account)()
        try:
            decided = help_desk.decide_escalation(ticket, version, approve=approve)
        finally:
            help_desk.stop()
        self._store.background(lambda ledger: ledger.confirmed.put_ticket(decided)).result()
        return decided

    def stop(self) -> None:
        """End everything, promptly. What was under way is asked about by whoever takes over."""
        self._stopped.set()
        self._woken.set()
        passing = self._passing
        if passing is not None:
            passing.stop()
        if self._thread is not None:
            self._thread.join(2 * PROMPT)

    def _run(self) -> None:
        try:
            while not self._stopped.is_set():
                self._woken.clear()
                self._woken.wait(None if self._look() else TAKE_OVER)
        finally:
            self._hand_over()

    def _look(self) -> bool:
        """Take over if nobody else has, and follow the account; whether this process runs the engine."""
        try:
            with self._engine:
                if self._poked is None:
                    if not self._lock.acquire():
                        return False
                    server = PokeServer(self._home, self.wake, self.one_pass)
                    server.start()
                    self._poked = server
                self._follow_account()
                return True
        except (Trouble, OSError) as problem:
            sentence = problem.sentence if isinstance(problem, Trouble) else LocalFault.sentence_of_kind
            self._tell(LinkState(online=False, fault=LocalFault(sentence, detail=str(problem))))
        except Exception:  # noqa: BLE001  (the outermost loop: a mistake of ours must not end it)
            _log.exception("the worker stumbled")
        return False

    def _follow_account(self) -> None:
        account = self._store.background(_account).result()
        wanted = (account.server, account.device) if account else None
        if wanted == self._connected_as:
            return
        if self._connection is not None:
            self._connection.stop()
            self._connection = self._connected_as = None
        if account is not None:
            connection = Connection(self._store, self._connect(account), self._clock, self._random, self._report)
            connection.start()
            self._connection, self._connected_as = connection, wanted

    def _hand_over(self) -> None:
        with self._engine:
            if self._poked is not None:
                self._poked.stop()
                self._poked = None
            if self._connection is not None:
                self._connection.stop()
                self._connection = self._connected_as = None
            self._lock.release()

    def _report(self, fault: SyncFault | None) -> None:
        self._tell(LinkState(online=got_through(fault), fault=fault))

    def _tell(self, state: LinkState) -> None:
        with self._telling:
            changed = (state.online, type(state.fault)) != (self._state.online, type(self._state.fault))
            self._state = state
            listeners = tuple(self._listeners)
        if changed:
            for tell in listeners:
                tell(state)

    def _relay(self, account: Account) -> Callable[[], HelpDesk]:
        from desktop.sync.help_desks.http import Http
        from desktop.sync.help_desks.relay import RelayHelpDesk
        from desktop.sync.tokens import AccountTokens

        tokens = AccountTokens(
            self._store,
            account,
            self._clock,
            may_renew=self._may_renew,
            ask_holder=lambda: ask_for_pass(self._home, _RENEWAL),
        )
        return lambda: RelayHelpDesk(Http(account.server, self._clock), tokens)

    @contextmanager
    def _may_renew(self) -> Iterator[bool]:
        if self._lock.is_held:
            yield True
            return
        lock = EngineLock(self._home)
        try:
            yield lock.acquire()
        finally:
            lock.release()


def _account(ledger: Ledger) -> Account | None:
    return ledger.settings.account()
