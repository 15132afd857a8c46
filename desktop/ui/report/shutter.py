"""Takes pictures once our windows are away: at once, or beside the windows where the desktop may take its time."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.ui.bridge import Bridge
from desktop.ui.overlay.step_aside import StepAside
from desktop.ui.report.capture import Capture, Taken


class Shutter(QObject):
    """For one person's wish at a time.

    Args:
        aside: has taken our windows away, and keeps those back that would come meanwhile.
    """

    def __init__(self, bridge: Bridge, aside: StepAside, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._aside = aside

    def take(
        self, capture: Capture, how: Callable[[Capture], Taken], then: Callable[[Callable[[], Taken]], None]
    ) -> None:
        """Call `then` on the windows' thread with what gives the pictures, or raises what taking them raised.

        `how` is called within that where it is quick, before this returns; on another thread where it may wait.
        """
        try:
            slow = capture.asked()
        except BaseException:
            self._aside.come_back()
            raise
        if slow is None:
            then(lambda: how(capture))
            return

        def end(taken: Callable[[], Taken]) -> None:
            self._aside.let_through()
            then(taken)

        self._aside.keep_back()
        self._bridge.run_apart(self, lambda: how(slow), end)
