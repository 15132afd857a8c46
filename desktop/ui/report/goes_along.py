"""What comes by itself with a ticket: one line on it, and three groups on request."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.capture.report import SCREEN, what_leaves
from desktop.desk import Desk
from desktop.tickets.capture_policy import NOTHING, CapturePolicy
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Draft, Group
from desktop.tickets.trouble import Trouble
from desktop.ui import phrases
from desktop.ui.bridge import Bridge
from desktop.ui.controls import tool
from desktop.ui.plain_text import PlainText
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.errors_section import ErrorsSection
from desktop.ui.report.facts_section import FactsSection
from desktop.ui.report.late_rules import taken_away
from desktop.ui.report.limits import Standing, forbids
from desktop.ui.report.pictures_section import PicturesSection
from desktop.ui.report.section import Section
from desktop.ui.tokens import GAP

if TYPE_CHECKING:
    from desktop.pictures import Searched


class GoesAlong(QWidget):
    """One line that says what goes along; a button opens pictures, error text and this computer, a switch each.

    Attributes:
        pictures, errors, computer: the three groups.

    Signals:
        switched: a group was switched on or off.
        failed: a `Trouble`.
    """

    switched = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, bridge: Bridge, clock: Clock, capture: Capture, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._limits = capture.limits
        self._provider = phrases.provider(desk.organisation())
        self._taken = Taken()
        self._policy: CapturePolicy | None = None
        self._is_open = False
        self.pictures = PicturesSection(desk, bridge, capture)
        self.errors = ErrorsSection(bridge, capture, clock)
        self.computer = FactsSection(bridge, capture)
        self._groups: dict[Group, Section] = {
            Group.PICTURES: self.pictures,
            Group.ERROR_TEXT: self.errors,
            Group.COMPUTER: self.computer,
        }
        self._line = PlainText()
        self._unread = QuietLine()
        self._button = tool("See &all")
        self._button.setCheckable(True)
        self._button.setToolTip("Show everything that goes along, with a switch for each kind")
        self._button.toggled.connect(self.open)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._line, 1)
        row.addWidget(self.pictures.cover)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self._unread)
        for group, section in self._groups.items():
            column.addWidget(section)
            section.switched.connect(lambda on, group=group: self._switch(group, on=on))
        self.errors.failed.connect(self.failed)
        self.computer.failed.connect(self.failed)
        self.pictures.files.failed.connect(self.failed)
        self.pictures.files.searched.connect(self._take_search)
        self._show_standings(())

    def begin(self, taken: Taken, *, tick_active: bool) -> None:
        """Take in what came by itself, each group as far as it is on."""
        self._taken = taken
        self.pictures.add(taken, tick_active=tick_active)
        self.errors.begin(taken)
        self.computer.begin()

    def restore(self, draft: Draft) -> None:
        """Show what a draft had; what has been switched off since is off for it too."""
        self._show_standings(draft.withheld)
        self.pictures.files.restore([file for file in draft.files if file.included or file.origin != SCREEN])
        self.errors.texts.show_added(draft.error_text)
        self.computer.facts = draft.device.facts or None

    def begin_anew(self) -> None:
        """Forget what was restored, and go back to what comes by itself."""
        self._show_standings(())
        self.pictures.files.begin_anew()
        self.errors.texts.leave_out()

    def show_draft(self, draft: Draft) -> str:
        """Say what of this draft will go along under the rules as they are now.

        Returns what rules have taken away that have come since it was last shown, in a sentence; mostly nothing.
        """
        policy = self._limits.policy()
        before, self._policy = self._policy or policy, policy
        self._obey(policy)
        leaves = what_leaves(draft, policy)
        pictures, others = self.pictures.files.counts()
        self._unread.say(self._says_unread(policy))
        parts = [phrases.things(pictures, "picture", "pictures")] if pictures else []
        parts += [phrases.things(others, "file", "files")] if others else []
        parts += ["error text"] if leaves.error_text else []
        parts += self._on_computer(draft, leaves)
        listed = ", ".join(parts) or "just your words"
        alone = ", and nobody else at your company" if draft.confidential else ""
        self._line.show_text(f"{listed[0].upper()}{listed[1:]}. For {self._provider}{alone}.")
        self.computer.show_draft(leaves)
        return taken_away(draft, before, policy) if before != policy else ""

    def _on_computer(self, draft: Draft, leaves: Draft) -> list[str]:
        """What of this computer goes along, in words; while it is being asked, what will."""
        is_told = draft.device.is_this_computer or bool(draft.device.facts)
        will_tell = bool(leaves.device.facts) if self.computer.facts is not None else self.computer.is_on
        if is_told and self.computer.is_on and will_tell:
            return ["this computer"]
        return ["the name of this computer"] if leaves.written_on else []

    def _says_unread(self, policy: CapturePolicy) -> str:
        """That the administrator's rules are out of order, where that is why all is forbidden."""
        trouble = self._desk.computer.policy().trouble if policy == NOTHING else ""
        return f"Your administrator's rules are out of order, so nothing is taken: {trouble}" if trouble else ""

    def words(self) -> str:
        """The line as it is shown."""
        return self._line.toPlainText()

    @property
    def withheld(self) -> tuple[Group, ...]:
        """The groups that the person has switched off."""
        return tuple(group for group, section in self._groups.items() if section.standing is Standing.OFF)

    def open(self, is_open: bool) -> None:
        """Show the three groups, or just what goes along."""
        self._is_open = is_open
        self._name_button()
        for section in self._groups.values():
            section.open(is_open)

    def _take_search(self, label: str, searched: "Searched") -> None:
        self.errors.take_picture(label, searched)
        self._name_button()

    def _name_button(self) -> None:
        """Closed it says that there is more to see; nothing else on the form moves for that."""
        found = " (error found)" if self.errors.has_offer else ""
        self._button.setText("See less" if self._is_open else f"See &all{found}")
        self._button.setShortcut(QKeySequence.mnemonic("&a"))

    def _show_standings(self, withheld: tuple[Group, ...]) -> None:
        for group, section in self._groups.items():
            standing = self._limits.standing(group)
            is_off = standing is Standing.ON and group in withheld
            section.show_standing(Standing.OFF if is_off else standing)

    def _obey(self, policy: CapturePolicy) -> None:
        """Rules may come, and go, while the form is open."""
        for group, section in self._groups.items():
            is_forbidden = forbids(policy, group)
            if is_forbidden != (section.standing is Standing.FORBIDDEN):
                section.show_standing(Standing.FORBIDDEN if is_forbidden else self._limits.standing(group))

    def _switch(self, group: Group, *, on: bool) -> None:
        """For this ticket and the next ones; what is switched on late is taken now."""
        section = self._groups[group]
        section.show_standing(Standing.ON if on else Standing.OFF)
        try:
            self._limits.switch(group, on=on)
        except Trouble as trouble:
            self.failed.emit(trouble)
        if on and group is Group.PICTURES and not self.pictures.files.has_screens:
            self.pictures.take_anew()
        elif on and group is Group.ERROR_TEXT:
            self.errors.begin(self._taken)
        elif on and group is Group.COMPUTER and not self.computer.facts:
            self.computer.facts = None
            self.computer.begin()
        self.switched.emit()
