"""When the person can be reached."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.local_time import local
from desktop.tickets.organisation import Hours
from desktop.tickets.ticket import TimeWindow
from desktop.ui import phrases
from desktop.ui.additions.offered_times import offered_times
from desktop.ui.controls import line, push, tick
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.tokens import GAP


class TimesForm(QWidget):
    """The next days as boxes to tick, and one other time.

    Signals:
        given: a tuple of `TimeWindow`, in order.
    """

    given = Signal(object)

    def __init__(
        self, hours: Hours | None, now: datetime, chosen: Sequence[TimeWindow] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        windows = sorted({*offered_times(hours, now), *(window for window in chosen if window.end > now)}, key=_start)
        self._boxes: list[tuple[QCheckBox, TimeWindow]] = []
        offered = QWidget()
        flow = FlowLayout(offered)
        for window in windows:
            words = f"{phrases.moment(window.start, now)} to {local(window.end):%H:%M}"
            box = tick(words, on=window in chosen)
            self._boxes.append((box, window))
            flow.addWidget(box)
        self._other = tick("Another &time:")
        start = (now.astimezone() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        self._start = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(round(start.timestamp())), calendarPopup=True)
        self._start.setMinimumDateTime(QDateTime.fromSecsSinceEpoch(round(now.timestamp())))
        self._start.setAccessibleName("From")
        self._hours = QSpinBox(minimum=1, maximum=12, value=2, prefix="for ", suffix=" h")
        self._hours.setAccessibleName("For how many hours")
        self._start.dateTimeChanged.connect(lambda: self._other.setChecked(True))
        row = QWidget()
        other = FlowLayout(row)
        for widget in (self._other, self._start, self._hours):
            other.addWidget(widget)
        self._add = push("Add these t&imes")
        self._add.clicked.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (line("When can you be reached?"), offered, row):
            column.addWidget(part)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def windows(self) -> tuple[TimeWindow, ...]:
        """What is ticked, in order."""
        ticked = [window for box, window in self._boxes if box.isChecked()]
        if self._other.isChecked():
            start = datetime.fromtimestamp(self._start.dateTime().toSecsSinceEpoch()).astimezone()
            ticked.append(TimeWindow(start=start, end=start + timedelta(hours=self._hours.value())))
        return tuple(sorted(ticked, key=_start))

    def _give(self) -> None:
        if windows := self.windows():
            self.given.emit(windows)


def _start(window: TimeWindow) -> datetime:
    return window.start
