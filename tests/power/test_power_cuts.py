"""The power is cut while tickets are saved and sent: what was said to be safe is there, whole, and sealed.

The disk forgets what it likes of whatever it was not told to keep. `make powercut` cuts a thousand times.
"""

from pathlib import Path
from random import Random

import pytest

from tests.power.__main__ import CONTROLS
from tests.power.after_the_cut import readable
from tests.power.devices import FileSystem, why_not
from tests.power.rig import Rig
from tests.power.saving_program import SECRET

needs_a_disk = pytest.mark.skipif(bool(why_not()), reason=why_not())


@needs_a_disk
def test_what_was_said_to_be_safe_survives_every_cut(tmp_path: Path) -> None:
    rig = Rig(tmp_path, FileSystem.EXT4)
    rig.record(tickets=12)
    cuts = list(rig.cuts(12, Random(1)))
    assert not [cut for cut in cuts if cut.wrong]
    assert any(cut.pending for cut in cuts)


@needs_a_disk
def test_what_was_said_to_be_safe_arrives_once_when_the_power_is_back(tmp_path: Path) -> None:
    """Client and help desk lose it at the same moment, in the middle of sending."""
    rig = Rig(tmp_path, FileSystem.EXT4, sends=True)
    rig.record(tickets=10)
    cuts = list(rig.cuts(5, Random(1)))
    assert not [cut for cut in cuts if cut.wrong]
    assert any(cut.pending for cut in cuts)


@needs_a_disk
@pytest.mark.parametrize("guard", CONTROLS)
def test_without_one_of_its_guards_something_is_lost(tmp_path: Path, guard: str) -> None:
    rig = Rig(tmp_path, FileSystem.EXT4)
    rig.record(tickets=16, without=guard)
    assert any(cut.wrong for cut in rig.cuts(40, Random(1)))


def test_plain_text_on_the_disk_would_be_found(tmp_path: Path) -> None:
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(10_000) + SECRET.encode())
    assert readable(disk)
