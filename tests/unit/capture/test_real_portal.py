"""Pictures through a portal that is not ours: xdg-desktop-portal and the backend of wlroots, on a real sway."""

from pathlib import Path

import pytest

from tests.sway_desktop import Output, told_on_sway

RED, GREEN, BLUE = "f00000", "00f000", "0000f0"
WIDE = "800x600"


@pytest.mark.parametrize(
    ("outputs", "pictures", "as_one"),
    [
        pytest.param(
            [Output(WIDE, (0, 0), RED)], [("Screen", [0, 0, 800, 600], [800, 600], RED)], [800, 600], id="one"
        ),
        pytest.param(
            [Output("1366x768", (0, 0), RED, "scale 1.5")],
            [("Screen", [0, 0, 910, 512], [1366, 768], RED)],
            [1366, 768],
            id="one of scale 1.5",
        ),
        pytest.param(
            [Output(WIDE, (0, 100), RED), Output(WIDE, (-400, -50), GREEN, "scale 2")],
            [
                ("Screen 1", [0, 100, 800, 600], [1600, 1200], RED),
                ("Screen 2", [-400, -50, 400, 300], [800, 600], GREEN),
            ],
            [2400, 1500],
            id="two of mixed scale, one left of and above the other",
        ),
        pytest.param(
            [
                Output(WIDE, (0, 0), RED),
                Output(WIDE, (800, 0), GREEN, "scale 1.25"),
                Output("1024x768", (0, 600), BLUE, "scale 1.75"),
            ],
            [
                ("Screen 1", [0, 0, 800, 600], [1400, 1050], RED),
                ("Screen 2", [800, 0, 640, 480], [1120, 840], GREEN),
                ("Screen 3", [0, 600, 585, 438], [1024, 766], BLUE),
            ],
            [2520, 1816],
            id="three in an L",
        ),
        pytest.param(
            [Output(WIDE, (0, 0), RED, "transform 90"), Output(WIDE, (600, 0), GREEN)],
            [("Screen 1", [0, 0, 600, 800], [600, 800], RED), ("Screen 2", [600, 0, 800, 600], [800, 600], GREEN)],
            [1400, 800],
            id="one on its side",
        ),
    ],
)
def test_every_screen_is_a_picture_of_its_own_and_no_file_stays(
    tmp_path: Path,
    outputs: list[Output],
    pictures: list[tuple[str, list[int], list[int], str]],
    as_one: list[int],
) -> None:
    told = told_on_sway(tmp_path, "tests.unit.capture.portal_program", outputs)

    assert told["is Xwayland"]
    assert told["handlers"] == ["portal", "none"]
    assert told["screens"] == [f"HEADLESS-{number}" for number in range(1, len(outputs) + 1)]
    assert [(it["label"], it["area"], it["size"], *it["inside"]) for it in told["pictures"]] == pictures
    assert told["pictures without windows"] == told["pictures"]
    assert [it["active"] for it in told["pictures"]] == [True] + [False] * (len(outputs) - 1)
    assert not any(it["black"] for it in told["pictures"])
    assert told["as one"] == as_one
    assert told["left behind"] == []
    assert "in time" in told["too late"]
    assert told["left behind too late"] == []
