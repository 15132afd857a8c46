"""A picture is looked through and made anew before it leaves; what was masked is nowhere any more."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from PIL import Image, ImageChops, ImageDraw, ImageFont

from desktop.capture.screen_text.reader import TextReader
from desktop.capture.surroundings import Surroundings
from desktop.capture.this_computer import ThisComputer
from desktop.desk import Desk, Saved
from desktop.store.store import Store
from desktop.store.vault import Vault
from desktop.sync.worker import Worker
from desktop.tickets.clock import SystemClock
from desktop.tickets.draft import Draft, DraftFile
from desktop.tickets.marks import Mark, MarkKind
from desktop.tickets.profile import parse_profile
from desktop.tickets.view import TicketView
from tests.conftest import HelpDesk

PAGE, RESERVED, SALT = 4096, 80, 16
KEY = bytes(range(32))
CARD = "Card 4111 1111 1111 1111"


class Home:
    """A home on disk that can be opened again, with the pictures' reader that is given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reader: Callable[[], TextReader] = TextReader

    def open(self) -> Desk:
        clock, random = SystemClock(), Random()
        self.store = Store.open(self.folder, KEY, clock=clock, random=random, parse=parse_profile)
        self.worker = Worker(self.store, self.folder, clock=clock, random=random)
        computer = ThisComputer(Surroundings.here(), clock)
        computer.reader = self.reader()
        self.desk = Desk(self.store, self.worker, computer, clock, random)
        return self.desk

    def close(self) -> None:
        self.worker.stop()
        self.desk.close()
        self.store.close()

    def pictures(self) -> list[Image.Image]:
        """Every file that is kept here, decrypted."""
        found = []
        for name in self.store.write(
            lambda tx: [row[0] for row in tx.work.run("SELECT attachment FROM content")]
        ).result():
            with self.desk.open_content(name) as content:
                found.append(Image.open(io.BytesIO(content.read())).convert("RGB"))
        return found


class Unread(TextReader):
    """A reader whose process ends at once."""

    def __init__(self) -> None:
        super().__init__(command=("false",))


class Absent(TextReader):
    """No reader on this computer."""

    @staticmethod
    def is_installed() -> bool:
        return False


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    home.open()
    yield home
    home.close()


def screen() -> bytes:
    """A screen with a card number, an address and an error on it."""
    picture = Image.new("RGB", (900, 300), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 18)
    pen.text((20, 20), CARD, fill="black", font=font)
    pen.text((20, 90), "kim.miller@client.example", fill="black", font=font)
    whole = io.BytesIO()
    picture.save(whole, "PNG")
    return whole.getvalue()


def taken(desk: Desk, content: bytes | None = None) -> DraftFile:
    picture = content if content is not None else screen()
    return desk.import_bytes(
        picture, name="screen-1.png", media_type="image/png", origin="screen", label="Screen 1"
    ).result()


def written(desk: Desk, *files: DraftFile) -> Draft:
    return replace(desk.new_draft(), summary="The till does not take cards", files=files)


def filed(desk: Desk, *files: DraftFile) -> Saved:
    draft = written(desk, *files)
    desk.save_draft(draft).result()
    return desk.file_ticket(draft).result()


def seen(desk: Desk, saved: Saved) -> TicketView:
    view = desk.ticket(saved.ticket)
    assert view is not None
    return view


def attached(desk: Desk, saved: Saved) -> list[str]:
    return [shown.attachment.id for shown in seen(desk, saved).attachments]


def is_black(picture: Image.Image, corners: tuple[int, int, int, int]) -> bool:
    return picture.crop(corners).getextrema() == ((0, 0), (0, 0), (0, 0))


