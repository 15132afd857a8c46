"""`helptray screens FOLDER`: what a ticket would show of the screens, as files of the person's own."""

import os
from functools import partial
from pathlib import Path
from threading import Thread

from desktop.capture.screens.screenshot import Screenshot
from desktop.cli.outcome import Outcome
from desktop.cli.patience import screens_within
from desktop.settings import Settings
from desktop.tickets.trouble import InputRefused

_NOT_ASKED = "Whether your provider allows pictures was not looked up: the key to your tickets is locked or not there."


def screens(folder: Path, settings: Settings) -> Outcome:
    """One PNG file for each screen, which only the person can read. Nothing of it becomes part of a ticket.

    What the provider forbids holds here too, as far as it can be read without asking for the key to the tickets.
    Raises a `Trouble` where no picture may or can be taken, or no file be written; a file that is there already stays.
    """
    from desktop.capture.surroundings import Surroundings
    from desktop.capture.this_computer import ThisComputer
    from desktop.cli.provider_rules import both, provider_policy
    from desktop.tickets.capture_policy import EVERYTHING
    from desktop.tickets.clock import SystemClock

    packing = Thread(target=_load_packing)  # beside waiting for the screen
    packing.start()
    here, provider = Surroundings.here(), provider_policy(settings)
    shots = screens_within(ThisComputer(here, SystemClock(), both(here, provider or EVERYTHING)).screens)
    packing.join()
    written = [(shot, _write(shot, folder)) for shot in shots]
    value = [
        {
            "label": shot.label,
            "file": str(path),
            "width": shot.width,
            "height": shot.height,
            "active": shot.is_active,
            "black": shot.looks_blocked,
        }
        for shot, path in written
    ]
    black = [shot.label for shot in shots if shot.looks_blocked]
    remarks = [shots.says] if shots.says else []
    remarks += [_NOT_ASKED] if provider is None else []
    remarks += [f"{label} came out black: something on this computer prevents pictures of it." for label in black]
    return Outcome(value=value, lines=[str(path) for _, path in written], remarks=remarks)


def _load_packing() -> None:
    import desktop.capture.screens.png  # noqa: F401


def _write(shot: Screenshot, folder: Path) -> Path:
    path = folder.absolute() / f"{shot.label.lower().replace(' ', '-')}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(path, "xb", opener=partial(os.open, mode=0o600)) as file:
            file.writelines(shot.pieces())
    except FileExistsError as error:
        raise InputRefused(f"{path} is there already. Name another folder.") from error
    except OSError as error:
        raise InputRefused(f"{path} cannot be written. Name another folder.") from error
    return path
