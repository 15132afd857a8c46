"""The help desk is put back from a backup, and people's computers notice one after the other."""

from collections.abc import Callable
from pathlib import Path
from random import Random

from desktop.desk import Desk
from desktop.sync.uploading import SMALLEST
from desktop.tickets.operations import FieldChange
from desktop.tickets.people import Role
from desktop.tickets.view import Mark
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.truth import Books
from tests.faults.wire_faults import pass_through


def test_what_was_said_on_a_ticket_that_is_not_back_yet_waits_for_it(
    help_desk: HelpDesk, desk_at: Callable[[str], Desk], tmp_path: Path
) -> None:
    """Whoever filed it brings it back; until then nothing that others have said on it is refused."""
    robin, sam = desk_at("robin"), desk_at("sam")
    robin.enrol(help_desk.url, help_desk.code("robin@example.com"))
    sam.enrol(help_desk.url, help_desk.code("sam@provider.example", Role.TECHNICIAN, company=""))
    books = Books(help_desk.data)
    books.back_up(tmp_path / "backup")
    saved = report(robin, "The printer eats paper", note="It also smells.")
    assert robin.sync_now(TIMEOUT).pending == 0
    assert sam.sync_now(TIMEOUT).online
    sam.reply(saved.ticket, "Have you tried to feed it?").result()
    assert sam.sync_now(TIMEOUT).pending == 0

    help_desk.stop()
    books.restore(tmp_path / "backup")
    help_desk.start()
    early = sam.sync_now(1.0)
    assert (early.online, early.pending, early.needs_attention) == (True, 1, 0)
    assert robin.sync_now(TIMEOUT).pending == 0
    late = sam.sync_now(TIMEOUT)
    assert (late.pending, late.needs_attention) == (0, 0)

    [state] = books.tickets()
    assert [note.text for note in state.notes] == ["It also smells.", "Have you tried to feed it?"]
    for desk in (robin, sam):
        desk.sync_now(TIMEOUT)
        view = desk.ticket(saved.ticket)
        assert view is not None
        assert [(note.note.text, note.mark) for note in view.notes] == [
            ("It also smells.", Mark.CONFIRMED),
            ("Have you tried to feed it?", Mark.CONFIRMED),
        ]


def test_an_edit_that_a_silent_restore_has_lost_is_there_again_though_its_ticket_was_changed_since(
    help_desk: HelpDesk, desk_at: Callable[[str], Desk], tmp_path: Path
) -> None:
    """Nobody says so, and the help desk has come further than it ever was: by its numbers nothing is missing."""
    robin, sam = desk_at("robin"), desk_at("sam")
    robin.enrol(help_desk.url, help_desk.code("robin@example.com"))
    sam.enrol(help_desk.url, help_desk.code("sam@provider.example", Role.TECHNICIAN, company=""))
    books = Books(help_desk.data)
    ticket = report(robin, "The printer eats paper").ticket
    for desk in (robin, sam):
        assert desk.sync_now(TIMEOUT).pending == 0
    books.back_up(tmp_path / "backup")
    sam.change_fields(ticket, [FieldChange(field="device", base=_device(sam, ticket), value="Printer 7")]).result()
    assert sam.sync_now(TIMEOUT).pending == 0

    help_desk.stop()
    books.restore(tmp_path / "backup", says_so=False)
    help_desk.start()
    for number in range(5):
        robin.reply(ticket, f"It does so again: {number}").result()
    assert robin.sync_now(TIMEOUT).pending == 0
    for _ in range(2):
        assert sam.sync_now(TIMEOUT).pending == 0
    [state] = books.tickets()
    assert state.ticket.device.name == "Printer 7"
    assert [note.text for note in state.notes] == [f"It does so again: {number}" for number in range(5)]


def test_it_is_put_back_between_two_pieces_of_a_file(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, tmp_path: Path
) -> None:
    """The ticket, its words and the beginning of its file are gone there, and the process here goes on."""
    books = Books(help_desk.data)
    books.back_up(tmp_path / "backup")
    content = Random(1).randbytes(3 * SMALLEST)
    saved = report(robin, "The printer eats paper", content=content, note="It also smells.")
    pieces = 0

    def put_back(_: object) -> bool:
        nonlocal pieces
        pieces += 1
        if pieces == 2:
            help_desk.stop()
            books.restore(tmp_path / "backup")
            help_desk.start()
        return False

    proxy.fault(pass_through(), method="PATCH", where=put_back)
    for _ in range(2):
        result = robin.sync_now(TIMEOUT)
        assert (result.pending, result.needs_attention) == (0, 0)
    assert pieces > 2
    [state] = books.tickets()
    assert [note.text for note in state.notes] == ["It also smells."]
    [file] = state.attachments
    assert books.content(file.id) == content
    view = robin.ticket(saved.ticket)
    assert view is not None
    assert (view.lost, [shown.mark for shown in view.attachments]) == (False, [Mark.CONFIRMED])


def _device(desk: Desk, ticket: str) -> str:
    view = desk.ticket(ticket)
    assert view is not None
    return view.ticket.device.name