def test_a_picture_that_was_not_looked_through_follows_its_ticket_masked(home: Home) -> None:
    saved = filed(home.desk, original := taken(home.desk))
    assert home.desk.ticket(saved.ticket) is not None
    home.desk.finish_pictures().result(60)
    assert home.desk.held(saved.ticket) == 0
    [picture] = attached(home.desk, saved)
    assert picture != original.attachment
    [pixels] = home.pictures()
    assert is_black(pixels, (80, 24, 250, 36))
    assert is_black(pixels, (30, 94, 230, 106)), "nobody has seen the address: it does not leave"
    assert not is_black(pixels, (20, 20, 60, 40))
    assert home.desk.drafts() == ()


def test_of_an_error_that_nobody_has_seen_only_what_is_surely_private_is_masked(home: Home) -> None:
    """Page 44: who has seen the picture decides about its error message, and nobody has seen this one."""
    picture = Image.new("RGB", (1100, 200), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 18)
    before, card, behind = "Error 0x80070005: card ", "4111 1111 1111 1111", " refused for kim.miller@client.example"
    pen.text((20, 60), before + card + behind, fill="black", font=font)
    whole = io.BytesIO()
    picture.save(whole, "PNG")
    filed(home.desk, taken(home.desk, whole.getvalue()))
    home.desk.finish_pictures().result(60)
    [pixels] = home.pictures()
    left, right = (20 + round(font.getlength(text)) for text in (before, before + card))
    assert is_black(pixels, (left + 2, 64, right - 2, 76))
    for rest in ((20, 60, left - 12, 84), (right + 12, 60, 1000, 84)):
        assert ImageChops.difference(pixels, picture).crop(rest).getbbox() is None


def test_the_words_do_not_wait_for_the_picture(home: Home) -> None:
    home.close()
    home.reader = lambda: TextReader(command=("sleep", "60"))
    desk = home.open()
    saved = filed(desk, taken(desk))
    assert desk.operation_state(saved.operation)
    assert attached(desk, saved) == []
    assert desk.held(saved.ticket) == 1
    assert desk.drafts() == ()


def test_what_was_held_when_the_process_ended_follows_after_the_next_start(home: Home) -> None:
    home.close()
    home.reader = lambda: TextReader(command=("sleep", "60"))
    saved = filed(home.open(), taken(home.desk))
    home.close()
    home.reader = TextReader
    desk = home.open()
    desk.start()
    desk.finish_pictures().result(60)
    assert len(attached(desk, saved)) == 1
    assert is_black(home.pictures()[0], (80, 24, 250, 36))


def test_two_who_finish_the_same_picture_attach_it_once(home: Home) -> None:
    home.close()
    home.reader = lambda: TextReader(command=("sleep", "60"))
    saved = filed(home.open(), taken(home.desk))
    home.close()
    home.reader = TextReader
    desk = home.open()
    other = Desk(home.store, home.worker, ThisComputer(Surroundings.here(), SystemClock()), SystemClock(), Random())
    both = [one.finish_pictures() for one in (desk, other)]
    for done in both:
        done.result(60)
    other.close()
    assert len(attached(desk, saved)) == 1


def test_a_ticket_that_is_taken_back_brings_its_held_pictures_along(home: Home) -> None:
    home.close()
    home.reader = lambda: TextReader(command=("sleep", "60"))
    desk = home.open()
    picture = taken(desk)
    draft = desk.cancel(filed(desk, picture).operation).result()
    assert draft is not None
    assert [file.attachment for file in draft.files] == [picture.attachment]
    assert [kept.id for kept in desk.drafts()] == [draft.id]
    assert len(home.pictures()) == 1


def test_a_reply_that_is_taken_back_brings_its_held_picture_along_and_leaves_the_others(home: Home) -> None:
    home.close()
    home.reader = lambda: TextReader(command=("sleep", "60"))
    desk = home.open()
    saved = filed(desk)
    picture, other = taken(desk), taken(desk)
    desk.reply(saved.ticket, "And there", (other,)).result()
    said = desk.reply(saved.ticket, "Here it is", (picture,)).result()
    draft = desk.cancel(said.operation).result()
    assert draft is not None
    assert (draft.ticket, draft.details) == (saved.ticket, "Here it is")
    assert [file.attachment for file in draft.files] == [picture.attachment]
    home.close()
    home.reader = TextReader
    desk = home.open()
    desk.start()
    desk.finish_pictures().result(60)
    [note], [follows] = seen(desk, saved).notes, seen(desk, saved).attachments
    assert (note.note.text, follows.attachment.note) == ("And there", note.note.id)
    assert desk.drafts() == (draft,)
    assert len(home.pictures()) == 2


