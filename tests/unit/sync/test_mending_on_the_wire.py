"""A damaged copy in the encrypted store heals from a real relay, over real HTTP, with the rows of one company alone."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.store.store import Store
from desktop.sync.enrolment import enrol
from desktop.sync.help_desks.relay import RelayHelpDesk
from desktop.sync.protocol import ChangedRow, ChangePage, RowKind, encode_operation
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.identity import new_id
from desktop.tickets.operations import AddNote, FileTicket, Operation
from desktop.tickets.organisation import UNKNOWN_ORGANISATION
from desktop.tickets.people import Person, Role
from relay.accounts import add_company, add_person, as_principal, find_person
from relay.book import Book
from relay.codes import make_code
from relay.core import Relay
from relay.serve import RelayServer

CLOCK = SystemClock()
COMPANIES = ("Acme", "Bell")
EACH = 5
"""Tickets of each company, with one note each."""


class Site:
    """A relay with tickets of two companies, and the computer of a dispatcher who sees them all."""

    def __init__(self, folder: Path) -> None:
        self._random = Random(5)
        with closing(Relay(folder / "relay")) as relay:
            with relay.write() as connection:
                add_person(connection, Person(email="dina@help.test", name="D", role=Role.DISPATCHER), at=CLOCK.now())
                code = make_code(connection, email="dina@help.test", at=CLOCK.now())
                for company in COMPANIES:
                    add_company(connection, company, at=CLOCK.now())
                    person = Person(email=f"kim@{company}.test".lower(), name="Kim", company=company)
                    add_person(connection, person, at=CLOCK.now())
            for company in COMPANIES:
                self._file(relay, f"kim@{company}.test".lower())
        self.server = RelayServer(folder / "relay", None)
        home = folder / "home"
        self.store = Store.open(
            home, b"k" * 32, clock=CLOCK, random=Random(7), parse=lambda text, *, source: UNKNOWN_ORGANISATION
        )
        enrol(self.store, self.server.start(), code, "d-1", clock=CLOCK, random=self._random)
        self.worker = Worker(self.store, home, clock=CLOCK, random=self._random)

    def _file(self, relay: Relay, email: str) -> None:
        with relay.write() as connection:
            by = as_principal(connection, find_person(connection, email), device="d")
            book = Book(connection, by, relay.organisation(connection), CLOCK.now())
            for _ in range(EACH):
                ticket = new_id(CLOCK, self._random)
                filing = self._operation(ticket, file_ticket=FileTicket(summary="Down"))
                note = self._operation(ticket, add_note=AddNote(note=new_id(CLOCK, self._random), text="Still"))
                book.apply_batch([encode_operation(filing), encode_operation(note)])

    def _operation(self, ticket: str, **kind: Any) -> Operation:
        return Operation(id=new_id(CLOCK, self._random), ticket=ticket, made_at=CLOCK.now(), **kind)

    def sql(self, *statements: str) -> None:
        self.store.write(lambda tx: [tx.work.run(statement) for statement in statements]).result()

    def copy(self) -> list[tuple[Any, ...]]:
        query = """SELECT id, bucket, version, body, shown FROM ticket WHERE body IS NOT NULL
            UNION ALL SELECT part.id, ticket.id, part.version, part.body, 1 FROM part
            JOIN ticket ON ticket.key = part.ticket
            UNION ALL SELECT name, checksum, held, '', '' FROM bucket WHERE held > 0 ORDER BY 1"""
        found: list[tuple[Any, ...]] = self.store.write(lambda tx: tx.work.run(query).fetchall()).result()
        return found

    def close(self) -> None:
        self.store.close()
        self.server.stop()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with closing(Site(tmp_path)) as running:
        assert running.worker.one_pass(30).fault is None
        yield running


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[ChangedRow]:
    """Every row that comes over the wire from now on."""
    rows: list[ChangedRow] = []
    honest: Callable[..., ChangePage] = RelayHelpDesk.changes

    def changes(self: RelayHelpDesk, cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        page = honest(self, cursor, limit, bucket, seen)
        rows.extend(page.rows)
        return page

    monkeypatch.setattr(RelayHelpDesk, "changes", changes)
    return rows


ONE_TICKET = "(SELECT min(key) FROM ticket WHERE bucket = 'company/Acme')"
ONE_NOTE = f"(SELECT min(key) FROM part WHERE ticket IN (SELECT key FROM ticket WHERE key = {ONE_TICKET}))"


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([f"UPDATE ticket SET version = version + 900, body = '?' WHERE key = {ONE_TICKET}"], id="altered"),
        pytest.param([f"UPDATE ticket SET version = version - 1 WHERE key = {ONE_TICKET}"], id="older"),
        pytest.param(
            [f"UPDATE part SET version = version + 900, body = '?' WHERE key = {ONE_NOTE}"], id="altered note"
        ),
        pytest.param([f"DELETE FROM part WHERE key = {ONE_NOTE}"], id="dropped note"),
        pytest.param([f"DELETE FROM ticket WHERE key = {ONE_TICKET}"], id="dropped ticket, its note hangs nowhere"),
        pytest.param(
            [
                "INSERT INTO ticket(generation, id, bucket, version, shown, body) "
                "SELECT generation, 'added', bucket, 7, 1, body FROM ticket WHERE bucket = 'company/Acme' LIMIT 1",
                "INSERT INTO part(generation, id, kind, ticket, version, body) "
                "SELECT generation, 'too', kind, (SELECT max(key) FROM ticket), 8, body FROM part LIMIT 1",
            ],
            id="added",
        ),
    ],
)
def test_a_damaged_copy_heals_within_one_pass(site: Site, told: list[ChangedRow], statements: list[str]) -> None:
    healthy = site.copy()
    site.sql(*statements)
    recount(site)
    assert site.worker.one_pass(30).fault is None
    assert site.copy() == healthy
    assert [row.kind for row in told].count(RowKind.TICKET) == EACH
    assert len(told) == 2 * EACH
    assert {row.ticket.company for row in told if row.ticket} == {"Acme"}
    told.clear()
    assert site.worker.one_pass(30).fault is None
    assert told == []


def recount(site: Site) -> None:
    """The checksums as they would be had the store itself done the damage."""

    def count(tx: Any) -> None:
        tx.work.run("DELETE FROM bucket")
        buckets, number = tx.confirmed._buckets, tx.confirmed._told().number
        rows = tx.work.run("SELECT bucket, 'ticket', id, version FROM ticket WHERE body IS NOT NULL").fetchall()
        query = """SELECT coalesce(ticket.bucket, 'nowhere'), kind, part.id, part.version
            FROM part LEFT JOIN ticket ON ticket.key = part.ticket"""
        for bucket, kind, row, version in [*rows, *tx.work.run(query).fetchall()]:
            buckets.count(number, bucket, (kind, row), -1, version)

    site.store.write(count).result()


def test_what_agrees_is_not_read_again(site: Site, told: list[ChangedRow]) -> None:
    assert site.worker.one_pass(30).fault is None
    assert told == []
