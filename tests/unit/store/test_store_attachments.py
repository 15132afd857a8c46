"""Files are taken in when they are added, and go when nobody needs them."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.store.files import CHUNK
from desktop.store.store import Store
from desktop.store.transaction import Transaction
from desktop.store.troubles import Damaged, DiskFailed, FileGone, FileRefused
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.outbox import OperationState
from tests.contract.acts import START, Acts, wire
from tests.contract.conftest import SettableClock
from tests.unit.store.conftest import OpenStore


def stored(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "files").iterdir())


def bring(store: Store, content: bytes, attachment: str = "a", name: str = "a.txt") -> DraftFile:
    return store.files.import_stream(io.BytesIO(content), attachment=attachment, name=name, media_type="text/plain")


def read(store: Store, attachment: str = "a") -> bytes:
    with store.files.open(attachment) as opened:
        return opened.read()


def keep_draft(store: Store, draft: str, *files: DraftFile) -> None:
    store.write(lambda tx: tx.drafts.save(Draft(id=draft, changed_at=START, files=files))).result()
    assert store.idle()


def test_a_file_is_kept_whatever_becomes_of_the_original(store: Store, tmp_path: Path) -> None:
    original = tmp_path / "report.PNG"
    original.write_bytes(b"picture")
    file = store.files.import_file(original, attachment="a")
    original.unlink()
    assert read(store) == b"picture"
    assert (file.name, file.size, file.media_type, file.label) == ("report.PNG", 7, "image/png", "report.PNG")


def test_an_empty_file_is_a_file(store: Store) -> None:
    assert bring(store, b"").size == 0
    assert read(store) == b""


def test_equal_contents_share_a_file_whose_name_tells_nothing(home: Path, store: Store) -> None:
    one, two = bring(store, b"same", "a"), bring(store, b"same", "b")
    assert one.sha256 == two.sha256
    assert len(stored(home)) == 1
    assert one.sha256 not in stored(home)[0]
    assert read(store, "a") == read(store, "b") == b"same"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
@pytest.mark.parametrize("kind", ["folder", "gone", "pipe", "name too long", "NUL"])
def test_what_is_no_readable_file_is_refused(home: Path, store: Store, tmp_path: Path, kind: str) -> None:
    path = tmp_path / {"name too long": "x" * 3000, "NUL": "a\0b"}.get(kind, "thing")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(FileRefused) as told:
        store.files.import_file(path, attachment="a")
    assert told.value.sentence.endswith((".", "file."))
    assert stored(home) == []


@contextmanager
def being_somebody() -> Iterator[None]:
    """Root may read everything, so for a moment we are not root."""
    us = os.geteuid()
    if us == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(us)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_that_may_not_be_read_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "secret").chmod(0)
    with being_somebody(), pytest.raises(FileRefused, match="not allowed"):
        store.files.import_file(tmp_path / "secret", attachment="a")


class Growing(io.BufferedReader):
    """Grows while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        with Path(str(self.name)).open("ab") as more:
            more.write(b"!")
        return super().read(5) if self.tell() < 5 else b""


def test_a_file_that_changes_meanwhile_is_refused(home: Path, store: Store, tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"12345")
    with Growing(io.FileIO(tmp_path / "log")) as growing, pytest.raises(FileRefused, match="was changed"):
        store.files.import_stream(growing, attachment="a", name="log", media_type="text/plain")
    assert stored(home) == []
    with pytest.raises(FileGone):
        store.files.open("a")