def test_a_picture_that_cannot_be_looked_through_waits_for_the_person(home: Home) -> None:
    home.close()
    home.reader = Unread
    desk = home.open()
    saved = filed(desk, picture := taken(desk))
    desk.finish_pictures().result(60)
    assert attached(desk, saved) == []
    [reply] = desk.drafts()
    assert (reply.ticket, [file.attachment for file in reply.files]) == (saved.ticket, [picture.attachment])
    desk.reply(saved.ticket, "", reply.files, draft=reply.id).result()
    assert attached(desk, saved) == [picture.attachment]
    assert desk.drafts() == ()


def test_where_nothing_reads_pictures_nothing_waits(home: Home) -> None:
    home.close()
    home.reader = Absent
    desk = home.open()
    saved = filed(desk, picture := taken(desk))
    assert attached(desk, saved) == [picture.attachment]


def test_a_reply_takes_its_picture_along_in_the_same_way(home: Home) -> None:
    saved = filed(home.desk)
    home.desk.reply(saved.ticket, "Here it is", (taken(home.desk),)).result()
    home.desk.finish_pictures().result(60)
    view = seen(home.desk, saved)
    [note], [picture] = view.notes, view.attachments
    assert picture.attachment.note == note.note.id
    assert is_black(home.pictures()[0], (80, 24, 250, 36))


def marked(file: DraftFile) -> DraftFile:
    mask = Mark(kind=MarkKind.REDACT, left=0, top=0, right=600, bottom=60)
    return replace(file, marks=(mask,), is_searched=True)


def noise() -> bytes:
    """A picture whose every stretch of bytes is found again where it lies, if it lies anywhere."""
    whole = io.BytesIO()
    Image.effect_noise((600, 120), 120).convert("RGB").save(whole, "PNG", compress_level=0)
    return whole.getvalue()


def pages(database: Path) -> bytes:
    """Every page of the database and of its log, decrypted, those that are free too (SQLCipher 4, raw key)."""
    whole, log = database.read_bytes(), Path(f"{database}-wal")
    found = [clear_page(whole[at : at + PAGE], first=at == 0) for at in range(0, len(whole), PAGE)]
    if log.exists():
        frames = log.read_bytes()[32:]
        for at in range(0, len(frames) - PAGE, PAGE + 24):
            number = int.from_bytes(frames[at : at + 4], "big")
            found.append(clear_page(frames[at + 24 : at + 24 + PAGE], first=number == 1))
    return b"".join(found)


