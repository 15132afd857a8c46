"""Pictures through a desktop's portal: a real message bus, and a service of ours that speaks the interface."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection
from PIL import Image

from desktop.capture.screens.geometry import Monitor, Rectangle
from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.portal import PortalHandler
from desktop.capture.screens.screenshot import Screens
from desktop.tickets.clock import Clock, SystemClock

from .portal_service import REQUEST, Portal, private_bus, served

LEFT = Monitor(area=Rectangle(-40, 0, 40, 30), name="left")
RIGHT = Monitor(area=Rectangle(0, 10, 20, 20), name="right", is_primary=True)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "Bildschirmfoto von heute.png"
    image = Image.new("RGB", (120, 60), (200, 10, 20))
    image.paste((10, 20, 200), (80, 20, 120, 60))
    image.save(path)
    return path


class ClockOfTests(SystemClock):
    """The computer's wall clock, set ahead; the other leaps by so many seconds whenever it is read."""

    def __init__(self, ahead: timedelta = timedelta(), leap: float = 0.0) -> None:
        self._ahead = ahead
        self._leap = leap
        self._seconds = 0.0

    def now(self) -> datetime:
        return super().now() + self._ahead

    def monotonic(self) -> float:
        self._seconds += self._leap
        return self._seconds


def take(limit: float = 20.0, monitors: tuple[Monitor, ...] = (), clock: Clock | None = None) -> Screens:
    return PortalHandler(lambda: monitors, clock or SystemClock(), limit).capture()


def test_a_picture_is_taken_without_a_dialog_and_its_file_is_deleted(bus: str, picture: Path) -> None:
    portal = Portal(answer=(0, {"uri": ("s", picture.as_uri())}))

    with served(portal, bus):
        (shot,) = take()

    assert (shot.width, shot.height, bytes(shot.pixels[:3])) == (120, 60, bytes((20, 10, 200)))
    assert shot.is_active
    assert not picture.exists()
    assert portal.asked[0]["interactive"] is False


def test_the_one_picture_is_cut_into_monitors_of_a_scaled_desktop(bus: str, picture: Path) -> None:
    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        left, right = take(monitors=(LEFT, RIGHT))

    assert (left.width, left.height, right.width, right.height) == (80, 60, 40, 40)
    assert bytes(left.pixels[:3]) == bytes((20, 10, 200))
    assert bytes(right.pixels[:3]) == bytes((200, 20, 10))
    assert (left.is_active, right.is_active) == (False, True)
    assert left.monitor.scale == right.monitor.scale == 2.0


def test_a_screen_of_no_size_is_none(bus: str, picture: Path) -> None:
    flat = Monitor(area=Rectangle(500, 0, 0, 30), name="flat")

    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        assert [shot.monitor.name for shot in take(monitors=(LEFT, flat, RIGHT))] == ["left", "right"]


def test_without_windows_and_without_a_desktop_no_monitor_is_told_and_nothing_ends() -> None:
    """Qt ends the process that it can show nothing in."""
    code = "from desktop.capture.screens.told_monitors import told_monitors; print(told_monitors())"
    nowhere = {**os.environ, "QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": "nowhere"}
    done = subprocess.run([sys.executable, "-c", code], env=nowhere, capture_output=True, text=True, check=True)

    assert done.stdout == "()\n"


def test_without_windows_the_monitors_are_told_by_another_program() -> None:
    code = "from desktop.capture.screens.told_monitors import told_monitors; print(len(told_monitors()))"
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=offscreen, capture_output=True, text=True, check=True)

    assert done.stdout == "1\n"


def test_two_screens_that_show_the_same_are_one_picture(bus: str, picture: Path) -> None:
    same = Monitor(area=RIGHT.area, name="projector")

    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        assert [shot.label for shot in take(monitors=(LEFT, RIGHT, same))] == ["Screen 1", "Screen 2"]


