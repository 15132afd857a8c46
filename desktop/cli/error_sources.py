"""Where errors are read from, as the doctor tries it: pictures of the screen, the system's log."""

import io

from desktop.capture.this_computer import ThisComputer
from desktop.cli.finding import Finding, wrong
from desktop.cli.outcome import Exit
from desktop.tickets.capture_policy import NO_ERROR_TEXT
from desktop.tickets.trouble import Trouble

READING_SECONDS = 30.0
"""Time for a small picture: a slow computer needs ten to load what reads it."""
_MEND = "Install Helptray again: its models for reading may be damaged."
_WRITTEN = "Error 0x80070005"


def look_at_reading(computer: ThisComputer) -> Finding:
    """Read a small picture; that nothing is installed to read one is no fault."""
    if not computer.reader.is_installed():
        says = "not installed here: errors on pictures are not found, and nothing on them is proposed for covering"
        return Finding("reading", "reading", says)
    try:
        lines = computer.reader.read(_picture()).result(READING_SECONDS)
    except Trouble as trouble:
        return wrong("reading", "reading", trouble)
    except TimeoutError:
        says = f"a small picture was not read within {READING_SECONDS:.0f} seconds"
        return Finding("reading", "reading", says, _MEND, Exit.ATTENTION)
    finally:
        computer.close()
    if [line.text for line in lines] == [_WRITTEN]:
        return Finding("reading", "reading", "text on pictures can be read, on this computer alone")
    return Finding("reading", "reading", "text on pictures is read wrong", _MEND, Exit.ATTENTION)


def look_at_log(computer: ThisComputer) -> Finding:
    """Ask the system's log; that a person may not read it, or that there is none, is no fault."""
    says = computer.recent_errors(None).says
    return Finding("log", "log", "switched off by your administrator" if says == NO_ERROR_TEXT else says)


def _picture() -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (320, 60), "white")
    ImageDraw.Draw(image).text((20, 18), _WRITTEN, font=ImageFont.load_default(18), fill="black")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
