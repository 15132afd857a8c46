"""What was set is kept; of a damaged file nothing is taken for granted."""

from pathlib import Path

import pytest

from desktop.tickets.draft import Group
from desktop.ui.settings.preferences import DEFAULT_HOT_KEY, NotKept, PreferenceFile, Preferences


def test_kept(tmp_path: Path) -> None:
    file = PreferenceFile(tmp_path / "windows.json")
    kept = Preferences(hot_key="F9", withheld=(Group.PICTURES, Group.COMPUTER))
    file.write(kept)
    assert file.read() == kept
    assert (tmp_path / "windows.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "[", "[]", '{"withheld": "pictures"}', "\udcff"])
def test_what_cannot_be_read_any_more_may_have_been_off(tmp_path: Path, content: str) -> None:
    path = tmp_path / "windows.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert PreferenceFile(path).read() == Preferences(hot_key=DEFAULT_HOT_KEY, withheld=tuple(Group))


def test_what_is_not_known_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "windows.json"
    for content in ('{"hot_key": 4, "other": "x"}', '{"withheld": [1, "x"]}'):
        path.write_text(content)
        assert PreferenceFile(path).read() == Preferences()
    assert PreferenceFile(tmp_path / "none.json").read() == Preferences()


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(NotKept):
        PreferenceFile(tmp_path / "gone" / "windows.json").write(Preferences())