class Failing(io.RawIOBase):
    """Breaks off, as a disk or a network drive does."""

    def read(self, size: int = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_file_that_breaks_off_is_refused(home: Path, store: Store) -> None:
    source: BinaryIO = Failing()  # type: ignore[assignment]
    with pytest.raises(FileRefused, match="to its end"):
        store.files.import_stream(source, attachment="a", name="x", media_type="x/y")
    assert stored(home) == []


class Zeros(io.RawIOBase):
    """So many zero bytes, made as they are read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left = size
        self.largest = 0

    def read(self, size: int = -1, /) -> bytes:
        self.largest = max(self.largest, size)
        piece = bytes(min(size, self._left))
        self._left -= len(piece)
        return piece


def test_a_large_file_passes_in_pieces_and_any_part_of_it_is_read_alone(store: Store) -> None:
    size = 40 * CHUNK + 17
    zeros = Zeros(size)
    source: BinaryIO = zeros  # type: ignore[assignment]
    file = store.files.import_stream(source, attachment="a", name="big", media_type="x/y")
    assert (file.size, zeros.largest) == (size, CHUNK)
    with store.files.open("a") as opened:
        assert opened.seek(-5, io.SEEK_END) == size - 5
        assert opened.read() == bytes(5)
        assert opened.read() == b""


def test_what_is_being_made_is_on_disk_piece_by_piece(home: Path, store: Store) -> None:
    on_disk: list[int] = []

    def pieces() -> Iterator[bytes]:
        for _ in range(4):
            yield b"x" * CHUNK
            on_disk.append(sum(path.stat().st_size for path in (home / "files").iterdir()) // CHUNK)

    file = store.files.import_pieces(pieces(), attachment="a", name="a.png", media_type="image/png")

    assert on_disk == [0, 1, 2, 3]  # less than the last block of 64 KiB is held
    assert (file.size, read(store)) == (4 * CHUNK, b"x" * 4 * CHUNK)


def test_of_what_breaks_off_while_it_is_made_nothing_stays(home: Path, store: Store) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x" * CHUNK
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        store.files.import_pieces(pieces(), attachment="a", name="a.png", media_type="image/png")
    assert stored(home) == []
    with pytest.raises(FileGone):
        store.files.open("a")


def test_a_damaged_file_is_told(home: Path, store: Store) -> None:
    bring(store, b"x" * 200_000)
    (path,) = (home / "files").iterdir()
    content = bytearray(path.read_bytes())
    content[100_000] ^= 1
    path.write_bytes(content)
    with store.files.open("a") as opened:
        assert opened.read(1000) == b"x" * 1000
        with pytest.raises(Damaged, match="Add it again"):
            opened.read()


def test_a_file_that_somebody_deleted_is_told(home: Path, store: Store) -> None:
    bring(store, b"x")
    next((home / "files").iterdir()).unlink()
    with pytest.raises(FileGone):
        store.files.open("a")
    bring(store, b"x")
    assert read(store) == b"x"


def test_a_discarded_draft_takes_its_files_along(home: Path, store: Store, acts: Acts) -> None:
    one, two = bring(store, b"one", "a"), bring(store, b"two", "b")
    keep_draft(store, "d", one, two)
    keep_draft(store, "d", one)
    assert len(stored(home)) == 1
    with pytest.raises(FileGone):
        store.files.open("b")
    store.write(lambda tx: tx.drafts.discard("d")).result()
    assert store.idle()
    assert stored(home) == []


def test_a_draft_that_becomes_a_ticket_hands_its_files_over(home: Path, store: Store, acts: Acts) -> None:
    one, two = bring(store, b"one", "a"), bring(store, b"two", "b")
    keep_draft(store, "d", one, two)
    filing = acts.filing()
    attaching = acts.attaching(filing.ticket, "a")

    def become(tx: Transaction) -> None:
        tx.outbox.add(filing, wire(filing))
        tx.outbox.add(attaching, wire(attaching), after=filing.id)
        tx.drafts.discard("d")

    store.write(become).result()
    assert store.idle()
    assert (read(store, "a"), len(stored(home))) == (b"one", 1)
    view = store.reader().ticket(filing.ticket)
    assert view is not None
    assert [shown.is_local for shown in view.attachments] == [True]
    store.write(lambda tx: tx.outbox.mark_sent([attaching.id], "request", START)).result()
    store.write(lambda tx: tx.outbox.settle(attaching.id, OperationState.DONE, now=START)).result()
    assert read(store, "a") == b"one"
    store.write(lambda tx: tx.outbox.forget_done(SettableClock().now().replace(year=2030))).result()
    assert store.idle()
    assert stored(home) == []


def test_shared_contents_stay_while_one_needs_them(home: Path, store: Store) -> None:
    keep_draft(store, "d", bring(store, b"same", "a"))
    keep_draft(store, "e", bring(store, b"same", "b"))
    store.write(lambda tx: tx.drafts.discard("d")).result()
    assert store.idle()
    assert read(store, "b") == b"same"


def test_leavings_of_a_crash_are_cleared_at_the_next_start(
    home: Path, open_store: OpenStore, clock: SettableClock
) -> None:
    store = open_store()
    bring(store, b"on no draft")
    (home / "files" / "999999999-abc.part").write_bytes(b"half")
    (home / "files" / f"{os.getpid()}-abc.part").write_bytes(b"being written")
    (home / "files" / ("0" * 64)).write_bytes(b"no row names it")
    store.close()
    again = open_store()
    assert again.idle()
    assert len(stored(home)) == 2
    assert read(again) == b"on no draft"
    again.close()
    clock.pass_time(25 * 3600)
    last = open_store()
    assert last.idle()
    assert stored(home) == [f"{os.getpid()}-abc.part"]


def test_who_writes_and_ends_at_once_leaves_no_file_that_nobody_needs(home: Path, open_store: OpenStore) -> None:
    """As a command does, which never rests; what a process that was killed has left goes too."""
    first = open_store()
    keep_draft(first, "one", bring(first, b"what was covered"))
    first.close()
    (left,) = (home / "files").iterdir()
    (home / "files" / ("0" * 32)).write_bytes(left.read_bytes())

    command = open_store()
    command.write(lambda tx: tx.drafts.discard("one"))
    command.close()
    assert stored(home) == []


def test_an_import_that_cannot_be_kept_leaves_nothing(home: Path, store: Store) -> None:
    store.close()
    with pytest.raises(Exception, match="closing"):
        bring(store, b"x")
    assert stored(home) == []


def test_a_folder_that_vanished_is_told(home: Path, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    assert store.idle()
    (home / "files").rmdir()
    with pytest.raises(DiskFailed, match="Check the disk"):
        bring(store, b"x")
    with caplog.at_level("WARNING"):
        store._unswept = None  # as after a start
        store.write(lambda tx: None).result()
        assert store.idle()
    assert "Check the disk" in caplog.text
    caplog.clear()


@pytest.fixture(autouse=True)
def _nothing_outside(tmp_path: Path) -> Iterator[None]:
    """Whatever a file is called, nothing appears beside the home."""
    yield
    assert not (tmp_path / "etc").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "x" * 300, "a\0b\nc", "..", ""])
def test_names_never_touch_a_path(home: Path, store: Store, name: str) -> None:
    file = bring(store, b"x", name=name)
    assert "/" not in file.name
    assert 0 < len(file.name) <= 120
    assert len(stored(home)[0]) == 64
