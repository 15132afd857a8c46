"""The error texts that were found, and where else to look for one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.capture.error_text.offered import ErrorText, Origin, from_picture
from desktop.capture.screen_text.words import all_text
from desktop.tickets.clock import Clock
from desktop.tickets.draft import Group
from desktop.ui.bridge import Bridge
from desktop.ui.controls import push
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.quiet_line import QuietLine
from desktop.ui.report.capture import Capture, Taken
from desktop.ui.report.error_texts import ErrorTexts
from desktop.ui.report.section import Section

if TYPE_CHECKING:
    from desktop.capture.active_program import Program
    from desktop.capture.error_text.offered import RecentErrors
    from desktop.pictures import Searched


class ErrorsSection(Section):
    """What was copied is offered by itself; the system's log is read when the person asks.

    Attributes:
        texts: the offers.

    Signals:
        failed: a `Trouble`.
    """

    failed = Signal(object)

    def __init__(self, bridge: Bridge, capture: Capture, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(Group.ERROR_TEXT, parent)
        self._bridge = bridge
        self._capture = capture
        self._clock = clock
        self._program: Program | None = None
        self.texts = ErrorTexts(bridge, capture.looks_like_error, clock)
        self._look = push("Look in the system's log")
        self._look.setToolTip("Errors of the last 15 minutes and around the last unexpected restart")
        self._look.clicked.connect(self._read_log)
        self._says = QuietLine()
        self._ways = QWidget()
        FlowLayout(self._ways).addWidget(self._look)
        for widget in (self.texts, self._ways, self._says):
            self.column.addWidget(widget)
        self.texts.filled.connect(self._show_texts)
        self.open(False)

    def begin(self, taken: Taken) -> None:
        """Offer what the person has copied; nothing else is looked at before they ask."""
        self._program = taken.program
        if self.is_on:
            self.texts.offer_clipboard()

    def take_picture(self, label: str, searched: "Searched") -> None:
        """Offer the errors on a picture, and all text on it."""
        now = self._clock.now()
        offers = [from_picture(label, error.text, now) for error in searched.errors]
        whole = all_text(searched.lines)
        if whole and whole not in [offer.text for offer in offers]:
            offers.append(
                ErrorText(origin=Origin.PICTURE, label=f"All text on the picture {label}", text=whole, at=now)
            )
        self.texts.offer(offers)

    @property
    def has_offer(self) -> bool:
        """Whether an error was found on a picture that is not added yet."""
        return self.is_on and self.texts.offers_error

    def show_content(self, *, is_open: bool) -> None:
        self.texts.open(is_open)
        self._show_texts()
        self._ways.setVisible(is_open and self.is_on and self._capture.recent_errors is not None)
        self._says.setVisible(is_open and self.is_on and bool(self._says.words()))

    def _show_texts(self) -> None:
        """An empty group takes no room, nor the distance to its neighbours."""
        self.texts.setVisible(self.is_on and not self.texts.is_empty)
        self.take_room()

    def _read_log(self) -> None:
        if self._capture.recent_errors is None:
            return
        read, program = self._capture.recent_errors, self._program
        self._look.setEnabled(False)
        self._says.say("Looking…")
        self._bridge.run(self, lambda: read(program), self._show_found, self.failed.emit)

    def _show_found(self, found: "RecentErrors") -> None:
        self._look.setEnabled(True)
        self._says.say(found.says)
        self.texts.offer(found.texts)
        self.show_content(is_open=self._is_open)
