"""The one line says what goes along: for every mixture of what there is, what is off and what is forbidden."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.capture.policy.machine import MachinePolicy
from desktop.tickets.capture_policy import NOTHING, CapturePolicy
from desktop.tickets.draft import Group
from desktop.tickets.operations import FileTicket
from desktop.ui.report.error_texts import ErrorTexts
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.settings.preferences import Preferences
from tests.ui.machine import PaintedScreen
from tests.ui.provider import entries
from tests.ui.reporter import Reporter

RULES = {
    "none": CapturePolicy(),
    "pictures": CapturePolicy(screenshots=False),
    "error text": CapturePolicy(error_text=False),
    "details": CapturePolicy(facts=False),
    "the name": CapturePolicy(never_facts=frozenset(("computer",))),
    "each detail": CapturePolicy(never_facts=frozenset(("os",))),
    "each detail and the name": CapturePolicy(never_facts=frozenset(("os", "computer"))),
}
OFF: tuple[tuple[Group, ...], ...] = ((), *((group,) for group in Group), tuple(Group))


def begun(reporter: Reporter, pictures: int, *, error: bool, off: tuple[Group, ...]) -> None:
    reporter.machine.preferences.write(Preferences(withheld=off))
    reporter.machine.screens = tuple(
        PaintedScreen(f"Screen {number}", is_active=True) for number in range(1, pictures + 1)
    )
    QGuiApplication.clipboard().setText("Error 0x80070005" if error else "")
    reporter.begin()
    QGuiApplication.clipboard().clear()
    for row in reporter.window.findChildren(ErrorTexts)[-1]._rows:
        row.tick(True)
    if reporter.tiles():
        reporter.wait_for_files()


def filed(reporter: Reporter) -> FileTicket:
    reporter.window.findChildren(SentenceEdit)[-1].setFocus()
    reporter.type("It is slow")
    reporter.finish()
    return next(entry.operation.file_ticket for entry in entries(reporter.desk) if entry.operation.file_ticket)


def in_words(body: FileTicket, pictures: int) -> str:
    """What has left, as the line would say it."""
    parts = [f"{pictures} picture{'s' if pictures > 1 else ''}"] if pictures else []
    parts += ["error text"] if body.error_text else []
    parts += ["this computer"] if body.device.facts else ["the name of this computer"] if body.written_on else []
    said = ", ".join(parts) or "just your words"
    return said[0].upper() + said[1:]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(("pictures", "error"), [(0, False), (1, True), (2, True)])
def test_it_says_what_leaves_under_each_rule(reporter: Reporter, rules: str, pictures: int, error: bool) -> None:
    reporter.machine.policy = RULES[rules]
    begun(reporter, pictures, error=error, off=())
    reporter.qtbot.waitUntil(lambda: "Reading…" not in reporter.words())
    check(reporter)


@pytest.mark.parametrize("off", OFF)
@pytest.mark.parametrize(("pictures", "error"), [(0, True), (2, False), (1, True)])
def test_it_says_what_leaves_whatever_is_off(
    reporter: Reporter, off: tuple[Group, ...], pictures: int, error: bool
) -> None:
    begun(reporter, pictures, error=error, off=off)
    check(reporter)


def check(reporter: Reporter) -> None:
    along = reporter.window._form._along  # type: ignore[union-attr]
    reporter.qtbot.waitUntil(lambda: along.computer.facts is not None)
    said = reporter.leaves()
    body = filed(reporter)
    attached = [entry for entry in entries(reporter.desk) if entry.operation.attach_file]
    assert said == f"{in_words(body, len(attached))}. For IT Care."


def test_rules_that_cannot_be_read_are_said_to_be_the_reason(reporter: Reporter) -> None:
    fault = "/etc/helptray/policy.toml cannot be used: screenshots must be true or false."
    reporter.desk.computer._read_policy = lambda: MachinePolicy(policy=NOTHING, trouble=fault)
    reporter.machine.policy = NOTHING
    reporter.begin()
    assert f"Your administrator's rules are out of order, so nothing is taken: {fault}" in reporter.words()
    reporter.desk.computer._read_policy = lambda: MachinePolicy(policy=NOTHING)
    reporter.type("I")
    assert "out of order" not in reporter.words()
