"""The change feed: commit order, pages, cursors that are too old, tombstones and checksums."""

from datetime import timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, update

from desktop.sync.protocol import OperationsAnswer, encode_batch, encode_operation
from desktop.tickets.operations import AddNote, Assign, ChangeFields, FieldChange, Follow
from relay import values
from relay.life_cycle_clock import LifeCycleClock
from relay.notices import add_notice, end_notice
from relay.tables import marks
from relay.uploads import Uploads
from relay.values import renew_epoch


def change(client: Any, ticket: str, field: str, base: str, value: str) -> Any:
    fields = ChangeFields(changes=(FieldChange(field=field, base=base, value=value),))
    return client.push(client.operation(ticket, change_fields=fields))[0]


def test_rows_come_in_the_order_of_commits_and_a_changed_one_moves_to_the_end(client: Any, replica: Any) -> None:
    amy = client("amy@acme.test")
    first, second = amy.file("One"), amy.file("Two")
    amy.say(first)
    rows = amy.page().rows
    assert [row.version for row in rows] == sorted(row.version for row in rows)
    assert [(row.kind, row.id) for row in rows if row.kind == "ticket"] == [("ticket", second), ("ticket", first)]
    assert all(row.ticket.version == row.version for row in rows if row.ticket)


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_pages_of_any_length_come_to_the_same(client: Any, replica: Any, limit: int) -> None:
    amy = client("amy@acme.test")
    for number in range(4):
        amy.say(amy.file(f"{number}"))
    held = replica(client("dora@acme.test"), limit=limit)
    assert held.agrees()
    assert len(held.rows) == 8


def test_a_page_ends_before_it_is_too_long_to_read(client: Any, replica: Any) -> None:
    amy = client("amy@acme.test")
    for _ in range(12):
        amy.file(details="\u0001w\u00e9" * 60_000 + "word " * 4_000, error_text="word " * 38_000)
    page = amy.page()
    assert page.more
    assert replica(amy).agrees()


def test_nothing_new_is_an_empty_page_with_checksums(client: Any) -> None:
    amy = client("amy@acme.test")
    amy.file()
    page = amy.page()
    again = amy.page(page.cursor)
    assert (again.rows, again.more, again.cursor) == ((), False, page.cursor)
    assert again.checksums == page.checksums
    assert again.organisation_etag == amy.ask("GET", "/v1/organisation").headers["ETag"]


