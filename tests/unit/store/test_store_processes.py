"""Many processes on one home, and processes that are killed."""

import signal
from pathlib import Path
from random import Random

from desktop.tickets.outbox import OperationState
from tests.contract.acts import Acts
from tests.unit.store.conftest import OpenStore, run_program, save


def test_ten_processes_save_at_once_beside_an_open_store(home: Path, open_store: OpenStore, acts: Acts) -> None:
    store = open_store()
    others = [run_program(str(home), "5") for _ in range(10)]
    mine = [save(store, acts) for _ in range(20)]
    told = [other.communicate(timeout=100) for other in others]
    assert [errors for _, errors in told] == [""] * 10
    saved = {line for lines, _ in told for line in lines.split()}
    assert len(saved) == 50
    reader = store.reader()
    assert all(reader.ticket(ticket) is not None for ticket in saved | set(mine))
    assert reader.counts()[OperationState.QUEUED] == 70


def test_ten_processes_make_one_home(home: Path, open_store: OpenStore) -> None:
    others = [run_program(str(home), "1") for _ in range(10)]
    told = [other.communicate(timeout=100) for other in others]
    assert [errors for _, errors in told] == [""] * 10
    reader = open_store().reader()
    assert reader.counts()[OperationState.QUEUED] == 10


def test_what_was_said_to_be_saved_survives_a_kill(home: Path, open_store: OpenStore) -> None:
    random, saved = Random(11), set()
    for _ in range(6):
        program = run_program(str(home), "0", "3000")
        assert program.stdout is not None
        for _ in range(random.randrange(1, 30)):
            saved.add(program.stdout.readline().strip())
        program.send_signal(signal.SIGKILL)
        rest, errors = program.communicate(timeout=30)
        assert errors == ""
        saved.update(line for line in rest.splitlines() if len(line) == 36)
    store = open_store()
    reader = store.reader()
    assert [ticket for ticket in saved if reader.ticket(ticket) is None] == []
    assert store.write(lambda tx: tx.work.run("PRAGMA integrity_check").fetchall()).result() == [("ok",)]
    assert store.idle()
    assert len(reader.tickets("printer").rows) == min(50, sum(reader.counts().values()))
