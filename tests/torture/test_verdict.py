"""The judge finds what it is there to find: otherwise a torture that ends well says nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from desktop.tickets.people import Person
from desktop.tickets.ticket import Attachment, Change, Note, Ticket, TicketState
from desktop.tickets.view import KeptValue
from tests.torture.acts import Shown, sha256_of
from tests.torture.history import Act, Does, History
from tests.torture.verdict import Seen, Verdict, judge

AT = datetime(2026, 11, 22, tzinfo=UTC)
ROBIN = Person(email="robin@example.com", company="Harbour Bakery")
DESK = "robin-desk"
TICKET = "t"


@dataclass(frozen=True)
class Ended:
    """A run that ended well: a ticket with two notes, a file and a changed device, all acknowledged."""

    history: History
    acts: dict[Does, Act]
    seen: Seen

    def with_truth(self, change: Callable[[TicketState], TicketState]) -> "Ended":
        """The help desk has it otherwise, and so has the computer."""
        state = change(self.seen.truth[TICKET])
        shown = {DESK: {TICKET: replace(self.seen.shown[DESK][TICKET], state=state)}}
        return replace(self, seen=replace(self.seen, truth={TICKET: state}, shown=shown))

    def with_shown(self, shown: Shown) -> "Ended":
        return replace(self, seen=replace(self.seen, shown={DESK: {TICKET: shown}}))

    def verdict(self) -> Verdict:
        return judge(self.history, self.seen)


@pytest.fixture
def ended() -> Ended:
    history = History()
    acts = {}
    for does in (Does.FILE, Does.SAY, Does.REOPEN, Does.ATTACH, Does.CHANGE, Does.SOLVE):
        act = acts[does] = history.begin(DESK, does, TICKET, "device" if does is Does.CHANGE else "")
        act.operation = f"operation of {does}"
    ticket = Ticket(id=TICKET, requester=ROBIN, summary="s", made_at=AT, updated_at=AT)
    change = Change(at=AT, who=ROBIN.email, field="device", old="", new=acts[Does.CHANGE].mark)
    ticket = replace(ticket, device=replace(ticket.device, name=change.new), history=(change,))
    state = TicketState(
        ticket=ticket,
        notes=tuple(note(acts[does].mark) for does in (Does.SAY, Does.REOPEN)),
        attachments=(file(sha256_of(acts[Does.ATTACH])),),
    )
    seen = Seen(
        truth={TICKET: state},
        results={acts[Does.SOLVE].operation: "applied"},
        shown={DESK: {TICKET: Shown(state, (), 0)}},
        visible={DESK: frozenset((TICKET,))},
        refused={DESK: frozenset()},
    )
    return Ended(history, acts, seen)


def note(text: str) -> Note:
    return Note(id=text, ticket=TICKET, author=ROBIN, text=text, at=AT)


def file(sha256: str) -> Attachment:
    return Attachment(id=sha256, ticket=TICKET, name="a", size=1, sha256=sha256, media_type="a/b", at=AT, author=ROBIN)


def test_a_run_that_ended_well(ended: Ended) -> None:
    assert ended.verdict() == Verdict()


def test_a_note_or_file_that_is_gone_is_lost(ended: Ended) -> None:
    assert len(ended.with_truth(lambda state: replace(state, notes=state.notes[:1])).verdict().lost) == 1
    assert len(ended.with_truth(lambda state: replace(state, attachments=())).verdict().lost) == 1


def test_a_step_that_was_never_made_is_lost(ended: Ended) -> None:
    assert len(replace(ended, seen=replace(ended.seen, results={})).verdict().lost) == 1


def test_a_note_or_file_that_is_there_twice_is_doubled(ended: Ended) -> None:
    twice = ended.with_truth(lambda state: replace(state, notes=(*state.notes, state.notes[1])))
    assert len(twice.verdict().doubled) == 1
    twice = ended.with_truth(lambda state: replace(state, attachments=state.attachments * 2))
    assert len(twice.verdict().doubled) == 1


def test_what_was_not_acknowledged_may_be_there_or_not_but_not_twice(ended: Ended) -> None:
    ended.acts[Does.SAY].operation = ""
    assert ended.verdict().is_ok
    assert ended.with_truth(lambda state: replace(state, notes=state.notes[1:])).verdict().is_ok
    twice = ended.with_truth(lambda state: replace(state, notes=(state.notes[0], *state.notes)))
    assert len(twice.verdict().doubled) == 1


def test_a_change_that_is_gone_is_lost_unless_the_person_was_told(ended: Ended) -> None:
    gone = ended.with_truth(
        lambda state: replace(
            state, ticket=replace(state.ticket, history=(), device=replace(state.ticket.device, name=""))
        )
    )
    assert len(gone.verdict().lost) == 1
    act = ended.acts[Does.CHANGE]
    kept = KeptValue(operation=act.operation, field="device", mine=act.mark, theirs="")
    beaten = gone.with_shown(replace(gone.seen.shown[DESK][TICKET], kept=(kept,))).verdict()
    told = replace(gone, seen=replace(gone.seen, refused={DESK: frozenset((act.operation,))})).verdict()
    for verdict in (beaten, told):
        assert (verdict.is_ok, len(verdict.told)) == (True, 1)


def test_a_change_that_was_written_over_unseen_is_lost(ended: Ended) -> None:
    over = Change(at=AT, who="sam", field="device", old="", new="x")
    unseen = ended.with_truth(
        lambda state: replace(state, ticket=replace(state.ticket, history=(*state.ticket.history, over)))
    )
    assert len(unseen.verdict().lost) == 2


def test_notes_in_another_order_have_diverged_unless_the_help_desk_had_lost_one(ended: Ended) -> None:
    turned = ended.with_truth(lambda state: replace(state, notes=state.notes[::-1]))
    assert len(turned.verdict().diverged) == 1
    assert replace(turned, seen=replace(turned.seen, restored=True)).verdict().is_ok


def test_a_computer_that_shows_something_else_has_diverged(ended: Ended) -> None:
    shown = ended.seen.shown[DESK][TICKET]
    other = replace(shown, state=replace(shown.state, notes=shown.state.notes[:1]))
    assert len(ended.with_shown(other).verdict().diverged) == 1
    assert len(replace(ended, seen=replace(ended.seen, shown={DESK: {}})).verdict().diverged) == 1
    assert len(replace(ended, seen=replace(ended.seen, visible={DESK: frozenset()})).verdict().diverged) == 1


def test_what_is_shown_as_waiting_in_the_end_is_stuck(ended: Ended) -> None:
    assert len(ended.with_shown(replace(ended.seen.shown[DESK][TICKET], waiting=1)).verdict().stuck) == 1
