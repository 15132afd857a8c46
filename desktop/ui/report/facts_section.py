"""What this computer tells about itself."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.capture.computer.order import ranked
from desktop.capture.redact.text import mask
from desktop.tickets.device import Fact
from desktop.tickets.draft import Draft, Group
from desktop.tickets.trouble import Trouble
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture
from desktop.ui.report.section import Section
from desktop.ui.tokens import enlarge, quieten


class FactsSection(Section):
    """A line a fact, for who wants to see them.

    Attributes:
        facts: what the computer tells; None while it is being asked.

    Signals:
        read: they are there, or will not come.
        failed: a `Trouble`.
    """

    read = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, capture: Capture, parent: QWidget | None = None) -> None:
        super().__init__(Group.COMPUTER, parent)
        self._bridge = bridge
        self._capture = capture
        self.facts: tuple[Fact, ...] | None = None
        self._unusual = PlainText()
        enlarge(self._unusual, 1.0, bold=True)
        self._lines = PlainText()
        quieten(self._lines)
        self._kept_back = QuietLine()
        self.column.addWidget(self._unusual)
        self.column.addWidget(self._lines)
        self.column.addWidget(self._kept_back)
        self.open(False)

    def begin(self) -> None:
        """Ask the computer, beside the typing, unless it is off."""
        if self.is_on:
            self._bridge.run(self, self._read_facts, self._take, self._lack)
        else:
            self._take(())

    def show_draft(self, leaves: Draft) -> None:
        """Show what of it goes along, what is unusual first, as a technician will read it."""
        facts = ranked(leaves.device.facts)
        lines = phrases.computer(facts)
        lines += (
            [f"Written on: {leaves.written_on}"] if leaves.written_on and not leaves.device.is_this_computer else []
        )
        why = "Reading…" if self.facts is None else "Nothing: this is about another device."
        self._unusual.show_text("\n".join(map(phrases.unusual, facts.unusual)))
        self._lines.show_text("\n".join(lines) or ("" if facts.unusual else why))
        for words in (self._unusual, self._lines):
            words.show_all()  # all that leaves is seen before
        self._kept_back.say(self._names(sorted(self._capture.limits.policy().never_facts)))
        self.show_content(is_open=self._is_open)

    def show_content(self, *, is_open: bool) -> None:
        self._unusual.setVisible(is_open and self.is_on and bool(self._unusual.text()))
        self._lines.setVisible(is_open and self.is_on)
        self._kept_back.setVisible(is_open and self.is_on and bool(self._kept_back.words()))

    @staticmethod
    def _names(keys: Sequence[str]) -> str:
        return f"Your administrator keeps back: {', '.join(key.replace('_', ' ') for key in keys)}." if keys else ""

    def _read_facts(self) -> tuple[Fact, ...]:
        """As they leave: without what is certainly private."""
        return tuple(replace(fact, value=mask(fact.value).text) for fact in self._capture.computer_facts())

    def _take(self, facts: tuple[Fact, ...]) -> None:
        self.facts = facts
        self.read.emit()

    def _lack(self, trouble: Trouble) -> None:
        self._take(())
        self.failed.emit(trouble)
