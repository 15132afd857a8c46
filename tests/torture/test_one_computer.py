"""What ends badly on one computer is counted as that: otherwise a row without troubles says nothing."""

import logging
from pathlib import Path

import pytest

from desktop.sync.pushing import Pushing
from tests.faults.bad_computer import FAILURES, fail
from tests.faults.failing_database import Calls
from tests.faults.one_ticket import prepared
from tests.torture.one_computer import tell
from tests.torture.table import Row


@pytest.mark.logs_warnings
def test_a_story_that_ends_well_is_one() -> None:
    row = Row("calls")
    tell(row, "push: locked at call 1", lambda: logging.getLogger("desktop").warning("The disk is full."))
    assert (row.runs, row.ok) == (1, 1)


@pytest.mark.logs_warnings
def test_what_is_said_in_the_log_counts(capsys: pytest.CaptureFixture[str]) -> None:
    row = Row("calls")
    tell(row, "pull: locked at call 7", lambda: logging.getLogger("desktop").warning("our copy differs"))
    assert (row.runs, row.ok, row.diverged) == (1, 0, 1)
    assert "pull: locked at call 7" in capsys.readouterr().out


@pytest.mark.logs_warnings
def test_an_engine_that_forgets_what_was_on_its_way_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pushing, "start", lambda self, ledger: self._asking.start(ledger))
    before, row = prepared(tmp_path / "before", "push"), Row("calls")
    for number in range(10, 200, 10):
        calls = Calls(number, FAILURES["disk I/O errors from then on"])
        tell(row, "push", lambda home=tmp_path / f"home-{number}", at=calls: fail(before, home, "push", at))  # type: ignore[misc]
    assert row.ok < row.runs
