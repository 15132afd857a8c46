"""The error text that a ticket of the command line takes from where it is: clipboard, screen, system log."""

from desktop.capture.error_text.offered import shortened
from desktop.cli.patience import screens_within
from desktop.desk import Desk
from desktop.tickets.error_text.recognise import looks_like_error
from desktop.tickets.trouble import Trouble


def error_text_from(source: str, desk: Desk, remarks: list[str]) -> str:
    """The error text of a `clipboard`, `picture` or `log`; empty where there is none, with a remark that says why."""
    take = {"clipboard": _copied, "picture": _shown, "log": _logged}[source]
    try:
        text, why_none = take(desk)
    except Trouble as trouble:
        text, why_none = "", f". {trouble.sentence}"
    if not text:
        remarks.append(f"Saved without {_NAMES[source]}{why_none}")
    return text


_NAMES = {
    "clipboard": "the clipboard",
    "picture": "error text from the screen",
    "log": "error text from the system log",
}


def _copied(desk: Desk) -> tuple[str, str]:
    text = shortened(desk.clipboard())
    return (text, "") if looks_like_error(text) else ("", ": what is on it does not look like an error message.")


def _shown(desk: Desk) -> tuple[str, str]:
    """The errors on the screens, the active one's first."""
    from desktop.capture.error_text.on_picture import find_errors

    shots = sorted(screens_within(desk.screens), key=lambda shot: not shot.is_active)
    read = [desk.read_picture(shot.png()) for shot in shots]
    found = [error.text for reading in read for error in find_errors(reading.result())]
    return "\n\n".join(found), ": nothing on it looks like an error message."


def _logged(desk: Desk) -> tuple[str, str]:
    recent = desk.recent_errors()
    return "\n\n".join(f"{each.label}\n{each.text}" for each in recent.texts), f". {recent.says}"
