"""What opening a home loads: nothing that is needed only once there is somebody to speak to."""

import subprocess
import sys
from pathlib import Path

LATER = {"requests", "urllib3", "sqlalchemy", "alembic"}

_OPEN = """
import sys
from pathlib import Path
import desktop.desk, desktop.store.store, desktop.sync.worker
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_home_opens_without_what_speaks_http() -> None:
    done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "desktop" in loaded
    assert loaded & LATER == set()


def test_a_ticket_is_saved_without_what_speaks_http(tmp_path: Path) -> None:
    place = ("--home", str(tmp_path / "home"), "--key-file", str(tmp_path / "key"))
    command = [sys.executable, "-X", "importtime", "-m", "desktop", *place]
    subprocess.run([*command, "tickets"], capture_output=True, check=True)  # makes the schema, with all that takes
    done = subprocess.run([*command, "report", "--summary", "x"], capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "desktop" in loaded
    assert loaded & LATER == set()
