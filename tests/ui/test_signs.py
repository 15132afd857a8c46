"""What is seen over the screen for a moment, and how our windows step aside."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.overlay.sign import Countdown, Cue, Sign
from desktop.ui.overlay.step_aside import StepAside

FAST = {"uncover": 20, "second": 60}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window of ours in which somebody types."""
    made = QWidget()
    QLineEdit(made).setFocus()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def signs() -> list[Sign]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Sign) and one.isVisible()]


def screen() -> QRect:
    return QGuiApplication.primaryScreen().geometry()


def test_the_seconds_are_counted_and_gone_before_the_screen_is_taken(qtbot: QtBot, window: QWidget) -> None:
    counted: list[str] = []
    seen: list[tuple[list[Sign], bool]] = []

    def is_done() -> bool:
        names = [sign.accessibleName() for sign in signs()]
        counted.extend(name for name in names if name not in counted)
        return bool(seen)

    StepAside(window, **FAST).run(lambda: seen.append((signs(), window.isVisible())), seconds=3)
    qtbot.waitUntil(is_done)

    assert counted == [f"The screen is taken in {left} seconds" for left in (3, 2, 1)]
    assert seen == [([], False)]
    qtbot.waitUntil(window.isVisible)


def test_the_number_stands_at_the_lower_edge_and_is_painted(qtbot: QtBot) -> None:
    countdown = Countdown(None)
    qtbot.addWidget(countdown)
    palette = countdown.palette()
    palette.setColor(QPalette.ColorRole.Highlight, QColor("navy"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("white"))
    countdown.setPalette(palette)
    looks = []
    for left in (3, 2):
        countdown.show_left(left)
        looks.append(countdown.grab().toImage())

    place = countdown.geometry()
    assert screen().contains(place)
    assert place.center().y() > screen().height() * 2 // 3
    assert abs(place.center().x() - screen().center().x()) <= 1
    assert looks[0] != looks[1]
    assert looks[0].pixelColor(2, 2) == QColor("navy")


def test_signs_take_no_key_and_no_click(qtbot: QtBot, window: QWidget) -> None:
    cue, countdown = Cue(window), Countdown(window)
    cue.flash()
    countdown.show_left(3)

    assert len(signs()) == 5
    for sign in signs():
        assert sign.windowFlags() & Qt.WindowType.WindowTransparentForInput
        assert sign.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert QApplication.activeWindow() is window
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    countdown.hide()
    cue.hide()


def test_the_cue_frames_the_screen_and_goes_by_itself(qtbot: QtBot) -> None:
    cue = Cue()
    cue.flash()

    covered = [edge.geometry() for edge in signs()]
    whole = QRect()
    for place in covered:
        assert screen().contains(place)
        assert min(place.width(), place.height()) < 20
        whole = whole.united(place)
    assert (len(covered), whole) == (4, screen())
    qtbot.waitUntil(lambda: not signs())


def test_a_cue_that_is_hidden_is_gone_at_once_and_can_come_again(qtbot: QtBot) -> None:
    cue = Cue()
    cue.flash()
    cue.hide()
    assert signs() == []
    cue.flash()
    assert len(signs()) == 4
    qtbot.waitUntil(lambda: not signs())


def test_the_keys_come_back_to_the_window_that_had_them(qtbot: QtBot, window: QWidget) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    other.show()
    assert QApplication.activeWindow() is window
    aside = StepAside(window, **FAST)

    aside.run(lambda: None)
    qtbot.waitUntil(lambda: not aside.is_aside and other.isVisible())

    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_window_that_opens_meanwhile_steps_aside_too(qtbot: QtBot, window: QWidget) -> None:
    late = QWidget()
    qtbot.addWidget(late)
    seen: list[bool] = []
    aside = StepAside(window, **FAST)

    aside.run(lambda: seen.append(late.isVisible()), seconds=1)
    late.show()
    qtbot.waitUntil(lambda: bool(seen) and late.isVisible() and window.isVisible())

    assert seen == [False]


def test_what_was_closed_just_now_has_the_time_to_go(qtbot: QtBot, window: QWidget) -> None:
    """Its frame, or the end of its fading, may still be on the screen."""
    aside = StepAside(None, **FAST)
    acted: list[str] = []
    aside.see_keys(window.windowHandle())
    window.close()
    aside.see_keys(None)

    aside.run(lambda: acted.append("later"))
    assert acted == []
    qtbot.waitUntil(lambda: acted == ["later"])

    aside = StepAside(None, **FAST)
    aside.run(lambda: acted.append("at once"))
    assert acted == ["later", "at once"]
