"""Connecting, tokens, and moving from one help desk to another."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random

import msgspec
import pytest

from desktop.sync.enrolment import enrol
from desktop.sync.faults import NotTheServer, Refused, ServerFault, SignInNeeded
from desktop.sync.help_desks.http import Http
from desktop.sync.protocol import Enrolled, EnrolRequest, OperationsAnswer, TokenPair, encode
from desktop.sync.restored import KEPT_FOR, forget_durable, is_filling, notice_backup, notice_epoch
from desktop.sync.tokens import AccountTokens
from desktop.tickets.clock import SystemClock
from desktop.tickets.connection import Account
from desktop.tickets.outbox import Lane, OperationState
from desktop.tickets.people import Role
from desktop.tickets.trouble import InputRefused
from tests.contract.dictionary_store import DictionaryStore
from tests.unit.sync.memory_relay import ME
from tests.unit.sync.office import ACCOUNT, Office
from tests.unit.sync.small_server import JSON, PROBLEM, Handler, SmallServer

CLOCK = SystemClock()
PAIR = TokenPair(access="new", refresh="newer", expires_in=3600)


def renew(tokens: AccountTokens, stale: Account) -> Account:
    """The next tokens, over a line of this call's own."""
    http = Http(stale.server, CLOCK)
    try:
        return tokens.renew(stale, http)
    finally:
        http.stop()


def enrolled(body: bytes, device: str = "") -> bytes:
    device = device or msgspec.json.decode(body, type=EnrolRequest).device
    return encode(Enrolled(tokens=PAIR, device=device, company="Bakery", provider="Provider", person=ME))


def connect(store: DictionaryStore, url: str, code: str = "ABCD EFGH") -> Account:
    return enrol(store, url, code, "bakery-3", clock=CLOCK, random=Random(3))


def test_the_same_question_is_asked_until_it_is_answered_and_then_no_more() -> None:
    asked: list[EnrolRequest] = []

    def answer(handler: Handler, body: bytes) -> tuple[int, dict[str, str], bytes]:
        asked.append(msgspec.json.decode(body, type=EnrolRequest))
        return (500, {}, b"") if len(asked) < 3 else (200, JSON, enrolled(body))

    store = DictionaryStore()
    with SmallServer(answer) as server:
        for _ in range(2):
            with pytest.raises(ServerFault):
                connect(store, server.url)
        account = connect(store, server.url)
        again = connect(store, server.url)
    assert asked[0] == asked[1] == asked[2]
    assert asked[0].code == "ABCDEFGH"
    assert (account.device, account.device_secret) == (asked[0].device, asked[0].device_secret)
    assert account.access_until is not None
    assert again.device != account.device
    assert len({request.device_secret for request in asked}) == 2


def test_another_devices_answer_is_not_ours() -> None:
    store = DictionaryStore()
    with (
        SmallServer(lambda handler, body: (200, JSON, enrolled(body, device="another"))) as server,
        pytest.raises(NotTheServer),
    ):
        connect(store, server.url)
    assert store._all.account is None


def test_a_refusal_that_we_do_not_know_speaks_for_itself() -> None:
    problem = b'{"title":"No","status":403,"code":"closed","detail":"We are closed."}'
    with (
        SmallServer(lambda handler, body: (403, PROBLEM, problem)) as server,
        pytest.raises(Refused, match=r"We are closed\."),
    ):
        connect(DictionaryStore(), server.url)


def test_without_a_code_nothing_is_asked() -> None:
    with pytest.raises(InputRefused):
        connect(DictionaryStore(), "https://help.example.test", "  ")


def test_at_another_help_desk_nothing_of_the_first_is_sent_again() -> None:
    office = Office()
    ticket = office.file()
    office.settle()
    with SmallServer(lambda handler, body: (200, JSON, enrolled(body))) as server:
        connect(office.store, server.url)
    office.restart()
    first = office.relay.backup()
    office.relay.restore(type(first)(), "another")
    office.settle(woken=True)
    assert office.relay.created == []
    assert office.state(ticket) is OperationState.DONE
    assert not office.store.write(is_filling).result()