@pytest.mark.parametrize(
    "name",
    [
        b"Screenshot from 2026-11-28 17-30-00.png",
        "Écran 100 % #1 à 17:30?.png".encode(),
        "Écran.png".encode("latin-1"),
        b"a;b&c=d+e%20f[1]'\"\\.png",
        b"line\nbreak\ttab.png",
    ],
)
def test_a_file_of_any_name_is_found_and_deleted(bus: str, tmp_path: Path, picture: Path, name: bytes) -> None:
    path = picture.rename(tmp_path / os.fsdecode(name))

    with served(Portal(answer=(0, {"uri": ("s", path.as_uri())})), bus):
        (shot,) = take()

    assert shot.width == 120
    assert not path.exists()


def test_a_name_that_is_spelled_out_byte_by_byte_is_found(bus: str, picture: Path) -> None:
    address = "FILE://localhost/" + "".join(f"%{byte:02X}" for byte in bytes(picture)[1:])

    with served(Portal(answer=(0, {"uri": ("s", address)})), bus):
        assert len(take()) == 1

    assert not picture.exists()


def test_asking_waits_for_nobody_and_reads_the_monitors_before(bus: str, picture: Path) -> None:
    """The windows' thread asks; the waiting is another's, which may not ask Qt for the monitors."""
    told: list[str] = []

    def monitors() -> tuple[Monitor, ...]:
        told.append(threading.current_thread().name)
        return (LEFT, RIGHT)

    portal = Portal(answer=(0, {"uri": ("s", picture.as_uri())}))
    with served(portal, bus):
        wait = PortalHandler(monitors, SystemClock()).ask()
        assert portal.asked == []
        with ThreadPoolExecutor(1) as pool:
            shots = pool.submit(wait).result(20)

    assert [shot.monitor.name for shot in shots] == ["left", "right"]
    assert told == [threading.current_thread().name]


def test_monitors_that_do_not_explain_the_picture_leave_it_whole(bus: str, picture: Path) -> None:
    other = Monitor(area=Rectangle(0, 0, 500, 30))

    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        (shot,) = take(monitors=(other, LEFT))

    assert (shot.width, shot.height) == (120, 60)


def test_an_old_portal_that_names_its_own_handle_is_understood(bus: str, picture: Path) -> None:
    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())}), own_handle=True), bus):
        assert len(take()) == 1


def test_a_portal_that_never_answers_is_waited_for_no_longer_and_told_so(bus: str) -> None:
    with served(Portal(), bus):
        begun = time.monotonic()
        with pytest.raises(ScreensUnavailable, match="in time"):
            take(limit=0.3)

    assert time.monotonic() - begun >= 0.3


def test_a_portal_that_ends_in_the_midst_is_not_waited_for(bus: str) -> None:
    with served(Portal(vanishes=True), bus), pytest.raises(ScreensUnavailable, match="ended before"):
        take(limit=3600)


def test_a_bus_that_ends_in_the_midst_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as running:
        address = running.enter_context(private_bus(tmp_path))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        portal = Portal(impostor=lambda _: running.close())
        with served(portal, address), pytest.raises(ScreensUnavailable, match="no way"):
            take(limit=3600)


def test_the_file_of_an_answer_that_comes_too_late_is_deleted_too(bus: str, picture: Path) -> None:
    """A request that is withdrawn would be answered by the file alone: xdg-desktop-portal does so, and tells nobody."""
    held = Event()

    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())}), held=held), bus):
        with pytest.raises(ScreensUnavailable, match="in time"):
            take(limit=0.3)
        held.set()
        for waiting in [one for one in threading.enumerate() if one.name == "helptray-late-picture"]:
            waiting.join(20)  # where it has not ended yet

    assert not picture.exists()


