"""Distances, sizes and the style sheet that every window shares."""

from importlib.resources import files

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

SMALL = 4
GAP = 8
WIDE = 16
THUMBNAIL = 150
"""Widest picture of a screen in the report, in device-independent pixels."""

_OF_SCREEN = 0.9
_QUIET = 165
"""How much of a letter's colour a side remark has, of 255."""
_OUTLINE = 0.52
"""How much of a letter's colour the line around a box or field has: 3 to 1 against both sides (WCAG 2.2, 1.4.11)."""
_DARKER = 140
"""By how much Qt's own style (Fusion) darkens the window's colour for such a line, in percent."""
_SETS_FONT = Qt.WidgetAttribute.WA_SetFont
_OUTLINED = ("QCheckBox", "QRadioButton", "QLineEdit", "QPlainTextEdit", "QAbstractSpinBox", "QTableView")


def dress(app: QApplication) -> None:
    """Lay our few rules over the system's own style, now and whenever it takes other colours."""
    app.setStyleSheet((files("resources.styles") / "helptray.qss").read_text(encoding="utf-8"))
    soften(app)
    _Follower(app)


def soften(app: QApplication) -> None:
    """Give side remarks a colour that is quiet and still read easily (WCAG 2.2, contrast of 4.5 to 1).

    Boxes and fields get a line that is seen on a dark window too.
    """
    colour = app.palette().color(QPalette.ColorRole.WindowText)
    colour.setAlpha(_QUIET)
    quiet = QPalette(app.palette())
    quiet.setColor(QPalette.ColorRole.PlaceholderText, colour)
    app.setPalette(quiet)
    outlined = QPalette(quiet)
    outlined.setColor(QPalette.ColorRole.Window, _outline(quiet).lighter(_DARKER))
    for kind in _OUTLINED:
        app.setPalette(outlined, kind)  # type: ignore[arg-type]  # the stub says bytes, PySide takes str alone


def _outline(palette: QPalette) -> QColor:
    letters, window = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)

    def between(letter: float, ground: float) -> float:
        return _OUTLINE * letter + (1 - _OUTLINE) * ground

    return QColor.fromRgbF(
        between(letters.redF(), window.redF()),
        between(letters.greenF(), window.greenF()),
        between(letters.blueF(), window.blueF()),
    )


class _Follower(QObject):
    """Lets windows that are open take the desktop's new colours, all of them."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._is_following = False
        app.paletteChanged.connect(self._await)

    def _await(self) -> None:
        """The system tells its colours one by one; ours follow when it has told all, and tell of themselves too."""
        if not self._is_following:
            self._is_following = True
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        soften(self._app)
        own = [(widget, widget.font()) for widget in self._app.allWidgets() if widget.testAttribute(_SETS_FONT)]
        self._app.setStyleSheet(self._app.styleSheet())  # what lies within a window keeps its old colours otherwise
        for widget, font in own:
            widget.setFont(font)
        self._is_following = False


def enlarge(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Make a widget's letters larger than those of the program, in proportion to what the person has set."""
    font = QFont(QApplication.font(widget))
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setBold(bold)
    widget.setFont(font)


def in_letters(widget: QWidget, across: int, lines: int) -> QSize:
    """A size of so many letters across and so many lines, and never more than nine tenths of the screen."""
    letters = widget.fontMetrics()
    wanted = QSize(letters.averageCharWidth() * across, letters.lineSpacing() * lines)
    return wanted.boundedTo(widget.screen().availableSize() * _OF_SCREEN)


def quieten(widget: QWidget) -> None:
    """Show a widget's words as a side remark."""
    widget.setProperty("look", "quiet")
