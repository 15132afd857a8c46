"""What the administrator forbids does not leave, whoever asks for it and whenever the rule came."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from desktop.app import open_desk
from desktop.capture.policy.machine import MachinePolicy
from desktop.capture.report import CLIPBOARD, SCREEN
from desktop.capture.screen_text.reader import TextReader
from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.screenshot import Screens, Screenshot
from desktop.capture.surroundings import Session, Surroundings, System
from desktop.capture.this_computer import ThisComputer
from desktop.cli.arguments import build_parser
from desktop.cli.commands import show, waiting
from desktop.cli.outcome import Exit
from desktop.cli.pictures import wait_for_pictures
from desktop.cli.report import report
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.tickets.capture_policy import EVERYTHING, CapturePolicy, SwitchedOff
from desktop.tickets.clock import SystemClock
from desktop.tickets.device import Fact
from desktop.tickets.draft import Draft, DraftFile, Group
from desktop.tickets.marks import Mark, MarkKind
from desktop.tickets.operations import FieldChange
from desktop.tickets.ticket import Ticket
from desktop.tickets.trouble import InputRefused, Trouble
from relay.serve import RelayServer
from tests.conftest import HelpDesk

ERROR = "Fatal error: 0x80070035"
FACTS = (Fact(key="os", label="System", value="Debian 12"), Fact(key="serial", label="Serial", value="5CD0"))


class Watched(ThisComputer):
    """A computer with a screen, an error on its clipboard and two facts, that notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__(Surroundings(System.LINUX, Session.NONE), SystemClock(), policy=lambda: self.rules)
        self.rules = MachinePolicy()
        self.asked: list[str] = []

    def forbid(self, **points: bool | frozenset[str]) -> None:
        self.rules = MachinePolicy(policy=CapturePolicy(**points))  # type: ignore[arg-type]  # names of its fields

    def name(self) -> str:
        return "PC-17"

    def facts(self) -> tuple[Fact, ...]:
        self.asked.append("facts")
        return FACTS

    def screens(self) -> Screens:
        self.asked.append("screens")
        area = Monitor(area=Rectangle(0, 0, 1, 1))
        pixels = memoryview(bytes(4))
        return Screens((Screenshot(label="Screen 1", pixels=pixels, width=1, height=1, monitor=area, is_active=True),))

    def clipboard(self) -> str:
        self.asked.append("clipboard")
        return ERROR


@dataclass
class Office:
    desk: Desk
    computer: Watched


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as made:
        yield made


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    computer = Watched()
    settings = Settings(home=folder / "home", key_file=folder / "home.key")
    with open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None, computer=computer) as desk:
        yield Office(desk, computer)


def picture(desk: Desk, origin: str, media_type: str = "image/png", content: bytes = b"x") -> DraftFile:
    """One that the person has seen looked through."""
    taken = desk.import_bytes(content, name=f"{origin}.png", media_type=media_type, origin=origin, label=origin)
    return replace(taken.result(), is_searched=True)


def full_draft(office: Office) -> Draft:
    """All that can go along, as it was before any rule."""
    desk = office.desk
    pictures = tuple(picture(desk, origin) for origin in (SCREEN, CLIPBOARD, "file"))
    here = desk.this_computer()
    return replace(
        desk.new_draft(), summary="No sound", error_text=ERROR, device=here, written_on=here.name, files=pictures
    )


def what_left(office: Office, draft: Draft) -> tuple[list[str], str, str, list[str]]:
    """The names of files, error text, computer's name and keys of facts of the ticket that the draft becomes."""
    view = office.desk.ticket(office.desk.file_ticket(draft).result().ticket)
    assert view is not None
    ticket = view.ticket
    names = [shown.attachment.name for shown in view.attachments]
    return names, ticket.error_text, ticket.written_on, [fact.key for fact in ticket.device.facts]


def test_without_rules_all_of_it_leaves(office: Office) -> None:
    draft = full_draft(office)
    assert what_left(office, draft) == (
        ["screen.png", "clipboard.png", "file.png"],
        ERROR,
        "PC-17",
        ["os", "serial"],
    )


def test_a_rule_that_came_after_the_draft_holds_when_it_is_saved(office: Office) -> None:
    draft = full_draft(office)
    office.computer.forbid(screenshots=False, error_text=False, never_facts=frozenset(("serial",)))
    assert what_left(office, draft) == (["file.png"], "", "PC-17", ["os"])


def test_a_name_that_may_never_leave_is_nowhere(office: Office) -> None:
    draft = full_draft(office)
    office.computer.forbid(never_facts=frozenset(("computer",)))
    view = office.desk.ticket(office.desk.file_ticket(draft).result().ticket)
    assert view is not None
    assert "PC-17" not in repr(view)


def test_another_device_keeps_its_name_when_no_fact_may_leave(office: Office) -> None:
    draft = replace(
        full_draft(office), device=replace(office.desk.this_computer(), name="PRN-7", is_this_computer=False)
    )
    office.computer.forbid(facts=False)
    view = office.desk.ticket(office.desk.file_ticket(draft).result().ticket)
    assert view is not None
    assert (view.ticket.device.name, view.ticket.device.facts, view.ticket.written_on) == ("PRN-7", (), "")