class TestTokens:
    def tokens(self, store: DictionaryStore, account: Account, *, mine: bool, ask: object = None) -> AccountTokens:
        @contextmanager
        def may_renew() -> Iterator[bool]:
            yield mine

        ask_holder = ask if callable(ask) else lambda: None
        return AccountTokens(store, account, CLOCK, may_renew=may_renew, ask_holder=ask_holder)

    def store(self, account: Account | None) -> DictionaryStore:
        store = DictionaryStore()
        store.write(lambda tx: tx.settings.save_account(account)).result()
        return store

    def test_who_may_not_renew_asks_the_one_who_may(self) -> None:
        store = self.store(ACCOUNT)
        newer = replace(ACCOUNT, access="newer")
        tokens = self.tokens(
            store, ACCOUNT, mine=False, ask=lambda: store.write(lambda tx: tx.settings.save_account(newer))
        )
        assert renew(tokens, ACCOUNT) == newer
        assert tokens.current() == newer

    def test_where_the_one_who_may_does_not_it_is_told(self) -> None:
        tokens = self.tokens(self.store(ACCOUNT), ACCOUNT, mine=False)
        with pytest.raises(SignInNeeded):
            renew(tokens, ACCOUNT)

    @pytest.mark.parametrize("now", [None, replace(ACCOUNT, device="other")])
    def test_tokens_of_another_connection_are_not_used(self, now: Account | None) -> None:
        tokens = self.tokens(self.store(now), ACCOUNT, mine=True)
        with pytest.raises(SignInNeeded):
            renew(tokens, ACCOUNT)

    def test_new_ones_are_durable_before_they_are_used(self) -> None:
        with SmallServer(lambda handler, body: (200, JSON, encode(PAIR))) as server:
            account = replace(ACCOUNT, server=server.url)
            store = self.store(account)
            renewed = renew(self.tokens(store, account, mine=True), account)
        assert (renewed.access, renewed.refresh) == ("new", "newer")
        assert store._all.account == renewed

    def test_they_are_not_kept_over_a_connection_that_was_made_meanwhile(self) -> None:
        anew = replace(ACCOUNT, access="anew", refresh="anew")
        store = self.store(None)

        def answer(handler: Handler, body: bytes) -> tuple[int, dict[str, str], bytes]:
            store.write(lambda tx: tx.settings.save_account(anew)).result()
            return 200, JSON, encode(PAIR)

        with SmallServer(answer) as server:
            old = replace(ACCOUNT, server=server.url)
            store.write(lambda tx: tx.settings.save_account(old)).result()
            with pytest.raises(SignInNeeded):
                renew(self.tokens(store, old, mine=True), old)
        assert store._all.account == anew

    def test_with_them_it_is_told_who_we_are_now(self) -> None:
        told = replace(PAIR, person=replace(ME, role=Role.TECHNICIAN))
        with SmallServer(lambda handler, body: (200, JSON, encode(told))) as server:
            account = replace(ACCOUNT, server=server.url)
            store = self.store(account)
            assert renew(self.tokens(store, account, mine=True), account).person == told.person
        assert store._all.account is not None
        assert store._all.account.person == told.person

    def test_a_help_desk_that_does_not_tell_leaves_us_who_we_are(self) -> None:
        with SmallServer(lambda handler, body: (200, JSON, encode(PAIR))) as server:
            account = replace(ACCOUNT, server=server.url, person=ME)
            assert renew(self.tokens(self.store(account), account, mine=True), account).person == ME

    def test_a_revoked_device_must_connect_again(self) -> None:
        problem = b'{"title":"No","status":403,"code":"revoked"}'
        with SmallServer(lambda handler, body: (403, PROBLEM, problem)) as server:
            account = replace(ACCOUNT, server=server.url)
            with pytest.raises(SignInNeeded):
                renew(self.tokens(self.store(account), account, mine=True), account)


