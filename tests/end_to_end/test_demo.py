"""The demo, as somebody who installed the wheel elsewhere would run it; and what it does when a step does not hold."""

import json
import os
import shutil
import signal
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import psutil
import pytest

from desktop.cli.outcome import Exit, exit_of
from desktop.demo.narrator import Narrator, StepFailed
from desktop.demo.relay_process import RelayProcess, RelayUnavailable
from desktop.demo.screen import has_display, virtual_screen
from desktop.sync.faults import Offline

ROOT = Path(__file__).parents[2]
SECONDS = 300


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=SECONDS)
    [wheel] = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*install, str(folder / "site"), str(wheel)], check=True, capture_output=True, timeout=SECONDS)
    return folder / "site"


@pytest.mark.timeout(SECONDS)
def test_every_step_holds_from_the_wheel_and_from_the_root_folder(installed: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"PYTHONPATH": str(installed), "TMPDIR": str(tmp_path)}
    where = [sys.executable, "-c", "import desktop, relay, resources; print(desktop.__file__)"]
    told = subprocess.run(where, cwd="/", env=environment, check=True, capture_output=True, text=True)
    assert told.stdout.startswith(str(installed))
    pictures = tmp_path / "pictures"
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "demo", "--headless", "--json", "--pictures", str(pictures)],
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"held": True, "organisation": "example"}
    assert "the help desk has 2 tickets and 1 picture(s)" in done.stderr
    assert {path.suffix for path in pictures.iterdir()} == {".png"}
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"]


def test_a_step_that_does_not_hold_is_named_and_ends_badly(capsys: pytest.CaptureFixture[str]) -> None:
    narrator = Narrator()
    narrator.step("Counting")
    narrator.check(True, "one is one")
    with pytest.raises(StepFailed, match="step 1, Counting, this does not hold: one is two") as failed:
        narrator.check(False, "one is two")
    assert exit_of(failed.value) is not Exit.DONE
    assert "one is one" in capsys.readouterr().err


def test_a_help_desk_of_the_demo_that_does_not_start_says_why(tmp_path: Path) -> None:
    relay = RelayProcess(tmp_path / "relay", "no-such-provider")
    try:
        with pytest.raises(RelayUnavailable, match=r"did not start: .*no-such-provider cannot be used"):
            relay.start()
    finally:
        relay.stop()


def test_a_trouble_in_a_step_is_named_with_it() -> None:
    narrator = Narrator()
    narrator.step("Counting")
    named = pytest.raises(StepFailed, match="At step 1, Counting: The help desk cannot be reached")
    with named as failed, narrator.naming():
        raise Offline(detail="refused")
    assert exit_of(failed.value) is not Exit.DONE


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
@pytest.mark.timeout(SECONDS)
def test_an_empty_screen_gets_something_on_it_and_a_demo_that_is_ended_leaves_nothing(tmp_path: Path) -> None:
    program = shutil.which("Xvfb")
    assert program is not None
    with virtual_screen(program) as display:
        told, ended = _ended_at("3. The help desk", signal.SIGTERM, tmp_path, {"DISPLAY": display})
    assert "so the demo puts something on it" in told
    assert "✓ the pictures are not black" in told
    assert ended == (143, "Stopped. Everything that the demo made is gone again.")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
@pytest.mark.timeout(SECONDS)
def test_ctrl_c_in_the_demo_ends_its_own_screen_too_and_says_what_is_true(tmp_path: Path) -> None:
    """Nothing is said to be safe, for all of it is thrown away. The whole group is told, as a terminal does it."""
    told, ended = _ended_at("1. A help desk", signal.SIGINT, tmp_path, {})
    assert "the demo uses one of its own" in told
    assert ended == (130, "Stopped. Everything that the demo made is gone again.")


def _ended_at(step: str, number: signal.Signals, folder: Path, screen: dict[str, str]) -> tuple[str, tuple[int, str]]:
    """End the demo when it comes to a step; what it said until then, its exit code, and what it said of its end.

    Fails where a process or a file of it is left.
    """
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    with subprocess.Popen(
        [sys.executable, "-m", "desktop", "demo", "--headless", "--pictures", str(folder / "pictures")],
        env={key: value for key, value in os.environ.items() if key not in hidden} | screen | {"TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as running:
        assert running.stderr is not None
        told = "".join(takewhile(lambda line: not line.startswith(step), running.stderr))
        started = psutil.Process(running.pid).children(recursive=True)
        os.killpg(running.pid, number)
        _, end = running.communicate(timeout=SECONDS)
        _, left = psutil.wait_procs(started, timeout=0)
        for process in left:
            process.kill()
    assert started
    assert not left
    assert list(folder.iterdir()) == []
    return told, (running.returncode, end.splitlines()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="displays are told by the environment on Linux alone")
def test_a_display_is_what_the_environment_names() -> None:
    assert not has_display({})
    assert has_display({"DISPLAY": ":0"})
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"})
