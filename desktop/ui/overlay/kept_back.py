"""Windows of ours that would come on the screen while its picture is being taken."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class KeptBack(QObject):
    """Keeps them off the screen, whoever shows them, until they are let through."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QWidget] = []

    def begin(self) -> None:
        """From now on."""
        if (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self)

    def end(self) -> list[QWidget]:
        """No longer; gives the windows that were to be shown, which are hidden now."""
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)
        held, self._held = [widget for widget in self._held if isValid(widget)], []
        wanted = [widget for widget in held if widget.isVisible()]
        for widget in held:
            widget.hide()
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        return wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A widget is told that it is shown before it is on the screen: early enough to keep it off."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._held.append(watched)
        return False
