"""Once the windows have loaded, nothing that works beside them holds them up for long."""

import gc
import json
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui import prompt

_RUN = """
import gc, json, sys
from pathlib import Path
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
from desktop.ui import prompt

class Application(QtWidgets.QApplication):
    def exec(self):
        at_first.append(gc.isenabled())
        return super().exec()

def loaded(windows, have_loaded=prompt.have_loaded):
    have_loaded(windows)
    gc.collect()
    held = len(gc.get_objects()), gc.get_freeze_count()
    print(json.dumps([*at_first, gc.isenabled(), sys.getswitchinterval(), *held]), flush=True)
    QTimer.singleShot(0, Application.instance().quit)

at_first = []
QtWidgets.QApplication, prompt.LOADED, prompt.have_loaded = Application, 1, loaded
from desktop.app import run_windows
from desktop.settings import Settings
home = Path(sys.argv[1])
sys.exit(run_windows(Settings(home=home / "home", key_file=home / "key")))
"""


def test_all_that_was_loaded_is_never_looked_through_for_garbage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": ""},
    )
    at_first, in_the_end, gives_way, looked_through, left_alone = json.loads(done.stdout)
    assert (at_first, in_the_end) == (False, False)
    assert gives_way <= 0.001
    assert looked_through * 10 < left_alone


def test_what_other_threads_leave_behind_is_taken_apart_on_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a window that is garbage: Qt wants it to end where it was made."""
    monkeypatch.setattr(prompt, "BETWEEN", 1)
    parent = QObject()
    ended: list[int] = []

    def leave() -> None:
        for _ in range(2000):
            node = Node()
            node.itself = node
            weakref.finalize(node, lambda: ended.append(threading.get_ident()))

    prompt.Sweeper(parent)
    worker = threading.Thread(target=leave)
    worker.start()
    worker.join()
    assert not ended
    qtbot.waitUntil(lambda: len(ended) == 2000)
    assert set(ended) == {threading.get_ident()}


def test_all_is_looked_through_now_and_then(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    parent = QObject()
    sweeper = prompt.Sweeper(parent)
    monkeypatch.setattr(gc, "get_count", lambda: (10, 0, 0))
    sweeper.look()
    assert looked == []
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 0, 0))
    for _ in range(40):
        sweeper.look()
    assert looked == ([1] * 19 + [2]) * 2


class Node:
    """Something that holds itself."""

    itself: object