@pytest.mark.parametrize("cursor", ["x", "0" * 16 + "-0-0", "-", "0-0", "\x00", "9" * 500])
def test_a_cursor_of_somebody_else_begins_again(client: Any, cursor: str) -> None:
    answer = client("amy@acme.test").ask("GET", "/v1/changes", params={"since": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-gone")


def test_a_restored_database_has_another_epoch(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    page = amy.page()
    with world.relay.write() as connection:
        renew_epoch(connection)
    assert amy.ask("GET", "/v1/changes", params={"since": page.cursor}).status_code == 410
    assert amy.page().epoch != page.epoch


def test_a_head_that_this_history_never_went_through_ends_the_cursor(client: Any, world: Any) -> None:
    """As after a restore of which nobody has said anything: the same numbers, and more of them, by other names."""
    amy = client("amy@acme.test")
    ticket = amy.file()
    page = amy.page()
    assert amy.ask("GET", "/v1/changes", params={"since": page.cursor, "seen": page.head}).status_code == 200
    with world.relay.write() as connection:
        connection.execute(update(marks).values(name="0" * 16))
    amy.say(ticket)
    for seen in (page.head, "x", "999999-" + "0" * 16, amy.page().head + "," + page.head):
        for since in (page.cursor, ""):  # from the start too: what they had done may be lost
            gone = amy.ask("GET", "/v1/changes", params={"since": since, "seen": seen})
            assert (gone.status_code, gone.json()["code"]) == (410, "cursor-gone")
    assert amy.ask("GET", "/v1/changes", params={"since": page.cursor}).status_code == 200


def test_what_changes_no_row_moves_the_head_too(client: Any) -> None:
    """Else nobody would notice that a restore has forgotten it."""
    amy = client("amy@acme.test")
    ticket = amy.file()
    heads, rows = [], []
    for _ in range(2):
        amy.push(amy.operation(ticket, follow=Follow(following=True)))
        heads.append(amy.page().head)
        rows.append(amy.page().rows)
    assert heads[0] != heads[1]
    assert rows[0] == rows[1]


def test_a_batch_is_told_whether_the_head_that_it_names_is_known(client: Any, world: Any) -> None:
    amy = client("amy@acme.test")
    ticket = amy.file()
    head = amy.page().head
    for seen, forgot in ((head, False), ("", False), (head[:-1] + "x", True), ("1-" + "0" * 16, True)):
        note = amy.operation(ticket, add_note=AddNote(note=world.id(), text="Still broken"))
        body = encode_batch([encode_operation(note)], seen)
        answer = msgspec.json.decode(amy.ask("POST", "/v1/operations", data=body).content, type=OperationsAnswer)
        assert (answer.answers[0].result, answer.forgot) == ("applied", forgot)
        assert answer.head == amy.page().head
        located = amy.ask("GET", f"/v1/operations/{note.id}").json()
        assert located["head"] == answer.head


def test_a_cursor_from_after_a_backup_begins_again(client: Any) -> None:
    amy = client("amy@acme.test")
    epoch = amy.page().epoch
    assert amy.ask("GET", "/v1/changes", params={"since": f"{epoch}-999999-0"}).status_code == 410


def test_what_went_is_told_for_thirty_days_then_one_begins_again(client: Any, world: Any, replica: Any) -> None:
    amy = client("amy@acme.test")
    amy.file()
    amy.file()
    with world.relay.write() as connection:
        notice = add_notice(connection, world.clock, "E-mail is down").id
    early, late = replica(amy), replica(amy)
    assert early.agrees()
    assert late.agrees()
    with world.relay.write() as connection:
        end_notice(connection, notice, at=world.clock.now())
    world.clock.advance(days=29)
    LifeCycleClock(world.relay, Uploads(world.relay)).tick(world.clock.now())
    amy.enrol(world.code("amy@acme.test"))
    assert early.agrees()
    assert early.ids("notice") == set()
    world.clock.advance(days=2)
    LifeCycleClock(world.relay, Uploads(world.relay)).tick(world.clock.now())
    amy.enrol(world.code("amy@acme.test"))
    gone = amy.ask("GET", "/v1/changes", params={"since": late.cursor})
    assert gone.status_code == 410
    with world.relay.read() as connection:
        kept = connection.execute(select(func.min(marks.c.version))).scalar()
        assert kept == values.number(connection, "floor")
    begun_anew = replica(amy, limit=1)
    assert begun_anew.agrees()


def test_what_moves_while_somebody_fills_a_copy_is_not_lost(client: Any, world: Any, replica: Any) -> None:
    amy, dina = client("amy@acme.test"), client("dina@help.test")
    tickets = [amy.file(f"{number}") for number in range(6)]
    held = replica(client("tess@help.test"), limit=2)
    first = held.client.page("", 2)
    held.cursor = first.cursor
    held.rows = {(row.kind, row.id): row.version for row in first.rows}
    dina.push(dina.operation(tickets[0], assign=Assign(technician="theo@help.test")))
    amy.say(tickets[5])
    assert held.agrees()
    assert held.ids("ticket") == set(tickets[1:])


def test_whatever_happens_everybody_ends_with_what_they_may_see(client: Any, world: Any, replica: Any) -> None:
    random = Random(20261122)
    names = ("amy@acme.test", "bob@acme.test", "dora@acme.test", "tess@help.test", "theo@help.test", "dina@help.test")
    clients = {name: client(name) for name in names}
    held = [replica(one, limit=random.choice((1, 3, 500))) for one in clients.values()]
    tickets: list[str] = []
    dina = clients["dina@help.test"]
    for step in range(60):
        writer = clients[random.choice(names[:3])]
        ticket = random.choice(tickets) if tickets else ""
        match random.randrange(5) if ticket else 0:
            case 0:
                tickets.append(writer.file(f"Step {step}", confidential=random.random() < 0.3))
            case 1:
                writer.say(ticket)
            case 2 | 3:
                technician = random.choice(("", "tess@help.test", "theo@help.test"))
                dina.push(dina.operation(ticket, assign=Assign(technician=technician)))
            case _:
                seen = dina.read(ticket).state.ticket
                change(dina, ticket, "summary", seen.summary, f"Now {step}")
        if random.random() < 0.3:
            assert random.choice(held).agrees()
    for one in held:
        assert one.agrees()
        visible = {ticket for ticket in tickets if one.client.read(ticket) is not None}
        assert one.ids("ticket") == visible


def test_no_checksum_is_forgotten_over_a_day_of_clock(client: Any, world: Any, replica: Any) -> None:
    amy = client("amy@acme.test")
    with world.relay.write() as connection:
        add_notice(connection, world.clock, "Soon over", until=world.clock.now() + timedelta(minutes=5))
        add_notice(connection, world.clock, "Stays")
    held = replica(amy)
    assert held.agrees()
    assert len(held.ids("notice")) == 2
    world.clock.advance(minutes=5)
    LifeCycleClock(world.relay, Uploads(world.relay)).tick(world.clock.now())
    assert held.agrees()
    assert len(held.ids("notice")) == 1


def test_one_bucket_is_told_alone_by_cursors_of_its_own(client: Any, world: Any) -> None:
    amy, otto = client("amy@acme.test"), client("otto@other.test")
    ours = [amy.file(f"{number}") for number in range(5)]
    amy.say(ours[0])
    otto.file()
    with world.relay.write() as connection:
        add_notice(connection, world.clock, "E-mail is down")
    dina = client("dina@help.test")
    assert [bucket.bucket for bucket in dina.page().checksums] == ["company/Acme", "company/Other", "notices"]
    told, cursor, more = [], "", True
    while more:
        page = dina.page(cursor, 2, bucket="company/Acme")
        told += page.rows
        cursor, more = page.cursor, page.more
    assert {row.id for row in told if row.kind == "ticket"} == set(ours)
    assert len(told) == 6
    assert dina.page(cursor, bucket="company/Acme").rows == ()
    assert dina.ask("GET", "/v1/changes", params={"since": cursor}).status_code == 410
    assert dina.page(bucket="company/Nobody").rows == ()
    assert otto.page(bucket="company/Acme").rows == ()


def test_a_notice_that_is_over_goes_from_a_dispatcher_too(client: Any, world: Any, replica: Any) -> None:
    with world.relay.write() as connection:
        notice = add_notice(connection, world.clock, "E-mail is down").id
    held, late = replica(client("dina@help.test")), replica(client("dina@help.test"))
    assert held.agrees()
    with world.relay.write() as connection:
        end_notice(connection, notice, at=world.clock.now())
    assert held.agrees()
    assert late.agrees()
    assert held.ids("notice") == late.ids("notice") == set()
