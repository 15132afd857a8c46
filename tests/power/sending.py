"""The help desk on the disk whose power is cut, and what both sides hold when the computer is on again and has sent."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.desk import Desk
from desktop.tickets.ticket import TicketState
from desktop.tickets.trouble import Trouble
from desktop.tickets.view import Mark
from tests.faults.truth import Books
from tests.faults.victims import HelpDeskProcess
from tests.power.saving_program import content, opened

_ROOT = Path(__file__).parents[2]
_A_PASS, _PASSES = 10.0, 6
"""Seconds of one pass, and how many of them everything may take to arrive."""
PERSON = "robin@example.com"


@contextmanager
def serving(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """`helptray-relay serve` on the folder while the context lasts; where it listens. It ends by `kill -9`."""
    place = ("--listen", "127.0.0.1:0", "--data", str(data), "--organisation", "example")
    with subprocess.Popen(
        (sys.executable, "-m", "relay", "serve", *place),
        cwd=_ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline().strip()
            assert said.startswith("listening on http://"), said
            yield said.removeprefix("listening on http://")
        finally:
            process.kill()


def not_arrived(home: Path, key_file: Path, data: Path, listen: str, promised: Sequence[str]) -> list[str]:
    """What is not at the help desk once, or otherwise than here, after everything has been sent."""
    try:
        with HelpDeskProcess(data, listen) as help_desk, opened(home, key_file) as desk:
            help_desk.start()
            for _ in range(_PASSES):
                done = desk.sync_now(_A_PASS)
                if done.online and not done.pending and not done.needs_attention:
                    break
            else:
                return [f"something is stuck: {done}"]
            there = {state.ticket.id: state for state in Books(data).tickets()}
            return [
                *(wrong for number, ticket in enumerate(promised) for wrong in _of_promised(there.get(ticket), number)),
                *(wrong for state in there.values() for wrong in _of_any(desk, state)),
                *([] if Books(data).is_sound() else ["the help desk's data is not whole"]),
            ]
    except Trouble as trouble:
        return [f"cannot send: {trouble!r}"]


def _of_promised(state: TicketState | None, number: int) -> list[str]:
    """The n-th ticket that was said to be safe has a note and a file."""
    if state is None:
        return [f"ticket {number} never arrived"]
    hashes = [file.sha256 for file in state.attachments]
    found = [] if len(state.notes) == 1 else [f"ticket {number} arrived with {len(state.notes)} notes"]
    return found if hashes == [hashlib.sha256(content(number)).hexdigest()] else [*found, f"its file: {hashes}"]


def _of_any(desk: Desk, state: TicketState) -> list[str]:
    """Nothing is there twice, and both show the same."""
    view = desk.ticket(state.ticket.id)
    if view is None:
        return [f"{state.ticket.id} is at the help desk alone"]
    found = []
    if len(state.notes) > 1 or len(state.attachments) > 1:
        found.append(f"{state.ticket.id} has something twice")
    marks = {view.mark, *(note.mark for note in view.notes), *(file.mark for file in view.attachments)}
    here = TicketState(
        ticket=view.ticket,
        notes=tuple(note.note for note in view.notes),
        attachments=tuple(file.attachment for file in view.attachments),
    )
    if here != state or marks != {Mark.CONFIRMED}:
        found.append(f"{state.ticket.id} is shown otherwise")
    return found
