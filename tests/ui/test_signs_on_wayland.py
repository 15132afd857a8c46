"""The countdown and the cue on a real Wayland desktop, where a program puts nothing at a place of the screen."""

from pathlib import Path

from tests.sway_desktop import Output, told_on_sway

SIDE = 96


def test_the_seconds_and_the_frame_are_seen_and_none_of_it_is_on_the_picture(tmp_path: Path) -> None:
    told = told_on_sway(tmp_path, "tests.ui.signs_program", [Output("320x240", (0, 0), "303030")])

    sign, ours = told["counted"].values()
    assert SIDE * SIDE // 2 < sign <= SIDE * SIDE
    assert ours == 0
    assert list(told["taken"].values()) == [0, 0]
    sign, ours = told["cue"].values()
    assert sign > 500
    assert ours > 0
