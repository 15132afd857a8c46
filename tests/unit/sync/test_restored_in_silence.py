"""A server that was put back from a backup, of which nobody says anything: its history is another, by its names."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from desktop.sync.actions import Push, ReadPage
from desktop.sync.driver import decide, perform, store_outcome
from desktop.sync.ledger import Ledger
from desktop.sync.protocol import ChangePage, OperationsAnswer
from desktop.sync.restored import begin_again, known_heads, move_to, notice_answer, notice_page
from desktop.tickets.outbox import Lane, OperationState
from tests.unit.sync.office import Office


def answers_once_with(office: Office, **said: object) -> None:
    honest = office.relay.post

    def post(wires: Sequence[bytes]) -> OperationsAnswer:
        office.relay.post = honest  # type: ignore[method-assign]
        return replace(honest(wires), **said)  # type: ignore[arg-type]

    office.relay.post = post  # type: ignore[method-assign]


def heads(office: Office) -> set[str]:
    told: str = office.store.write(known_heads).result()
    return set(told.split(","))


def test_a_batch_that_an_older_copy_answers_has_everything_asked_about_again() -> None:
    office = Office()
    backup = office.relay.backup()
    lost = office.file()
    office.settle()
    office.relay.restore(backup, office.relay.epoch)
    answers_once_with(office, forgot=True, head="99-b")  # further than it ever was: by its number nothing is missing
    office.file()
    office.step(Lane.OPERATIONS)
    assert heads(office) == {"99-b"}
    office.step(Lane.OPERATIONS)
    assert office.state(lost) is OperationState.UNKNOWN
    office.settle()
    assert office.state(lost) is OperationState.DONE
    assert lost.ticket in office.relay.created


def test_an_answer_to_a_batch_of_before_we_began_again_is_no_second_reason() -> None:
    office = Office()
    done = office.file()
    office.settle()
    office.store.write(lambda tx: notice_answer(tx, "7-a")).result()
    answers_once_with(office, forgot=True, head="8-b")
    office.file()
    action = decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
    assert isinstance(action, Push)
    office.store.write(begin_again).result()
    office.store.write(lambda tx: tx.settings.save_value("sync.asking_again", "")).result()
    store_outcome(office.store, office.engine, action, perform(office.help_desk, action))
    office.step(Lane.OPERATIONS)
    assert office.state(done) is OperationState.DONE


def reads_once_with(office: Office, told: str) -> None:
    honest = office.help_desk.changes

    def changes(cursor: str, limit: int, bucket: str = "", seen: str = "") -> ChangePage:
        office.help_desk.changes = honest  # type: ignore[method-assign]
        return replace(honest(cursor, limit, bucket, seen), head=told)

    office.help_desk.changes = changes  # type: ignore[method-assign]


def test_an_answer_of_before_the_restore_counts_though_the_news_of_after_it_came_first() -> None:
    office = Office()
    answers_once_with(office, head="6-lost")
    office.file()
    action = decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
    assert isinstance(action, Push)
    answer = perform(office.help_desk, action)
    reads_once_with(office, "7-b")
    office.step(Lane.PULL)
    store_outcome(office.store, office.engine, action, answer)
    assert heads(office) == {"6-lost", "7-b"}


def test_news_of_before_the_restore_count_though_an_answer_of_after_it_came_first() -> None:
    office = Office()
    reads_once_with(office, "6-lost")
    reading = decide(office.store, office.engine, Lane.PULL, woken=False)
    assert isinstance(reading, ReadPage)
    page = perform(office.help_desk, reading)
    answers_once_with(office, head="7-b")
    office.file()
    office.step(Lane.OPERATIONS)
    store_outcome(office.store, office.engine, reading, page)
    assert heads(office) == {"6-lost", "7-b"}


def test_what_an_older_copy_has_forgotten_counts_though_one_of_its_heads_was_told_anew_meanwhile() -> None:
    office = Office()
    done = office.file()
    office.settle()
    office.store.write(lambda tx: notice_answer(tx, "5-lost")).result()
    answers_once_with(office, forgot=True, head="8-b")
    office.file()
    action = decide(office.store, office.engine, Lane.OPERATIONS, woken=False)
    assert isinstance(action, Push)
    office.store.write(lambda tx: notice_page(tx, "7-b")).result()
    store_outcome(office.store, office.engine, action, perform(office.help_desk, action))
    office.step(Lane.OPERATIONS)
    assert office.state(done) is OperationState.UNKNOWN


@pytest.mark.parametrize("notice", [notice_answer, notice_page])
@pytest.mark.parametrize("told", ["", "x", "-a", "7-", "7-a,8-b", "²-a", "9" * 30 + "-a"])
def test_the_last_head_is_remembered_and_nothing_else(notice: Callable[[Ledger, str], None], told: str) -> None:
    office = Office()
    office.store.write(lambda tx: notice(tx, "7-a")).result()
    office.store.write(lambda tx: notice(tx, told)).result()
    assert heads(office) == {"7-a"}
    office.store.write(lambda tx: notice(tx, "6-b")).result()
    assert heads(office) == {"6-b"}
    office.store.write(begin_again).result()
    assert heads(office) == {""}


def test_a_device_that_is_connected_anew_at_the_same_server_still_knows_its_heads() -> None:
    office = Office()
    office.store.write(lambda tx: notice_answer(tx, "7-a")).result()
    office.store.write(lambda tx: move_to(tx, other_server=False)).result()
    assert heads(office) == {"7-a"}
    office.store.write(lambda tx: move_to(tx, other_server=True)).result()
    assert heads(office) == {""}