def clear_page(page: bytes, *, first: bool = False) -> bytes:
    start = SALT if first else 0
    body, initial = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
    decryptor = Cipher(AES(KEY), CBC(initial)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def places(home: Home) -> dict[str, bytes]:
    """All that whoever has this disk and the key could read."""
    vault = Vault(home.folder / "files", KEY)
    kept = []
    for name in vault.names():
        with vault.open(name) as file:
            kept.append(file.read())
    return {
        "files": b"".join(kept),
        "database": pages(home.folder / "tickets.db"),
        "disk": b"".join(path.read_bytes() for path in sorted(home.folder.rglob("*")) if path.is_file()),
    }


def pieces(content: bytes) -> list[bytes]:
    """Stretches of the upper half, which is what is masked in these tests."""
    return [content[at : at + 48] for at in range(2_000, len(content) * 45 // 100, 4_001)]


def remains(home: Home, content: bytes) -> list[str]:
    return [place for place, found in places(home).items() if any(piece in found for piece in pieces(content))]


def test_the_original_is_nowhere_once_the_ticket_is_saved(home: Home) -> None:
    content = noise()
    filed(home.desk, marked(taken(home.desk, content)))
    assert home.store.idle()
    assert remains(home, content) == []
    assert len(home.pictures()) == 1


LOWER_HALF = Mark(kind=MarkKind.CROP, left=0, top=60, right=600, bottom=120)


def test_what_was_cropped_and_put_aside_is_nowhere_once_it_is_saved_after_a_start(home: Home) -> None:
    content = noise()
    draft = written(home.desk, replace(marked(taken(home.desk, content)), marks=(LOWER_HALF,)))
    home.desk.save_draft(draft).result()
    home.close()
    desk = home.open()
    assert remains(home, content) == ["files"], "until it is saved, undo gives it back"
    desk.file_ticket(desk.drafts()[0]).result()
    assert home.store.idle()
    assert remains(home, content) == []
    assert [picture.size for picture in home.pictures()] == [(600, 60)]


def test_a_process_that_ends_before_the_ticket_is_saved_loses_nothing_and_leaves_nothing_later(home: Home) -> None:
    content = noise()
    draft = written(home.desk, marked(taken(home.desk, content)))
    home.desk.save_draft(draft).result()
    home.desk._made_ready(draft)
    home.close()
    desk = home.open()
    desk.file_ticket(desk.drafts()[0]).result()
    assert home.store.idle()
    assert remains(home, content) == []


def test_the_original_is_nowhere_where_no_draft_was_kept_of_it(home: Home) -> None:
    content, unticked = noise(), noise()
    other = replace(taken(home.desk, unticked), included=False)
    home.desk.file_ticket(written(home.desk, marked(taken(home.desk, content)), other)).result()
    assert home.store.idle()
    assert (remains(home, content), remains(home, unticked)) == ([], [])


def test_the_original_of_a_picture_that_is_added_later_is_nowhere_either(home: Home) -> None:
    saved = filed(home.desk)
    content, unticked = noise(), noise()
    other = replace(taken(home.desk, unticked), included=False)
    home.desk.attach(saved.ticket, [marked(taken(home.desk, content)), other]).result()
    assert home.store.idle()
    assert (remains(home, content), remains(home, unticked)) == ([], [])
    assert len(home.pictures()) == 1


def test_what_came_to_nothing_is_forgotten_and_what_a_draft_has_is_not(home: Home) -> None:
    gone, kept = noise(), noise()
    draft = written(home.desk, taken(home.desk, kept))
    home.desk.save_draft(draft).result()
    home.desk.forget_files([taken(home.desk, gone), *draft.files]).result()
    assert home.store.idle()
    assert (remains(home, gone), remains(home, kept)) == ([], ["files"])


def test_the_search_for_remains_finds_what_is_there(home: Home) -> None:
    content = noise()
    draft = written(home.desk, replace(taken(home.desk, content), marks=(), is_searched=True))
    home.desk.save_draft(draft).result()
    assert remains(home, content) == ["files"]
    home.store.write(lambda tx: tx.settings.save_value("left behind", pieces(content)[3].hex())).result()
    (home.folder / "left.behind").write_bytes(pieces(content)[0])
    assert remains(home, content) == ["files", "disk"]
    assert pieces(content)[3].hex().encode() in places(home)["database"]


def test_the_original_never_reaches_the_wire(help_desk: HelpDesk, desk_at: Callable[[str], Desk]) -> None:
    desk = desk_at("robin")
    desk.enrol(help_desk.url, help_desk.code("robin@example.com"))
    content, control = noise(), noise()
    filed(desk, marked(taken(desk, content)))
    filed(desk, replace(taken(desk, control), is_searched=True))
    assert desk.sync_now(30).pending == 0
    arrived = b"".join(path.read_bytes() for path in help_desk.data.rglob("*") if path.is_file())
    assert any(piece in arrived for piece in pieces(control))
    assert not any(piece in arrived for piece in pieces(content))
