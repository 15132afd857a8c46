"""What was typed survives the hardest end, on the real store."""

import subprocess
import sys
from pathlib import Path
from random import Random

from desktop.app import open_desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock

_TYPE = """
import sys
from pathlib import Path
from random import Random
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.app import open_desk
from desktop.settings import Settings
from desktop.tickets.clock import SystemClock
from desktop.ui.bridge import Bridge
from desktop.ui.report.capture import Capture, Taken
from desktop.tickets.capture_policy import CapturePolicy
from desktop.ui.report.limits import Limits
from desktop.ui.settings.preferences import PreferenceFile
from desktop.ui.report.sentence_edit import SentenceEdit
from desktop.ui.report.window import ReportWindow
home = Path(sys.argv[1])
settings = Settings(home=home, key_file=home.with_suffix(".key"))
app = QApplication([])
with open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None) as desk:
    capture = Capture(take_screens=lambda: (), computer_facts=lambda: (), computer_name=lambda: "PC-17",
                      looks_like_error=lambda _: False,
                      limits=Limits(CapturePolicy, PreferenceFile.of(home)))
    window = ReportWindow(desk, Bridge(), SystemClock(), capture, dialable=True)
    window.begin(Taken())
    QTest.keyClicks(window.findChild(SentenceEdit), "The beamer is dark")
    def look():
        if [draft.summary for draft in desk.drafts()] == ["The beamer is dark"]:
            print("kept", flush=True)
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    app.exec()
"""


def test_a_draft_survives_a_kill(tmp_path: Path) -> None:
    home = tmp_path / "home"
    typing = subprocess.Popen(
        [sys.executable, "-c", _TYPE, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "HOME": str(tmp_path)},
    )
    assert typing.stdout is not None
    assert typing.stderr is not None
    told = typing.stdout.readline()
    typing.kill()
    stderr = typing.communicate()[1]
    assert told == "kept\n", stderr

    settings = Settings(home=home, key_file=home.with_suffix(".key"))
    with open_desk(settings, clock=SystemClock(), random=Random(), say=lambda _: None) as desk:
        assert [draft.summary for draft in desk.drafts()] == ["The beamer is dark"]
