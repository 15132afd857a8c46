"""A disk that remembers the order of its writes and flushes: a file of a file system in user space, for a loop device.

recording_disk.py MOUNT IMAGE JOURNAL

What the loop device writes goes into IMAGE at once and, in the order in which it came, into JOURNAL, beside each flush
(the loop device asks for one with fsync) and each line that was written to MOUNT/said. One thread serves it all, so
that a line that a program has written stands in the journal before whatever it does next. Speaks the kernel's FUSE
7.31 (include/uapi/linux/fuse.h) itself; ends when it is unmounted.
"""

import ctypes
import errno
import os
import stat
import sys
from enum import IntEnum
from pathlib import Path
from struct import Struct
from typing import Final

from tests.power.journal import Journal

DISK: Final = "disk"
SAID: Final = "said"
_ROOT, _DISK, _SAID = 1, 2, 3
_INODES: Final = {DISK: _DISK, SAID: _SAID}
_MOST_AT_ONCE: Final = 128 * 1024
_REQUEST: Final = Struct("<IIQQIIIHH")
_REPLY: Final = Struct("<IiQ")
_INIT_OUT: Final = Struct("<IIIIHHIIHHI28x")
_ATTRIBUTES: Final = Struct("<6Q10I")
_ENTRY_OUT: Final = Struct("<4Q2I")
_GETATTR_OUT: Final = Struct("<QII")
_OPEN_OUT: Final = Struct("<QIi")
_READ_IN: Final = Struct("<QQI")
_WRITE_IN: Final = Struct("<QQIIQII")
_WRITE_OUT: Final = Struct("<II")
_DIRECT: Final = 1
_NEVER_STALE: Final = 1 << 30


class _Call(IntEnum):
    LOOKUP = 1
    FORGET = 2
    GETATTR = 3
    SETATTR = 4
    OPEN = 14
    READ = 15
    WRITE = 16
    RELEASE = 18
    FSYNC = 20
    FLUSH = 25
    INIT = 26
    DESTROY = 38
    BATCH_FORGET = 42


class _Refused(Exception):
    """The kernel is answered with this error number."""


class RecordingDisk:
    """Answers the kernel, a request at a time."""

    def __init__(self, image: int, journal: Journal) -> None:
        self._image = image
        self._journal = journal
        self._size = os.fstat(image).st_size

    def answer(self, request: bytes) -> bytes | None:
        """The reply to a request; None where the kernel wants none."""
        _, call, unique, inode, *_ = _REQUEST.unpack_from(request)
        if call in (_Call.FORGET, _Call.BATCH_FORGET):
            return None
        try:
            body, error = self._carry_out(call, inode, memoryview(request)[_REQUEST.size :]), 0
        except _Refused as refused:
            body, error = b"", int(refused.args[0])
        return _REPLY.pack(_REPLY.size + len(body), -error, unique) + body

    def _carry_out(self, call: int, inode: int, body: memoryview) -> bytes:
        match call:
            case _Call.INIT:
                return _INIT_OUT.pack(7, 31, _MOST_AT_ONCE, 1 << 5, 16, 12, _MOST_AT_ONCE, 1, 0, 0, 0)
            case _Call.LOOKUP:
                found = _INODES.get(bytes(body).rstrip(b"\0").decode())
                if found is None:
                    raise _Refused(errno.ENOENT)
                return _ENTRY_OUT.pack(found, 1, _NEVER_STALE, _NEVER_STALE, 0, 0) + self._attributes(found)
            case _Call.GETATTR | _Call.SETATTR:
                return _GETATTR_OUT.pack(_NEVER_STALE, 0, 0) + self._attributes(inode)
            case _Call.OPEN:
                return _OPEN_OUT.pack(0, _DIRECT if inode == _SAID else 0, 0)
            case _Call.READ:
                _, offset, size = _READ_IN.unpack_from(body)
                return os.pread(self._image, size, offset) if inode == _DISK else b""
            case _Call.WRITE:
                _, offset, size, *_ = _WRITE_IN.unpack_from(body)
                self._write(inode, offset, bytes(body[_WRITE_IN.size : _WRITE_IN.size + size]))
                return _WRITE_OUT.pack(size, 0)
            case _Call.FSYNC:
                self._journal.flushed()
                return b""
            case _Call.FLUSH | _Call.RELEASE | _Call.DESTROY:
                return b""
            case _:
                raise _Refused(errno.ENOSYS)

    def _write(self, inode: int, offset: int, data: bytes) -> None:
        if inode == _SAID:
            self._journal.said(data)
        else:
            os.pwrite(self._image, data, offset)
            self._journal.wrote(offset, data)

    def _attributes(self, inode: int) -> bytes:
        mode = stat.S_IFDIR | 0o700 if inode == _ROOT else stat.S_IFREG | 0o600
        size = self._size if inode == _DISK else 0
        return _ATTRIBUTES.pack(inode, size, size // 512, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


def main(mount: str, image: str, journal: str) -> None:
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"recording-disk", os.fsencode(mount), b"fuse", 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount", mount)
    with Path(journal).open("wb", buffering=0) as log:
        disk = RecordingDisk(os.open(image, os.O_RDWR), Journal(log))
        print("ready", flush=True)
        while True:
            try:
                request = os.read(device, _MOST_AT_ONCE + 65536)
            except OSError as error:
                if error.errno == errno.ENODEV:  # unmounted
                    return
                if error.errno == errno.ENOENT:  # a request that was taken back
                    continue
                raise
            if (reply := disk.answer(request)) is not None:
                os.write(device, reply)


if __name__ == "__main__":
    main(*sys.argv[1:])
