"""One key, registered with the system."""

import os
import shutil
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from desktop.capture.surroundings import Session
from desktop.tickets.trouble import InputRefused
from desktop.ui.hot_key.choose import choose_hot_key
from desktop.ui.hot_key.combination import read_combination
from desktop.ui.hot_key.handler import HotKeyUnavailable


@pytest.mark.parametrize("text", ["Ctrl+Alt+H", "Meta+1", "Shift+F9", "F12", "Ctrl+Alt+Shift+Z"])
def test_combinations(text: str) -> None:
    assert str(read_combination(text)) == text


@pytest.mark.parametrize("text", ["", "H", "Shift+H", "Ctrl+", "Ctrl+Ä", "Hyper+H", "Ctrl+Return", "F99"])
def test_what_cannot_be_a_hot_key(text: str) -> None:
    with pytest.raises(InputRefused):
        read_combination(text)


@pytest.mark.parametrize(
    ("platform", "session", "words"),
    [
        ("offscreen", Session.NONE, "no keyboard"),
        ("wayland", Session.WAYLAND, "its own settings"),
        ("xcb", Session.WAYLAND, "its own settings"),
    ],
)
def test_where_there_is_none_it_says_why(qtbot: QtBot, platform: str, session: Session, words: str) -> None:
    with pytest.raises(HotKeyUnavailable, match=words):
        choose_hot_key(platform, session).register(read_combination("Ctrl+Alt+H"))


_PRESS = """
import ctypes, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from desktop.capture.surroundings import Session
from desktop.ui.hot_key.choose import choose_hot_key
from desktop.ui.hot_key.combination import read_combination
from desktop.ui.hot_key.handler import HotKeyTaken
app = QGuiApplication([])
first, second = choose_hot_key("xcb", Session.X11), choose_hot_key("xcb", Session.X11)
first.register(read_combination("Ctrl+Alt+H"))
try:
    second.register(read_combination("Ctrl+Alt+H"))
except HotKeyTaken as taken:
    print("taken")
second.register(read_combination("Ctrl+Alt+J"))
first.pressed.connect(lambda: (print("pressed"), first.release(), second.release(), app.quit()))
x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
display = ctypes.c_void_p(x11.XOpenDisplay(None))
codes = [x11.XKeysymToKeycode(display, ctypes.c_ulong(sym)) for sym in (0xFFE3, 0xFFE9, 0x68)]
for down in (1, 0):
    for code in codes:
        xtst.XTestFakeKeyEvent(display, code, down, ctypes.c_ulong(0))
x11.XFlush(display)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


_CHANGE_LAYOUT = """
import ctypes, subprocess
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from desktop.capture.surroundings import Session
from desktop.ui.hot_key.choose import choose_hot_key
from desktop.ui.hot_key.combination import read_combination
app = QGuiApplication([])
key = choose_hot_key("xcb", Session.X11)
key.register(read_combination("Ctrl+Alt+H"))
x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
def codes():
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    return display, [x11.XKeysymToKeycode(display, ctypes.c_ulong(sym)) for sym in (0xFFE3, 0xFFE9, 0x68)]
_, before = codes()
subprocess.run(["setxkbmap", "dvorak"], check=True)
display, after = codes()
print("moved" if before != after else "stayed")
key.pressed.connect(lambda: (print("pressed"), key.release(), app.quit()))
def press():
    for down in (1, 0):
        for code in after:
            xtst.XTestFakeKeyEvent(display, code, down, ctypes.c_ulong(0))
    x11.XFlush(display)
timer = QTimer(interval=50)
timer.timeout.connect(press)
timer.start()
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


def said_by(program: str) -> list[str]:
    """The words that the program says on an X display of its own."""
    if shutil.which("xvfb-run") is None or not sys.platform.startswith("linux"):
        pytest.skip("no virtual X display here")
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_key_is_grabbed_on_x11_and_a_second_claim_is_told() -> None:
    assert said_by(_PRESS) == ["taken", "pressed"]


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="no keyboard layouts here")
def test_the_key_stays_with_its_letter_when_the_layout_changes() -> None:
    assert said_by(_CHANGE_LAYOUT) == ["moved", "pressed"]
