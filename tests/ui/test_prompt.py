"""Once the windows have loaded, nothing that works beside them holds them up for long."""

import json
import subprocess
import sys
from pathlib import Path

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

def loaded(have_loaded=prompt.have_loaded):
    have_loaded()
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
    assert (at_first, in_the_end) == (False, True)
    assert gives_way <= 0.001
    assert looked_through * 10 < left_alone
