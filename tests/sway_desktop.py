"""A Wayland desktop of one's own: sway with screens that nobody sees, its bus, and the portal of wlroots.

It lives in a namespace with a /tmp, a home and processes of its own, as that portal writes its pictures at one fixed
place; all of it ends with the test.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PORTAL = Path("/usr/share/xdg-desktop-portal/portals/wlr.portal")
INSIDE = Path("/tmp/desktop")
"""Where the desktop sees its folder: a short path, as sockets want."""
_ROOT = Path(__file__).parents[1]
_PROGRAMS = ("bwrap", "sway", "swaymsg", "swaybg", "Xwayland", "grim", "pipewire", "dbus-run-session")


@dataclass(frozen=True, slots=True)
class Output:
    """A screen, as sway is told of it.

    Attributes:
        mode: pixels, such as `800x600`.
        place: of its upper left corner, in units of the desktop.
        colour: all over it, as `rrggbb`.
        more: other settings, such as `scale 2`.
    """

    mode: str
    place: tuple[int, int]
    colour: str
    more: str = ""

    def configured(self, number: int) -> str:
        """The line of sway's configuration, for its screen of that number."""
        left, top = self.place
        background = f"background #{self.colour} solid_color"
        return f"output HEADLESS-{number} mode {self.mode} position {left} {top} {self.more} {background}"


def told_on_sway(folder: Path, module: str, outputs: Sequence[Output], timeout: float = 60) -> Any:
    """What a module writes (as JSON) to the file that it is told, before the colours of the screens, on such a desktop.

    The test is skipped where none can run.
    """
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing or not PORTAL.exists():
        pytest.skip(f"no {' '.join(missing) or 'portal of wlroots'} on this machine")
    desktop = folder / "desktop"
    for name in ("home/Pictures", "portals"):
        (desktop / name).mkdir(parents=True)
    (desktop / "run").mkdir(mode=0o700)
    (desktop / "portals" / "wlr.portal").write_text(_with_access(PORTAL.read_text()))
    program = [sys.executable, "-m", module, f"{INSIDE}/told"]
    session = shlex.join(["dbus-run-session", "--", *program, *(output.colour for output in outputs)])
    (desktop / "session").write_text(f"{session}\nswaymsg exit\n")
    lines = [output.configured(number) for number, output in enumerate(outputs, start=1)]
    (desktop / "config").write_text("\n".join([*lines, f"exec sh {INSIDE}/session\n"]))
    done = subprocess.run(
        [*_apart(desktop), "sway", "--config", str(INSIDE / "config")],
        env=_environment(len(outputs)),
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if not (desktop / "told").exists():
        if done.stderr.startswith("bwrap:"):  # it has started nothing: this machine gives us no namespaces
            pytest.skip(done.stderr.strip())
        raise AssertionError(done.stderr)
    return json.loads((desktop / "told").read_text())


def _with_access(portal: str) -> str:
    """xdg-desktop-portal 1.16 offers pictures only where something says that it can ask the person."""
    return portal.replace("Interfaces=", "Interfaces=org.freedesktop.impl.portal.Access;", 1)


def _apart(desktop: Path) -> list[str]:
    """In front of a command: the same machine with another /tmp; not as root, whom sway refuses."""
    command = [
        "bwrap",
        "--dev-bind",
        "/",
        "/",
        "--proc",
        "/proc",
        "--tmpfs",
        "/tmp",
        "--bind",
        str(desktop),
        str(INSIDE),
    ]
    for kept in {str(_ROOT), sys.prefix, sys.base_prefix}:
        command += ["--ro-bind", kept, kept] if Path(kept).is_relative_to("/tmp") else []
    return [*command, "--unshare-user", "--uid", "1000", "--gid", "1000", "--unshare-pid", "--die-with-parent", "--"]


def _environment(outputs: int) -> dict[str, str]:
    own = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SWAYSOCK")
    return {
        **{name: value for name, value in os.environ.items() if name not in own},
        "HOME": str(INSIDE / "home"),
        "XDG_RUNTIME_DIR": str(INSIDE / "run"),
        "XDG_DESKTOP_PORTAL_DIR": str(INSIDE / "portals"),
        "XDG_CURRENT_DESKTOP": "sway",
        "XDG_SESSION_TYPE": "wayland",
        "QT_QPA_PLATFORM": "wayland",
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_HEADLESS_OUTPUTS": str(outputs),
    }
