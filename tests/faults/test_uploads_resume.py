"""A file goes on where it broke off: of all its pieces, at most one travels twice."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event

import pytest

from desktop.desk import Desk
from desktop.sync.uploading import LARGEST, SMALLEST
from desktop.tickets.view import Mark
from relay.core import Relay
from relay.tables import uploads
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, held, report
from tests.faults.fault_proxy import FaultProxy
from tests.faults.truth import Books
from tests.faults.wire_faults import cut_after, hang, pass_through

SIZE = SMALLEST + 2 * LARGEST + 1
"""Three pieces at least, however fast the network is."""


def pieces(proxy: FaultProxy) -> list[int]:
    """Bytes of each piece that was sent, in order."""
    return [int(request.headers["content-length"]) for request in proxy.seen if request.method == "PATCH"]


@pytest.mark.parametrize("after", [0, SMALLEST - 1])
@pytest.mark.parametrize("piece", [0, 1, 2])
def test_after_a_cut_at_most_one_piece_is_sent_again(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, piece: int, after: int
) -> None:
    before = held(help_desk.data)
    report(robin, "The printer eats paper", content=Random(1).randbytes(SIZE))
    broken = proxy.fault(cut_after(after), method="PATCH", skip=piece, times=1)
    result = robin.sync_now(TIMEOUT)
    proxy.wait_for(broken)
    assert (result.pending, result.needs_attention) == (0, 0)
    sent = pieces(proxy)
    assert sum(sent) <= SIZE + max(sent)
    assert held(help_desk.data).files == before.files + 1


def test_pieces_begin_small_grow_and_have_an_end(robin: Desk, proxy: FaultProxy) -> None:
    size = 3 * LARGEST
    report(robin, "The printer eats paper", content=bytes(size))
    assert robin.sync_now(TIMEOUT).pending == 0
    sent = pieces(proxy)
    assert (sent[0], sum(sent)) == (SMALLEST, size)
    assert SMALLEST < max(sent) <= LARGEST


def test_a_file_arrives_where_no_long_piece_gets_through(robin: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    """The line became slow in the midst of it, and whatever takes longer than a request may is cut off."""
    before = held(help_desk.data)
    report(robin, "The printer eats paper", content=bytes(6 * SMALLEST))
    cut_off = proxy.fault(
        cut_after(0), method="PATCH", where=lambda request: int(request.headers["content-length"]) > SMALLEST
    )
    result = robin.sync_now(TIMEOUT)
    assert cut_off.happened
    assert (result.pending, result.needs_attention) == (0, 0)
    assert held(help_desk.data).files == before.files + 1


def test_another_process_goes_on_with_it(
    robin: Desk, proxy: FaultProxy, desk_at: Callable[[str], Desk], help_desk: HelpDesk
) -> None:
    before = held(help_desk.data)
    report(robin, "The printer eats paper", content=Random(2).randbytes(SIZE))
    broken = proxy.fault(cut_after(0), method="PATCH", skip=2)
    while not broken.happened:
        assert robin.sync_now(2.0).pending > 0
    proxy.clear()
    arrived, tried = pieces(proxy)[:2], len(pieces(proxy))
    robin.close()
    assert desk_at("robin").sync_now(TIMEOUT).pending == 0
    assert sum(pieces(proxy)[tried:]) == SIZE - sum(arrived)
    assert held(help_desk.data).files == before.files + 1


def test_who_connects_anew_goes_on_with_it(robin: Desk, proxy: FaultProxy, help_desk: HelpDesk) -> None:
    before = held(help_desk.data)
    report(robin, "The printer eats paper", content=Random(3).randbytes(SIZE))
    broken = proxy.fault(cut_after(0), method="PATCH", skip=2)
    while not broken.happened:
        assert robin.sync_now(2.0).pending > 0
    proxy.clear()
    arrived, tried = pieces(proxy)[:2], len(pieces(proxy))
    robin.enrol(proxy.url, help_desk.code("robin@example.com"))
    result = robin.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 0)
    assert sum(pieces(proxy)[tried:]) == SIZE - sum(arrived)
    assert held(help_desk.data).files == before.files + 1


def rotten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(("harm", "says"), [(rotten, "Add it again"), (Path.unlink, "no longer on this computer")])
def test_a_file_that_changed_or_vanished_is_told_once_and_its_ticket_and_the_next_file_arrive(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk, tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    before = held(help_desk.data)
    report(robin, "The printer eats paper", content=bytes(SIZE))
    (file,) = (path for path in tmp_path.rglob("files/*") if path.stat().st_size > SIZE)
    harm(file)
    report(robin, "The printer is on fire", content=b"x" * 1000)
    result = robin.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 1)
    assert says in robin.waiting()[0].last_error
    after, tried = held(help_desk.data), len(pieces(proxy))
    assert (after.tickets - before.tickets, after.files - before.files) == (2, 1)
    assert robin.sync_now(TIMEOUT).needs_attention == 1
    assert len(pieces(proxy)) == tried


def test_an_upload_that_the_help_desk_forgot_between_two_pieces_is_begun_anew(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk
) -> None:
    """As after a restore, or where a computer slept for longer than an upload is kept."""
    before = held(help_desk.data)
    seen = 0

    def forget(_: object) -> bool:
        nonlocal seen
        seen += 1
        if seen == 2:
            with closing(Relay(help_desk.data)) as relay, relay.write() as connection:
                connection.execute(uploads.delete())
            for part in help_desk.data.glob("files/*.part"):
                part.unlink()
        return False

    report(robin, "The printer eats paper", content=Random(1).randbytes(SMALLEST + 10))
    proxy.fault(cut_after(0), method="PATCH", where=forget)
    result = robin.sync_now(TIMEOUT)
    assert seen > 2
    assert (result.pending, result.needs_attention) == (0, 0)
    assert held(help_desk.data).files == before.files + 1


def test_files_whose_bytes_changed_places_are_told_once_and_not_sent_for_ever(
    robin: Desk, proxy: FaultProxy, tmp_path: Path
) -> None:
    """Each is whole and of the right size, so nothing here finds it before the help desk does."""
    report(robin, "The printer eats paper", content=b"a" * 1000)
    report(robin, "The printer eats ink", content=b"b" * 1000)
    one, other = sorted(tmp_path.rglob("robin/files/*"))
    of_one, of_other = one.read_bytes(), other.read_bytes()
    one.write_bytes(of_other)
    other.write_bytes(of_one)
    result = robin.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 2)
    assert {item.last_error for item in robin.waiting()} == {
        "A file of this ticket has changed on this computer since it was added. Add it again."
    }
    assert len(pieces(proxy)) == 2


def test_what_rots_at_the_help_desk_between_two_pieces_is_found_at_the_end_and_sent_again(
    robin: Desk, proxy: FaultProxy, help_desk: HelpDesk
) -> None:
    content = Random(4).randbytes(SMALLEST + 10)
    saved = report(robin, "The printer eats paper", content=content)

    def rot() -> None:
        (part,) = help_desk.data.glob("files/*.part")
        rotten(part)

    before_a_piece(proxy, 2, rot)
    result = robin.sync_now(TIMEOUT)
    assert (result.pending, result.needs_attention) == (0, 0)
    assert pieces(proxy) == [SMALLEST, 10, SMALLEST, 10]
    view = robin.ticket(saved.ticket)
    assert view is not None
    assert Books(help_desk.data).content(view.attachments[0].attachment.id) == content


def test_a_file_that_vanishes_between_two_pieces_is_told_each_time_and_can_be_taken_back(
    robin: Desk, proxy: FaultProxy, tmp_path: Path
) -> None:
    report(robin, "The printer eats paper", content=Random(5).randbytes(SMALLEST + 10))
    before_a_piece(proxy, 1, lambda: next(tmp_path.rglob("robin/files/*")).unlink())
    for _ in range(2):
        result = robin.sync_now(TIMEOUT)
        assert (result.pending, result.needs_attention) == (0, 1)
        assert "no longer on this computer" in robin.waiting()[0].last_error
        robin.retry(robin.waiting()[0].id).result()
    robin.sync_now(TIMEOUT)
    robin.cancel(robin.waiting()[0].id).result()
    assert robin.waiting() == ()
    assert pieces(proxy) == [SMALLEST]


def test_words_on_the_same_ticket_pass_a_file_that_hangs(robin: Desk, proxy: FaultProxy) -> None:
    saved = report(robin, "The printer eats paper", content=bytes(2 * SMALLEST))
    stuck = proxy.fault(hang(), method="PATCH")
    robin.start()
    proxy.wait_for(stuck)
    has_arrived = Event()

    def look(_: object) -> None:
        view = robin.ticket(saved.ticket)
        if view is not None and [note.mark for note in view.notes] == [Mark.CONFIRMED]:
            has_arrived.set()

    robin.on_change(look)
    robin.reply(saved.ticket, "It also smells.").result()
    assert has_arrived.wait(TIMEOUT)


def before_a_piece(proxy: FaultProxy, number: int, do: Callable[[], None]) -> None:
    """Do this when a piece, counted from one, has left and before it arrives."""
    seen = 0

    def look(_: object) -> bool:
        nonlocal seen
        seen += 1
        if seen == number:
            do()
        return False

    proxy.fault(pass_through(), method="PATCH", where=look)
