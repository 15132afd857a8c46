"""`make powercut CUTS=1000`: so many cuts over two file systems, and programs without a guard, which must lose.

Half of the cuts are made while tickets are saved, half while they are sent too, to a help desk on the same disk.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory, mkdtemp

from tests.power.devices import FileSystem, why_not
from tests.power.rig import Rig

_TICKETS = {"saving": 40, "sending": 20}
_CONTROL_CUTS = 30


CONTROLS = ("full", "folder")
"""Guards that must be missed on ext4: SQLite's `synchronous = FULL`, and the fsync of the attachments' folder."""


def main() -> int:
    arguments = argparse.ArgumentParser(prog="make powercut")
    arguments.add_argument("--cuts", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=SystemRandom().randrange(1 << 32))
    asked = arguments.parse_args()
    if asked.cuts < 1:
        arguments.error("the power has to be cut at least once")
    if reason := why_not():
        print(reason)
        return 2
    random = Random(asked.seed)
    print(f"seed {asked.seed}")
    print(f"{'disk':6} {'work':8} {'without':8} {'cuts':>6} {'promises':>9} {'cuts with loss':>15} {'seconds':>8}")
    rows = [(kind, sends) for kind in FileSystem for sends in (False, True)]
    as_it_is = [_row(kind, "", -(-asked.cuts // len(rows)), random, sends=sends) for kind, sends in rows]
    controls = [_row(FileSystem.EXT4, guard, _CONTROL_CUTS, random, sends=False) for guard in CONTROLS]
    controls.append(_row(FileSystem.EXT4, "full", _CONTROL_CUTS, random, sends=True))
    return int(any(as_it_is) or not all(controls))


def _row(kind: FileSystem, without: str, cuts: int, random: Random, *, sends: bool) -> int:
    """One recording and its cuts; in how many something was not as promised."""
    began = time.monotonic()
    lost = promises = 0
    work = "sending" if sends else "saving"
    with TemporaryDirectory(prefix="powercut-") as folder:
        rig = Rig(Path(folder), kind, sends=sends)
        rig.record(_TICKETS[work], without)
        for cut in rig.cuts(cuts, random):
            promises += cut.promised
            lost += bool(cut.wrong)
            if cut.wrong and not without:
                kept = shutil.copy(rig.found, mkdtemp(prefix="powercut-"))
                print(f"{cut}\n    its disk is kept as {kept}, its key is {rig.key.read_text()}", file=sys.stderr)
    seconds = time.monotonic() - began
    print(f"{kind:6} {work:8} {without or '-':8} {cuts:6} {promises:9} {lost:15} {seconds:8.0f}", flush=True)
    return lost


if __name__ == "__main__":
    sys.exit(main())
