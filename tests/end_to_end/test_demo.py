"""The demo, as somebody who installed the wheel elsewhere would run it; and what it does when a step does not hold."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import psutil
import pytest

from desktop.cli.outcome import Exit, exit_of
from desktop.cli.run import STOPPED
from desktop.demo.narrator import Narrator, StepFailed
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
        environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
        with subprocess.Popen(
            [sys.executable, "-m", "desktop", "demo", "--headless", "--pictures", str(tmp_path / "pictures")],
            env=environment | {"DISPLAY": display, "TMPDIR": str(tmp_path)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            assert running.stderr is not None
            told = "".join(iter(lambda: _line_before(running.stderr, "3. The help desk"), ""))
            started = psutil.Process(running.pid).children(recursive=True)
            running.terminate()
            running.wait()
            _, left = psutil.wait_procs(started, timeout=10)
            for process in left:
                process.kill()
    assert "so the demo puts something on it" in told
    assert "✓ the pictures are not black" in told
    assert running.returncode == STOPPED, told
    assert started
    assert not left
    assert list(tmp_path.iterdir()) == []


def _line_before(stream: IO[str] | None, end: str) -> str:
    assert stream is not None
    line = stream.readline()
    return "" if line.startswith(end) else line


@pytest.mark.skipif(sys.platform != "linux", reason="displays are told by the environment on Linux alone")
def test_a_display_is_what_the_environment_names() -> None:
    assert not has_display({})
    assert has_display({"DISPLAY": ":0"})
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"})
