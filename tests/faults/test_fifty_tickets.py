"""Fifty tickets with 4K screenshots written offline, and one of them the help desk refuses."""

import io
from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageDraw

from desktop.desk import Desk
from desktop.tickets.outbox import OperationState
from desktop.tickets.view import Mark
from tests.conftest import HelpDesk
from tests.faults.conftest import TIMEOUT, held, report
from tests.faults.fault_proxy import FaultProxy

COUNT = 50


def screenshot() -> bytes:
    """A PNG of 3840 by 2160 as large as one of a desktop with a window and a photograph, one to two megabytes."""
    screen = Image.new("RGB", (3840, 2160), (30, 60, 110))
    screen.paste(Image.effect_noise((1200, 1000), 60).convert("RGB"), (200, 300))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((1600, 200, 3700, 2000), fill=(255, 255, 255))
    for line in range(90):
        draw.text(
            (1620, 220 + line * 19), f"{line:03} The quick brown fox jumps over the lazy dog. " * 5, fill=(0, 0, 0)
        )
    png = io.BytesIO()
    screen.save(png, "PNG", compress_level=1)
    assert 1_000_000 < png.tell() < 2_500_000
    return png.getvalue()


def test_fifty_tickets_written_offline_arrive_and_a_refused_one_delays_nobody(
    help_desk: HelpDesk, proxy: FaultProxy, robin: Desk, desk_at: Callable[[str], Desk]
) -> None:
    kim = desk_at("kim")
    kim.enrol(help_desk.url, help_desk.code("kim@example.com"))
    theirs = report(kim, "Mine already")
    assert kim.sync_now(TIMEOUT).pending == 0
    requests_before = len(proxy.seen)
    proxy.close()
    picture = screenshot()
    refused = robin.file_ticket(replace(robin.new_draft(), id=theirs.ticket, summary="Number 0")).result()
    robin.reply(refused.ticket, "Words behind the one that is refused.").result()
    saved = [
        report(robin, f"Number {number}", content=picture + number.to_bytes(2), note=f"More on {number}.")
        for number in range(1, COUNT)
    ]
    proxy.open()

    result = robin.sync_now(TIMEOUT)

    assert result.trouble is None
    assert result.pushed == (COUNT - 1) * 3
    told = held(help_desk.data)
    assert (told.tickets, told.notes, told.files, told.uploads) == (COUNT, COUNT - 1, COUNT - 1, 0)
    for number, one in enumerate(saved, 1):
        view = robin.ticket(one.ticket)
        assert view is not None
        assert (view.mark, len(view.attachments), view.pending) == (Mark.CONFIRMED, 1, ())
        assert [note.note.text for note in view.notes] == [f"More on {number}."]
    # the words of all fifty went before the first byte of a picture
    sent = [request.path for request in proxy.seen[requests_before:] if request.method in ("POST", "PATCH")]
    words = sent.index("/v1/files")
    assert sent[:words] == ["/v1/operations"] * words
    assert words == 1
    # what the help desk refused is kept, and what hangs on it waits with it
    assert robin.operation_state(refused.operation) is OperationState.REJECTED
    assert result.needs_attention == 1
    [filing, note] = robin.waiting()
    assert (filing.state, filing.last_error) == (
        OperationState.REJECTED,
        "The help desk could not take this. Please write it again.",
    )
    assert note.waits_for_ticket
    # it can be written again as a new one, with every word
    draft = robin.cancel(refused.operation).result()
    assert draft is not None
    assert (draft.summary, draft.details) == ("Number 0", "Words behind the one that is refused.")
    robin.file_ticket(draft).result()
    assert robin.sync_now(TIMEOUT).pending == 0
    assert held(help_desk.data).tickets == COUNT + 1