@pytest.mark.parametrize(
    ("group", "left"),
    [
        (Group.PICTURES, (["clipboard.png", "file.png"], ERROR, "PC-17", ["os", "serial"])),
        (Group.ERROR_TEXT, (["screen.png", "clipboard.png", "file.png"], "", "PC-17", ["os", "serial"])),
        (Group.COMPUTER, (["screen.png", "clipboard.png", "file.png"], ERROR, "", [])),
    ],
)
def test_a_group_that_the_person_switched_off_stays_here(
    office: Office, group: Group, left: tuple[list[str], str, str, list[str]]
) -> None:
    assert what_left(office, replace(full_draft(office), withheld=(group,))) == left


def test_a_picture_cannot_be_added_to_a_ticket_either(office: Office) -> None:
    desk = office.desk
    ticket = desk.file_ticket(replace(desk.new_draft(), summary="No sound")).result().ticket
    screen, chosen = picture(desk, SCREEN), picture(desk, "file")
    office.computer.forbid(screenshots=False)
    with pytest.raises(SwitchedOff, match="switched pictures off"):
        desk.attach(ticket, [screen]).result()
    with pytest.raises(SwitchedOff):
        desk.reply(ticket, "", [screen]).result()
    desk.reply(ticket, "Here it is", [screen, chosen]).result()
    view = desk.ticket(ticket)
    assert view is not None
    assert [shown.attachment.name for shown in view.attachments] == ["file.png"]


def test_the_rules_hold_for_a_ticket_that_was_taken_back_too(office: Office) -> None:
    desk = office.desk
    pictures = tuple(picture(desk, origin) for origin in (SCREEN, CLIPBOARD, "file"))
    saved = desk.file_ticket(replace(desk.new_draft(), summary="No sound", files=pictures)).result()
    draft = desk.cancel(saved.operation).result()
    assert draft is not None
    assert [file.origin for file in draft.files] == [SCREEN, CLIPBOARD, "file"]
    office.computer.forbid(screenshots=False)
    view = desk.ticket(desk.file_ticket(draft).result().ticket)
    assert view is not None
    assert [shown.attachment.name for shown in view.attachments] == ["file.png"]


def test_on_the_command_line_nothing_is_taken_and_it_is_said(office: Office) -> None:
    office.computer.forbid(screenshots=False, error_text=False, facts=False)
    words = ["report", "--summary", "No sound", "--screenshot", "all"]
    done = report(office.desk, build_parser().parse_args([*words, "--error-from", "clipboard"]))
    assert done.code == 0
    assert "Saved without a picture. Your administrator has switched pictures off." in done.remarks
    assert "Saved without the clipboard. Your administrator has switched error text off." in done.remarks
    assert office.computer.asked == []
    again = report(office.desk, build_parser().parse_args([*words[:3], "--error-text", ERROR]))
    assert "Saved without the error text. Your administrator has switched error text off." in again.remarks
    view = office.desk.ticket(again.value["ticket"])
    assert view is not None
    assert view.ticket.error_text == ""


def test_the_providers_rules_hold_too_and_the_stricter_wins(tmp_path: Path) -> None:
    profile = (files("resources.organisations") / "example.toml").read_text(encoding="utf-8")
    file = tmp_path / "strict.toml"
    file.write_text(
        profile.replace("screenshots = true", "screenshots = false").replace(
            "never_facts = []", 'never_facts = ["os"]'
        ),
        encoding="utf-8",
    )
    help_desk = HelpDesk(tmp_path / "relay")
    help_desk.stop()
    help_desk.server = RelayServer(tmp_path / "relay", str(file))
    with opened(tmp_path) as office:
        desk = office.desk
        assert desk.capture_policy() == EVERYTHING
        draft = full_draft(office)
        desk.enrol(help_desk.server.start(), help_desk.code("ada@example.com"))
        desk.sync_now(30)
        assert desk.capture_policy() == CapturePolicy(screenshots=False, never_facts=frozenset(("os",)))
        office.computer.forbid(error_text=False, never_facts=frozenset(("serial",)))
        office.computer.asked.clear()
        assert what_left(office, draft) == (["file.png"], "", "PC-17", [])
        with pytest.raises(SwitchedOff):
            desk.screens()
        assert office.computer.asked == []
        help_desk.stop()


@pytest.mark.parametrize("is_forbidden", [False, True])
def test_a_rule_that_came_while_a_picture_was_looked_through_keeps_it_here(
    office: Office, tmp_path: Path, is_forbidden: bool
) -> None:
    desk = office.desk
    screen = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(screen, "PNG")
    covered = Mark(kind=MarkKind.REDACT, left=0, top=0, right=9, bottom=9)
    held = replace(picture(desk, SCREEN, content=screen.getvalue()), is_searched=False, marks=(covered,))
    done = desk.file_ticket(replace(desk.new_draft(), summary="No sound", files=(held,))).result()
    office.computer.forbid(screenshots=not is_forbidden)
    assert desk.held(done.ticket) == 1
    desk.finish_pictures().result(60)
    view = desk.ticket(done.ticket)
    assert view is not None
    assert len(view.attachments) == (0 if is_forbidden else 1)
    assert desk.held(done.ticket) == 0
    assert desk._store.idle()
    assert len(list((tmp_path / "home" / "files").iterdir())) == len(view.attachments)


