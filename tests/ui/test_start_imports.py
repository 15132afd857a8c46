"""What is loaded to show the tray, and the tickets: nothing that is not needed for it."""

import json
import subprocess
import sys

LATER = (
    "sqlalchemy",
    "sqlcipher3",
    "requests",
    "urllib3",
    "cryptography",
    "keyring",
    "alembic",
    "PIL",
    "mss",
    "psutil",
)
OURS_LATER = ("desktop.store", "desktop.sync.engine", "desktop.sync.worker", "desktop.capture", "relay")
WINDOWS_LATER = tuple(f"desktop.ui.{name}.window" for name in ("report", "tickets", "waiting", "connect", "settings"))

_SHOW = """
import json, sys
from PySide6.QtWidgets import QApplication
import desktop.ui.main
from desktop.ui.tray import Tray
app = QApplication([])
tray = Tray()
print(json.dumps(sorted(sys.modules)))
"""


def test_the_tray_needs_little() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SHOW],
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )
    loaded = json.loads(done.stdout)
    unwanted = [
        name
        for name in loaded
        if name.split(".")[0] in LATER or any(name == late or name.startswith(f"{late}.") for late in OURS_LATER)
    ]
    assert unwanted == []
    assert [name for name in loaded if name in WINDOWS_LATER] == []


_OPEN = """
import json, sys
from PySide6.QtWidgets import QApplication
import desktop.store.store, desktop.sync.worker
import desktop.ui.main, desktop.ui.windows, desktop.ui.tickets.window
print(json.dumps(sorted(sys.modules)))
"""
TICKETS_LATER = (
    "desktop.capture.redact.find",
    "desktop.ui.additions.files_form",
    "desktop.ui.network_hint",
    "desktop.ui.report.window",
    "requests",
    "PIL",
    "rapidfuzz",
)
"""Made of many patterns or many parts, and wanted by nobody before the first window shows."""


def test_the_tickets_need_no_patterns_of_secrets_and_no_forms() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN],
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )
    assert set(TICKETS_LATER) & set(json.loads(done.stdout)) == set()