class TestHowLongBytesAreKept:
    def done(self, *, skew: timedelta = timedelta(0)) -> tuple[Office, object]:
        """One ticket that is with a help desk whose clock is `skew` before ours."""
        office = Office()
        honest = office.relay.post

        def post(wires: Sequence[bytes]) -> OperationsAnswer:
            return self.told(office, honest(wires), office.clock.now() + skew)

        office.relay.post = post  # type: ignore[method-assign]
        ticket = office.file()
        office.step(Lane.OPERATIONS)
        return office, ticket

    def told(self, office: Office, answer: OperationsAnswer, at: datetime) -> OperationsAnswer:
        answers = [
            replace(said, ticket=replace(said.ticket, updated_at=at))
            for said in answer.answers
            if said.ticket is not None
        ]
        return replace(answer, answers=tuple(answers))

    def forget(self, office: Office) -> int:
        return office.store.write(lambda tx: forget_durable(tx, office.clock.now())).result()

    def answer(self, office: Office, *, durable: timedelta | None = None, skew: timedelta = timedelta(0)) -> None:
        """The help desk says how late it is there, `skew` before ours, and up to when its backup reaches."""
        theirs = office.clock.now() + skew
        until = None if durable is None else theirs + durable
        answer = OperationsAnswer(answers=tuple(office.relay.answers.values()), epoch="e1", durable_until=until)
        office.store.write(lambda tx: notice_backup(tx, self.told(office, answer, theirs))).result()

    def test_for_thirty_days_where_nothing_is_told(self) -> None:
        office, _ = self.done()
        office.clock.seconds += KEPT_FOR.total_seconds() - 10
        self.answer(office)
        assert self.forget(office) == 0
        office.clock.seconds += 20
        self.answer(office)
        assert self.forget(office) == 1

    @pytest.mark.parametrize("theirs", [timedelta(0), timedelta(days=400)], ids=["our clock", "both, for a while"])
    def test_a_clock_that_jumps_ahead_forgets_nothing(self, theirs: timedelta) -> None:
        office, _ = self.done()
        office.clock.seconds += 400 * 86_400
        self.answer(office, skew=-timedelta(days=399) + min(theirs, timedelta(days=20)))
        assert self.forget(office) == 0

    def test_a_help_desk_whose_clock_jumps_forgets_nothing_here(self) -> None:
        office, _ = self.done()
        self.answer(office, skew=timedelta(days=5000))
        assert self.forget(office) == 0

    @pytest.mark.parametrize("year", [1, 9999])
    def test_a_time_that_no_calendar_has_is_none(self, year: int) -> None:
        office, _ = self.done()
        answer = OperationsAnswer(answers=tuple(office.relay.answers.values()), epoch="e1")
        strange = self.told(office, answer, datetime(year, 1, 1, tzinfo=timezone(timedelta(hours=14))))
        office.store.write(lambda tx: notice_backup(tx, strange)).result()
        assert self.forget(office) == 0

    def test_until_a_backup_has_them_and_a_day(self) -> None:
        office, _ = self.done()
        office.clock.seconds += 23 * 3600
        self.answer(office, durable=timedelta(0))
        assert self.forget(office) == 0
        office.clock.seconds += 2 * 3600
        self.answer(office, durable=timedelta(0))
        assert self.forget(office) == 1

    def test_a_clock_that_is_days_slow_forgets_nothing_early(self) -> None:
        office, _ = self.done(skew=timedelta(days=3))
        office.clock.seconds += 3600
        self.answer(office, durable=timedelta(0), skew=timedelta(days=3))
        assert self.forget(office) == 0

    def test_an_older_or_zoneless_mark_changes_nothing(self) -> None:
        office, _ = self.done()
        answer = OperationsAnswer(answers=(), epoch="e1", durable_until=None)
        office.store.write(lambda tx: notice_backup(tx, answer)).result()
        self.answer(office, durable=timedelta(0))
        self.answer(office, durable=timedelta(days=-5))
        assert self.forget(office) == 0

    def test_the_first_epoch_is_no_change(self) -> None:
        office, _ = self.done()
        assert not office.store.write(lambda tx: notice_epoch(tx, "e1")).result()
        assert office.store.write(lambda tx: notice_epoch(tx, "e2")).result()
        assert office.step(Lane.OPERATIONS)
