"""What opening a home loads: nothing that is needed only once there is somebody to speak to."""

import subprocess
import sys

LATER = {"requests", "urllib3", "sqlalchemy", "alembic"}

_OPEN = """
import sys
import desktop.desk, desktop.store.store, desktop.sync.worker
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_home_opens_without_what_speaks_http() -> None:
    done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "desktop" in loaded
    assert loaded & LATER == set()