def test_nobody_listens_for_a_late_answer_of_a_portal_that_has_gone(bus: str) -> None:
    with served(Portal(), bus), pytest.raises(ScreensUnavailable, match="in time"):
        take(limit=0.3)

    for waiting in [one for one in threading.enumerate() if one.name == "helptray-late-picture"]:
        waiting.join(20)
        assert not waiting.is_alive()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((1, {}), "told not to"),
        ((2, {}), "could not, or was told not to"),
        ((0, {}), "gave no picture"),
        ((0, {"uri": ("i", 7)}), "gave no picture"),
        ((0, {"uri": ("s", "https://example.com/a.png")}), "something else"),
        ((0, {"uri": ("s", "file://elsewhere/a.png")}), "something else"),
        ((0, {"uri": ("s", "file:///does/not/exist.png")}), "something else"),
        ((0, {"uri": ("s", "file:///dev/zero")}), "something else"),
        ((0, {"uri": ("s", "file:///a%00b.png")}), "something else"),
        ((0, {"uri": ("s", "file://[a/b.png")}), "something else"),
        ((0, {"uri": ("s", "file:b.png")}), "something else"),
        ((0, {"uri": ("s", "/tmp/b.png")}), "something else"),
        ((0, {"uri": ("s", "")}), "something else"),
        ((3, {}), "gave no picture"),
    ],
)
def test_an_answer_without_a_picture_is_a_sentence(
    bus: str, answer: tuple[int, dict[str, tuple[str, object]]], words: str
) -> None:
    with served(Portal(answer=answer), bus), pytest.raises(ScreensUnavailable, match=words):
        take()


def test_a_portal_that_names_no_handle_answers_at_the_one_that_was_asked_for(bus: str, picture: Path) -> None:
    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())}), handles=False), bus):
        assert len(take()) == 1


def test_a_portal_without_screenshots_is_a_sentence(bus: str) -> None:
    with served(Portal(refuses=True), bus), pytest.raises(ScreensUnavailable, match="no way"):
        take()


def test_a_bus_without_a_portal_is_a_sentence(bus: str) -> None:
    with pytest.raises(ScreensUnavailable, match="no way"):
        take()


def test_no_bus_at_all_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with pytest.raises(ScreensUnavailable, match="no way"):
        take()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with pytest.raises(ScreensUnavailable, match="no way"):
        take()


def test_a_file_of_the_person_is_never_deleted(bus: str, tmp_path: Path, picture: Path) -> None:
    """A portal that names something that is no picture, or an older one, deletes nothing through us."""
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    link = tmp_path / "link.png"
    link.symlink_to(picture)

    for path in (letter, link):
        answer = (0, {"uri": ("s", path.as_uri())})
        with served(Portal(answer=answer), bus), pytest.raises(ScreensUnavailable):
            take()
    os.utime(picture, (1, 1))
    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        take()

    assert letter.exists()
    assert picture.exists()


def test_another_program_on_the_bus_cannot_answer_for_the_portal(bus: str, tmp_path: Path, picture: Path) -> None:
    theirs = tmp_path / "theirs.png"
    Image.new("RGB", (5, 5)).save(theirs)

    def answer_first(handle: str) -> None:
        with open_dbus_connection(bus) as connection:
            emitter = DBusAddress(handle, interface=REQUEST)
            connection.send(new_signal(emitter, "Response", "ua{sv}", (0, {"uri": ("s", theirs.as_uri())})))

    portal = Portal(answer=(0, {"uri": ("s", picture.as_uri())}), impostor=answer_first)
    with served(portal, bus):
        (shot,) = take()

    assert shot.width == 120
    assert theirs.exists()


def test_the_clock_that_it_is_handed_says_when_to_give_up(bus: str) -> None:
    with served(Portal(answer=None), bus), pytest.raises(ScreensUnavailable, match="in time"):
        take(limit=3600, clock=ClockOfTests(leap=1300))


def test_the_clock_that_it_is_handed_tells_an_old_file_from_a_new_one(bus: str, picture: Path) -> None:
    with served(Portal(answer=(0, {"uri": ("s", picture.as_uri())})), bus):
        assert len(take(clock=ClockOfTests(ahead=timedelta(hours=1)))) == 1

    assert picture.exists()
