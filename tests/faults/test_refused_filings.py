"""A filing that is refused, with words behind it: what is taken back comes home whole, and nothing is left behind."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.desk import Desk
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.wire_faults import drop_answer


@pytest.mark.parametrize("answers_lost", [0, 1])
def test_taken_back_it_brings_the_words_behind_it(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, desk_at: Callable[[str], Desk], answers_lost: int
) -> None:
    """Its id is another person's ticket, so it is refused; a lost first answer leaves the words in doubt."""
    other = desk_at("other")
    other.enrol(help_desk.url, help_desk.code("ben@example.com"))
    theirs = report(other, "The lamp is dark").ticket
    assert other.sync_now(TIMEOUT).pending == 0
    saved = robin.file_ticket(replace(robin.new_draft(), id=theirs, summary="The printer jams")).result()
    robin.reply(theirs, "It smells, too").result()
    if answers_lost:
        proxy.fault(drop_answer(), method="POST", path="/v1/operations", times=answers_lost)
    assert robin.sync_now(TIMEOUT).needs_attention == 1
    draft = robin.cancel(saved.operation).result()
    assert draft is not None
    assert (draft.summary, draft.details) == ("The printer jams", "It smells, too")
    result = robin.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 0)
    assert robin.waiting() == ()