def changed(office: Office, ticket: str, field: str, value: str, base: str = "") -> Ticket:
    office.desk.change_fields(ticket, [FieldChange(field=field, base=base, value=value)]).result()
    view = office.desk.ticket(ticket)
    assert view is not None
    return view.ticket


def test_an_error_text_that_is_added_later_is_under_the_same_rules(office: Office) -> None:
    ticket = office.desk.file_ticket(replace(office.desk.new_draft(), summary="No sound")).result().ticket
    shown = changed(office, ticket, "error_text", f"{ERROR} password=hunter2 at login")
    assert shown.error_text == f"{ERROR} password=[masked: password] at login"
    assert "hunter2" not in repr(office.desk.ticket(ticket))
    office.computer.forbid(error_text=False)
    with pytest.raises(SwitchedOff, match="switched error text off"):
        changed(office, ticket, "error_text", ERROR)
    assert changed(office, ticket, "summary", "No sound at all", "No sound").summary == "No sound at all"


def test_an_error_text_is_not_asked_for_where_none_may_leave(office: Office) -> None:
    desk = office.desk
    view = desk.ticket(desk.file_ticket(replace(desk.new_draft(), summary="No sound")).result().ticket)
    assert view is not None
    assert "error" in desk.missing(view)
    office.computer.forbid(error_text=False)
    assert "error" not in desk.missing(view)


def test_a_very_long_error_text_is_masked_and_under_the_rules_too(office: Office) -> None:
    desk = office.desk
    draft = replace(desk.new_draft(), summary="No sound", error_text=f"password=hunter2\n{ERROR}\n" * 2_000)
    shown = desk.ticket(desk.file_ticket(draft).result().ticket)
    assert shown is not None
    assert shown.ticket.error_text.startswith(f"password=[masked: password]\n{ERROR}\n")
    assert "hunter2" not in repr(shown)
    with pytest.raises(InputRefused):
        desk.file_ticket(replace(draft, id="other", summary="")).result()
    office.computer.forbid(error_text=False)
    bare = desk.ticket(desk.file_ticket(replace(draft, id=desk.new_draft().id)).result().ticket)
    assert bare is not None
    assert bare.ticket.error_text == ""


def test_what_was_saved_before_a_rule_goes_as_it_was_saved(tmp_path: Path) -> None:
    """Taken back and saved again it is under the new rule."""
    help_desk = HelpDesk(tmp_path / "relay")
    with opened(tmp_path) as office:
        desk = office.desk
        desk.enrol(help_desk.url, help_desk.code("ada@example.com"))
        help_desk.stop()
        goes, stays = (desk.file_ticket(full_draft(office)).result() for _ in range(2))
        office.computer.forbid(screenshots=False, facts=False)
        draft = desk.cancel(stays.operation).result()
        assert draft is not None
        again = desk.file_ticket(draft).result()
        help_desk.start()
        assert desk.sync_now(30).trouble is None
        sent = desk.ticket(goes.ticket)
        assert sent is not None
        assert sent.ticket.number, "the help desk has it"
        assert [shown.attachment.name for shown in sent.attachments] == ["screen.png", "clipboard.png", "file.png"]
        assert [fact.key for fact in sent.ticket.device.facts] == ["os", "serial"]
        other = desk.ticket(again.ticket)
        assert other is not None
        assert [shown.attachment.name for shown in other.attachments] == ["file.png"]
        assert other.ticket.device.facts == ()
    help_desk.stop()


def test_a_picture_that_a_rule_keeps_here_after_it_was_saved_is_missed_aloud(tmp_path: Path) -> None:
    content = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(content, "PNG")
    with opened(tmp_path) as before:
        before.computer.reader = TextReader(command=("sleep", "60"))
        desk = before.desk
        file = replace(picture(desk, SCREEN, content=content.getvalue()), is_searched=False)
        ticket = desk.file_ticket(replace(desk.new_draft(), summary="No sound", files=(file,))).result().ticket
        assert desk.held(ticket) == 1
    with opened(tmp_path) as office:
        office.computer.forbid(screenshots=False)
        not_sent = "1 picture did not go along: your administrator has switched pictures off."
        assert wait_for_pictures(office.desk) == [not_sent]
        assert wait_for_pictures(office.desk) == [], "it is said once there"
        parse = build_parser().parse_args
        told = waiting(office.desk, parse(["waiting"]))
        [said] = told.remarks
        assert not_sent in said
        assert told.code is Exit.ATTENTION
        assert show(office.desk, parse(["show", ticket])).remarks == [not_sent]
        waiting(office.desk, parse(said.partition("helptray ")[2].split()))
        assert waiting(office.desk, parse(["waiting"])).remarks == []
        view = office.desk.ticket(ticket)
        assert view is not None
        assert view.attachments == ()
        with pytest.raises(Trouble):
            office.desk.open_content(file.attachment)
