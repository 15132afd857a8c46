"""Windows can be read and used in light and dark, from right to left, and with words of any length."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.annotate.tools import ToolRow
from desktop.ui.controls import attaching, push, radio, tick
from desktop.ui.pictures import dark
from desktop.ui.scroller import Scroller
from desktop.ui.tickets.status_panel import StatusPanel
from desktop.ui.tokens import dress, soften
from tests.ui.reader import Reader
from tests.ui.reporter import Reporter


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    qapp.setStyle("Fusion")
    dress(qapp)
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.mark.parametrize("make", [QCheckBox, QRadioButton, QLineEdit, QPlainTextEdit])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_empty_boxes_and_fields_are_seen(
    qtbot: QtBot, dressed: QApplication, scheme: str, make: Callable[[], QWidget]
) -> None:
    """Three to one against the window (WCAG 2.2, 1.4.11)."""
    if scheme == "dark":
        dressed.setPalette(dark(dressed.palette()))
        soften(dressed)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(120, 80)
    box = make()
    box.setParent(window)
    window.show()
    image = window.grab(box.geometry()).toImage()
    ground = window.palette().window().color()
    assert max(contrast(colour, ground) for colour in colours(image)) >= 3


def test_the_clip_of_a_button_is_seen_and_follows_the_desktop(qtbot: QtBot, dressed: QApplication) -> None:
    """Three to one against the button (WCAG 2.2, 1.4.11)."""
    window, light = QWidget(), dressed.palette()
    qtbot.addWidget(window)
    button = attaching("Add a f&ile…")
    QVBoxLayout(window).addWidget(button)
    window.show()
    for palette in (light, dark(light), light):
        dressed.setPalette(palette)
        soften(dressed)
        QApplication.processEvents()
        shown = button.icon().pixmap(22).toImage()
        clip = [shown.pixelColor(x, y) for x in range(22) for y in range(22) if shown.pixelColor(x, y).alpha() == 255]
        assert clip
        assert min(contrast(colour, palette.button().color()) for colour in clip) >= 3


def test_windows_that_are_open_take_the_desktops_new_colours(
    dressed: QApplication, reader: Reader, reporter: Reporter
) -> None:
    """Every word, within what scrolls too, four and a half to one against its window (WCAG 2.2, 1.4.3)."""
    reader.open(reader.file("The printer jams"))
    reporter.begin()
    QApplication.processEvents()
    shown = [one for window in (reader.window, reporter.window) for one in window.findChildren(QWidget)]
    fonts = [one.font() for one in shown]
    dressed.setPalette(dark(dressed.palette()))
    ground, new = dressed.palette().window().color(), dressed.palette().toolTipBase().color()
    reporter.qtbot.waitUntil(lambda: all(one.palette().toolTipBase().color() == new for one in shown))
    words = [one.palette().color(QPalette.ColorGroup.Active, role_of_words(one)) for one in shown]
    assert min(contrast(over(colour, ground), ground) for colour in words) >= 4.5
    assert [one.font() for one in shown] == fonts


def role_of_words(widget: QWidget) -> QPalette.ColorRole:
    if isinstance(widget, QPlainTextEdit):
        return QPalette.ColorRole.PlaceholderText
    return QPalette.ColorRole.Text if isinstance(widget, QTextEdit) else QPalette.ColorRole.WindowText


def over(colour: QColor, ground: QColor) -> QColor:
    """What is seen of a colour that lets the ground through."""
    share = colour.alphaF()

    def mixed(one: float, other: float) -> float:
        return share * one + (1 - share) * other

    return QColor.fromRgbF(
        mixed(colour.redF(), ground.redF()),
        mixed(colour.greenF(), ground.greenF()),
        mixed(colour.blueF(), ground.blueF()),
    )


def colours(image: QImage) -> list[QColor]:
    """The colours along a line through the middle, from the left; the focus and the text are elsewhere."""
    row = image.height() // 2
    return [image.pixelColor(column, row) for column in range(min(20, image.width()))]


def contrast(one: QColor, other: QColor) -> float:
    """By WCAG 2.2."""
    light, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dim + 0.05)


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def test_a_ticket_is_chosen_where_windows_read_from_right_to_left(qapp: QApplication, reader: Reader) -> None:
    first, second = reader.file("The printer jams"), reader.file("The beamer is dark")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for ticket in (second, first):
            reader.open(ticket)
            assert reader.list().current() == ticket
            assert reader.window.findChildren(StatusPanel)[0].isVisible()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


@pytest.mark.parametrize("make", [tick, radio, push])
def test_what_scrolls_is_never_narrower_than_a_long_word(qtbot: QtBot, make: Callable[[str], QWidget]) -> None:
    word = make("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2)
    page = QWidget()
    QVBoxLayout(page).addWidget(word)
    area = Scroller(page)
    qtbot.addWidget(area)
    area.resize(50, 50)
    area.show()
    qtbot.waitUntil(lambda: area.viewport().width() >= word.minimumSizeHint().width())


def test_the_main_button_is_as_wide_as_its_words(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    button = push("Save", is_default=True)
    row.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    button.setText("Rindfleischetikettierung")
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert row.totalMinimumSize().width() > words


def test_the_tools_for_a_picture_are_of_one_size_whichever_is_taken(qtbot: QtBot, dressed: QApplication) -> None:
    tools = ToolRow()
    qtbot.addWidget(tools)
    tools.resize(900, 60)
    tools.show()
    buttons = tools._group.buttons()
    for button in (buttons[1], buttons[3]):
        button.click()
        dressed.processEvents()
        assert len({(one.width(), one.height()) for one in buttons}) == 1
