"""A lock between the processes of one computer, held on a file and let go by the system when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, wait: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """The lock on one file, which is made (mode 0600) and never deleted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, *, wait: bool) -> bool:
        """Take the lock; false when somebody else has it and we do not wait. OSError where locks do not work."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(handle, wait)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return False
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go; nothing happens where the lock is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock and hold it for a while."""
        self.take(wait=True)
        try:
            yield
        finally:
            self.release()
