"""A journal of systemd that its own program wrote, and the time at which it is read."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from desktop.capture.error_text.system_log.journald import Journald

NOW = datetime(2026, 11, 24, 13, 4, tzinfo=UTC)
STOPPED = "d93fb3c9c24d451a97cea615ce59c00b"
"""The journal's own last word."""
_WRITER = Path("/lib/systemd/systemd-journal-remote")


class StoppedClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


class Journal:
    """A journal of several starts of a computer, on disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._text = b""

    def say(self, boot: int, at: datetime, message: str | bytes, *, since_boot: float = 60.0, **fields: str) -> None:
        head = {
            "__REALTIME_TIMESTAMP": str(int(at.timestamp() * 1e6)),
            "__MONOTONIC_TIMESTAMP": str(int(since_boot * 1e6)),
            "_BOOT_ID": f"{boot:032x}",
            "MESSAGE": message,
        }
        self._text += b"".join(exported(name, value) for name, value in {**head, **fields}.items()) + b"\n"

    def written(self) -> Path:
        """The journal's file."""
        source, journal = self._folder / "entries.export", self._folder / "all.journal"
        source.write_bytes(self._text)
        subprocess.run([str(_WRITER), "--output", str(journal), str(source)], check=True, capture_output=True)
        return journal

    def handler(self) -> Journald:
        return Journald(StoppedClock(), ("journalctl", "--directory", str(self.written().parent)))


def exported(name: str, value: str | bytes) -> bytes:
    """A field in systemd's "Journal Export Format"."""
    written = value if isinstance(value, bytes) else value.encode()
    if b"\n" in written or not written.isascii():
        return name.encode() + b"\n" + len(written).to_bytes(8, "little") + written + b"\n"
    return name.encode() + b"=" + written + b"\n"
