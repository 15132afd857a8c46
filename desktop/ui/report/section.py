"""One of the groups that come by themselves with a ticket: its switch, and why it is off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.tickets.draft import Group
from desktop.ui.controls import dress, tick
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.limits import WHY_FORBIDDEN, Standing
from desktop.ui.tokens import GAP, enlarge

_SWITCH = {
    Group.PICTURES: "Pict&ures of the screen",
    Group.ERROR_TEXT: "E&rror text",
    Group.COMPUTER: "A&bout this computer",
}
_OFF = {
    Group.PICTURES: "Pictures are off.",
    Group.ERROR_TEXT: "Error text is off.",
    Group.COMPUTER: "Details of this computer are off.",
}


class Section(QFrame):
    """A group. Closed it shows no more than what would go along, or that it is off; open it has its switch.

    Whoever derives from it adds to `column` and shows that in `show_content`.

    Signals:
        switched: the person switched it on or off (bool).
    """

    switched = Signal(bool)

    def __init__(self, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._standing = Standing.ON
        self._is_open = False
        self._switch = tick(_SWITCH[group], on=True)
        enlarge(self._switch, 1.0, bold=True)
        self._off = QuietLine("Switch on")
        self._off.name_action(f"Switch on: {_SWITCH[group].replace('&', '')}")
        self._why = QuietLine()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(GAP)
        for widget in (self._switch, self._off, self._why):
            self.column.addWidget(widget)
        self._switch.clicked.connect(self.switched)
        self._off.followed.connect(lambda: self.switched.emit(True))

    @property
    def standing(self) -> Standing:
        """Whether it goes along."""
        return self._standing

    @property
    def is_on(self) -> bool:
        """Whether it goes along, said shortly."""
        return self._standing is Standing.ON

    def show_standing(self, standing: Standing) -> None:
        """Show whether it goes along; what is in it is shown only then."""
        self._standing = standing
        self._show()

    def open(self, is_open: bool) -> None:
        """Show the switch and all that is in it, or just what goes along."""
        self._is_open = is_open
        self._show()

    def show_content(self, *, is_open: bool) -> None:
        """Show what is in it, as far as it is on."""
        raise NotImplementedError  # each group's own

    def take_room(self) -> None:
        """As much as it needs, and none where there is nothing to see; for whenever what is in it comes or goes."""
        self.setVisible(not self.column.isEmpty())

    def _show(self) -> None:
        margin = GAP if self._is_open else 0
        self.column.setContentsMargins(margin, margin, margin, margin)
        dress(self, "card" if self._is_open else "")
        self._switch.setVisible(self._is_open)
        self._switch.setChecked(self.is_on)
        self._switch.setEnabled(self._standing is not Standing.FORBIDDEN)
        self._off.say(_OFF[self._group] if self._standing is Standing.OFF and not self._is_open else "")
        self._why.say(WHY_FORBIDDEN[self._group] if self._standing is Standing.FORBIDDEN else "")
        self.show_content(is_open=self._is_open)
        self.take_room()
