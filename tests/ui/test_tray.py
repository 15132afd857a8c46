"""The icon says how it stands."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import ConnectionState
from desktop.sync.faults import NotTheServer
from desktop.tickets.trouble import Trouble
from desktop.ui.icons import icon
from desktop.ui.tray import Tray, TrayState, tray_state


def state(
    *, connected: bool = True, online: bool = True, trouble: Trouble | None = None, waiting: int = 0, attention: int = 0
) -> ConnectionState:
    return ConnectionState(connected=connected, online=online, trouble=trouble, waiting=waiting, attention=attention)


@pytest.mark.parametrize(
    ("told", "shown", "words"),
    [
        (None, TrayState.IDLE, "Helptray: starting"),
        (state(), TrayState.IDLE, "Helptray: everything is with IT Care"),
        (state(waiting=1), TrayState.WAITING, "Helptray: 1 thing waits"),
        (state(waiting=3, attention=2), TrayState.ATTENTION, "Helptray: 2 things need your attention"),
        (state(connected=False), TrayState.OFFLINE, "Helptray: not connected to a help desk"),
        (state(trouble=NotTheServer(), waiting=2), TrayState.OFFLINE, "Helptray: wi-fi sign-in needed, 2 things wait"),
    ],
)
def test_icon_and_tool_tip(qtbot: QtBot, told: ConnectionState | None, shown: TrayState, words: str) -> None:
    tray = Tray()
    tray.show_connection(told, "IT Care")
    assert tray_state(told) is shown
    assert tray.tool_tip == words


def test_the_menu_leads_to_every_window(qtbot: QtBot) -> None:
    tray = Tray()
    texts = [action.text().replace("&", "") for action in tray._menu.actions() if action.text()]
    assert texts == ["New ticket", "My tickets", "What waits", "Connect…", "Settings…", "Quit"]
    with qtbot.waitSignals([tray.new_wanted, tray.tickets_wanted, tray.waiting_wanted, tray.connect_wanted]):
        for action in tray._menu.actions()[:5]:
            action.trigger()
    tray.show_connection(state(waiting=4), "IT Care")
    assert "What waits (4)" in [action.text().replace("&", "") for action in tray._menu.actions()]


@pytest.mark.parametrize("shown", list(TrayState))
def test_every_state_has_a_drawing(qtbot: QtBot, shown: TrayState) -> None:
    image = icon(f"tray-{shown.value}").pixmap(32, 32).toImage()
    assert any(image.pixelColor(x, x).alpha() for x in range(32))
