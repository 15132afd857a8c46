"""macOS asks the person once whether we may see the screen; what is said then and later."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.capture.screens.handler import ScreensUnavailable
from desktop.capture.screens.mac_permission import MacPermission
from desktop.capture.screens.mss_handler import MssHandler


@dataclass
class Mac:
    """CoreGraphics, as Apple documents the two functions: the first only looks, the second opens a dialog."""

    is_allowed: bool = False
    dialogs: int = 0

    def CGPreflightScreenCaptureAccess(self) -> bool:  # noqa: N802 - Apple's names
        return self.is_allowed

    def CGRequestScreenCaptureAccess(self) -> bool:  # noqa: N802
        self.dialogs += 1
        return self.is_allowed


def test_the_person_is_asked_once_and_told_what_for(tmp_path: Path) -> None:
    mac, memory = Mac(), tmp_path / "Helptray" / "asked"
    permission = MacPermission(memory, lambda: mac)

    first, later = permission(), permission()
    after_a_restart = MacPermission(memory, lambda: mac)()

    assert "asks whether Helptray may record the screen" in first
    assert "System Settings" in later
    assert after_a_restart == later
    assert mac.dialogs == 1


def test_whoever_allows_it_is_asked_nothing_and_has_pictures(tmp_path: Path) -> None:
    mac = Mac(is_allowed=True)

    assert MacPermission(tmp_path / "asked", lambda: mac)() == ""
    assert (mac.dialogs, (tmp_path / "asked").exists()) == (0, False)


def test_allowing_it_later_in_the_settings_counts_at_once(tmp_path: Path) -> None:
    mac = Mac()
    permission = MacPermission(tmp_path / "asked", lambda: mac)
    permission()
    mac.is_allowed = True

    assert permission() == ""


def test_where_it_cannot_be_remembered_this_process_does_not_ask_again(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    mac = Mac()
    permission = MacPermission(tmp_path / "file" / "asked", lambda: mac)
    permission()
    permission()

    assert mac.dialogs == 1


def test_without_it_no_picture_is_taken(tmp_path: Path) -> None:
    """mss would return a picture of the wallpaper."""
    permission = MacPermission(tmp_path / "asked", Mac)

    with pytest.raises(ScreensUnavailable, match="may record the screen"):
        MssHandler(lambda: None, why_not=permission).capture()
    with pytest.raises(ScreensUnavailable, match="System Settings"):
        MssHandler(lambda: None, why_not=permission).capture()
