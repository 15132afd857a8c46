"""One Helptray with windows for each home; a second start wakes the first."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.single_instance import SingleInstance, channel_name, wake_first

_SECOND = "import sys; from pathlib import Path; from desktop.ui.single_instance import wake_first; "


def test_a_second_start_wakes_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()
    with qtbot.waitSignal(first.woken, timeout=20_000) as woken:
        second = subprocess.Popen(
            [sys.executable, "-c", _SECOND + f"sys.exit(not wake_first(Path({str(tmp_path)!r}), 'new'))"]
        )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
    assert (woken.args, second.returncode) == (["new"], 0)
    first.release()


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """A later start, as a person or the desktop's own key makes it."""
    command = [sys.executable, "-m", "desktop", "--home", str(home), "--key-file", str(home / "key"), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("words", "wish"), [(["new"], "new"), ([], "tickets")])
def test_a_start_of_the_program_wakes_the_one_that_runs(
    qtbot: QtBot, tmp_path: Path, words: list[str], wish: str
) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()
    with qtbot.waitSignal(first.woken, timeout=60_000) as woken:
        second = start(tmp_path, *words)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert (woken.args, *second.communicate(timeout=60), second.returncode) == ([wish], "", "", 0)
    first.release()


def test_one_that_runs_and_does_not_answer_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()

    said, complained = start(tmp_path, "new").communicate(timeout=60)

    assert (said, "Helptray is open already and does not answer just now." in complained) == ("", True), complained
    first.release()


def test_only_one_can_be_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_what_a_killed_one_left_behind_is_no_hindrance(qtbot: QtBot, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; "
        "from desktop.ui.single_instance import SingleInstance; application = QCoreApplication([]); "
        f"first = SingleInstance(Path({str(tmp_path)!r})); first.take(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    second = SingleInstance(tmp_path)
    assert second.take()
    second.release()


def test_nobody_there(qtbot: QtBot, tmp_path: Path) -> None:
    assert not wake_first(tmp_path, "new")


def test_homes_and_people_are_told_apart(tmp_path: Path) -> None:
    names = {channel_name(tmp_path, "ada"), channel_name(tmp_path, "ben"), channel_name(tmp_path / "x", "ada")}
    assert len(names) == 3
